/**
 * Shows the elements in every state. The address chooses: `?only=chat: empty`, `&scheme=dark`, `&wide=900px`,
 * `&high=700px`, `&dir=rtl`.
 */
import '../components/define.ts';
import { html, render } from 'lit';
import { states } from './states.ts';

const wanted = new URLSearchParams(location.search);
const only = wanted.get('only');
const shown = states.filter(({ name }) => only === null || name === only);

const root = document.documentElement;
const scheme = wanted.get('scheme');
if (scheme !== null) root.dataset['scheme'] = scheme;
root.dir = wanted.get('dir') ?? 'ltr';
for (const name of ['wide', 'high']) {
  const value = wanted.get(name);
  if (value !== null) root.style.setProperty(`--${name}`, value);
}

const choices = document.querySelector<HTMLElement>('#choices');
const place = document.querySelector<HTMLElement>('#states');
if (choices && place) {
  render(
    html`<a href="?">All</a>
      ${states.map(({ name }) => html`<a href="?only=${encodeURIComponent(name)}">${name}</a> `)}`,
    choices,
  );
  render(
    shown.map(
      ({ name, view }) =>
        html`<figure>
          <figcaption>${name}</figcaption>
          <div class="stage">${view}</div>
        </figure>`,
    ),
    place,
  );
  await Promise.all(
    [...document.querySelectorAll<HTMLElementTagNameMap['inpage-chat']>('inpage-chat')].map(
      (each) => each.updateComplete,
    ),
  );
  for (const { then } of shown) then?.();
  root.dataset['ready'] = '';
}
