/** Retention: which threads and how much of their history may go. */
import type { Retention } from '../core/index.ts';
import { isDamage } from './damage.ts';
import { unpackSnapshot } from './snapshot.ts';
import type { RecordStore, ThreadMeta } from './store.ts';

interface Pruned {
  readonly threads: number;
  readonly bytes: number;
}

/** Whether a record is still the one that a decision was made for. */
const isSame = (a: ThreadMeta, b: ThreadMeta | undefined): boolean =>
  a.epoch === b?.epoch && a.head === b.head && a.bytes === b.bytes;

/**
 * Removes what lies before the older of two snapshots, once both are known to be good: they are then all that the state
 * can be made of.
 *
 * @returns the bytes that are gone.
 */
async function trim(store: RecordStore, meta: ThreadMeta): Promise<number> {
  const { base = 1 } = meta;
  const { from, bytes } = await store.read(meta.id, async (records) => {
    const snapshots = await records.snapshots();
    const from = (snapshots.at(-2)?.version ?? 0) + 1;
    if (from <= base) return { from, bytes: 0 };
    for (const snapshot of snapshots) await unpackSnapshot(snapshot, (hash) => records.chunk(hash));
    const segments = await records.segments(base, from - 1);
    return { from, bytes: segments.reduce((sum, segment) => sum + segment.bytes.length, 0) };
  });
  if (bytes === 0) return 0;
  const done = await store.change(meta.id, 'log', (stored) =>
    stored && isSame(meta, stored)
      ? { meta: { ...stored, base: from, bytes: stored.bytes - bytes }, drop: [[0, from - 1]] }
      : undefined,
  );
  return done ? bytes : 0;
}

/**
 * Removes what a policy does not keep: threads that are too old, then of too many the oldest, and where there are too many
 * bytes first the history that two snapshots make needless, then whole threads, the oldest first. A thread with a question
 * that is open or a run under way goes for its age alone.
 *
 * @param isBusy tells the threads that are being written, which stay.
 */
export async function prune(
  store: RecordStore,
  { keepLast = Infinity, maxAge = Infinity, maxBytes = Infinity }: Retention,
  now: number,
  isBusy: (thread: string) => boolean,
): Promise<Pruned> {
  const all = await store.list();
  const kept = new Map(all.map((meta) => [meta.id, meta]));
  const oldestFirst = all.filter(({ id }) => !isBusy(id)).sort((a, b) => a.updated - b.updated);
  let [threads, bytes] = [0, 0];
  const total = (): number => [...kept.values()].reduce((sum, meta) => sum + meta.bytes, 0);
  const remove = async (meta: ThreadMeta): Promise<void> => {
    let isThere = true;
    const done = await store.change(meta.id, 'all', (stored) => {
      isThere = stored !== undefined;
      return isSame(meta, stored) ? null : undefined;
    });
    // What somebody else has removed meanwhile takes no place either.
    if (done || !isThere) kept.delete(meta.id);
    if (!done) return;
    threads++;
    bytes += meta.bytes;
  };
  for (const meta of oldestFirst) if (now - meta.updated > maxAge) await remove(meta);
  for (const meta of oldestFirst) {
    if (kept.size <= keepLast) break;
    if (kept.has(meta.id) && meta.status === 'idle') await remove(meta);
  }
  for (const meta of oldestFirst) {
    if (total() <= maxBytes) break;
    if (!kept.has(meta.id)) continue;
    try {
      const less = await trim(store, meta);
      kept.set(meta.id, { ...meta, bytes: meta.bytes - less });
      bytes += less;
    } catch (error) {
      // The history may be all that is left of it.
      if (!isDamage(error)) throw error;
    }
  }
  for (const { id } of oldestFirst) {
    if (total() <= maxBytes) break;
    const meta = kept.get(id);
    if (meta?.status === 'idle') await remove(meta);
  }
  return { threads, bytes };
}
