/** Lets a property decide in which order asynchronous nodes go on: each waits at a gate until it is let through. */

/** Turns of the message loop in which nothing moves before work counts as stuck. */
const PATIENCE = 1_000;

const messages = new MessageChannel();
const turns: (() => void)[] = [];
messages.port1.onmessage = () => turns.shift()?.();

/** Resolves in a later turn of the message loop, when every promise that could settle has. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    turns.push(resolve);
    messages.port2.postMessage(null);
  });
}

export class Scheduler {
  readonly #choices: readonly number[];
  readonly #waiting: (() => void)[] = [];
  #passed = 0;
  /** Called before each node is let through, with how many have been; for tests that act from outside of the run. */
  onPass: ((passed: number) => void) | undefined = undefined;

  /** @param choices which of those that wait goes next, over and over. */
  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  /** How many have been let through. */
  get passed(): number {
    return this.#passed;
  }

  /** Waits for its turn. */
  gate(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Lets those that wait through, one by one, until `work` has settled; then all that still wait. */
  async drive<T>(work: Promise<T>): Promise<T> {
    const state = { settled: false };
    const done = (): void => {
      state.settled = true;
    };
    work.then(done, done);
    for (let idle = 0; !state.settled; idle++) {
      await turn();
      if (this.#pass()) idle = 0;
      if (idle > PATIENCE) throw new Error('Nothing waits, and nothing ends.');
    }
    // What goes on after its run has ended must not be heard.
    do await turn();
    while (this.#pass());
    return work;
  }

  #pass(): boolean {
    if (this.#waiting.length === 0) return false;
    this.onPass?.(this.#passed);
    const choice = this.#choices[this.#passed++ % this.#choices.length] ?? 0;
    const [next] = this.#waiting.splice(choice % this.#waiting.length, 1);
    next?.();
    return true;
  }
}
