/** Has the cards of questions when they are needed: most first messages need none. */
import { html, nothing } from 'lit';
import type { ReactiveController } from 'lit';
import type { Interrupt } from '../src/core/index.ts';
import type { AnswerActions, Decisions } from './decisions.ts';
import type { InterruptScope } from './interrupt-view.ts';
import { bring } from './late.ts';
import { addStyles } from './late-styles.ts';
import type * as code from './questions.ts';
import type { WordedElement } from './strings/index.ts';

type Module = typeof code;

/** The cards, once they are there for all elements. */
let loaded: Module | undefined;

/** Loads the cards. */
export async function loadQuestions(): Promise<void> {
  loaded = await bring(import('./questions.ts'));
}

/** What was loaded, once it is there. */
export const loadedQuestions = (): Module | undefined => loaded;

/** Shows the open questions of a thread on behalf of an element. */
export class LateQuestions implements ReactiveController {
  readonly #element: WordedElement;
  readonly #actions: AnswerActions;
  readonly #fail: (error: unknown) => void;
  #decisions: Decisions | undefined;
  #shown: readonly Interrupt[] = [];
  /** The questions that the cards could not be loaded for: they are tried again for others, and when the network is back. */
  #failedFor: readonly Interrupt[] | undefined;

  /** @param fail called when the cards could not be loaded. */
  constructor(element: WordedElement, actions: AnswerActions, fail: (error: unknown) => void) {
    this.#element = element;
    this.#actions = actions;
    this.#fail = fail;
    element.addController(this);
  }

  hostConnected(): void {
    addEventListener('online', this.#retry);
    // Before the network goes, and before anybody has to wait for them.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(this.#preload);
    else setTimeout(this.#preload);
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#retry);
  }

  /** The cards, or that something is on its way. */
  view(interrupts: readonly Interrupt[], scope: Omit<InterruptScope, 'decisions'>): unknown {
    this.#shown = interrupts;
    if (interrupts.length === 0) return nothing;
    if (loaded) {
      addStyles(this.#element, loaded.styles);
      if (!this.#decisions) new loaded.Expiry(this.#element, () => this.#shown);
      this.#decisions ??= new loaded.Decisions(this.#element, this.#actions);
      return loaded.questionsView(interrupts, { ...scope, decisions: this.#decisions });
    }
    if (this.#failedFor !== interrupts) {
      loadQuestions().then(
        () => {
          this.#element.requestUpdate();
        },
        (error: unknown) => {
          this.#failedFor = interrupts;
          this.#fail(error);
        },
      );
    }
    return html`<p class="dots" aria-hidden="true"><i></i><i></i><i></i></p>`;
  }

  readonly #preload = (): void => {
    // What went wrong by then is put in words. Whoever needs the cards hears that they are missing.
    loadQuestions().then(
      () => {
        this.#element.requestUpdate();
      },
      () => undefined,
    );
  };

  readonly #retry = (): void => {
    this.#failedFor = undefined;
    this.#element.requestUpdate();
  };
}
