/** Finds a thread in a store. */
import { damaged } from './damage.ts';
import { summaryOf } from './meta.ts';
import { ask, restore } from './restore.ts';
import type { Restored } from './restore.ts';
import type { RecordStore, ThreadMeta } from './store.ts';

/** A thread as it was found. */
export interface Found extends Restored {
  /** As stored, or as the first write is to make it. */
  readonly meta: ThreadMeta;
  readonly isStored: boolean;
}

/**
 * Reads a thread; one that is not there is begun by its first write.
 *
 * @param graph kept with a thread that is begun.
 * @param known what is known of the thread as its head record describes it, so that nothing else need be read; undefined
 *   when nothing is.
 */
export function findThread(
  store: RecordStore,
  thread: string,
  graph: string,
  now: () => number,
  known: ((meta: ThreadMeta) => Restored | undefined) | undefined,
): Promise<Found> {
  return store.read(thread, async (records) => {
    const asked = known ? undefined : ask(records);
    const meta = await records.meta();
    const remembered = meta && known?.(meta);
    if (remembered) return { ...remembered, meta, isStored: true };
    const found = await restore(records, thread, Infinity, { least: meta?.head ?? 0, asked });
    if (meta) return { ...found, meta, isStored: true };
    const fresh = { id: thread, graph, updated: now(), head: 0, bytes: 0, epoch: 0, ...summaryOf(found.values) };
    if (found.version === 0 && !found.damage) return { ...found, meta: fresh, isStored: false };
    const bytes = found.bytes + found.snapshot.size;
    return {
      ...found,
      meta: { ...fresh, bytes },
      isStored: false,
      damage: damaged(thread, found.version, 'its head record is missing'),
    };
  });
}
