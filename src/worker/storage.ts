/** The host's storage: IndexedDB, or memory where the browser refuses it. */
import {
  createMemoryCheckpointer,
  createMemoryGrants,
  createMemorySpending,
  openIndexedDb,
} from '../checkpoint/index.ts';
import { asAgentError } from '../core/index.ts';
import type { Checkpointer, GrantStore, Retention, SpendingStore } from '../core/index.ts';

export interface Storage {
  readonly kind: 'indexeddb' | 'memory';
  readonly checkpointer: Checkpointer;
  readonly grants: GrantStore;
  readonly spending: SpendingStore;
  /** Why it is memory, for the person at the page. */
  readonly notice?: { readonly code: string; readonly message: string };
  close(): Promise<void>;
}

/**
 * Opens the namespace's database; a refusal gives a working storage in memory that says so.
 *
 * @param retention what a full database is pruned to.
 */
export async function openStorage(namespace: string, retention: Retention): Promise<Storage> {
  try {
    return { kind: 'indexeddb', ...(await openIndexedDb(namespace, Date.now, retention)) };
  } catch (error) {
    const { code, message, fix } = asAgentError(error, 'storage-unavailable', 'Allow site data for this site.');
    return {
      kind: 'memory',
      checkpointer: createMemoryCheckpointer(),
      grants: createMemoryGrants(),
      spending: createMemorySpending(),
      notice: { code, message: `${message} ${fix}` },
      close: () => Promise.resolve(),
    };
  }
}
