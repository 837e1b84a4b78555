/** A thread as a run holds it: its values, and the log behind them when there is one. */
import type { LogEntry, ThreadLog, Write } from '../core/index.ts';
import { apply } from '../state/index.ts';
import type { Values } from '../state/index.ts';

/** Called with every version as it comes to be. */
export type CommitListener = (version: number, writes: readonly Write[]) => void;

export class ThreadState {
  readonly #log: ThreadLog | undefined;
  #values: Values;
  #version: number;

  constructor(log: ThreadLog | undefined, values: Values) {
    this.#log = log;
    this.#values = values;
    this.#version = log?.head ?? 0;
  }

  get values(): Values {
    return this.#values;
  }

  get version(): number {
    return this.#version;
  }

  /** Applies and logs the writes of one step, as one version. Throws when the log refuses a value. */
  commit(entry: LogEntry, listener: CommitListener): void {
    const next = apply(this.#values, entry.writes);
    this.#version = this.#log ? this.#log.append(entry) : this.#version + 1;
    this.#values = next;
    listener(this.#version, entry.writes);
  }

  /** Something to wait for while the disk is behind. */
  full(): Promise<void> | undefined {
    return this.#log?.full();
  }

  /** Resolves to the version that is now durable; to undefined when nothing is stored at all. */
  async flushed(): Promise<number | undefined> {
    if (!this.#log) return undefined;
    const { version } = this;
    await this.#log.flushed(version);
    return version;
  }
}
