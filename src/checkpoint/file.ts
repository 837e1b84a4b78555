/** A thread as one file: what it is and its records, in the form in which they are stored. */
import { AgentError, isRecord } from '../core/index.ts';
import type { ThreadCopy } from './copy.ts';
import { crc32 } from './crc32.ts';
import { Decoder } from './decode.ts';
import { Encoder } from './encode.ts';
import { isDamage } from './damage.ts';

/** Begins each file: a name, then the version of the file's form. Each version that was ever released stays readable. */
const MAGIC = new TextEncoder().encode('inpage');
const FORMAT = 1;

/** The name, the version and the checksum. */
const HEADER = MAGIC.length + 1 + 4;

/** Makes a file. */
export function packFile({ meta, records }: ThreadCopy): Uint8Array<ArrayBuffer> {
  const encoder = new Encoder();
  encoder.value([meta, records.segments, records.snapshots, records.chunks]);
  encoder.keep();
  const packed = encoder.take();
  const file = new Uint8Array(HEADER + packed.length);
  file.set(MAGIC);
  file[MAGIC.length] = FORMAT;
  new DataView(file.buffer).setUint32(MAGIC.length + 1, crc32(packed));
  file.set(packed, HEADER);
  return file;
}

const unreadable = (why: string): AgentError =>
  new AgentError('corrupt-record', `This is no file of a thread: ${why}.`, {
    fix: 'Choose a file that export() has made, and that has not been changed since.',
  });

/** How each field of a record must be. */
type Shape = Readonly<Record<string, 'string' | 'number' | 'bytes'>>;

const SEGMENT: Shape = {
  thread: 'string',
  seq0: 'number',
  format: 'number',
  crc: 'number',
  epoch: 'number',
  bytes: 'bytes',
};
const SNAPSHOT: Shape = { thread: 'string', version: 'number', format: 'number', crc: 'number', bytes: 'bytes' };
const CHUNK: Shape = { thread: 'string', hash: 'string', bytes: 'bytes' };
const META: Shape = { graph: 'string', title: 'string', head: 'number', status: 'string' };

function fits(value: unknown, shape: Shape): boolean {
  if (!isRecord(value)) return false;
  return Object.entries(shape).every(([name, type]) =>
    type === 'bytes' ? value[name] instanceof Uint8Array : typeof value[name] === type,
  );
}

function listOf(value: unknown, shape: Shape): readonly unknown[] {
  if (Array.isArray(value) && value.every((each) => fits(each, shape))) return value as unknown[];
  throw unreadable('a record has another form');
}

/**
 * Reads a file.
 *
 * @throws AgentError `corrupt-record` when it is none or damaged, `unknown-format` when a later version has made it.
 */
export function unpackFile(bytes: Uint8Array): ThreadCopy {
  const file = bytes.slice();
  if (file.length < HEADER || MAGIC.some((byte, index) => file[index] !== byte))
    throw unreadable('it begins otherwise');
  if (file[MAGIC.length] !== FORMAT) {
    throw new AgentError('unknown-format', 'A later version of inpage has made this file.', {
      fix: 'Reload the page to get the newer version of inpage.',
      details: { format: file[MAGIC.length] },
    });
  }
  const packed = file.slice(HEADER);
  if (new DataView(file.buffer).getUint32(MAGIC.length + 1) !== crc32(packed))
    throw unreadable('its checksum does not fit');
  try {
    const [meta, segments, snapshots, chunks] = new Decoder(packed, () => undefined).value() as readonly unknown[];
    if (!fits(meta, META)) throw unreadable('it has no head record');
    // Every field that is used has been looked at.
    return {
      meta,
      records: {
        segments: listOf(segments, SEGMENT),
        snapshots: listOf(snapshots, SNAPSHOT),
        chunks: listOf(chunks, CHUNK),
      },
    } as unknown as ThreadCopy;
  } catch (error) {
    throw isDamage(error) ? error : unreadable('its contents are none of a thread');
  }
}
