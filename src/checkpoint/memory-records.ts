/** The records of one thread in memory. */
import { idOf } from './blobs.ts';
import { KEYS } from './store.ts';
import type { Change, Puts, RecordName, Stored, ThreadMeta, ThreadRecords } from './store.ts';

/** What is kept of one thread. */
export class Records {
  meta: ThreadMeta | undefined;
  readonly #stores: { readonly [Name in RecordName]: Map<string | number, Stored[Name]> } = {
    segments: new Map(),
    snapshots: new Map(),
    chunks: new Map(),
  };
  readonly #blobs = new Map<string, Blob>();

  constructor(puts: Puts = {}, blobs: Iterable<Blob> = []) {
    this.#change(puts, {}, blobs);
  }

  apply(change: Change, blobs: Iterable<Blob>): void {
    this.meta = change.meta;
    this.#change(change, change.keep ?? {}, blobs);
  }

  has(blob: Blob): boolean {
    return this.#blobs.has(idOf(blob));
  }

  /** The records as they are now, whatever becomes of them. */
  read(): ThreadRecords {
    const { meta } = this;
    const segments = [...this.#stores.segments.values()].sort((a, b) => a.seq0 - b.seq0);
    const snapshots = [...this.#stores.snapshots.values()].sort((a, b) => a.version - b.version);
    const chunks = new Map(this.#stores.chunks);
    const blobs = new Map(this.#blobs);
    return {
      meta: async () => meta,
      snapshots: async () => snapshots,
      chunk: async (hash) => chunks.get(hash),
      blobs: async () => blobs,
      segments: async (from = 0, to = Infinity) => segments.filter(({ seq0 }) => seq0 >= from && seq0 <= to),
    };
  }

  #change(puts: Puts, keep: NonNullable<Change['keep']>, blobs: Iterable<Blob>): void {
    for (const id of this.#blobs.keys()) if (keep.blobs?.(id) === false) this.#blobs.delete(id);
    for (const blob of blobs) this.#blobs.set(idOf(blob), blob);
    for (const name of Object.keys(KEYS) as RecordName[]) {
      const store = this.#stores[name] as Map<unknown, unknown>;
      for (const key of store.keys()) if (keep[name]?.(key as never) === false) store.delete(key);
      for (const record of puts[name] ?? [])
        store.set((record as unknown as Record<string, unknown>)[KEYS[name]], record);
    }
  }
}
