/** A thread as one file: what it is and its records, in the form in which they are stored. */
import { AgentError, isAgentError, isRecord, randomId } from '../core/index.ts';
import { MEMO, memo } from '../state/index.ts';
import type { Values } from '../state/index.ts';
import { blobOf, isLost, traitsOf } from './blobs.ts';
import type { ThreadCopy } from './copy.ts';
import { crc32 } from './crc32.ts';
import { Decoder } from './decode.ts';
import { Encoder } from './encode.ts';
import { unknownFormat } from './damage.ts';
import { Records } from './memory-records.ts';
import { summaryOf } from './meta.ts';
import { restore } from './restore.ts';
import { SegmentWriter } from './segment.ts';
import type { StoredSegment } from './segment.ts';

/** Begins each file: a name, then the version of the file's form. Each version that was ever released stays readable. */
const MAGIC = new TextEncoder().encode('inpage');
const FORMAT = 1;

/** The name, the version and the checksum. */
const HEADER = MAGIC.length + 1 + 4;

/** Makes a file. */
export async function packFile({ meta, records }: ThreadCopy): Promise<Uint8Array<ArrayBuffer>> {
  const { segments, snapshots, chunks } = records;
  const blobs = [...records.blobs.values()]
    .filter((blob) => !isLost(blob))
    .map(async (blob) => ({ ...traitsOf(blob), bytes: new Uint8Array(await blob.arrayBuffer()) }));
  const encoder = new Encoder();
  encoder.value([meta, segments, snapshots, chunks, await Promise.all(blobs)]);
  encoder.keep();
  const packed = encoder.take();
  const file = new Uint8Array(HEADER + packed.length);
  file.set(MAGIC);
  file[MAGIC.length] = FORMAT;
  new DataView(file.buffer).setUint32(MAGIC.length + 1, crc32(packed));
  file.set(packed, HEADER);
  return file;
}

const unreadable = (): AgentError =>
  new AgentError('corrupt-record', 'This is no file of a thread, or it is damaged.', {
    fix: 'Choose a file that export() has made, and that has not been changed since.',
  });

type FileBlob = ReturnType<typeof traitsOf> & { readonly bytes: Uint8Array<ArrayBuffer> };

/** Records of which the keys and the bytes are there. What else is wrong, they say themselves when they are read. */
function listOf(value: unknown, key: string, isKey: (name: unknown) => boolean): readonly unknown[] {
  const isRight = (each: unknown): boolean => isRecord(each) && each['bytes'] instanceof Uint8Array && isKey(each[key]);
  if (Array.isArray(value) && value.every(isRight)) return value as unknown[];
  throw unreadable();
}

const isText = (name: unknown): boolean => typeof name === 'string';
const isVersion = (name: unknown): boolean => Number.isSafeInteger(name) && Number(name) > 0;

/** A Blob of a file. Under which hash its bytes are stored is not for the file to say: others may have that name. */
const fileBlob = ({ id, size, type, name, lastModified, bytes }: FileBlob): readonly [string, Blob] => [
  id,
  blobOf({ id, size, type, name, lastModified, ...('subtle' in crypto ? {} : { hash: randomId() }) }, bytes),
];

/** What a file holds, as far as it can be seen without reading the records. */
function partsOf(bytes: Uint8Array): ThreadCopy {
  const file = bytes.slice();
  if (file.length < HEADER || MAGIC.some((byte, index) => file[index] !== byte)) throw unreadable();
  if (file[MAGIC.length] !== FORMAT) throw unknownFormat('this file', file[MAGIC.length]);
  const packed = file.slice(HEADER);
  if (new DataView(file.buffer).getUint32(MAGIC.length + 1) !== crc32(packed)) throw unreadable();
  // The first files had no blobs.
  const [meta, segments, snapshots, chunks, blobs = []] = new Decoder(
    packed,
    () => undefined,
  ).value() as readonly unknown[];
  if (!isRecord(meta) || !isText(meta['graph']) || !isText(meta['title'])) throw unreadable();
  return {
    meta,
    records: {
      segments: listOf(segments, 'seq0', isVersion),
      snapshots: listOf(snapshots, 'version', isVersion),
      chunks: listOf(chunks, 'hash', isText),
      blobs: new Map((listOf(blobs, 'id', isText) as FileBlob[]).map(fileBlob)),
    },
  } as unknown as ThreadCopy;
}

/** Whether a memo lets a call be made, or made again. */
const isLeave = (value: unknown): boolean =>
  isRecord(value) && (value['decision'] === 'approve' || value['outcome'] !== undefined);

/** One more version, in which nobody has allowed what is still to be done: who imports a file has not. */
function withoutLeave(values: Values, version: number): readonly StoredSegment[] {
  const gone = [...memo(values)].filter(([, value]) => isLeave(value)).map(([id]) => [id, undefined]);
  if (gone.length === 0) return [];
  const writer = new SegmentWriter();
  writer.add({ ns: '', runId: '', step: 0, writes: [[MEMO, 'put', Object.fromEntries(gone)]] });
  return [writer.take('', version + 1, 1)];
}

/**
 * Reads a file. Nothing comes of it that could not be opened, and what it says of its records counts for nothing beside
 * them.
 *
 * @throws AgentError `corrupt-record` when it is none or damaged, `unknown-format` when a later version has made it.
 */
export async function unpackFile(bytes: Uint8Array): Promise<ThreadCopy> {
  try {
    const { meta, records } = partsOf(bytes);
    const read = new Records(records, records.blobs.values()).read();
    const { version, values, damage } = await restore(read, 'imported', Infinity, { least: meta.head });
    if (damage) throw damage;
    const { status } = summaryOf(values);
    const more = withoutLeave(values, version);
    const segments = [...records.segments, ...more];
    return { meta: { ...meta, head: version + more.length, status }, records: { ...records, segments } };
  } catch (error) {
    throw isAgentError(error) ? error : unreadable();
  }
}
