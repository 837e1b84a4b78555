/** The memory adapter: keeps the same records for as long as the realm lives. The reference for every other adapter. */
import type { Checkpointer } from '../core/index.ts';
import { isLost } from './blobs.ts';
import { createCheckpointer } from './checkpointer.ts';
import { Records } from './memory-records.ts';
import type { RecordStore } from './store.ts';

/** A record store in memory. */
export function createMemoryStore(): RecordStore {
  const threads = new Map<string, Records>();
  return {
    read: (thread, work) => work((threads.get(thread) ?? new Records()).read()),
    // Async, so that what `decide` throws is a rejection.

    async change(thread, _scope, decide, named = []) {
      const records = threads.get(thread) ?? new Records();
      const blobs = new Set(named.filter((blob) => !isLost(blob)));
      let added = 0;
      for (const blob of blobs) if (!records.has(blob)) added += blob.size;
      const change = decide(records.meta, added);
      if (change === undefined) return false;
      if (change === null) {
        threads.delete(thread);
      } else {
        records.apply(change, blobs);
        threads.set(thread, records);
      }
      return true;
    },
    list: async () => [...threads.values()].flatMap(({ meta }) => meta ?? []),
  };
}

/**
 * A checkpointer that forgets everything with the page, worker or process.
 *
 * @param now gives milliseconds since 1970.
 * @example
 * const graph = builder.compile({ checkpointer: createMemoryCheckpointer() });
 */
export function createMemoryCheckpointer(now: () => number = Date.now): Checkpointer {
  return createCheckpointer(createMemoryStore(), now);
}
