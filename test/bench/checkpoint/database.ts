/** IndexedDB without anything between. */

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(new Error(String(request.error)));
    };
  });

/** Opens a database with one store whose records bring no key. */
export function openRaw(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('records');
  };
  return settled(request);
}

/** Puts one record; resolves once it is durable, as durable as this package makes it. */
export function put(db: IDBDatabase, key: IDBValidKey, value: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const tx = db.transaction('records', 'readwrite', { durability: 'relaxed' });
    tx.oncomplete = () => {
      resolve();
    };
    tx.onabort = () => {
      reject(new Error(String(tx.error)));
    };
    tx.objectStore('records').put(value, key);
    tx.commit();
  });
}

export const get = (db: IDBDatabase, key: IDBValidKey): Promise<unknown> =>
  settled(db.transaction('records').objectStore('records').get(key));

/** Removes everything. */
export const clear = async (db: IDBDatabase): Promise<void> => {
  await settled(db.transaction('records', 'readwrite').objectStore('records').clear());
};

/** All records of a database of any schema, by store. */
export async function dump(name: string): Promise<Record<string, readonly unknown[]>> {
  const db = await settled(indexedDB.open(name));
  const tx = db.transaction(db.objectStoreNames);
  const stores = await Promise.all(
    [...db.objectStoreNames].map(async (store) => [store, await settled(tx.objectStore(store).getAll())] as const),
  );
  db.close();
  return Object.fromEntries(stores);
}
