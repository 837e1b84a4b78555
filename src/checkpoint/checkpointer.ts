/** A checkpointer over any record store. */
import { abortError } from '../core/index.ts';
import type { Checkpointer, Retention } from '../core/index.ts';
import { addThread, copyRecords, unknownThread } from './copy.ts';
import { packFile, unpackFile } from './file.ts';
import { findThread } from './find.ts';
import { RecordLog } from './log.ts';
import type { LogContext } from './log.ts';
import { Records } from './memory-records.ts';
import { restore } from './restore.ts';
import { prune } from './retention.ts';
import { Shelf } from './shelf.ts';
import type { RecordStore } from './store.ts';

/**
 * Makes the checkpointer of a store.
 *
 * @param now gives milliseconds since 1970.
 * @param retention what is pruned to when the store is full.
 */
export function createCheckpointer(store: RecordStore, now: () => number, retention: Retention = {}): Checkpointer {
  const shelf = new Shelf();
  const busy = new Map<string, RecordLog>();
  const pruned = (policy: Retention): ReturnType<typeof prune> =>
    prune(store, policy, now(), (thread) => busy.has(thread));
  const context: LogContext = {
    store,
    now,
    settled(log) {
      shelf.put(log);
    },
    pulse: { beats: 0 },
    busy,
    makeRoom: () => pruned(retention),
  };
  return {
    async open(threadId, graph, { signal }) {
      if (signal.aborted) throw abortError(signal);
      // Whoever has heard of a version finds it. That it cannot be stored, its writer is told.
      const writer = busy.get(threadId);
      await writer?.flushed(writer.head).catch(() => undefined);
      if (writer?.isRefused) return writer;
      const known = shelf.get(threadId);
      const found = await findThread(store, threadId, graph, now, known && ((meta) => known.known(meta)));
      const log = new RecordLog(context, found);
      if (found.isStored) shelf.put(log);
      return log;
    },
    async *threads() {
      const metas = [...(await store.list())].sort((a, b) => b.updated - a.updated);
      for (const { id, graph, title, updated, bytes, status } of metas) {
        yield { id, graph: graph.slice(0, graph.lastIndexOf('@')), title, updated, bytes, status };
      }
    },
    async delete(threadId) {
      shelf.drop(threadId);
      busy.delete(threadId);
      await store.change(threadId, 'all', () => null);
    },
    async rename(threadId, title) {
      const done = await store.change(threadId, 'log', (meta) => meta && { meta: { ...meta, title, named: true } });
      if (!done) throw unknownThread(threadId);
    },
    async export(threadId) {
      const copy = await store.read(threadId, async (records) => {
        const meta = await records.meta();
        if (!meta) throw unknownThread(threadId);
        const { version } = await restore(records, threadId, Infinity, { least: meta.head });
        const copied = await copyRecords(records, threadId, version);
        // A log that is whole says everything.
        const log = { ...copied, snapshots: [], chunks: [] };
        const { damage } = await restore(new Records(log).read(), threadId, version);
        return { meta: { ...meta, head: version }, records: damage ? copied : log };
      });
      return packFile(copy);
    },
    async import(file) {
      return addThread(store, now(), await unpackFile(file));
    },
    prune: pruned,
    async usage() {
      const metas = await store.list();
      return { threads: metas.length, bytes: metas.reduce((sum, meta) => sum + meta.bytes, 0) };
    },
  };
}
