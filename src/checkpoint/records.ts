/** Records in IndexedDB. Raw requests: a wrapper costs the writer up to half of its time. */
import { unwrap } from 'idb';
import { withDatabase } from './database.ts';
import type { Database } from './database.ts';
import type { StoredSegment } from './segment.ts';
import type { StoredChunk, StoredSnapshot } from './snapshot.ts';
import type { Change, RecordStore, ThreadMeta, ThreadRecords } from './store.ts';

/** All records of a thread, whose keys begin with it. An empty list sorts after everything that a key may go on with. */
const recordsOf = (thread: string): IDBKeyRange => IDBKeyRange.bound([thread], [thread, []]);

/** All grants of a thread; of no thread, those that hold always. */
export const grantsOf = recordsOf;

const LOG = ['threads', 'segments'];
const RECORDS = [...LOG, 'snapshots', 'chunks'];

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new DOMException('the request failed', 'UnknownError'));
    };
  });
}

function recordsIn(tx: IDBTransaction, thread: string): ThreadRecords {
  const store = (name: string): IDBObjectStore => tx.objectStore(name);
  return {
    meta: () => answer(store('threads').get(thread) as IDBRequest<ThreadMeta | undefined>),
    snapshots: () => answer(store('snapshots').getAll(recordsOf(thread)) as IDBRequest<StoredSnapshot[]>),
    chunk: (hash) => answer(store('chunks').get([thread, hash]) as IDBRequest<StoredChunk | undefined>),
    segments: (from = 0, to = Infinity) => {
      // A range that ends before it begins is refused.
      if (from > to) return Promise.resolve([]);
      const range = IDBKeyRange.bound([thread, from], [thread, to]);
      return answer(store('segments').getAll(range) as IDBRequest<StoredSegment[]>);
    },
  };
}

function write(tx: IDBTransaction, thread: string, change: Change): void {
  const { meta, segments = [], snapshots = [], chunks = [], drop = [], keep } = change;
  const store = (name: string): IDBObjectStore => tx.objectStore(name);
  const put = (): void => {
    for (const segment of segments) store('segments').put(segment);
    for (const snapshot of snapshots) store('snapshots').put(snapshot);
    for (const chunk of chunks) store('chunks').put(chunk);
    tx.commit();
  };
  store('threads').put(meta);
  for (const [from, to] of drop) {
    store('segments').delete(IDBKeyRange.bound([thread, from], [thread, to]));
  }
  if (!keep) {
    put();
    return;
  }
  const sweep = (name: string, stays: (key: never) => boolean, then: () => void): void => {
    const listing = store(name).getAllKeys(recordsOf(thread));
    listing.onsuccess = () => {
      for (const key of listing.result) if (!stays((key as never[])[1] as never)) store(name).delete(key);
      then();
    };
  };
  sweep('snapshots', keep.snapshots, () => {
    if (keep.chunks) sweep('chunks', keep.chunks, put);
    else put();
  });
}

function remove(tx: IDBTransaction, thread: string): void {
  tx.objectStore('threads').delete(thread);
  for (const name of tx.objectStoreNames) if (name !== 'threads') tx.objectStore(name).delete(recordsOf(thread));
  tx.commit();
}

function changeIn(
  db: IDBDatabase,
  thread: string,
  scope: readonly string[],
  decide: Parameters<RecordStore['change']>[2],
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const tx = db.transaction([...scope], 'readwrite', { durability: 'relaxed' });
    let changes = false;
    let failure: unknown;
    tx.oncomplete = () => {
      resolve(changes);
    };
    tx.onabort = () => {
      // What the change threw is what has gone wrong, and it throws errors only.
      reject((failure as Error | undefined) ?? tx.error ?? new DOMException('the browser gave up', 'AbortError'));
    };
    const stored = tx.objectStore('threads').get(thread) as IDBRequest<ThreadMeta | undefined>;
    stored.onsuccess = () => {
      try {
        const change = decide(stored.result);
        changes = change !== undefined;
        if (change === null) remove(tx, thread);
        else if (change) write(tx, thread, change);
      } catch (error) {
        failure = error;
        tx.abort();
      }
    };
  });
}

/** The record store of a database. */
export function recordStore(database: Database): RecordStore {
  return {
    read: (thread, work) => withDatabase(database, (db) => work(recordsIn(unwrap(db).transaction(RECORDS), thread))),
    change: (thread, scope, decide) =>
      // A thread that goes takes along all that was granted in it.
      withDatabase(database, (db) =>
        changeIn(unwrap(db), thread, scope === 'log' ? LOG : [...RECORDS, 'grants'], decide),
      ),
    list: () => withDatabase(database, (db) => db.getAll('threads')),
  };
}
