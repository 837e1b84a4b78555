/** The memory adapter: keeps the same records for as long as the realm lives. The reference for every other adapter. */
import type { Checkpointer } from '../core/index.ts';
import { createCheckpointer } from './checkpointer.ts';
import type { StoredSegment } from './segment.ts';
import { asExpected } from './store.ts';
import type { RecordStore, ThreadMeta } from './store.ts';

/** A record store in memory. */
export function createMemoryStore(): RecordStore {
  const metas = new Map<string, ThreadMeta>();
  const segments = new Map<string, Map<number, StoredSegment>>();
  return {
    meta: (thread) => Promise.resolve(metas.get(thread)),
    segments: (thread) => Promise.resolve([...(segments.get(thread)?.values() ?? [])].sort((a, b) => a.seq0 - b.seq0)),
    commit({ expect, meta, segment, truncate }) {
      if (!asExpected(metas.get(meta.id), expect)) return Promise.resolve(false);
      const records = segments.get(meta.id) ?? new Map<number, StoredSegment>();
      if (truncate) for (const seq0 of records.keys()) if (seq0 >= segment.seq0) records.delete(seq0);
      metas.set(meta.id, meta);
      segments.set(meta.id, records.set(segment.seq0, segment));
      return Promise.resolve(true);
    },
    list: () => Promise.resolve([...metas.values()]),
    remove(thread) {
      metas.delete(thread);
      segments.delete(thread);
      return Promise.resolve();
    },
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
