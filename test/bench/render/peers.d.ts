/** The little of the peer that is used here, for it is not installed where the types are checked. */

declare module 'deep-chat';

interface DeepChatSignals {
  onOpen(): void;
  onResponse(response: { text: string }): unknown;
  onClose(): void;
}

interface DeepChatElement extends HTMLElement {
  connect: {
    stream: { partialRender: boolean };
    handler(body: { messages: { text: string }[] }, signals: DeepChatSignals): void;
  };
  history: { role: string; text: string }[];
  submitUserMessage(message: { text: string }): void;
  focusInput(): void;
}

interface HTMLElementTagNameMap {
  'deep-chat': DeepChatElement;
}
