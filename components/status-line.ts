/** What the status line of an element says. */
import type { Worded } from './strings/index.ts';

/** Keeps the words, and renders its element again when they change. */
export class StatusLine {
  words = '';
  /** Whether they are seen elsewhere, and only to be heard here. */
  isHeard = false;
  readonly #element: Worded;

  constructor(element: Worded) {
    this.#element = element;
  }

  readonly say = (words: string, isHeard = false): void => {
    this.words = words;
    this.isHeard = isHeard;
    this.#element.requestUpdate();
  };

  /** Says that what was begun has failed. Why is said elsewhere. */
  readonly fail = (): void => {
    this.say(this.#element.words.ended.failed);
  };
}
