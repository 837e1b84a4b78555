/** Makes the state of a thread of its records, as far as they are good. */
import type { AgentError, Write } from '../core/index.ts';
import { apply, NO_VALUES } from '../state/index.ts';
import type { Values } from '../state/index.ts';
import { isLost, standIn } from './blobs.ts';
import { damaged, isDamage, lacking } from './damage.ts';
import { decodeSegment } from './segment.ts';
import { sizeOf, unpackSnapshot } from './snapshot.ts';
import type { Rows, StoredSnapshot } from './snapshot.ts';
import type { ThreadRecords } from './store.ts';

/** A snapshot that is known to be good. */
export interface Good {
  readonly version: number;
  /** Bytes of its table and its chunks. */
  readonly size: number;
  readonly rows: Rows;
}

/** The empty thread, which needs no snapshot. */
export const NOTHING: Good = { version: 0, size: 0, rows: new Map() };

/** The snapshot that a state was made from, and what lies behind it. */
export interface Behind {
  readonly snapshot: Good;
  readonly segments: number;
  readonly bytes: number;
}

export interface Restored extends Behind {
  /** The version that the values are of: the one asked for, or the last one before what is damaged. */
  readonly version: number;
  readonly values: Values;
  /** Why later versions could not be read. */
  readonly damage?: AgentError;
  /** What is lost of the values themselves, where nothing else is. */
  readonly lost?: AgentError;
}

/** Gives the Blobs of records, and notices those whose bytes are gone. */
export class Blobs {
  lost = false;
  readonly #all: ReadonlyMap<string, Blob>;

  constructor(all: ReadonlyMap<string, Blob>) {
    this.#all = all;
  }

  readonly of = (id: string): Blob => {
    const blob = this.#all.get(id) ?? standIn(id);
    this.lost ||= isLost(blob);
    return blob;
  };
}

async function newestGood(
  snapshots: readonly StoredSnapshot[],
  records: ThreadRecords,
  blobs: Blobs,
): Promise<{ readonly snapshot: Good; readonly values: Values }> {
  for (const stored of snapshots.toReversed()) {
    try {
      const { values, rows } = await unpackSnapshot(stored, (hash) => records.chunk(hash), blobs.of);
      return { snapshot: { version: stored.version, size: stored.bytes.length + sizeOf(rows), rows }, values };
    } catch (error) {
      // The one before it, and the log, hold the same.
      if (!isDamage(error)) throw error;
    }
  }
  return { snapshot: NOTHING, values: NO_VALUES };
}

/** What the segments behind a version say, as far as they are good. */
interface Log {
  readonly writes: readonly Write[];
  readonly version: number;
  readonly segments: number;
  readonly bytes: number;
  readonly damage?: AgentError;
}

async function readBehind(
  records: ThreadRecords,
  thread: string,
  from: number,
  at: number,
  blobs: Blobs,
): Promise<Log> {
  const segments = await records.segments(from + 1, at);
  const writes: (readonly Write[])[] = [];
  let version = from;
  let bytes = 0;
  let damage: AgentError | undefined;
  try {
    for (const segment of segments) {
      if (segment.seq0 !== version + 1) throw lacking(thread, version + 1);
      const entries = decodeSegment(segment, blobs.of).slice(0, at - version);
      for (const entry of entries) writes.push(entry.writes);
      version += entries.length;
      bytes += segment.bytes.length;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    damage = error;
  }
  return { writes: writes.flat(), version, segments: segments.length, bytes, ...(damage && { damage }) };
}

/** What a state is made of beside its segments and chunks. */
export type Asked = Promise<[readonly StoredSnapshot[], ReadonlyMap<string, Blob>]>;

/** Asks for it, in one go: each way to the database and back takes as long as 100 KB. */
export const ask = (records: ThreadRecords): Asked => Promise.all([records.snapshots(), records.blobs()]);

/**
 * The state at a version: of the newest good snapshot up to there, and of the segments behind it.
 *
 * @param at the version, or Infinity for the newest one.
 * @param options.least the version that there must be, or something is lost; `at` if not given.
 * @param options.asked when it was asked for already.
 */
export async function restore(
  records: ThreadRecords,
  thread: string,
  at: number,
  options: { least?: number; asked?: Asked | undefined } = {},
): Promise<Restored> {
  const { least = at, asked = ask(records) } = options;
  const [all, named] = await asked;
  const blobs = new Blobs(named);
  const snapshots = all.filter(({ version }) => version <= at);
  const newest = snapshots.at(-1)?.version ?? 0;
  // Read while the chunks are on their way. Should those be bad, there is more to read.
  const reading = readBehind(records, thread, newest, at, blobs);
  reading.catch(() => undefined);
  const { snapshot, values } = await newestGood(snapshots, records, blobs);
  const behind = await (snapshot.version === newest
    ? reading
    : readBehind(records, thread, snapshot.version, at, blobs));
  const { writes, segments, bytes } = behind;
  const found = {
    snapshot,
    segments,
    bytes,
    ...(blobs.lost && { lost: damaged(thread, behind.version, 'the bytes of a Blob are gone, so that it is empty') }),
  };
  try {
    const { version, damage = version < least ? lacking(thread, version + 1) : undefined } = behind;
    return { ...found, version, values: apply(values, writes), ...(damage && { damage }) };
  } catch (error) {
    // They are as they were written, and do not fit the state.
    if (!isDamage(error)) throw error;
    return { ...found, version: snapshot.version, values, damage: error };
  }
}
