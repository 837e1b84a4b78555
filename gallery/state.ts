/** What the states of the gallery are made of. */
import type { TemplateResult } from 'lit';

/** What is shown, and what happens with it once it is there. */
export interface Scene {
  readonly view: TemplateResult;
  readonly then?: (place: HTMLElement) => void | Promise<void>;
}

/** One state: its name, and what makes it, anew each time. */
export interface State {
  readonly name: string;
  readonly make: () => Scene;
}

/** What `look` gives, once that is something, looking after each frame. */
export async function seen<T>(look: () => T | null | undefined | false): Promise<T> {
  const deadline = performance.now() + 5_000;
  for (;;) {
    const value = look();
    if (value !== null && value !== undefined && value !== false) return value;
    if (performance.now() > deadline) throw new Error(`Never came: ${String(look)}`);
    await new Promise(requestAnimationFrame);
  }
}

/** The first element that fits, once it is there. After the first, each selector is for the shadow root of the one before. */
export function found(place: HTMLElement, ...path: readonly [string, ...string[]]): Promise<HTMLElement> {
  return seen(() => {
    let root: ParentNode | null | undefined = place;
    let at: HTMLElement | null | undefined;
    for (const selector of path) {
      at = root?.querySelector<HTMLElement>(selector);
      root = at?.shadowRoot;
    }
    return at;
  });
}

/** Presses it. */
export async function press(place: HTMLElement, ...path: readonly [string, ...string[]]): Promise<void> {
  (await found(place, ...path)).click();
}

/** Waits until a chat shows its thread. */
export const loaded = (place: HTMLElement): Promise<HTMLElement> =>
  found(place, 'inpage-chat', 'article, .welcome, .question, [part="alert"]');
