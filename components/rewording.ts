/** Which message of the person is being put in other words, and what sends them. */
import type { Binding } from './binding.ts';
import { bring } from './late.ts';
import type { rewordingView } from './rewording-view.ts';
import type { WordedElement } from './strings/index.ts';

/** What an element does for a message in other words. */
export interface RewordingActions {
  readonly binding: Binding;
  /** Called when the form is about to go, and would drop the focus. */
  readonly back: () => void;
  /** Sends the words to the thread that is shown. */
  readonly submit: (text: string) => void;
  /** Called with what is to be heard. */
  readonly say: (words: string) => void;
  /** Called when the form could not be loaded, or the thread not be copied. */
  readonly fail: (error: unknown) => void;
}

/** Opens and closes the form for it, with the focus where it is wanted. */
export class Rewording {
  /** Undefined while there is none. */
  messageId: string | undefined;
  /** The form, loaded with the first message that is put in other words. */
  view: typeof rewordingView | undefined;
  readonly #element: WordedElement;
  readonly #actions: RewordingActions;
  #wanted: string | undefined;

  constructor(element: WordedElement, actions: RewordingActions) {
    this.#element = element;
    this.#actions = actions;
  }

  readonly begin = (messageId: string): void => {
    this.#wanted = messageId;
    bring(import('./rewording-view.ts'), this.#element).then((form) => {
      this.view = form.rewordingView;
      if (this.#wanted !== messageId) return;
      this.messageId = messageId;
      this.#focus('[part=rewording] textarea');
    }, this.#actions.fail);
  };

  /** Sends the other words in a copy of the thread up to before the message. The form stays until that is there. */
  readonly send = (messageId: string, text: string): void => {
    const { binding, back, submit, say, fail } = this.#actions;
    back();
    const { agent } = binding.bind();
    const copied = binding.thread().then((thread) => thread.branch(messageId));
    copied.then((copy) => {
      // Whoever has turned elsewhere in the meantime stays there.
      if (this.messageId !== messageId || binding.bind().agent !== agent) return;
      binding.choose(copy.id);
      submit(text);
      say(this.#element.words.reworded);
    }, fail);
  };

  /** Leaves the message as it was. */
  readonly cancel = (): void => {
    const { messageId = '' } = this;
    this.end();
    this.#focus(`[data-message="${CSS.escape(messageId)}"]`);
  };

  end(): void {
    this.messageId = this.#wanted = undefined;
    this.#element.requestUpdate();
  }

  #focus(selector: string): void {
    this.#element.requestUpdate();
    void this.#element.updateComplete.then(() => {
      this.#element.shadowRoot?.querySelector<HTMLElement>(selector)?.focus();
    });
  }
}
