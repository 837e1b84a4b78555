/** What each chat has to be able to do to be measured. */

export interface Chat {
  readonly element: HTMLElement;
  /** Gets a conversation of so many messages ready, and shows an empty one. */
  prepare(messages: number): Promise<void>;
  /** Shows the conversation; whoever calls it finds out when it is seen. */
  open(): void;
  /** The newest message that is shown, if there is one. */
  last(): Element | null | undefined;
  /** Has a reply come in; resolves once it is whole. */
  reply(seconds: number): Promise<void>;
  /** The text that is shown. */
  text(): string;
  /** Puts the focus into the field. */
  focus(): void;
  /** What is in the field. */
  draft(): string;
}

declare global {
  var chat: Chat;
}

/** The chat of this page. */
export function contender(chat: Chat): void {
  globalThis.chat = chat;
}
