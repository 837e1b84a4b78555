/** The records of a thread up to a version, to be those of another one. */
import { lacking } from './damage.ts';
import { decodeSegment, SegmentWriter } from './segment.ts';
import type { StoredSegment } from './segment.ts';
import { chunkSizes, tableOf } from './snapshot.ts';
import type { StoredChunk, StoredSnapshot } from './snapshot.ts';
import type { ThreadRecords } from './store.ts';

export interface Copied {
  readonly segments: readonly StoredSegment[];
  readonly snapshots: readonly StoredSnapshot[];
  readonly chunks: readonly StoredChunk[];
  readonly bytes: number;
}

/** The segment without what comes after a version. */
function upTo(segment: StoredSegment, at: number): StoredSegment {
  const entries = decodeSegment(segment);
  const count = at - segment.seq0 + 1;
  if (count >= entries.length) return segment;
  const writer = new SegmentWriter();
  for (const entry of entries.slice(0, count)) writer.add(entry);
  return writer.take(segment.thread, segment.seq0, segment.epoch);
}

/** Copies records as bytes; only a segment that goes on beyond the version is packed anew. */
export async function copyRecords(records: ThreadRecords, thread: string, at: number): Promise<Copied> {
  const snapshots = (await records.snapshots()).filter(({ version }) => version <= at);
  const [segments, chunks] = await Promise.all([
    records.segments(0, at),
    Promise.all([...chunkSizes(...snapshots.map(tableOf)).keys()].map((hash) => records.chunk(hash))),
  ]);
  const last = segments.at(-1);
  const own = [...segments.slice(0, -1), ...(last ? [upTo(last, at)] : [])].map((each) => ({ ...each, thread }));
  if (!last) throw lacking(thread, at);
  const copied = {
    segments: own,
    snapshots: snapshots.map((each) => ({ ...each, thread })),
    chunks: chunks.flatMap((each) => (each ? { ...each, thread } : [])),
  };
  const bytes = [...copied.segments, ...copied.snapshots, ...copied.chunks].reduce(
    (sum, each) => sum + each.bytes.length,
    0,
  );
  return { ...copied, bytes };
}
