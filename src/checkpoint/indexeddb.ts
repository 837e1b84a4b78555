/** The IndexedDB adapter. The schema is additive only, so that two versions of the SDK live together on one origin. */
import { deleteDB, openDB } from 'idb';
import type { DBSchema, IDBPDatabase, IDBPObjectStore, OpenDBCallbacks } from 'idb';
import { abortable, AgentError, asAgentError, errorText } from '../core/index.ts';
import type { Checkpointer, Grant, GrantStore } from '../core/index.ts';
import { createCheckpointer } from './checkpointer.ts';
import { byAge } from './grants.ts';
import type { StoredSegment } from './segment.ts';
import { asExpected, STORAGE_FIX } from './store.ts';
import type { Commit, RecordStore, ThreadMeta } from './store.ts';

interface Schema extends DBSchema {
  threads: { key: string; value: ThreadMeta };
  segments: { key: [thread: string, seq0: number]; value: StoredSegment };
  grants: { key: [threadId: string, scope: string, tool: string]; value: Grant };
}

const SCHEMA_VERSION = 2;

/** The name of a namespace's database. */
export const databaseName = (namespace: string): string => `inpage:${namespace}`;

/** All segments of a thread from `seq0` on. An empty list sorts after every number, so it bounds the range above. */
const range = (thread: string, seq0 = 0): IDBKeyRange => IDBKeyRange.bound([thread, seq0], [thread, []]);

/** Milliseconds that the browser may take to open or delete a database before it counts as refused. */
const PATIENCE = 3000;

/** The open database, opened again when somebody else made us let go of it. */
class Database {
  readonly name: string;
  #opening: Promise<IDBPDatabase<Schema>> | undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** @throws AgentError `storage-unavailable` */
  open(): Promise<IDBPDatabase<Schema>> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    const db = await opening?.catch(() => undefined);
    db?.close();
  }

  async #open(): Promise<IDBPDatabase<Schema>> {
    const request = this.#request();
    try {
      return await abortable(request, AbortSignal.timeout(PATIENCE));
    } catch (error) {
      this.#opening = undefined;
      // One that comes after all is of no use any more, and would stand in others' way.
      request.then(
        (db) => {
          db.close();
        },
        () => undefined,
      );
      throw unavailable(this.name, error);
    }
  }

  async #request(): Promise<IDBPDatabase<Schema>> {
    const lost = (): void => {
      this.#opening = undefined;
    };
    const callbacks: OpenDBCallbacks<Schema> = {
      upgrade(database, from) {
        if (from < 1) {
          database.createObjectStore('threads', { keyPath: 'id' });
          database.createObjectStore('segments', { keyPath: ['thread', 'seq0'] });
        }
        database.createObjectStore('grants', { keyPath: ['threadId', 'scope', 'tool'] });
      },
      // A newer SDK in another tab wants to upgrade, or somebody erases: our connection must not stand in the way.
      blocking: (_current, _blocked, event) => {
        lost();
        (event.target as IDBDatabase).close();
      },
      terminated: lost,
    };
    try {
      return await openDB<Schema>(this.name, SCHEMA_VERSION, callbacks);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'VersionError')) throw error;
      // A newer SDK was here. It has only added to the schema, so what this one knows is there.
      return openDB<Schema>(this.name, undefined, { ...callbacks, upgrade: () => undefined });
    }
  }
}

function unavailable(database: string, cause: unknown): AgentError {
  return new AgentError('storage-unavailable', `This browser gives no storage: ${errorText(cause)}`, {
    fix: 'Allow site data for this site, or leave private browsing; until then threads live only as long as the page.',
    details: { database },
    cause,
  });
}

/** Does some work with the database. Whatever goes wrong is typed, and names what to do. */
async function withDatabase<T>(database: Database, work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  try {
    return await work(await database.open());
  } catch (error) {
    throw asAgentError(error, 'storage-failed', STORAGE_FIX, 'The browser did not store or read a thread: ');
  }
}

async function commit(db: IDBPDatabase<Schema>, { expect, meta, segment, truncate }: Commit): Promise<boolean> {
  const tx = db.transaction(['threads', 'segments'], 'readwrite', { durability: 'relaxed' });
  const threads = tx.objectStore('threads');
  const segments = tx.objectStore('segments');
  if (!asExpected(await threads.get(meta.id), expect)) {
    await tx.done;
    return false;
  }
  const requests: Promise<unknown>[] = [];
  if (truncate) requests.push(segments.delete(range(segment.thread, segment.seq0)));
  requests.push(threads.put(meta), segments.put(segment));
  tx.commit();
  // A failed request also aborts the transaction, whose error is the one that says why.
  await Promise.all([tx.done, Promise.allSettled(requests)]);
  return true;
}

function recordStore(database: Database): RecordStore {
  return {
    meta: (thread) => withDatabase(database, (db) => db.get('threads', thread)),
    segments: (thread) => withDatabase(database, (db) => db.getAll('segments', range(thread))),
    commit: (change) => withDatabase(database, (db) => commit(db, change)),
    list: () => withDatabase(database, (db) => db.getAll('threads')),
    remove: (thread) =>
      withDatabase(database, async (db) => {
        const tx = db.transaction(['threads', 'segments', 'grants'], 'readwrite', { durability: 'relaxed' });
        await Promise.all([
          tx.objectStore('threads').delete(thread),
          tx.objectStore('segments').delete(range(thread)),
          tx.objectStore('grants').delete(grantsOf(thread)),
          tx.done,
        ]);
      }),
  };
}

/** All grants of a thread; of no thread, those that hold always. */
const grantsOf = (threadId: string): IDBKeyRange => IDBKeyRange.bound([threadId], [threadId, []]);

function grantStore(database: Database): GrantStore {
  /** Writes that must not come undone when the machine fails: a grant that was revoked stays so. */
  const write = (work: (store: IDBPObjectStore<Schema, 'grants'[], 'grants', 'readwrite'>) => Promise<unknown>) =>
    withDatabase(database, async (db) => {
      const tx = db.transaction(['grants'], 'readwrite', { durability: 'strict' });
      await Promise.all([work(tx.objectStore('grants')), tx.done]);
    });
  return {
    list: (threadId) =>
      withDatabase(database, async (db) => {
        const store = db.transaction('grants').objectStore('grants');
        const found = await Promise.all([store.getAll(grantsOf('')), store.getAll(grantsOf(threadId))]);
        return byAge(found.flat());
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
  const database = new Database(databaseName(namespace));
  await withDatabase(database, async (db) => {
    const tx = db.transaction(db.objectStoreNames, 'readwrite');
    await Promise.all([...db.objectStoreNames].map((name) => tx.objectStore(name).clear()));
    await tx.done;
  });
  await database.close();
  await new Promise<void>((resolve, reject) => {
    deleteDB(database.name, {
      blocked: () => {
        resolve();
      },
    }).then(resolve, (error: unknown) => {
      reject(asAgentError(error, 'storage-failed', STORAGE_FIX));
    });
  });
}

/** A checkpointer and a store of grants on disk, and the means to let go of them. */
export interface IndexedDbCheckpointer {
  readonly checkpointer: Checkpointer;
  readonly grants: GrantStore;
  close(): Promise<void>;
}

/**
 * Opens (or makes) the database `inpage:<namespace>`.
 *
 * @param now gives milliseconds since 1970.
 * @throws AgentError `storage-unavailable` when the browser refuses, as in some private modes and sandboxed frames.
 */
export async function openIndexedDb(namespace: string, now: () => number = Date.now): Promise<IndexedDbCheckpointer> {
  const database = new Database(databaseName(namespace));
  await database.open();
  return {
    checkpointer: createCheckpointer(recordStore(database), now),
    grants: grantStore(database),
    close: () => database.close(),
  };
}
