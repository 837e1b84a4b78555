/** Records in IndexedDB. */
import { blobOf, hashOf, isLost, traitsOf } from './blobs.ts';
import type { BlobRef } from './blobs.ts';
import { answer, completed, isQuota, withDatabase } from './database.ts';
import type { Database } from './database.ts';
import { KEYS } from './store.ts';
import type { Change, RecordName, RecordStore, Stored, ThreadMeta, ThreadRecords } from './store.ts';

/** All records of a thread, whose keys begin with it. An empty list sorts after everything that a key may go on with. */
export const recordsOf = (thread: string): IDBKeyRange => IDBKeyRange.bound([thread], [thread, []]);

const LOG = ['threads', 'segments'];
const BLOBS = ['blobs', 'blobRefs'];
const RECORDS = ['threads', ...Object.keys(KEYS), ...BLOBS];

/** The bytes of Blobs, keyed by their hash. */
interface StoredBytes {
  readonly hash: string;
  readonly bytes: Blob | ArrayBuffer;
}

function recordsIn(tx: IDBTransaction, thread: string): ThreadRecords {
  const all = <T>(name: string, range = recordsOf(thread)) => answer<T[]>(tx.objectStore(name).getAll(range));
  return {
    meta: () => answer<ThreadMeta | undefined>(tx.objectStore('threads').get(thread)),
    snapshots: () => all('snapshots'),
    chunk: (hash) => answer<Stored['chunks'] | undefined>(tx.objectStore('chunks').get([thread, hash])),
    segments: async (from = 0, to = Infinity) =>
      // A range that ends before it begins is refused.
      from > to ? [] : all('segments', IDBKeyRange.bound([thread, from], [thread, to])),
    async blobs() {
      const found = (await all<BlobRef>('blobRefs')).map(async (ref) => {
        const stored = await answer<StoredBytes | undefined>(tx.objectStore('blobs').get(ref.hash));
        return [ref.id, blobOf(ref, stored?.bytes)] as const;
      });
      return new Map(await Promise.all(found));
    },
  };
}

/** A Blob that is to be stored, and what is to be kept of it. */
interface NewBlob {
  readonly ref: BlobRef;
  readonly bytes: Blob | ArrayBuffer;
}

/** Whether the browser stores Blobs. In private modes some do not, and a transaction that fails for it may never end. */
async function storesBlobs(db: IDBDatabase): Promise<boolean> {
  try {
    const tx = db.transaction('blobs', 'readwrite');
    const store = tx.objectStore('blobs');
    const request = store.put({ hash: '', bytes: new Blob(['?']) } satisfies StoredBytes);
    request.onsuccess = () => store.delete('');
    await completed(tx);
    return true;
  } catch (error) {
    // That there is no room for one says nothing of others.
    if (isQuota(error)) throw error;
    return false;
  }
}

/** What has to be known before the transaction begins, which would not wait. */
async function newBlobs(thread: string, blobs: readonly Blob[], areStored: boolean): Promise<readonly NewBlob[]> {
  const found = new Map<string, NewBlob>();
  for (const blob of blobs) {
    if (isLost(blob)) continue;
    const ref = { thread, ...traitsOf(blob), hash: await hashOf(blob) };
    found.set(ref.id, { ref, bytes: areStored ? blob : await blob.arrayBuffer() });
  }
  return [...found.values()];
}

/** One change of a thread's records. */
class Changing {
  readonly #tx: IDBTransaction;
  readonly #thread: string;
  readonly #blobs: readonly NewBlob[];
  #failure: unknown;
  #changes = false;

  constructor(tx: IDBTransaction, thread: string, blobs: readonly NewBlob[]) {
    this.#tx = tx;
    this.#thread = thread;
    this.#blobs = blobs;
  }

  /** Resolves once it is durable, with whether there was one. */
  async done(decide: Parameters<RecordStore['change']>[2]): Promise<boolean> {
    const stored = this.#store('threads').get(this.#thread) as IDBRequest<ThreadMeta | undefined>;
    const known = this.#blobs.map(({ ref }) => this.#store('blobRefs').getKey([this.#thread, ref.id]));
    // Requests are answered in their order.
    this.#then(known.at(-1) ?? stored, () => {
      const added = this.#blobs.reduce((sum, { ref }, index) => sum + (known[index]?.result ? 0 : ref.size), 0);
      const change = decide(stored.result, added);
      this.#changes = change !== undefined;
      if (change === null) this.#remove();
      else if (change) this.#write(change);
    });
    try {
      await completed(this.#tx);
    } catch (error) {
      throw this.#failure ?? error;
    }
    return this.#changes;
  }

  #store(name: string): IDBObjectStore {
    return this.#tx.objectStore(name);
  }

  /** Does something with an answer. What it throws is what has gone wrong. */
  #then(request: IDBRequest, work: () => void): void {
    request.onsuccess = () => {
      try {
        work();
      } catch (error) {
        this.#failure = error;
        this.#tx.abort();
      }
    };
  }

  #write(change: Change): void {
    const { meta, keep = {} } = change;
    const { blobs: staysBlob, ...rest } = keep;
    const sweeps = Object.entries(rest);
    let left = sweeps.length;
    const put = (): void => {
      for (const name of Object.keys(KEYS)) {
        for (const record of change[name as RecordName] ?? []) this.#store(name).put(record);
      }
      for (const { ref, bytes } of this.#blobs) {
        this.#store('blobRefs').put(ref);
        const known = this.#store('blobs').getKey(ref.hash);
        this.#then(known, () => {
          if (known.result === undefined) this.#store('blobs').put({ hash: ref.hash, bytes } satisfies StoredBytes);
        });
      }
      // Last, so that the bytes stay that somebody else has, or a new one.
      if (staysBlob) this.#release((id) => staysBlob(id) || this.#blobs.some(({ ref }) => ref.id === id));
      else if (this.#blobs.length === 0) this.#tx.commit();
    };
    this.#store('threads').put(meta);
    if (left === 0) put();
    for (const [name, stays] of sweeps) {
      const store = this.#store(name);
      const listing = store.getAllKeys(recordsOf(this.#thread));
      this.#then(listing, () => {
        for (const key of listing.result) if (!stays((key as never[])[1] as never)) store.delete(key);
        if (--left === 0) put();
      });
    }
  }

  #remove(): void {
    this.#store('threads').delete(this.#thread);
    for (const name of [...Object.keys(KEYS), 'grants']) this.#store(name).delete(recordsOf(this.#thread));
    this.#release(() => false);
  }

  /** Lets go of blobs. Bytes that nobody references any more go. */
  #release(stays: (id: string) => boolean): void {
    const refs = this.#store('blobRefs');
    const listing = refs.getAll(recordsOf(this.#thread)) as IDBRequest<BlobRef[]>;
    this.#then(listing, () => {
      for (const { id, hash } of listing.result) {
        if (stays(id)) continue;
        refs.delete([this.#thread, id]);
        const left = refs.index('hash').count(hash);
        this.#then(left, () => {
          if (left.result === 0) this.#store('blobs').delete(hash);
        });
      }
    });
  }
}

/** The record store of a database. */
export function recordStore(database: Database): RecordStore {
  let areStored: boolean | undefined;
  const prepared = async (thread: string, blobs: readonly Blob[]): Promise<readonly NewBlob[]> =>
    newBlobs(thread, blobs, (areStored ??= await withDatabase(database, storesBlobs)));
  return {
    read: (thread, work) => withDatabase(database, (db) => work(recordsIn(db.transaction(RECORDS), thread))),
    async change(thread, scope, decide, named = []) {
      const blobs = named.length > 0 ? await prepared(thread, named) : [];
      // A thread that goes takes along all that was granted in it.
      const stores = scope === 'all' ? [...RECORDS, 'grants'] : blobs.length > 0 ? [...LOG, ...BLOBS] : LOG;
      return withDatabase(database, (db) =>
        new Changing(db.transaction(stores, 'readwrite', { durability: 'relaxed' }), thread, blobs).done(decide),
      );
    },
    list: () => withDatabase(database, (db) => answer(db.transaction('threads').objectStore('threads').getAll())),
  };
}
