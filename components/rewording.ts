/** Which message of the person is being put in other words. */
import { bring } from './late.ts';
import type { rewordingView } from './rewording-view.ts';
import type { WordedElement } from './strings/index.ts';

/** Opens and closes the form for it, with the focus where it is wanted. */
export class Rewording {
  /** Undefined while there is none. */
  messageId: string | undefined;
  /** Called with what the person has written. The form stays until `end()`. */
  readonly send: (messageId: string, text: string) => void;
  /** The form, loaded with the first message that is put in other words. */
  view: typeof rewordingView | undefined;
  readonly #element: WordedElement;
  readonly #fail: (error: unknown) => void;
  #wanted: string | undefined;

  /** @param fail called when the form could not be loaded. */
  constructor(element: WordedElement, send: (messageId: string, text: string) => void, fail: (error: unknown) => void) {
    this.#element = element;
    this.send = send;
    this.#fail = fail;
  }

  readonly begin = (messageId: string): void => {
    this.#wanted = messageId;
    bring(import('./rewording-view.ts'), this.#element).then((form) => {
      this.view = form.rewordingView;
      if (this.#wanted !== messageId) return;
      this.messageId = messageId;
      this.#focus('[part=rewording] textarea');
    }, this.#fail);
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
