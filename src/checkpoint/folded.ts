/** The state of a thread at its newest version, kept up to date without slowing down whoever appends. */
import type { Write } from '../core/index.ts';
import { apply } from '../state/index.ts';
import type { Values } from '../state/index.ts';

/** Entries that may wait to be applied. Many at once cost much less than each by itself. */
const MAX_WAITING = 512;

export class Folded {
  #values: Values;
  #version: number;
  #waiting: (readonly Write[])[] = [];

  constructor(values: Values, version: number) {
    this.#values = values;
    this.#version = version;
  }

  get version(): number {
    return this.#version;
  }

  /** Takes the writes of the next version. Throws as {@link values}. */
  add(writes: readonly Write[]): this {
    this.#version++;
    this.#waiting.push(writes);
    if (this.#waiting.length >= MAX_WAITING) this.#apply();
    return this;
  }

  /**
   * @throws AgentError `corrupt-record` when a write does not fit the value that it meets.
   */
  values(): Values {
    this.#apply();
    return this.#values;
  }

  #apply(): void {
    if (this.#waiting.length === 0) return;
    this.#values = apply(this.#values, this.#waiting.flat());
    this.#waiting = [];
  }
}
