/** Reads a thread as it is stored, and says what is wrong with it. */
import type { BlobRef } from '../../src/checkpoint/blobs.ts';
import { openIndexedDb } from '../../src/checkpoint/index.ts';
import type { Snapshot, ThreadLog } from '../../src/core/index.ts';
import { shortHash, stableText } from '../../src/core/index.ts';
import { apply, NO_VALUES, snapshot } from '../../src/state/index.ts';
import type { Values } from '../../src/state/index.ts';

/** What identifies a state as a page sees it. */
export function digestOf({
  state,
  next,
  interrupts,
}: Pick<Snapshot<unknown>, 'state' | 'next' | 'interrupts'>): string {
  const text = stableText({ state, next, interrupts });
  return `${text.length}:${shortHash(text)}`;
}

/** The same with the contents of files in their place. */
export async function withContents<S extends { readonly state: Readonly<Record<string, unknown>> }>(
  found: S,
): Promise<S> {
  const files = found.state['files'] as ReadonlyMap<string, Blob> | undefined;
  if (!files) return found;
  const contents = [...files].map(async ([name, file]) => [name, await file.text()] as const);
  return { ...found, state: { ...found.state, files: new Map(await Promise.all(contents)) } };
}

const digestOfValues = async (values: Values): Promise<string> => digestOf(await withContents(snapshot(values, 0, '')));

/** A thread as it is stored. */
export interface Reading {
  readonly head: number;
  /** The version before the first one that the log still has. */
  readonly from: number;
  /** The digest of each version that was asked for and is there. */
  readonly digests: Readonly<Record<number, string>>;
  readonly faults: readonly string[];
}

/** Applies the log from its beginning, version by version. */
async function replay(log: ThreadLog, faults: string[]): Promise<{ from: number; values: Values }> {
  let values = NO_VALUES;
  let last: number | undefined;
  let from = 0;
  for await (const { version, writes } of log.entries()) {
    if (last === undefined) {
      from = version - 1;
      if (from > 0) values = Object.fromEntries(await log.fold(from));
    } else if (version !== last + 1) faults.push(`version ${version} comes after ${last}`);
    values = apply(values, writes);
    last = version;
  }
  if ((last ?? 0) !== log.head) faults.push(`the log ends at ${last ?? 0}, the head is ${log.head}`);
  return { from, values };
}

/**
 * Reads a thread anew.
 *
 * @param versions whose digests are wanted.
 */
export async function readThread(namespace: string, id: string, versions: readonly number[]): Promise<Reading> {
  const storage = await openIndexedDb(namespace);
  const { checkpointer } = storage;
  const faults: string[] = [];
  const digests: Record<number, string> = {};
  try {
    const log = await checkpointer.open(id, '', { signal: new AbortController().signal });
    if (log.damage) faults.push(`damage: ${log.damage.message}`);
    const { from, values } = await replay(log, faults);
    const folded = Object.fromEntries(await log.fold());
    if (stableText(snapshot(values, 0, '')) !== stableText(snapshot(folded, 0, ''))) {
      faults.push('the state is not what its entries make');
    }
    if ((await digestOfValues(folded)) !== (await digestOfValues(values))) faults.push('two readings differ');
    for (const version of versions) {
      if (version <= log.head && version >= from) {
        digests[version] = await digestOfValues(Object.fromEntries(await log.fold(version)));
      }
    }
    return { head: log.head, from, digests, faults };
  } catch (error) {
    return { head: 0, from: 0, digests, faults: [...faults, String(error)] };
  } finally {
    await storage.close();
  }
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(new Error(String(request.error)));
    };
  });

/** The records that belong to no thread, and the bytes of files that no record names, by store. */
export async function readOrphans(namespace: string): Promise<readonly string[]> {
  const db = await answer(indexedDB.open(`inpage:${namespace}`));
  try {
    const tx = db.transaction(db.objectStoreNames);
    const threads = new Set(await answer(tx.objectStore('threads').getAllKeys()));
    const orphans: string[] = [];
    for (const store of ['segments', 'snapshots', 'chunks', 'blobRefs']) {
      for (const key of await answer(tx.objectStore(store).getAllKeys())) {
        const [thread, name] = key as [thread: string, name: string | number];
        if (!threads.has(thread)) orphans.push(`${store} ${thread} ${name}`);
      }
    }
    const refs: readonly BlobRef[] = await answer(tx.objectStore('blobRefs').getAll());
    const named = new Set<IDBValidKey>(refs.map(({ hash }) => hash));
    for (const hash of await answer(tx.objectStore('blobs').getAllKeys()))
      if (!named.has(hash)) orphans.push(`blobs ${JSON.stringify(hash)}`);
    return orphans;
  } finally {
    db.close();
  }
}

/** What is wrong with any thread that is listed. */
export async function readAll(namespace: string): Promise<readonly string[]> {
  const storage = await openIndexedDb(namespace);
  const ids: string[] = [];
  for await (const { id } of storage.checkpointer.threads()) ids.push(id);
  await storage.close();
  const readings = await Promise.all(ids.map((id) => readThread(namespace, id, [])));
  return readings.flatMap(({ faults }, index) => faults.map((fault) => `${String(ids[index])}: ${fault}`));
}

/** Deletes all threads. */
export async function deleteThreads(namespace: string): Promise<void> {
  const storage = await openIndexedDb(namespace);
  const { checkpointer } = storage;
  for await (const { id } of checkpointer.threads()) await checkpointer.delete(id);
  await storage.close();
}
