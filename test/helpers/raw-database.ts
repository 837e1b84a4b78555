/** A database as it lies there, past everything that reads and writes it otherwise. */

const answer = <T>(request: IDBRequest): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result as T);
    };
    request.onerror = () => {
      reject(new Error(String(request.error)));
    };
  });

export interface RawDatabase {
  readonly db: IDBDatabase;
  get(store: string, key: IDBValidKey): Promise<unknown>;
  getAll(store: string): Promise<unknown[]>;
  getAllKeys(store: string): Promise<IDBValidKey[]>;
  count(store: string): Promise<number>;
  put(store: string, record: unknown): Promise<unknown>;
  delete(store: string, key: IDBValidKey): Promise<unknown>;
  close(): void;
}

/** @param upgrade makes the stores of a version that is not there yet. */
export async function openRaw(
  name: string,
  version?: number,
  upgrade?: (db: IDBDatabase) => void,
): Promise<RawDatabase> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => upgrade?.(request.result);
  const db = await answer<IDBDatabase>(request);
  const read = (store: string): IDBObjectStore => db.transaction(store).objectStore(store);
  const write = (store: string): IDBObjectStore => db.transaction(store, 'readwrite').objectStore(store);
  return {
    db,
    get: (store, key) => answer(read(store).get(key)),
    getAll: (store) => answer(read(store).getAll()),
    getAllKeys: (store) => answer(read(store).getAllKeys()),
    count: (store) => answer(read(store).count()),
    put: (store, record) => answer(write(store).put(record)),
    delete: (store, key) => answer(write(store).delete(key)),
    close() {
      db.close();
    },
  };
}
