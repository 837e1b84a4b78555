/** The records of a thread up to a version, to be those of another one. */
import { AgentError, randomId } from '../core/index.ts';
import { lacking } from './damage.ts';
import { decodeSegment, SegmentWriter } from './segment.ts';
import type { StoredSegment } from './segment.ts';
import { chunkSizes, tableOf } from './snapshot.ts';
import { bytesOf } from './store.ts';
import type { Puts, RecordStore, ThreadMeta, ThreadRecords } from './store.ts';

export type Copied = Required<Puts>;

/** A thread without what is its own alone. */
export interface ThreadCopy {
  readonly meta: Pick<ThreadMeta, 'graph' | 'title' | 'head' | 'status' | 'base' | 'named'>;
  readonly records: Copied;
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
  const whole = last ? [...segments.slice(0, -1), upTo(last, at)] : [];
  if (!last && snapshots.at(-1)?.version !== at) throw lacking(thread, at);
  return { segments: whole, snapshots, chunks: chunks.flatMap((chunk) => chunk ?? []) };
}

/** Keeps copied records as a thread of their own, and returns its id. */
export async function addThread(store: RecordStore, now: number, { meta, records }: ThreadCopy): Promise<string> {
  const id = randomId();
  const { graph, title, head, status, base, named } = meta;
  const own = <T>(list: readonly T[]): T[] => list.map((record) => ({ ...record, thread: id }));
  const [segments, snapshots, chunks] = [own(records.segments), own(records.snapshots), own(records.chunks)];
  await store.change(id, 'all', () => ({
    meta: {
      id,
      graph,
      title,
      updated: now,
      head,
      bytes: bytesOf([...segments, ...snapshots, ...chunks]),
      epoch: 1,
      status,
      snapshot: snapshots.at(-1)?.version ?? 0,
      ...(base && { base }),
      ...(named && { named }),
    },
    segments,
    snapshots,
    chunks,
  }));
  return id;
}

/** The error for a thread that is not there. */
export function unknownThread(thread: string): AgentError {
  return new AgentError('unknown-thread', `There is no thread "${thread}".`, {
    fix: 'Use the id of one that threads() lists.',
    details: { thread },
  });
}
