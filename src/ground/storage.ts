/** What verticals keep in this browser: plain data by name, apart for each namespace and each vertical. */
import { AgentError, isRecord } from '../core/index.ts';
import type { StorageGround } from '../verticals/index.ts';

/** Characters of JSON of one value. */
const LARGEST = 65_536;

/** For pages that have no localStorage. */
const fallback = new Map<string, string>();

const store = (): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & { names(): readonly string[] } => {
  try {
    const local = localStorage;
    return {
      getItem: (key) => local.getItem(key),
      setItem: (key, value) => {
        local.setItem(key, value);
      },
      removeItem: (key) => {
        local.removeItem(key);
      },
      names: () => Object.keys(local),
    };
  } catch {
    return {
      getItem: (key) => fallback.get(key) ?? null,
      setItem: (key, value) => fallback.set(key, value),
      removeItem: (key) => fallback.delete(key),
      names: () => [...fallback.keys()],
    };
  }
};

/** The storage of one vertical. `erase()` of an agent empties it too. */
export function createStorageGround(namespace: string, id: string): StorageGround {
  const begin = `inpage:${namespace}:vertical:${id}:`;
  return {
    get(key) {
      const text = store().getItem(begin + key);
      try {
        return text === null ? undefined : (JSON.parse(text) as unknown);
      } catch {
        // Somebody else has written there.
        return undefined;
      }
    },
    set(key, value) {
      const text = JSON.stringify(value) as string | undefined;
      if (text === undefined || text.length > LARGEST) {
        throw new AgentError('quota-exceeded', `"${key}" is no plain data of up to 64 kB.`, { fix: 'Keep less.' });
      }
      try {
        store().setItem(begin + key, text);
      } catch (error) {
        throw new AgentError('quota-exceeded', 'This browser keeps no more for this site.', {
          fix: 'Keep less, or delete something.',
          cause: error,
        });
      }
    },
    delete(key) {
      store().removeItem(begin + key);
    },
    keys: () =>
      store()
        .names()
        .filter((name) => name.startsWith(begin))
        .map((name) => name.slice(begin.length)),
  };
}

const offKey = (namespace: string): string => `inpage:${namespace}:verticals-off`;

function offIn(namespace: string): Readonly<Record<string, unknown>> {
  try {
    const found: unknown = JSON.parse(store().getItem(offKey(namespace)) ?? '{}');
    return isRecord(found) ? found : {};
  } catch {
    return {};
  }
}

/** Whether the person has turned a vertical off. */
export const isOff = (namespace: string, id: string): boolean => offIn(namespace)[id] === true;

/** Keeps it for the next time. */
export function keepOff(namespace: string, id: string, off: boolean): void {
  try {
    store().setItem(offKey(namespace), JSON.stringify({ ...offIn(namespace), [id]: off }));
  } catch {
    // Then it holds for this page alone.
  }
}
