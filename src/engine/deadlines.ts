/** One timer for all deadlines of a run, so that a step with a deadline costs no timer of its own. */

/** A moment at which something is given up. Moving `at` moves the deadline. */
export interface Deadline {
  /** Milliseconds on the clock of `performance.now()`. */
  at: number;
  readonly expire: () => void;
}

/** What setTimeout takes at most. */
const LONGEST = 2 ** 31 - 1;

/**
 * The deadlines of a run. The timer is only ever set for the earliest one, and found too early when that has gone: in
 * a loop of steps that keep their time, it is set about once per deadline's length.
 */
export class Deadlines {
  readonly #open = new Set<Deadline>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #fires = Infinity;

  /** @param ms milliseconds from now. */
  add(ms: number, expire: () => void): Deadline {
    const deadline = { at: performance.now() + ms, expire };
    this.#open.add(deadline);
    if (deadline.at < this.#fires) this.#arm(deadline.at);
    return deadline;
  }

  remove(deadline: Deadline): void {
    this.#open.delete(deadline);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#open.clear();
  }

  #arm(at: number): void {
    clearTimeout(this.#timer);
    this.#fires = at;
    this.#timer = setTimeout(
      () => {
        this.#fire();
      },
      Math.min(Math.max(0, at - performance.now()), LONGEST),
    );
  }

  #fire(): void {
    const now = performance.now();
    this.#fires = Infinity;
    let earliest = Infinity;
    for (const deadline of this.#open) {
      if (deadline.at <= now) {
        this.#open.delete(deadline);
        deadline.expire();
      } else if (deadline.at < earliest) earliest = deadline.at;
    }
    if (earliest < this.#fires) this.#arm(earliest);
  }
}
