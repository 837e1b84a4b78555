/** Results of workflows in IndexedDB, shared by all tabs of a site, within a number of bytes. */
import { errorText } from '../core/index.ts';
import { contentHash } from '../workflow/index.ts';
import type { ResultStore, StoredResult } from '../workflow/index.ts';
import { isExact } from './exact.ts';

export interface StoredResultsOptions {
  /**
   * Names the code of all functions that are marked as pure, such as the version of the worker. What was kept under
   * another one is not looked at any more.
   */
  readonly version: string;
  /** Keeps the results of one user of a browser from another, such as a hashed user id. Default: one for all. */
  readonly scope?: string;
  /** So many bytes are kept of all results of the site; of more, those that were not used for the longest go. Default: 5,000,000. */
  readonly bytes?: number;
  readonly now?: () => number;
}

/** The name of the database. */
export const RESULTS = 'inpage-results';

interface Row {
  readonly id?: number;
  readonly slot: string;
  readonly workflow: string;
  readonly used: number;
  readonly until: number;
  readonly bytes: number;
  readonly text: string;
  /** The hash of the text. */
  readonly sum: string;
}

const MEGABYTES = 5_000_000;
/** Bytes of a row beside its texts. */
const FRAME = 120;
/** Milliseconds until a run goes on without what the browser does not give. */
const PATIENCE = 1000;

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new DOMException());
    };
  });

async function openDatabase(closed: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(RESULTS, 1);
  request.onupgradeneeded = () => {
    const rows = request.result.createObjectStore('rows', { keyPath: 'id', autoIncrement: true });
    for (const index of ['slot', 'workflow', 'used', 'until']) rows.createIndex(index, index);
    request.result.createObjectStore('sums');
  };
  const db = await answer(request);
  db.onclose = closed;
  db.onversionchange = () => {
    closed();
    db.close();
  };
  return db;
}

/** The result of a row; undefined where the row is damaged. */
function read(row: Row): StoredResult | undefined {
  try {
    return contentHash(row.text) === row.sum ? (JSON.parse(row.text) as StoredResult) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes a store for a `ResultCache`. It never fails a run: where the browser keeps nothing, it says so once and goes on.
 *
 * @example
 * workflows({ handlers, results: new ResultCache({ store: storedResults({ version: '12' }) }) });
 */
export function storedResults({
  version,
  scope = '',
  bytes: most = MEGABYTES,
  now = Date.now,
}: StoredResultsOptions): ResultStore & { clear(): Promise<void> } {
  const name = (one: string): string => JSON.stringify([scope, version, one]);
  const news = new BroadcastChannel(RESULTS);
  let opening: Promise<IDBDatabase> | undefined;
  let hasWarned = false;
  let writing: Promise<unknown> = Promise.resolve();

  const warn = (error: unknown): void => {
    if (hasWarned) return;
    hasWarned = true;
    console.warn(`inpage: results of workflows are kept only as long as the page (${errorText(error)}).`);
  };

  const within = async <T>(
    mode: IDBTransactionMode,
    work: (rows: IDBObjectStore, sums: IDBObjectStore) => Promise<T>,
  ): Promise<T> => {
    opening ??= openDatabase(() => (opening = undefined));
    opening.catch(() => (opening = undefined));
    const tx = (await opening).transaction(['rows', 'sums'], mode, { durability: 'relaxed' });
    const done = new Promise<void>((resolve, reject) => {
      tx.oncomplete = () => {
        resolve();
      };
      tx.onabort = () => {
        reject(tx.error ?? new DOMException());
      };
    });
    const [value] = await Promise.all([work(tx.objectStore('rows'), tx.objectStore('sums')), done]);
    return value;
  };

  /** Deletes rows in the order of an index while `goesOn`; gives how many bytes that has freed. */
  const sweep = async (
    rows: IDBObjectStore,
    index: string,
    range: IDBKeyRange | null,
    goesOn: (freed: number) => boolean,
  ): Promise<number> => {
    let freed = 0;
    const request = rows.index(index).openCursor(range);
    for (let cursor = await answer(request); cursor && goesOn(freed); cursor = await answer(request)) {
      freed += (cursor.value as Row).bytes;
      cursor.delete();
      cursor.continue();
    }
    return freed;
  };

  /** Writes, and keeps the sum of all bytes right. One after the other, so that what was forgotten stays so. */
  const write = (work: (rows: IDBObjectStore, sum: number) => Promise<number>): Promise<void> => {
    const next = writing.then(() =>
      within('readwrite', async (rows, sums) => {
        const known: unknown = await answer(sums.get('bytes'));
        const sum =
          typeof known === 'number' && known >= 0
            ? known
            : ((await answer(rows.getAll())) as Row[]).reduce((total, { bytes }) => total + bytes, 0);
        sums.put(await work(rows, sum), 'bytes');
      }),
    );
    writing = next.catch(warn);
    return writing as Promise<void>;
  };

  const drop = (key: string | IDBKeyRange | null, index: string): Promise<void> =>
    write(async (rows, sum) => {
      const range = typeof key === 'string' ? IDBKeyRange.only(key) : key;
      return sum - (await sweep(rows, index, range, () => true));
    });

  const remove = ({ id = -1, bytes }: Row): Promise<void> =>
    write(async (rows, sum) => {
      const isThere = (await answer(rows.count(id))) > 0;
      rows.delete(id);
      return isThere ? sum - bytes : sum;
    });

  const touch = ({ id = -1 }: Row): Promise<void> =>
    write(async (rows, sum) => {
      const row = (await answer(rows.get(id))) as Row | undefined;
      if (row) rows.put({ ...row, used: now() });
      return sum;
    });

  return {
    async find(key) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          reject(new Error('The browser gives nothing.'));
        }, PATIENCE);
      });
      try {
        const reading = writing.then(() => within('readonly', (rows) => answer(rows.index('slot').getAll(name(key)))));
        const found = (await Promise.race([reading, late])) as Row[];
        return found.flatMap((row) => {
          const stored = row.until > now() ? read(row) : undefined;
          if (!stored) void remove(row);
          return stored ? [{ stored, until: row.until, used: () => void touch(row) }] : [];
        });
      } catch (error) {
        warn(error);
        return [];
      } finally {
        clearTimeout(timer);
      }
    },
    async keep(workflow, key, stored, until) {
      let text: string;
      try {
        // What would come back as something else is kept in memory alone.
        if (!isExact(stored)) return;
        text = JSON.stringify(stored);
      } catch {
        return;
      }
      const slot = name(key);
      const bytes = new TextEncoder().encode(text + slot).byteLength + FRAME;
      if (bytes > most) return;
      const row: Row = { slot, workflow: name(workflow), used: now(), until, bytes, text, sum: contentHash(text) };
      await write(async (rows, sum) => {
        let left = sum - (await sweep(rows, 'until', IDBKeyRange.upperBound(now()), () => true));
        left -= await sweep(rows, 'used', null, (freed) => left - freed + bytes > most);
        await answer(rows.add(row));
        return left + bytes;
      });
    },
    async forget(workflow) {
      news.postMessage(name(workflow));
      await drop(name(workflow), 'workflow');
    },
    onForget(listener) {
      news.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (typeof data !== 'string') return;
        const [of, at, workflow] = JSON.parse(data) as readonly string[];
        if (of === scope && at === version && workflow !== undefined) listener(workflow);
      });
    },
    /** Forgets all results of the site, of all versions and scopes. */
    clear: () => drop(null, 'used'),
  };
}
