/** Keeps the state of the shop: in memory, in this browser's storage, and in step with the other tabs. */
import { INITIAL_STATE, parseState } from './state.ts';
import type { ShopState } from './state.ts';

/** A new shape of the state gets a new key, so that an older tab never reads what it does not know. */
export const STORAGE_KEY = 'morning-roasters.v1';

export interface Store {
  readonly state: ShopState;
  /** Replaces the state by what `change` makes of it. When `change` throws, the state stays as it is. */
  update(change: (state: ShopState) => ShopState): void;
  /** Calls `listener` now and after every change, of this tab or another. Returns the function that ends it. */
  subscribe(listener: (state: ShopState) => void): () => void;
}

/**
 * Opens the store. Stored data that cannot be read counts as none; where storing is refused, the state lasts as long
 * as the page.
 *
 * @param storage where the state is kept; undefined keeps it in memory
 * @param events what fires `storage` events, the window
 */
export function createStore(storage: Storage | undefined, events: EventTarget = new EventTarget()): Store {
  const listeners = new Set<(state: ShopState) => void>();
  let stored: string | null = null;
  let state = INITIAL_STATE;

  const refresh = (): void => {
    const text = storage?.getItem(STORAGE_KEY) ?? null;
    if (text === stored) return;
    stored = text;
    state = (text === null ? undefined : parseState(text)) ?? INITIAL_STATE;
  };
  const tell = (): void => {
    for (const listener of listeners) listener(state);
  };

  refresh();
  events.addEventListener('storage', (event) => {
    if (!(event instanceof StorageEvent) || (event.key !== STORAGE_KEY && event.key !== null)) return;
    refresh();
    tell();
  });

  return {
    get state() {
      return state;
    },
    update(change) {
      // Another tab may have written since: its storage event arrives only after this turn of the event loop.
      refresh();
      state = change(state);
      const text = JSON.stringify(state);
      try {
        storage?.setItem(STORAGE_KEY, text);
        stored = storage === undefined ? null : text;
      } catch {
        // Full or refused: the page goes on with what it has in memory.
      }
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
  };
}

/** This browser's storage, or undefined where a person's settings forbid it. */
export function browserStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
