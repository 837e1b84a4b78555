/** Keeps threads: record format, log, and the memory and IndexedDB adapters. */
export { eraseIndexedDb, openIndexedDb } from './indexeddb.ts';
export type { IndexedDbCheckpointer } from './indexeddb.ts';
export { createMemoryCheckpointer } from './memory.ts';
