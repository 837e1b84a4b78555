/** Records in IndexedDB. */
import { answer, completed, withDatabase } from './database.ts';
import type { Database } from './database.ts';
import { KEYS } from './store.ts';
import type { Change, RecordName, RecordStore, Stored, ThreadMeta, ThreadRecords } from './store.ts';

/** All records of a thread, whose keys begin with it. An empty list sorts after everything that a key may go on with. */
export const recordsOf = (thread: string): IDBKeyRange => IDBKeyRange.bound([thread], [thread, []]);

const LOG = ['threads', 'segments'];
const RECORDS = ['threads', ...Object.keys(KEYS)];

function recordsIn(tx: IDBTransaction, thread: string): ThreadRecords {
  const all = <Name extends RecordName>(name: Name, range = recordsOf(thread)) =>
    answer<Stored[Name][]>(tx.objectStore(name).getAll(range));
  return {
    meta: () => answer<ThreadMeta | undefined>(tx.objectStore('threads').get(thread)),
    snapshots: () => all('snapshots'),
    chunk: (hash) => answer<Stored['chunks'] | undefined>(tx.objectStore('chunks').get([thread, hash])),
    segments: async (from = 0, to = Infinity) =>
      // A range that ends before it begins is refused.
      from > to ? [] : all('segments', IDBKeyRange.bound([thread, from], [thread, to])),
  };
}

function write(tx: IDBTransaction, thread: string, change: Change): void {
  const { meta, keep = {} } = change;
  const sweeps = Object.entries(keep);
  let left = sweeps.length;
  const put = (): void => {
    for (const name of Object.keys(KEYS)) {
      for (const record of change[name as RecordName] ?? []) tx.objectStore(name).put(record);
    }
    tx.commit();
  };
  tx.objectStore('threads').put(meta);
  if (left === 0) put();
  for (const [name, stays] of sweeps) {
    const store = tx.objectStore(name);
    const listing = store.getAllKeys(recordsOf(thread));
    listing.onsuccess = () => {
      for (const key of listing.result) if (!stays((key as never[])[1] as never)) store.delete(key);
      if (--left === 0) put();
    };
  }
}

function remove(tx: IDBTransaction, thread: string): void {
  tx.objectStore('threads').delete(thread);
  for (const name of tx.objectStoreNames) if (name !== 'threads') tx.objectStore(name).delete(recordsOf(thread));
  tx.commit();
}

async function changeIn(
  db: IDBDatabase,
  thread: string,
  scope: readonly string[],
  decide: Parameters<RecordStore['change']>[2],
): Promise<boolean> {
  const tx = db.transaction(scope, 'readwrite', { durability: 'relaxed' });
  let changes = false;
  let failure: unknown;
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
  try {
    await completed(tx);
  } catch (error) {
    // What the change threw is what has gone wrong.
    throw failure ?? error;
  }
  return changes;
}

/** The record store of a database. */
export function recordStore(database: Database): RecordStore {
  return {
    read: (thread, work) => withDatabase(database, (db) => work(recordsIn(db.transaction(RECORDS), thread))),
    change: (thread, scope, decide) =>
      // A thread that goes takes along all that was granted in it.
      withDatabase(database, (db) => changeIn(db, thread, scope === 'log' ? LOG : [...RECORDS, 'grants'], decide)),
    list: () => withDatabase(database, (db) => answer(db.transaction('threads').objectStore('threads').getAll())),
  };
}
