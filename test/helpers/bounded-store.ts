import { createMemoryStore } from '../../src/checkpoint/memory.ts';
import { quotaExceeded } from '../../src/checkpoint/store.ts';
import type { RecordStore } from '../../src/checkpoint/store.ts';

/** A store that takes no more than some bytes. */
export function bounded(limit: { bytes: number }): RecordStore {
  const store = createMemoryStore();
  return {
    ...store,
    async change(thread, scope, decide, blobs) {
      const others = (await store.list()).filter(({ id }) => id !== thread).reduce((sum, { bytes }) => sum + bytes, 0);
      const bounded: typeof decide = (...now) => {
        const change = decide(...now);
        if (change && others + change.meta.bytes > limit.bytes) throw quotaExceeded(undefined);
        return change;
      };
      return store.change(thread, scope, bounded, blobs);
    },
  };
}
