/** The database in the browser. Its schema is additive only, so that two versions of the SDK live together on one origin. */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase, OpenDBCallbacks } from 'idb';
import { abortable, AgentError, asAgentError, errorText } from '../core/index.ts';
import type { Grant } from '../core/index.ts';
import type { StoredSegment } from './segment.ts';
import type { StoredChunk, StoredSnapshot } from './snapshot.ts';
import { isFull, quotaExceeded, STORAGE_FIX } from './store.ts';
import type { ThreadMeta } from './store.ts';

export interface Schema extends DBSchema {
  threads: { key: string; value: ThreadMeta };
  segments: { key: [thread: string, seq0: number]; value: StoredSegment };
  snapshots: { key: [thread: string, version: number]; value: StoredSnapshot };
  chunks: { key: [thread: string, hash: string]; value: StoredChunk };
  grants: { key: [threadId: string, scope: string, tool: string]; value: Grant };
}

const SCHEMA_VERSION = 3;

/** The name of a namespace's database. */
export const databaseName = (namespace: string): string => `inpage:${namespace}`;

/** Milliseconds that the browser may take to open or delete a database before it counts as refused. */
const PATIENCE = 3000;

/** The open database, opened again when somebody else made us let go of it. */
export class Database {
  readonly name: string;
  #opening: Promise<IDBPDatabase<Schema>> | undefined;
  #isClosed = false;

  constructor(name: string) {
    this.name = name;
  }

  /** @throws AgentError `storage-unavailable`, `closed` */
  async open(): Promise<IDBPDatabase<Schema>> {
    // Housekeeping that comes late must not make anew what was erased meanwhile.
    if (this.#isClosed) throw new AgentError('closed', 'The storage was closed.', { fix: 'Open it again.' });
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
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
        if (from < 2) database.createObjectStore('grants', { keyPath: ['threadId', 'scope', 'tool'] });
        if (from < 3) {
          database.createObjectStore('snapshots', { keyPath: ['thread', 'version'] });
          database.createObjectStore('chunks', { keyPath: ['thread', 'hash'] });
        }
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
export async function withDatabase<T>(database: Database, work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  try {
    return await work(await database.open());
  } catch (error) {
    if (isFull(error)) throw quotaExceeded(error);
    throw asAgentError(error, 'storage-failed', STORAGE_FIX, 'The browser did not store or read a thread: ');
  }
}
