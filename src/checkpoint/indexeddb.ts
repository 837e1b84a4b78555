/** The IndexedDB adapter. The schema is additive only, so that two versions of the SDK live together on one origin. */
import { deleteDB, openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import { AgentError, errorText } from '../core/index.ts';
import type { Checkpointer } from '../core/index.ts';
import { createCheckpointer } from './checkpointer.ts';
import type { StoredSegment } from './segment.ts';
import { asExpected } from './store.ts';
import type { RecordStore, ThreadMeta } from './store.ts';

interface Schema extends DBSchema {
  threads: { key: string; value: ThreadMeta };
  segments: { key: [thread: string, seq0: number]; value: StoredSegment };
}

const SCHEMA_VERSION = 1;

/** The name of a namespace's database. */
export const databaseName = (namespace: string): string => `inpage:${namespace}`;

/** All segments of a thread from `seq0` on. An empty list sorts after every number, so it bounds the range above. */
const range = (thread: string, seq0 = 0): IDBKeyRange => IDBKeyRange.bound([thread, seq0], [thread, []]);

function recordStore(db: IDBPDatabase<Schema>): RecordStore {
  return {
    meta: (thread) => db.get('threads', thread),
    segments: (thread) => db.getAll('segments', range(thread)),
    async commit({ expect, meta, segment, truncate }) {
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
    },
    list: () => db.getAll('threads'),
    async remove(thread) {
      const tx = db.transaction(['threads', 'segments'], 'readwrite', { durability: 'relaxed' });
      await Promise.all([
        tx.objectStore('threads').delete(thread),
        tx.objectStore('segments').delete(range(thread)),
        tx.done,
      ]);
    },
  };
}

/** A checkpointer on disk, and the means to let go of it. */
export interface IndexedDbCheckpointer {
  readonly checkpointer: Checkpointer;
  close(): void;
  /** Closes and deletes the whole database. */
  erase(): Promise<void>;
}

/**
 * Opens (or makes) the database `inpage:<namespace>`.
 *
 * @param now gives milliseconds since 1970.
 * @throws AgentError `storage-unavailable` when the browser refuses, as in some private modes and sandboxed frames.
 */
export async function openIndexedDb(namespace: string, now: () => number = Date.now): Promise<IndexedDbCheckpointer> {
  const name = databaseName(namespace);
  try {
    const db = await openDB<Schema>(name, SCHEMA_VERSION, {
      upgrade(database) {
        database.createObjectStore('threads', { keyPath: 'id' });
        database.createObjectStore('segments', { keyPath: ['thread', 'seq0'] });
      },
      // A newer SDK in another tab wants to upgrade, or somebody erases: our connection must not stand in the way.
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
      },
    });
    return {
      checkpointer: createCheckpointer(recordStore(db), now),
      close: () => {
        db.close();
      },
      async erase() {
        db.close();
        await deleteDB(name);
      },
    };
  } catch (error) {
    throw new AgentError('storage-unavailable', `This browser gives no storage: ${errorText(error)}`, {
      fix: 'Allow site data for this site, or leave private browsing; until then threads live only as long as the page.',
      details: { database: name },
      cause: error,
    });
  }
}
