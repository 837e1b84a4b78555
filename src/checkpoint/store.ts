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

/** The stores of what a thread is made of, and the field that tells the records of a thread apart in each. */
export const KEYS = { segments: 'seq0', snapshots: 'version', chunks: 'hash' } as const;

/** A record of each store. */
export interface Stored {
  readonly segments: StoredSegment;
  readonly snapshots: StoredSnapshot;
  readonly chunks: StoredChunk;
}

export type RecordName = keyof Stored;

/** Records to be put. */
export type Puts = { readonly [Name in RecordName]?: readonly Stored[Name][] };

/** One atomic change of the records of one thread. What goes, goes first. */
export interface Change extends Puts {
  readonly meta: ThreadMeta;
  /** What stays of the records that are there; in a store of which nothing is said, all of them. */
  readonly keep?: {
    readonly segments?: (seq0: number) => boolean;
    readonly snapshots?: (version: number) => boolean;
    readonly chunks?: (hash: string) => boolean;
    /** Blobs by their ids. Their bytes go with the last thread that has them. */
    readonly blobs?: (id: string) => boolean;
  };
}

/** Whether a head record is still as it was: whatever is done to the records of a thread changes one of these. */
export const isSame = (a: ThreadMeta, b: ThreadMeta | undefined): b is ThreadMeta =>
  a.epoch === b?.epoch &&
  a.head === b.head &&
  a.bytes === b.bytes &&
  a.updated === b.updated &&
  a.snapshot === b.snapshot;

/** How many bytes some records hold. */
export const bytesOf = (records: Iterable<{ readonly bytes: Uint8Array }>): number => {
  let sum = 0;
  for (const { bytes } of records) sum += bytes.length;
  return sum;
};

/** The records of one thread at one moment. */
export interface ThreadRecords {
  meta(): Promise<ThreadMeta | undefined>;
  /** By rising version. */
  snapshots(): Promise<readonly StoredSnapshot[]>;
  chunk(hash: string): Promise<StoredChunk | undefined>;
  /** The Blobs that the records name, by id; an empty one in the place of each whose bytes are gone. */
  blobs(): Promise<ReadonlyMap<string, Blob>>;
  /** Those that begin in a range, by rising `seq0`; by default all. Both ends are part of it. */
  segments(from?: number, to?: number): Promise<readonly StoredSegment[]>;
}

export interface RecordStore {
  /** Reads what belongs together. The work must wait for nothing but these records, or the moment is over. */
  read<T>(thread: string, work: (records: ThreadRecords) => Promise<T>): Promise<T>;
  /**
   * Changes a thread as one. Resolves once durable. Throws `quota-exceeded` when there is no room.
   *
   * @param scope `log` for a change of meta and segments alone, which then stands in nobody else's way.
   * @param decide gets the meta as it is, and the bytes of the blobs that are new to the thread. It says what becomes of
   *   the thread; undefined leaves everything, null removes all that is the thread's.
   * @param blobs what the change names.
   * @returns whether there was a change.
   */
  change(
    thread: string,
    scope: 'log' | 'all',
    decide: (stored: ThreadMeta | undefined, added: number) => Change | undefined | null,
    blobs?: readonly Blob[],
  ): Promise<boolean>;
  list(): Promise<readonly ThreadMeta[]>;
}

/** The error for a store that is full. */
export function quotaExceeded(cause: unknown): AgentError {
  return new AgentError('quota-exceeded', 'There is no room left to store the thread.', {
    fix: STORAGE_FIX,
    cause,
  });
}

/** Whether an error says that a store is full. */
export const isFull = (error: unknown): error is AgentError => isAgentError(error) && error.code === 'quota-exceeded';

/** What to do when a store fails. */
export const STORAGE_FIX =
  'Free some space, delete threads that are not needed, or allow storage for this site. What was stored before is safe.';
