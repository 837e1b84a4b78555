/** Why the rule-based assistant did what it did: asked for, and put in words, only once somebody wants to know. */
import type { ReactiveElement } from 'lit';
import type { Thread } from '../src/client/index.ts';
import type { Explanation } from '../src/core/index.ts';
import { bring } from './late.ts';
import type * as ReasonsView from './reasons-view.ts';

/** Reads why messages were given, on behalf of an element. */
export class Why {
  /** Whether rules answer: a language model gives reasons of its own, or none. */
  isOffered = false;
  /** How it is said. It is loaded with the first question, since most visitors never ask. */
  reasons: typeof ReasonsView | undefined;
  /** What was told by now, by the ids of messages, which no two threads share but copies; undefined where nothing can be. */
  told: ReadonlyMap<string, Explanation | undefined> = new Map();
  readonly #element: ReactiveElement;
  readonly #thread: () => Promise<Thread>;

  constructor(element: ReactiveElement, thread: () => Promise<Thread>) {
    this.#element = element;
    this.#thread = thread;
  }

  /** Finds out about a message, and shows the place where that is told. */
  async ask(messageId: string, place: HTMLDetailsElement): Promise<void> {
    // What cannot be told is shown as that: the reader has lost nothing.
    const telling = this.#thread()
      .then((thread) => thread.explain(messageId))
      .catch(() => undefined);
    const reasons = await bring(import('./reasons-view.ts'), this.#element).catch(() => undefined);
    if (!reasons) {
      // Opening it again is the next try.
      place.open = false;
      return;
    }
    this.reasons = reasons;
    this.told = new Map([...this.told, [messageId, await telling]]);
    this.#element.requestUpdate();
    await this.#element.updateComplete;
    // It may have grown over the end of what is in sight.
    place.scrollIntoView({ block: 'nearest' });
  }
}
