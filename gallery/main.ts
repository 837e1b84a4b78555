/**
 * Shows the elements in every state. The address chooses: `?only=chat: empty`, `&scheme=dark`, `&wide=900px`,
 * `&high=700px`, `&dir=rtl`, `&lang=de`, and `&bare` for nothing but the state.
 */
import '../components/define.ts';
import { html, render } from 'lit';
import { states } from './states.ts';

const wanted = new URLSearchParams(location.search);
const only = wanted.get('only');
const shown = states
  .filter(({ name }) => only === null || name === only)
  .map(({ name, make }) => ({ name, scene: make() }));

const root = document.documentElement;
const scheme = wanted.get('scheme');
if (scheme !== null) root.dataset['scheme'] = scheme;
if (wanted.has('bare')) root.dataset['bare'] = '';
root.dir = wanted.get('dir') ?? 'ltr';
root.lang = wanted.get('lang') ?? 'en';
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
      ({ name, scene }) =>
        html`<figure>
          <figcaption>${name}</figcaption>
          <div class="stage">${scene.view}</div>
        </figure>`,
    ),
    place,
  );
  const stages = document.querySelectorAll<HTMLElement>('.stage');
  await Promise.all(
    shown.map(async ({ scene }, index) => {
      const stage = stages[index];
      if (stage) await scene.then?.(stage);
    }),
  );
  root.dataset['ready'] = '';
}
