/** Retention: which threads and how much of their history may go. */
import type { Retention } from '../core/index.ts';
import { unpackSnapshot } from './snapshot.ts';
import { only, readRecords, sizeOfRecords } from './copy.ts';
import { isSame } from './store.ts';
import type { RecordStore, ThreadMeta } from './store.ts';

interface Pruned {
  readonly threads: number;
  readonly bytes: number;
}

/**
 * Removes what lies before the older of two snapshots, once both are known to be good: they are then all that the state
 * can be made of.
 *
 * @returns the bytes that are gone.
 */
async function trim(store: RecordStore, meta: ThreadMeta): Promise<number> {
  const { base = 1 } = meta;
  const [from, kept] = await store.read(meta.id, async (records) => {
    const snapshots = (await records.snapshots()).slice(-2);
    const from = (snapshots.length > 1 ? (snapshots[0]?.version ?? 0) : 0) + 1;
    if (from <= base) return [from];
    for (const snapshot of snapshots) await unpackSnapshot(snapshot, (hash) => records.chunk(hash));
    return [from, await readRecords(records, from, Infinity)];
  });
  if (!kept) return 0;
  const bytes = sizeOfRecords(kept);
  const done = await store.change(meta.id, 'all', (stored) =>
    isSame(meta, stored) ? { meta: { ...stored, base: from, bytes }, keep: only(kept) } : undefined,
  );
  return done ? meta.bytes - bytes : 0;
}

/**
 * Removes what a policy does not keep: threads that are too old, then all but the last ones, and where there are too many
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
  const all = [...(await store.list())].sort((a, b) => b.updated - a.updated);
  const kept = new Map(all.map((meta) => [meta.id, meta]));
  const oldestFirst = all.filter(({ id }) => !isBusy(id)).reverse();
  let [threads, bytes] = [0, 0];
  const total = (): number => [...kept.values()].reduce((sum, meta) => sum + meta.bytes, 0);
  const remove = async (meta: ThreadMeta): Promise<void> => {
    const done = await store.change(meta.id, 'all', (stored) => {
      // What somebody else has removed meanwhile takes no place either.
      if (!stored) kept.delete(meta.id);
      return isSame(meta, stored) ? null : undefined;
    });
    if (!done) return;
    kept.delete(meta.id);
    threads++;
    bytes += meta.bytes;
  };
  const each = async (
    isOver: (meta: ThreadMeta) => boolean,
    work: (meta: ThreadMeta) => Promise<void>,
  ): Promise<void> => {
    for (const { id } of oldestFirst) {
      const meta = kept.get(id);
      if (meta && isOver(meta)) await work(meta);
    }
  };
  await each(({ updated }) => now - updated > maxAge, remove);
  const last = new Set([...kept.keys()].slice(0, keepLast));
  await each(({ id, status }) => !last.has(id) && status === 'idle', remove);
  await each(
    () => total() > maxBytes,
    async (meta) => {
      // Of one that is damaged the history may be all that is left, and what a later version wrote is not to be judged.
      const less = await trim(store, meta).catch(() => 0);
      kept.set(meta.id, { ...meta, bytes: meta.bytes - less });
      bytes += less;
    },
  );
  await each(({ status }) => total() > maxBytes && status === 'idle', remove);
  return { threads, bytes };
}
