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
export function nextEvent<K extends keyof HTMLElementEventMap>(
  target: HTMLElement,
  type: K,
): Promise<HTMLElementEventMap[K]> {
  return new Promise((resolve) => {
    target.addEventListener(type, resolve, { once: true });
  });
}

/** Resolves once `check` holds, looking after each frame; rejects with `what` when it still does not after 3 s. */
export async function until(check: () => unknown, what: string): Promise<void> {
  const deadline = performance.now() + 3_000;
  while (!check()) {
    if (performance.now() > deadline) throw new Error(`Never came true: ${what}`);
    await new Promise(requestAnimationFrame);
  }
}
