/** Which message of the person is being put in other words. */
import type { ReactiveControllerHost } from 'lit';

/** What an element does for it. */
export interface RewordingHost extends ReactiveControllerHost {
  readonly shadowRoot: ShadowRoot | null;
}

/** Opens and closes the form for it, with the focus where it is wanted. */
export class Rewording {
  /** Undefined while there is none. */
  messageId: string | undefined;
  /** Called with what the person has written. The form stays until `end()`. */
  readonly send: (messageId: string, text: string) => void;
  readonly #element: RewordingHost;

  constructor(element: RewordingHost, send: (messageId: string, text: string) => void) {
    this.#element = element;
    this.send = send;
  }

  readonly begin = (messageId: string): void => {
    this.messageId = messageId;
    this.#focus('[part=rewording] textarea');
  };

  /** Leaves the message as it was. */
  readonly cancel = (): void => {
    const { messageId = '' } = this;
    this.end();
    this.#focus(`[data-message="${CSS.escape(messageId)}"]`);
  };

  end(): void {
    this.messageId = undefined;
    this.#element.requestUpdate();
  }

  #focus(selector: string): void {
    this.#element.requestUpdate();
    void this.#element.updateComplete.then(() => {
      this.#element.shadowRoot?.querySelector<HTMLElement>(selector)?.focus();
    });
  }
}
