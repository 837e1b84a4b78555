/** The seam under the log: what a place that keeps records must do. The memory and IndexedDB adapters implement it. */
import { AgentError, isAgentError } from '../core/index.ts';
import type { StoredSegment } from './segment.ts';
import type { StoredChunk, StoredSnapshot } from './snapshot.ts';

/** The head record of a thread. Readers ignore fields that they do not know: two SDK versions may share a database. */
export interface ThreadMeta {
  readonly id: string;
  readonly graph: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly updated: number;
  readonly head: number;
  /** Bytes of all records of the thread. */
  readonly bytes: number;
  readonly epoch: number;
  readonly status: 'idle' | 'unfinished' | 'interrupted';
  /** Set once somebody has named the thread: its `title` channel no longer does. */
  readonly named?: true;
  /** The first version that the log still has; 1 when nothing was pruned. */
  readonly base?: number;
  /** The version of the newest snapshot; 0 when there is none. */
  readonly snapshot?: number;
}

/** One atomic change of the records of one thread. What goes, goes first. */
export interface Change {
  readonly meta: ThreadMeta;
  readonly segments?: readonly StoredSegment[];
  readonly snapshots?: readonly StoredSnapshot[];
  readonly chunks?: readonly StoredChunk[];
  /** Segments that begin in one of these ranges go; both ends of a range are part of it. */
  readonly drop?: readonly (readonly [from: number, to: number])[];
  /** Snapshots and chunks go that are neither to be kept nor put now; chunks stay when nothing is said of them. */
  readonly keep?: {
    readonly snapshots: (version: number) => boolean;
    readonly chunks?: (hash: string) => boolean;
  };
}

/** The records of one thread at one moment. */
export interface ThreadRecords {
  meta(): Promise<ThreadMeta | undefined>;
  /** By rising version. */
  snapshots(): Promise<readonly StoredSnapshot[]>;
  chunk(hash: string): Promise<StoredChunk | undefined>;
  /** Those that begin in a range, by rising `seq0`; by default all. Both ends are part of it. */
  segments(from?: number, to?: number): Promise<readonly StoredSegment[]>;
}

export interface RecordStore {
  /** Reads what belongs together. The work must wait for nothing but these records, or the moment is over. */
  read<T>(thread: string, work: (records: ThreadRecords) => Promise<T>): Promise<T>;
  /**
   * Changes a thread as one. Resolves once durable.
   *
   * @param scope `log` for a change of meta and segments alone, which then stands in nobody else's way.
   * @param decide gets the meta as it is, and says what becomes of the thread; undefined leaves everything, null removes
   *   all that is the thread's.
   * @returns whether there was a change.
   */
  change(
    thread: string,
    scope: 'log' | 'all',
    decide: (stored: ThreadMeta | undefined) => Change | undefined | null,
  ): Promise<boolean>;
  list(): Promise<readonly ThreadMeta[]>;
}

/** The error for a store that is full. */
export function quotaExceeded(cause: unknown): AgentError {
  return new AgentError('quota-exceeded', 'There is no room left to store the thread.', {
    fix: 'Delete threads that are not needed, or free some space. What was stored before is safe.',
    cause,
  });
}

/** Whether an error says that a store is full. */
export const isFull = (error: unknown): boolean =>
  isAgentError(error)
    ? error.code === 'quota-exceeded'
    : error instanceof DOMException && error.name === 'QuotaExceededError';

/** What to do when a store fails. */
export const STORAGE_FIX =
  'Free some space or allow storage for this site, then try again. What was stored before is safe.';
