/** A checkpointer over any record store. */
import { abortError } from '../core/index.ts';
import type { Checkpointer } from '../core/index.ts';
import { findThread } from './find.ts';
import { RecordLog } from './log.ts';
import { Shelf } from './shelf.ts';
import type { RecordStore } from './store.ts';

/** Makes the checkpointer of a store. `now` gives milliseconds since 1970. */
export function createCheckpointer(store: RecordStore, now: () => number): Checkpointer {
  const shelf = new Shelf();
  const pulse = { beats: 0 };
  const settled = (log: RecordLog): void => {
    shelf.put(log);
  };
  return {
    async open(threadId, graph, { signal }) {
      if (signal.aborted) throw abortError(signal);
      const known = shelf.get(threadId);
      const found = await findThread(store, threadId, graph, now, known && ((meta) => known.known(meta)));
      const log = new RecordLog({ store, now, settled, pulse }, found);
      if (found.isStored) shelf.put(log);
      return log;
    },
    async *threads() {
      const metas = [...(await store.list())].sort((a, b) => b.updated - a.updated);
      for (const { id, title, updated, bytes, status } of metas) yield { id, title, updated, bytes, status };
    },
    async delete(threadId) {
      shelf.drop(threadId);
      await store.change(threadId, 'all', () => null);
    },
  };
}
