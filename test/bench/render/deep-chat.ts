/** `<deep-chat>` fed by a worker in the same batches, with its own option to render of a reply only what is new. */
import 'deep-chat';
import { contender } from './contender.ts';
import { conversation } from './text.ts';

const chat = document.createElement('deep-chat');
const root = (): ShadowRoot | null => chat.shadowRoot;
const field = (): HTMLElement | null | undefined => root()?.querySelector('#text-input');
const feed = new Worker('/feed.js', { type: 'module' });

let history: { role: string; text: string }[] = [];
let ended: () => void = () => undefined;

chat.setAttribute('style', 'width: 100%; height: 100%; border: 0');
chat.connect = {
  stream: { partialRender: true },
  handler: (body: { messages: { text: string }[] }, signals) => {
    signals.onOpen();
    feed.onmessage = ({ data }: MessageEvent<string | undefined>) => {
      if (data !== undefined) {
        void signals.onResponse({ text: data });
        return;
      }
      signals.onClose();
      ended();
    };
    feed.postMessage(Number(body.messages.at(-1)?.text));
  },
};

contender({
  element: chat,
  prepare(count) {
    history = conversation(count).map(({ role, text }) => ({ role: role === 'user' ? 'user' : 'ai', text }));
    return Promise.resolve();
  },
  open() {
    chat.history = history;
  },
  last: () => [...(root()?.querySelectorAll('.message-bubble') ?? [])].at(-1),
  reply: (seconds) =>
    new Promise((resolve) => {
      ended = resolve;
      chat.submitUserMessage({ text: String(seconds) });
    }),
  text: () => root()?.querySelector('#messages')?.textContent ?? '',
  focus: () => {
    chat.focusInput();
  },
  draft: () => field()?.textContent ?? '',
});
