/** How much of a thread the reader has asked to see. */
import type { Reader } from './long-text.ts';
import type { Strings, Worded } from './strings/index.ts';

/** How many messages are shown at first, and with each wish for earlier ones: a few screens full. */
const ROWS = 200;

/**
 * Keeps how far back the messages are rendered and which long texts are shown in full. Thousands of rows would make
 * every layout slow, and a text of a megabyte would freeze the page.
 */
export class Reading implements Reader {
  /** The index of the first message that is rendered. New messages do not move it: nothing goes from under the reader. */
  from = 0;
  shown: ReadonlySet<string> = new Set();
  readonly #element: Worded;

  constructor(element: Worded) {
    this.#element = element;
  }

  get strings(): Strings {
    return this.#element.words;
  }

  /** Begins anew with a thread of so many messages. */
  begin(messages: number): void {
    this.from = Math.max(0, messages - ROWS);
    this.shown = new Set();
    this.#element.requestUpdate();
  }

  readonly showEarlier = (): void => {
    this.from = Math.max(0, this.from - ROWS);
    this.#element.requestUpdate();
  };

  readonly show = (key: string): void => {
    this.shown = new Set([...this.shown, key]);
    this.#element.requestUpdate();
  };
}
