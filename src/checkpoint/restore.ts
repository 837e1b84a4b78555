/** Makes the state of a thread of its records, as far as they are good. */
import type { AgentError } from '../core/index.ts';
import { apply, NO_VALUES } from '../state/index.ts';
import type { Values } from '../state/index.ts';
import { isDamage, lacking } from './damage.ts';
import { decodeSegment } from './segment.ts';
import { chunkSizes, unpackSnapshot } from './snapshot.ts';
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

export interface Restored {
  /** The version that the values are of: the one asked for, or the last one before what is damaged. */
  readonly version: number;
  readonly values: Values;
  /** Why later versions could not be read. */
  readonly damage?: AgentError;
  /** The snapshot that the values were made from. */
  readonly snapshot: Good;
  /** The segments behind it, and their bytes. */
  readonly segments: number;
  readonly bytes: number;
}

async function newestGood(
  snapshots: readonly StoredSnapshot[],
  records: ThreadRecords,
): Promise<{ readonly snapshot: Good; readonly values: Values }> {
  for (const stored of snapshots.toReversed()) {
    try {
      const { values, rows } = await unpackSnapshot(stored, (hashes) => records.chunks(hashes));
      let size = stored.bytes.length;
      for (const bytes of chunkSizes(rows).values()) size += bytes;
      return { snapshot: { version: stored.version, size, rows }, values };
    } catch (error) {
      // The one before it, and the log, hold the same.
      if (!isDamage(error)) throw error;
    }
  }
  return { snapshot: NOTHING, values: NO_VALUES };
}

/**
 * The state at a version: of the newest good snapshot up to there, and of the segments behind it.
 *
 * @param at the version, or Infinity for the newest one.
 * @param least the version that there must be, or something is lost.
 */
export async function restore(records: ThreadRecords, thread: string, at: number, least = at): Promise<Restored> {
  const snapshots = (await records.snapshots()).filter(({ version }) => version <= at);
  const newest = snapshots.at(-1)?.version ?? 0;
  // Asked for before the chunks are there; should they be bad, more segments are needed.
  const behind = records.segments(newest + 1, at);
  const { snapshot, values: begin } = await newestGood(snapshots, records);
  const segments = snapshot.version === newest ? await behind : await records.segments(snapshot.version + 1, at);
  let { version } = snapshot;
  let values = begin;
  let bytes = 0;
  let damage: AgentError | undefined;
  try {
    for (const segment of segments) {
      if (segment.seq0 !== version + 1) throw lacking(thread, version + 1);
      const entries = decodeSegment(segment).slice(0, at - version);
      values = apply(
        values,
        entries.flatMap(({ writes }) => writes),
      );
      version += entries.length;
      bytes += segment.bytes.length;
    }
    if (version < least) throw lacking(thread, version + 1);
  } catch (error) {
    if (!isDamage(error)) throw error;
    damage = error;
  }
  return { version, values, snapshot, segments: segments.length, bytes, ...(damage && { damage }) };
}
