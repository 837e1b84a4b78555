/** Wakes when a question's time is up: one timer per thread. */
import type { ThreadRef } from '../wire/index.ts';

/** The most that a timer of the platform can hold: 2^31 - 1 ms. A later deadline is looked at again then. */
const LONGEST = 2 ** 31 - 1;

export interface Expiry {
  /** Wakes for this thread at `time`, in ms since 1970, and for no other time; with Infinity not at all. */
  watch(thread: ThreadRef, time: number): void;
  close(): void;
}

/** @param wake called when the time of a thread has come, or may have. */
export function createExpiry(wake: (thread: ThreadRef) => void): Expiry {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  return {
    watch(thread, time) {
      const key = `${thread.graph}:${thread.id}`;
      clearTimeout(timers.get(key));
      timers.delete(key);
      if (time === Infinity) return;
      const wait = Math.min(Math.max(time - Date.now(), 0), LONGEST);
      timers.set(
        key,
        setTimeout(() => {
          timers.delete(key);
          wake(thread);
        }, wait),
      );
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
