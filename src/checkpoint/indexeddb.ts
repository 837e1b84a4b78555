/** The IndexedDB adapter. */
import { asAgentError } from '../core/index.ts';
import type { Checkpointer, Grant, GrantStore, Retention, SpendingStore } from '../core/index.ts';
import { createCheckpointer } from './checkpointer.ts';
import { answer, completed, Database, PATIENCE, withDatabase } from './database.ts';
import { byAge } from './grants.ts';
import { recordsOf, recordStore } from './records.ts';
import { spendingStore } from './spending.ts';
import { STORAGE_FIX } from './store.ts';

function grantStore(database: Database): GrantStore {
  /** Writes that must not come undone when the machine fails: a grant that was revoked stays so. */
  const write = (work: (store: IDBObjectStore) => void): Promise<void> =>
    withDatabase(database, (db) => {
      const tx = db.transaction('grants', 'readwrite', { durability: 'strict' });
      work(tx.objectStore('grants'));
      return completed(tx);
    });
  return {
    list: (threadId) =>
      withDatabase(database, async (db) => {
        const store = db.transaction('grants').objectStore('grants');
        // Those of no thread hold always.
        const found = ['', threadId].map((id) => answer<Grant[]>(store.getAll(recordsOf(id))));
        return byAge((await Promise.all(found)).flat());
      }),
    put: (grant) => write((store) => store.put(grant)),
    revoke: ({ threadId, scope, tool }) => write((store) => store.delete([threadId, scope, tool])),
  };
}

/**
 * Deletes a namespace's database. What is in it is gone first, so that a tab which does not let go of the database
 * can delay only the removal of its empty shell.
 *
 * @throws AgentError `storage-failed` when the browser refuses: the data is then still there.
 */
export async function eraseIndexedDb(namespace: string): Promise<void> {
  const database = new Database(namespace);
  await withDatabase(database, (db) => {
    const tx = db.transaction(db.objectStoreNames, 'readwrite');
    for (const name of db.objectStoreNames) tx.objectStore(name).clear();
    return completed(tx);
  });
  await database.close();
  const request = indexedDB.deleteDatabase(database.name);
  await new Promise<unknown>((resolve, reject) => {
    request.onblocked = resolve;
    // One that is frozen does not even let the browser say that it is in the way.
    setTimeout(resolve, PATIENCE);
    answer(request).then(resolve, (error: unknown) => {
      reject(asAgentError(error, 'storage-failed', STORAGE_FIX));
    });
  });
}

/** A checkpointer and a store of grants on disk, and the means to let go of them. */
export interface IndexedDbCheckpointer {
  readonly checkpointer: Checkpointer;
  readonly grants: GrantStore;
  readonly spending: SpendingStore;
  close(): Promise<void>;
}

/**
 * Opens (or makes) the database `inpage:<namespace>`.
 *
 * @param now gives milliseconds since 1970.
 * @param retention what is pruned to when there is no more room.
 * @throws AgentError `storage-unavailable` when the browser refuses, as in some private modes and sandboxed frames;
 *   `storage-blocked` when another tab does not let go of it.
 */
export async function openIndexedDb(
  namespace: string,
  now: () => number = Date.now,
  retention: Retention = {},
): Promise<IndexedDbCheckpointer> {
  const database = new Database(namespace);
  await database.open();
  return {
    checkpointer: createCheckpointer(recordStore(database), now, retention),
    grants: grantStore(database),
    spending: spendingStore(database),
    close: () => database.close(),
  };
}
