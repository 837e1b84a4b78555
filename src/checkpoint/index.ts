/** Keeps threads and grants: record format, log, and the memory and IndexedDB adapters. */
export { createMemoryGrants } from './grants.ts';
export { eraseIndexedDb, openIndexedDb } from './indexeddb.ts';
export type { IndexedDbCheckpointer } from './indexeddb.ts';
export { createMemoryCheckpointer } from './memory.ts';
export { createMemorySpending } from './spending.ts';
