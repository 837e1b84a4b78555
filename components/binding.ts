/** Which agent and which thread an element shows: those that the page sets, and its own where it sets none. */
import { createAgent } from '../src/client/index.ts';
import type { Agent, Thread } from '../src/client/index.ts';

/** An element that shows a thread. The page may set all of it at any time. */
export interface Bindable {
  agent?: Agent;
  thread: string;
  readonly namespace?: string;
  readonly workerUrl?: string;
  readonly isConnected: boolean;
  readonly hasUpdated: boolean;
  readonly updateComplete: Promise<unknown>;
}

/** The agent and the thread that an element has turned to. */
export interface Bound {
  readonly agent: Agent;
  readonly id: string;
  readonly thread: Thread;
}

/** Has an element turn to what is set, and remembers what it has turned to. */
export class Binding {
  /** What the element has turned to; undefined until it could. */
  bound?: Bound;
  readonly #element: Bindable;
  readonly #turn: (bound: Bound, isOtherAgent: boolean) => void;
  /** The thread that the element chose by itself, and may choose again when the agent changes. */
  #chosen = '';

  /** @param turn called when the element turns to another thread. */
  constructor(element: Bindable, turn: (bound: Bound, isOtherAgent: boolean) => void) {
    this.#element = element;
    this.#turn = turn;
  }

  /** Makes what is shown agree with what is set. */
  bind(): Bound {
    const element = this.#element;
    const { namespace, workerUrl } = element;
    const agent = (element.agent ??= createAgent({
      ...(namespace === undefined ? {} : { namespace }),
      ...(workerUrl === undefined ? {} : { worker: workerUrl }),
    }));
    const other = this.bound?.agent !== agent;
    if (element.thread === '' || (other && element.thread === this.#chosen)) this.choose(agent.thread().id);
    const id = element.thread;
    if (other || this.bound?.id !== id) {
      this.bound = { agent, id, thread: agent.thread(id) };
      this.#turn(this.bound, other);
    }
    return this.bound;
  }

  /** Has the element show a thread that nobody has set. */
  choose(id: string): string {
    return (this.#chosen = this.#element.thread = id);
  }

  /** The thread, once what the page has set is in place. */
  readonly thread = async (): Promise<Thread> => {
    const element = this.#element;
    // Properties that were set before the element was defined arrive with its first update.
    if (element.isConnected && !element.hasUpdated) await element.updateComplete;
    return this.bind().thread;
  };
}
