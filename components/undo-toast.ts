/** What was done just now and can be taken back, told for a while above the composer. The undo stays in the card. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ThreadView } from '../src/client/index.ts';
import type { Message, ToolResultPart } from '../src/core/index.ts';

/** Milliseconds that it stays while nobody is at it. */
const TIME = 10_000;

/** What lets time pass. */
interface Clock {
  readonly set: (work: () => void, milliseconds: number) => ReturnType<typeof setTimeout>;
  readonly clear: (timer: ReturnType<typeof setTimeout> | undefined) => void;
}

const CLOCK: Clock = {
  set: (work, milliseconds) => setTimeout(work, milliseconds),
  clear: (timer) => {
    clearTimeout(timer);
  },
};

const NONE: readonly ToolResultPart[] = [];

const resultsOf = (messages: readonly Message[]): readonly ToolResultPart[] =>
  messages.flatMap((message) => (message.role === 'tool' ? message.content : NONE));

/** Keeps the calls since the last message of the person that can be taken back, until they have been told long enough. */
export class UndoToast implements ReactiveController {
  /** In the order in which they were made. */
  calls = NONE;
  readonly #element: ReactiveControllerHost;
  readonly #news = new Set<string>();
  readonly #held = new Set<'pointer' | 'focus'>();
  readonly #clock: Clock;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(element: ReactiveControllerHost, clock: Clock = CLOCK) {
    this.#element = element;
    this.#clock = clock;
    element.addController(this);
  }

  hostDisconnected(): void {
    this.close();
  }

  /** Takes in what has changed between two views of a thread, and returns whether that is news to be told. */
  follow(before: ThreadView, after: ThreadView): boolean {
    // What is read for the first time was done by a run that is over.
    if (!before.loaded || before.messages === after.messages) return false;
    const known = new Set(before.messages.map(({ id }) => id));
    const fresh = after.messages.filter(({ id }) => !known.has(id));
    if (fresh.some(({ role }) => role === 'user')) this.#news.clear();
    const offered = resultsOf(fresh).filter(({ undo }) => undo === 'offered');
    for (const { toolCallId } of offered) this.#news.add(toolCallId);
    if (this.#news.size + this.calls.length === 0) return false;
    const results = resultsOf(after.messages);
    const done = new Set(results.filter(({ undo }) => undo === 'done').map(({ toolCallId }) => toolCallId));
    this.#show(
      results.filter(({ undo, toolCallId: id }) => undo === 'offered' && this.#news.has(id) && !done.has(id)),
      offered.length > 0,
    );
    return offered.length > 0;
  }

  /** The pointer or the focus has come, or gone. */
  hold(by: 'pointer' | 'focus', isHeld: boolean): void {
    if (isHeld) this.#held.add(by);
    else this.#held.delete(by);
    this.#wait();
  }

  readonly close = (): void => {
    this.#news.clear();
    this.#show(NONE, true);
  };

  #show(calls: readonly ToolResultPart[], isAnew: boolean): void {
    this.calls = calls;
    // What is gone sees nobody leave.
    if (calls.length === 0) this.#held.clear();
    if (isAnew || calls.length === 0) this.#wait();
    this.#element.requestUpdate();
  }

  #wait(): void {
    this.#clock.clear(this.#timer);
    if (this.calls.length > 0 && this.#held.size === 0) this.#timer = this.#clock.set(this.close, TIME);
  }
}
