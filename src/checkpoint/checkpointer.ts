/** A checkpointer over any record store. */
import { abortError } from '../core/index.ts';
import type { Checkpointer } from '../core/index.ts';
import { openLog } from './log.ts';
import type { RecordStore } from './store.ts';

/** Makes the checkpointer of a store. `now` gives milliseconds since 1970. */
export function createCheckpointer(store: RecordStore, now: () => number): Checkpointer {
  return {
    async open(threadId, graph, { signal }) {
      if (signal.aborted) throw abortError(signal);
      return openLog(store, threadId, graph, now);
    },
    async *threads() {
      const metas = [...(await store.list())].sort((a, b) => b.updated - a.updated);
      for (const { id, title, updated, bytes, status } of metas) yield { id, title, updated, bytes, status };
    },
    delete: (threadId) => store.remove(threadId),
  };
}
