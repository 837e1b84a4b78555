/** What is loaded late brings its words and its styles along. */
import type { CSSResult, ReactiveElement } from 'lit';
import { addStyles } from './late-styles.ts';
import { addEnglish } from './strings/index.ts';
import type { SomeStrings } from './strings/index.ts';

/** A module that is loaded late: what it says in English, and how it looks. */
export interface Late {
  readonly words: SomeStrings;
  readonly styles: CSSResult;
}

/**
 * Waits for a module, and has what it shows speak and look as it should. What could not be loaded is tried again by
 * whoever asks next.
 *
 * @param element where it is shown; left out where styles that come before what they are for would move what is there.
 *
 * @example
 * const { Permissions } = await bring(loading, this);
 */
export async function bring<M extends Late>(
  loading: Promise<M>,
  element?: Pick<ReactiveElement, 'shadowRoot'>,
): Promise<M> {
  const module = await loading;
  addEnglish(module.words);
  if (element) addStyles(element, module.styles);
  return module;
}
