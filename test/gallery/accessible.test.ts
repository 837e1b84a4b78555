/** Every state of the gallery, looked at with axe, in light and in dark. */
import { render } from 'lit';
import '../../components/define.ts';
import { states } from '../../gallery/states.ts';
import { expectAccessible } from '../helpers/axe.ts';

describe('the elements have no faults for who cannot see them', () => {
  for (const scheme of ['light', 'dark']) {
    describe(`in ${scheme}`, () => {
      let place: HTMLElement;
      beforeEach(() => {
        document.documentElement.style.colorScheme = scheme;
        document.documentElement.lang = 'en';
        place = document.createElement('main');
        // As the stage of the gallery.
        place.setAttribute(
          'style',
          'block-size: 600px; overflow: auto; contain: layout; background: light-dark(#fff, #16181d)',
        );
        document.body.append(place);
      });
      afterEach(() => {
        place.remove();
        document.documentElement.style.colorScheme = '';
        document.documentElement.removeAttribute('lang');
      });

      for (const { name, make } of states) {
        it(`in the state “${name}”`, async () => {
          const { view, then } = make();
          render(view, place);
          await then?.(place);
          await new Promise(requestAnimationFrame);
          await expectAccessible(place);
        });
      }
    });
  }
});
