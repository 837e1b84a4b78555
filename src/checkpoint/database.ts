/** The database in the browser. Its schema is additive only, so that two versions of the SDK live together on one origin. */
import { abortable, AgentError, asAgentError, errorText, isAgentError } from '../core/index.ts';
import { quotaExceeded, STORAGE_FIX } from './store.ts';

/** The stores, and what their keys are made of. */
const STORES = {
  threads: 'id',
  segments: ['thread', 'seq0'],
  grants: ['threadId', 'scope', 'tool'],
  snapshots: ['thread', 'version'],
  chunks: ['thread', 'hash'],
  blobs: 'hash',
  blobRefs: ['thread', 'id'],
  spending: 'day',
};

/** Grows with each store: 1 had threads and segments, 2 grants as well, 3 all but spending. */
const SCHEMA_VERSION = 4;

/** The name of a namespace's database. */
export const databaseName = (namespace: string): string => `inpage:${namespace}`;

/** Milliseconds that the browser may take to open or delete a database before it counts as refused. */
export const PATIENCE = 3000;

/** What a request comes to. That it is of the type asked for, whoever has put it there knows. */
export function answer<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result as T);
    };
    request.onerror = () => {
      reject(request.error ?? new DOMException());
    };
  });
}

/** Resolves once a transaction is durable. Whoever aborts it knows why: the browser does not say. */
export function completed(tx: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => {
      resolve();
    };
    tx.onabort = () => {
      reject(tx.error ?? new DOMException());
    };
  });
}

/** The open database, opened again when somebody else made us let go of it. */
export class Database {
  readonly name: string;
  #opening: Promise<IDBDatabase> | undefined;
  #isClosed = false;

  constructor(namespace: string) {
    this.name = databaseName(namespace);
  }

  /** @throws AgentError `storage-blocked`, `storage-unavailable`, `closed` */
  async open(): Promise<IDBDatabase> {
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

  async #open(): Promise<IDBDatabase> {
    const request = this.#request(SCHEMA_VERSION).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'VersionError')) throw error;
      // A newer SDK was here. It has only added to the schema, so what this one knows is there.
      return this.#request();
    });
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
      throw isAgentError(error) ? blocked(this.name) : unavailable(this.name, error);
    }
  }

  async #request(version?: number): Promise<IDBDatabase> {
    const request = indexedDB.open(this.name, version);
    request.onupgradeneeded = () => {
      const { result } = request;
      for (const [name, keyPath] of Object.entries(STORES)) {
        if (result.objectStoreNames.contains(name)) continue;
        const store = result.createObjectStore(name, { keyPath });
        // How many there are of a hash is how often its bytes are referenced.
        if (name === 'blobRefs') store.createIndex('hash', 'hash');
      }
    };
    const db = await answer<IDBDatabase>(request);
    db.onclose = () => {
      this.#opening = undefined;
    };
    // A newer SDK in another tab wants to upgrade, or somebody erases: our connection must not stand in the way.
    db.onversionchange = () => {
      this.#opening = undefined;
      db.close();
    };
    return db;
  }
}

/** For what takes too long: one that is frozen does not even let the browser say that it is in the way. */
function blocked(database: string): AgentError {
  return new AgentError(
    'storage-blocked',
    'Another tab of this site holds what is stored, and does not let go of it.',
    {
      fix: 'Close the other tabs of this site and load this one again; until then threads live only as long as the page.',
      details: { database },
    },
  );
}

function unavailable(database: string, cause: unknown): AgentError {
  return new AgentError('storage-unavailable', `This browser gives no storage: ${errorText(cause)}`, {
    fix: 'Allow site data for this site, or leave private browsing; until then threads live only as long as the page.',
    details: { database },
    cause,
  });
}

/** Whether the browser has refused something because the disk, or what a site may take of it, is full. */
export const isQuota = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError';

/** Does some work with the database. Whatever goes wrong is typed, and names what to do. */
export async function withDatabase<T>(database: Database, work: (db: IDBDatabase) => Promise<T>): Promise<T> {
  try {
    return await work(await database.open());
  } catch (error) {
    if (isQuota(error)) throw quotaExceeded(error);
    throw asAgentError(error, 'storage-failed', STORAGE_FIX, 'The browser did not store or read a thread: ');
  }
}
