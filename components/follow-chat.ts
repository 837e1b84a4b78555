/** Takes the agent and the thread of a chat of the same page, on behalf of another element. */
import type { ReactiveController, ReactiveElement } from 'lit';
import type { Agent, WorkflowOutline } from '../src/client/index.ts';

/** An element that shows a thread, such as `<inpage-chat>` or `<inpage-workflow>`. */
export interface ThreadElement extends Element {
  agent?: Agent;
  thread: string;
  /** The nodes of the workflow that the thread runs. */
  readonly outline?: WorkflowOutline | undefined;
}

/** An element that may follow one. */
type Follower = ReactiveElement &
  Omit<ThreadElement, 'outline'> & { readonly for: string; outline?: WorkflowOutline | undefined };

function showsThread(element: Element | null): element is ThreadElement {
  return element !== null && 'agent' in element && 'thread' in element;
}

/** Keeps `agent` and `thread` of its host, and the outline where it has one, those of the chat whose id is in `for`, now and when they change. */
export class ChatFollower implements ReactiveController {
  readonly #host: Follower;
  #root: Node | undefined;

  constructor(host: Follower) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // At the root, because the chat may come later in the document, or be defined later.
    this.#root = this.#host.getRootNode();
    this.#root.addEventListener('inpage-thread-change', this.#onThreadChange);
    this.copy();
  }

  hostDisconnected(): void {
    this.#root?.removeEventListener('inpage-thread-change', this.#onThreadChange);
  }

  /** The chat that is followed, if it is there. */
  get chat(): ThreadElement | undefined {
    const root = this.#root;
    if (this.#host.for === '' || !(root instanceof Document || root instanceof ShadowRoot)) return undefined;
    const chat = root.getElementById(this.#host.for);
    return showsThread(chat) ? chat : undefined;
  }

  /** Takes them over; to be called when `for` changes. */
  copy(): void {
    const { chat } = this;
    if (chat?.agent === undefined || chat.thread === '') return;
    this.#host.agent = chat.agent;
    this.#host.thread = chat.thread;
    if ('outline' in this.#host) this.#host.outline = chat.outline;
  }

  readonly #onThreadChange = (event: Event): void => {
    if (event.target === this.chat) this.copy();
  };
}
