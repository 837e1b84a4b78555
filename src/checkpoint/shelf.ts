/** The threads that were used last, so that the next turn need not read them again. */
import type { RecordLog } from './log.ts';

const MAX_THREADS = 8;
const MAX_BYTES = 33_554_432;

/** Keeps the log that knows a thread best. Whether a thread is still as it knows it, its head record says. */
export class Shelf {
  readonly #logs = new Map<string, RecordLog>();

  get(thread: string): RecordLog | undefined {
    return this.#logs.get(thread);
  }

  put(log: RecordLog): void {
    // Again at the end, where the newest are.
    this.#logs.delete(log.thread);
    this.#logs.set(log.thread, log);
    let bytes = 0;
    for (const { weight } of this.#logs.values()) bytes += weight;
    for (const { thread, weight } of this.#logs.values()) {
      if (this.#logs.size <= MAX_THREADS && bytes <= MAX_BYTES) return;
      this.#logs.delete(thread);
      bytes -= weight;
    }
  }

  drop(thread: string): void {
    this.#logs.delete(thread);
  }
}
