/** The seam under the log: what a place that keeps records must do. The memory and IndexedDB adapters implement it. */
import type { StoredSegment } from './segment.ts';

/** The head record of a thread. Readers ignore fields that they do not know: two SDK versions may share a database. */
export interface ThreadMeta {
  readonly id: string;
  readonly graph: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly updated: number;
  readonly head: number;
  readonly bytes: number;
  readonly epoch: number;
  readonly status: 'idle' | 'unfinished' | 'interrupted';
}

/** One atomic change of one thread. */
export interface Commit {
  /** The meta as the writer last knew it; another one in the store means that somebody else has written. */
  readonly expect: { readonly epoch: number; readonly head: number } | undefined;
  readonly meta: ThreadMeta;
  readonly segment: StoredSegment;
  /** Removes every segment from this one on first: what follows a damaged record goes with it. */
  readonly truncate: boolean;
}

export interface RecordStore {
  meta(thread: string): Promise<ThreadMeta | undefined>;
  /** All segments of a thread by rising `seq0`. */
  segments(thread: string): Promise<readonly StoredSegment[]>;
  /** Resolves once durable. Resolves to false, and changes nothing, when `expect` does not hold. */
  commit(commit: Commit): Promise<boolean>;
  list(): Promise<readonly ThreadMeta[]>;
  remove(thread: string): Promise<void>;
}

/** Whether a stored meta is the one that a writer expects. */
export function asExpected(stored: ThreadMeta | undefined, expect: Commit['expect']): boolean {
  return stored?.epoch === expect?.epoch && stored?.head === expect?.head;
}

/** What to do when a store fails. */
export const STORAGE_FIX =
  'Free some space or allow storage for this site, then try again. What was stored before is safe.';
