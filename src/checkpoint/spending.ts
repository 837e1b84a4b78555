/** What models have taken by day: in memory, and in the database. */
import type { SpendingStore, Usage } from '../core/index.ts';
import { answer, completed, withDatabase } from './database.ts';
import type { Database } from './database.ts';

/** A day's record, keyed by the day. */
interface Spent extends Usage {
  readonly day: string;
}

const NOTHING: Usage = { inputTokens: 0, outputTokens: 0 };

const sum = (a: Usage, b: Usage): Usage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
});

/** Makes an empty store that lives as long as the page. */
export function createMemorySpending(): SpendingStore {
  const days = new Map<string, Usage>();
  return {
    of: (day) => Promise.resolve(days.get(day) ?? NOTHING),
    add(day, usage) {
      days.set(day, sum(days.get(day) ?? NOTHING, usage));
      return Promise.resolve();
    },
  };
}

/** The store of a database. Days that are over go with the first entry of a new one. */
export function spendingStore(database: Database): SpendingStore {
  return {
    of: (day) =>
      withDatabase(database, async (db) => {
        const found = await answer<Spent | undefined>(db.transaction('spending').objectStore('spending').get(day));
        const { inputTokens, outputTokens } = found ?? NOTHING;
        return { inputTokens, outputTokens };
      }),
    add: (day, usage) =>
      withDatabase(database, (db) => {
        const tx = db.transaction('spending', 'readwrite');
        const store = tx.objectStore('spending');
        const reading = store.getAll() as IDBRequest<Spent[]>;
        reading.onsuccess = () => {
          const before = reading.result.find((spent) => spent.day === day);
          if (!before) store.clear();
          store.put({ day, ...sum(before ?? NOTHING, usage) } satisfies Spent);
        };
        return completed(tx);
      }),
  };
}
