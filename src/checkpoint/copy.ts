/** The records of a thread up to a version, to be those of another one. */
import { AgentError, randomId } from '../core/index.ts';
import { standIn } from './blobs.ts';
import { isDamage, lacking, unlessDamaged } from './damage.ts';
import { decodeSegment, SegmentWriter } from './segment.ts';
import type { StoredSegment } from './segment.ts';
import { chunkSizes, tableOf, unpackSnapshot } from './snapshot.ts';
import { bytesOf } from './store.ts';
import type { Change, Puts, RecordStore, ThreadMeta, ThreadRecords } from './store.ts';

/** Records that belong together, and the Blobs that they name, by id. */
export interface Copied extends Required<Puts> {
  readonly blobs: ReadonlyMap<string, Blob>;
}

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

/** Those of the Blobs that some records name, as far as these can be read. */
async function named(records: Required<Puts>, blobs: Copied['blobs']): Promise<Copied['blobs']> {
  if (blobs.size === 0) return blobs;
  const chunks = new Map(records.chunks.map((chunk) => [chunk.hash, chunk]));
  const found = new Map<string, Blob>();
  const note = (id: string): Blob => {
    const blob = blobs.get(id);
    if (blob) found.set(id, blob);
    return blob ?? standIn(id);
  };
  for (const segment of records.segments) unlessDamaged(() => decodeSegment(segment, note));
  for (const snapshot of records.snapshots) {
    await unpackSnapshot(snapshot, async (hash) => chunks.get(hash), note).catch((error: unknown) => {
      if (!isDamage(error)) throw error;
    });
  }
  return found;
}

/** The records that make the versions of a range, as bytes; only a segment that goes on beyond it is packed anew. */
export async function readRecords(records: ThreadRecords, from: number, to: number): Promise<Copied> {
  const snapshots = (await records.snapshots()).filter(({ version }) => version >= from - 1 && version <= to);
  const [segments, chunks, blobs] = await Promise.all([
    records.segments(from, to),
    Promise.all([...chunkSizes(...snapshots.map(tableOf)).keys()].map((hash) => records.chunk(hash))),
    records.blobs(),
  ]);
  const last = segments.at(-1);
  const found = {
    segments: last ? segments.with(-1, unlessDamaged(() => upTo(last, to)) ?? last) : segments,
    snapshots,
    chunks: chunks.flatMap((chunk) => chunk ?? []),
  };
  return { ...found, blobs: await named(found, blobs) };
}

/** The records of a thread up to a version. */
export async function copyRecords(records: ThreadRecords, thread: string, at: number): Promise<Copied> {
  const copied = await readRecords(records, 0, at);
  if (copied.segments.length === 0 && copied.snapshots.at(-1)?.version !== at) throw lacking(thread, at);
  return copied;
}

/** How many bytes they take. */
export function sizeOfRecords({ segments, snapshots, chunks, blobs }: Copied): number {
  let sum = bytesOf([...segments, ...snapshots, ...chunks]);
  for (const { size } of blobs.values()) sum += size;
  return sum;
}

/** What keeps these records, and no others. */
export function only({ segments, snapshots, chunks, blobs }: Copied): NonNullable<Change['keep']> {
  const oneOf = <T>(keys: readonly T[]): ((key: T) => boolean) => {
    const all = new Set(keys);
    return (key) => all.has(key);
  };
  return {
    segments: oneOf(segments.map(({ seq0 }) => seq0)),
    snapshots: oneOf(snapshots.map(({ version }) => version)),
    chunks: oneOf(chunks.map(({ hash }) => hash)),
    blobs: (id) => blobs.has(id),
  };
}

/** Keeps copied records as a thread of their own, and returns its id. */
export async function addThread(store: RecordStore, now: number, { meta, records }: ThreadCopy): Promise<string> {
  const id = randomId();
  const { graph, title, head, status, base, named } = meta;
  const own = <T>(list: readonly T[]): T[] => list.map((record) => ({ ...record, thread: id }));
  const { blobs } = records;
  const [segments, snapshots, chunks] = [own(records.segments), own(records.snapshots), own(records.chunks)];
  const made = (): Change => ({
    meta: {
      id,
      graph,
      title,
      updated: now,
      head,
      bytes: sizeOfRecords(records),
      epoch: 1,
      status,
      snapshot: snapshots.at(-1)?.version ?? 0,
      ...(base && { base }),
      ...(named && { named }),
    },
    segments,
    snapshots,
    chunks,
  });
  await store.change(id, 'all', made, [...blobs.values()]);
  return id;
}

/** The error for a thread that is not there. */
export function unknownThread(thread: string): AgentError {
  return new AgentError('unknown-thread', `There is no thread "${thread}".`, {
    fix: 'Use the id of one that threads() lists.',
    details: { thread },
  });
}
