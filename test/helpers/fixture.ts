/** Puts a Lit template into the page for one test. */
import { render } from 'lit';
import type { LitElement, TemplateResult } from 'lit';

const places: HTMLElement[] = [];

afterEach(() => {
  for (const place of places.splice(0)) place.remove();
});

/**
 * Renders a template whose first element is a Lit element, waits for that element's first update, and removes it all
 * after the test.
 *
 * @example
 * const chat = await fixture<InpageChat>(html`<inpage-chat .agent=${agent}></inpage-chat>`);
 */
export async function fixture<E extends LitElement>(template: TemplateResult): Promise<E> {
  const place = document.createElement('div');
  document.body.append(place);
  places.push(place);
  render(template, place);
  const element = place.firstElementChild as E | null;
  if (element === null) throw new Error('The template has no element.');
  await element.updateComplete;
  return element;
}

/** Resolves with the next event of this type that reaches `target`. */
export function nextEvent<E extends Event>(target: EventTarget, type: string): Promise<E> {
  return new Promise((resolve) => {
    target.addEventListener(
      type,
      (event) => {
        resolve(event as E);
      },
      { once: true },
    );
  });
}

/** Resolves once `check` holds, looking after each frame; rejects with `what` when it still does not after 2 s. */
export async function until(check: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 2_000;
  while (!check()) {
    if (performance.now() > deadline) throw new Error(`Never came true: ${what}`);
    await new Promise(requestAnimationFrame);
  }
}
