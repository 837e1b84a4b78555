/** The records of one thread in memory. */
import type { StoredSegment } from './segment.ts';
import type { StoredChunk, StoredSnapshot } from './snapshot.ts';
import type { Change, ThreadMeta, ThreadRecords } from './store.ts';

/** What is kept of one thread. */
export class Records {
  meta: ThreadMeta | undefined;
  readonly segments = new Map<number, StoredSegment>();
  readonly snapshots = new Map<number, StoredSnapshot>();
  readonly chunks = new Map<string, StoredChunk>();

  constructor(records: Pick<Change, 'segments' | 'snapshots' | 'chunks'> = {}) {
    this.#put(records);
  }

  apply(change: Change): void {
    const { meta, drop = [], keep } = change;
    this.meta = meta;
    for (const [from, to] of drop) {
      for (const seq0 of this.segments.keys()) if (seq0 >= from && seq0 <= to) this.segments.delete(seq0);
    }
    if (keep) {
      for (const version of this.snapshots.keys()) if (!keep.snapshots(version)) this.snapshots.delete(version);
      for (const hash of this.chunks.keys()) if (keep.chunks?.(hash) === false) this.chunks.delete(hash);
    }
    this.#put(change);
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

  #put({ segments = [], snapshots = [], chunks = [] }: Pick<Change, 'segments' | 'snapshots' | 'chunks'>): void {
    for (const segment of segments) this.segments.set(segment.seq0, segment);
    for (const snapshot of snapshots) this.snapshots.set(snapshot.version, snapshot);
    for (const chunk of chunks) this.chunks.set(chunk.hash, chunk);
  }
}
