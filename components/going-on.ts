/** What has the thread of an element go on without a message. */
import type { Thread, TurnResult } from '../src/client/index.ts';
import type { Binding } from './binding.ts';
import type { StatusLine } from './status-line.ts';
import type { Turns } from './turns.ts';

/** The buttons for it, on behalf of an element. */
export class GoingOn {
  readonly #binding: Binding;
  readonly #turns: Turns;
  readonly #status: StatusLine;
  readonly #back: () => void;

  /** @param back called when the button that was pressed is about to go, and would drop the focus. */
  constructor(binding: Binding, turns: Turns, status: StatusLine, back: () => void) {
    this.#binding = binding;
    this.#turns = turns;
    this.#status = status;
    this.#back = back;
  }

  /** Goes on with what was cut off. */
  readonly resume = (): void => {
    this.#run((thread) => thread.resume());
  };

  /** Has the last message answered again. */
  readonly again = (): void => {
    this.#run((thread) => thread.regenerate());
  };

  #run(work: (thread: Thread) => Promise<TurnResult>): void {
    this.#back();
    this.#turns.running(this.#binding.thread().then(work)).catch(this.#status.fail);
  }
}
