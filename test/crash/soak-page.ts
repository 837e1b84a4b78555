/** A page that goes on and on. */
import { openIndexedDb } from '../../src/checkpoint/index.ts';
import { createAgent } from '../../src/index.ts';

const NAMESPACE = 'soak';

/** What a database holds. */
export interface Stored {
  readonly threads: number;
  /** Bytes of all records, as the threads count them. */
  readonly bytes: number;
  readonly records: Readonly<Record<string, number>>;
}

export interface Soak {
  /** Makes one run on each of these threads, one after the other, the `n`-th of its thread. */
  run(threads: readonly string[], n: number): Promise<void>;
  stored(): Promise<Stored>;
}

const agent = createAgent({
  namespace: NAMESPACE,
  worker: () => new Worker('soak-worker.js', { type: 'module' }),
});

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(new Error(String(request.error)));
    };
  });

const soak: Soak = {
  async run(threads, n) {
    for (const id of threads) {
      const thread = agent.thread(id, { graph: 'keep' });
      const stop = thread.subscribe(() => undefined);
      const { status, error } = await thread.send({ n });
      stop();
      if (status !== 'completed') throw error ?? new Error(`It ended as ${status}.`);
    }
  },
  async stored() {
    const storage = await openIndexedDb(NAMESPACE);
    const { threads, bytes } = await storage.checkpointer.usage();
    await storage.close();
    const db = await answer(indexedDB.open(`inpage:${NAMESPACE}`));
    const records: Record<string, number> = {};
    for (const store of db.objectStoreNames) {
      records[store] = await answer(db.transaction(store).objectStore(store).count());
    }
    db.close();
    return { threads, bytes, records };
  },
};

declare global {
  interface Window {
    soak: Soak;
  }
}

window.soak = soak;
