/** The memory adapter: keeps the same records for as long as the realm lives. The reference for every other adapter. */
import type { Checkpointer } from '../core/index.ts';
import { createCheckpointer } from './checkpointer.ts';
import type { StoredSegment } from './segment.ts';
import type { StoredChunk, StoredSnapshot } from './snapshot.ts';
import type { Change, RecordStore, ThreadMeta, ThreadRecords } from './store.ts';

/** What is kept of one thread. */
class Records {
  meta: ThreadMeta | undefined;
  readonly segments = new Map<number, StoredSegment>();
  readonly snapshots = new Map<number, StoredSnapshot>();
  readonly chunks = new Map<string, StoredChunk>();

  apply({ meta, segments = [], snapshots = [], chunks = [], drop = [], keep }: Change): void {
    this.meta = meta;
    for (const [from, to] of drop) {
      for (const seq0 of this.segments.keys()) if (seq0 >= from && seq0 <= to) this.segments.delete(seq0);
    }
    if (keep) {
      for (const version of this.snapshots.keys()) if (!keep.snapshots(version)) this.snapshots.delete(version);
      for (const hash of this.chunks.keys()) if (keep.chunks?.(hash) === false) this.chunks.delete(hash);
    }
    for (const segment of segments) this.segments.set(segment.seq0, segment);
    for (const snapshot of snapshots) this.snapshots.set(snapshot.version, snapshot);
    for (const chunk of chunks) this.chunks.set(chunk.hash, chunk);
  }

  /** The records as they are now, whatever becomes of them. */
  read(): ThreadRecords {
    const { meta } = this;
    const segments = [...this.segments.values()].sort((a, b) => a.seq0 - b.seq0);
    const snapshots = [...this.snapshots.values()].sort((a, b) => a.version - b.version);
    const chunks = new Map(this.chunks);
    return {
      meta: () => Promise.resolve(meta),
      snapshots: () => Promise.resolve(snapshots),
      chunk: (hash) => Promise.resolve(chunks.get(hash)),
      segments: (from = 0, to = Infinity) => Promise.resolve(segments.filter(({ seq0 }) => seq0 >= from && seq0 <= to)),
    };
  }
}

/** A record store in memory. */
export function createMemoryStore(): RecordStore {
  const threads = new Map<string, Records>();
  return {
    read: (thread, work) => work((threads.get(thread) ?? new Records()).read()),
    // Async, so that what `decide` throws is a rejection.

    async change(thread, _scope, decide) {
      const records = threads.get(thread) ?? new Records();
      const change = decide(records.meta);
      if (change === undefined) return false;
      if (change === null) {
        threads.delete(thread);
      } else {
        records.apply(change);
        threads.set(thread, records);
      }
      return true;
    },
    list: () => Promise.resolve([...threads.values()].flatMap(({ meta }) => meta ?? [])),
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
