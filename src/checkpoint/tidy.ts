/** Housekeeping of one thread: snapshots, and merging of small segments. Nothing here may run beside the loop. */
import type { Values } from '../state/index.ts';
import { unlessDamaged } from './damage.ts';
import type { Behind, Good } from './restore.ts';
import { decodeSegment, SegmentWriter } from './segment.ts';
import type { StoredSegment } from './segment.ts';
import { chunkSizes, costOf, packSnapshot, sizeOf, snapshotRecord, tableOf } from './snapshot.ts';
import type { Packed, Rows, StoredChunk } from './snapshot.ts';
import { bytesOf, isSame } from './store.ts';
import type { Change, RecordStore, ThreadMeta } from './store.ts';

/**
 * A snapshot is due after so many bytes, if it writes no more than that, or after so many versions. A version takes about
 * as long to read as some bytes of a snapshot.
 */
const DUE_BYTES = 65_536;
const DUE_VERSIONS = 1000;
const VERSION_BYTES = 512;

/** More segments than this behind the last snapshot are merged. */
const MANY = 64;

/** Segments with fewer bytes are merged, until one has so many. */
const SMALL = 16_384;
const MERGED = 65_536;

/** Bytes of chunks that go in one transaction, and groups that are packed in one go. */
const BATCH = 1_048_576;
const GO = 8;

/** Where housekeeping is done, as long as there is nothing better to do. */
export interface House {
  readonly store: RecordStore;
  readonly thread: string;
  /** The head record as it was seen last: one that is not like it says that somebody else is here. */
  seen: ThreadMeta;
  /** Waits a little; false when something else is to be done now. */
  pause(): Promise<boolean>;
}

/**
 * @param version the newest one.
 * @param values its state, which is looked at only when there may be enough behind the snapshot.
 */
export function isSnapshotDue({ snapshot, bytes }: Behind, version: number, values: () => Values): boolean {
  const versions = version - snapshot.version;
  const behind = bytes + VERSION_BYTES * versions;
  return versions >= DUE_VERSIONS || (behind >= DUE_BYTES && behind >= costOf(values(), snapshot.rows));
}

export const isMergeDue = ({ segments }: Behind, isSnapshotNext: boolean): boolean =>
  segments > (isSnapshotNext ? 1 : MANY);

/** Changes the records unless somebody else has changed them since. */
function changeMine(house: House, scope: 'log' | 'all', change: (meta: ThreadMeta) => Change): Promise<boolean> {
  return house.store.change(house.thread, scope, (meta) => {
    if (!isSame(house.seen, meta)) return undefined;
    const made = change(meta);
    house.seen = made.meta;
    return made;
  });
}

/** Puts small neighbours together. Returns the new segments, and what they take the place of. */
function merged(segments: readonly StoredSegment[]): {
  readonly runs: StoredSegment[];
  readonly gone: StoredSegment[];
} {
  const runs: StoredSegment[] = [];
  const gone: StoredSegment[] = [];
  const writer = new SegmentWriter();
  let from: StoredSegment[] = [];
  const end = (): void => {
    const [first] = from;
    const last = from.at(-1);
    if (first && last) {
      const run = writer.take(first.thread, first.seq0, last.epoch);
      if (from.length > 1) {
        runs.push(run);
        gone.push(...from);
      }
    }
    from = [];
  };
  let next = 0;
  for (const segment of segments) {
    // What is damaged stays as it is, and so does what it stands between.
    const entries = segment.bytes.length < SMALL ? unlessDamaged(() => decodeSegment(segment)) : undefined;
    if (!entries || segment.seq0 !== next || writer.size >= MERGED) end();
    if (!entries) continue;
    for (const entry of entries) writer.add(entry);
    from.push(segment);
    next = segment.seq0 + entries.length;
  }
  end();
  return { runs, gone };
}

/**
 * Merges the small segments among those of some versions.
 *
 * @returns by how many segments and bytes there are fewer.
 */
export async function mergeSegments(
  house: House,
  from: number,
  to: number,
): Promise<{ readonly segments: number; readonly bytes: number }> {
  const { runs, gone } = merged(await house.store.read(house.thread, (records) => records.segments(from, to)));
  const begins = new Set(gone.map(({ seq0 }) => seq0));
  const bytes = bytesOf(gone) - bytesOf(runs);
  const done =
    runs.length > 0 &&
    (await changeMine(house, 'log', (meta) => ({
      meta: { ...meta, bytes: meta.bytes - bytes },
      segments: runs,
      keep: { segments: (seq0) => !begins.has(seq0) },
    })));
  return done ? { segments: gone.length - runs.length, bytes } : { segments: 0, bytes: 0 };
}

/** Packs a state, unless something else comes up. */
async function packed(house: House, values: Values, before: Rows): Promise<Packed | undefined> {
  const packing = packSnapshot(values, before);
  for (let groups = 1; ; groups++) {
    const { done, value } = packing.next();
    if (done) return value;
    if (groups % GO === 0 && !(await house.pause())) return undefined;
  }
}

/** Chunks in lists of not much more than a batch. */
function batches(chunks: Packed['chunks'], known: ReadonlyMap<string, number>, thread: string): StoredChunk[][] {
  const found: StoredChunk[][] = [];
  let size = BATCH;
  for (const [hash, bytes] of chunks) {
    if (known.has(hash)) continue;
    if (size >= BATCH) {
      found.push([]);
      size = 0;
    }
    found.at(-1)?.push({ thread, hash, bytes });
    size += bytes.length;
  }
  return found;
}

/**
 * Takes a snapshot. It and the one before stay, with their chunks, and one that the log begins with; all others go.
 *
 * @param last the newest snapshot that is known to be good.
 * @returns undefined when it was not to be.
 */
export async function takeSnapshot(
  house: House,
  version: number,
  values: Values,
  last: Good,
): Promise<Good | undefined> {
  const { store, thread } = house;
  const made = await packed(house, values, last.rows);
  if (!made) return undefined;
  const { rows } = made;
  // Chunks go first and in parts, so that no write of the next run has to wait for all of them.
  for (const chunks of batches(made.chunks, chunkSizes(last.rows), thread)) {
    if (!(await house.pause()) || !(await changeMine(house, 'all', (meta) => ({ meta, chunks })))) return undefined;
  }
  const stored = await store.read(thread, (records) => records.snapshots());
  const record = snapshotRecord(thread, version, made.bytes);
  const done = await changeMine(house, 'all', (meta) => {
    const stays = (each: number): boolean => each === last.version || each === (meta.base ?? 1) - 1;
    const kept = stored.filter((each) => stays(each.version));
    const tables = [rows, ...kept.map(tableOf)];
    const named = chunkSizes(...tables);
    const before = bytesOf(stored) + sizeOf(...stored.map(tableOf));
    return {
      meta: {
        ...meta,
        snapshot: version,
        bytes: meta.bytes + bytesOf([record, ...kept]) + sizeOf(...tables) - before,
      },
      snapshots: [record],
      keep: { snapshots: stays, chunks: (hash) => named.has(hash) },
    };
  });
  return done ? { version, size: record.bytes.length + sizeOf(rows), rows } : undefined;
}
