/**
 * The stored record of a run of log entries: format number, checksum, epoch and the packed entries. Channel names travel
 * in the record, so a graph that was compiled differently still reads it.
 */
import { errorText, isAgentError } from '../core/index.ts';
import type { LogEntry, Write } from '../core/index.ts';
import { admit, refuse } from '../state/index.ts';
import type { Decoder } from './decode.ts';
import { Encoder } from './encode.ts';
import { packedRecord, readRecord } from './record.ts';
import type { PackedRecord } from './record.ts';

/** A segment as a store keeps it, keyed by `[thread, seq0]`: packed entries, with lists of names numbered over all. */
export interface StoredSegment extends PackedRecord {
  /** The version of its first entry. */
  readonly seq0: number;
  readonly epoch: number;
}

/** The operations that a record may name. */
const OPS: ReadonlySet<string> = new Set<Write[1]>(['set', 'append', 'put', 'text', 'patch', 'delete', 'copy']);

/** A write whose value has been admitted. */
function admitted(write: Write): Write {
  const [channel, op] = write;
  if (op === 'copy' || op === 'delete') return write;
  const value = op === 'patch' ? write[3] : write[2];
  const inner = admit(value, op === 'patch' ? [channel, ...write[2].map(String)] : [channel]);
  if (Object.is(inner, value)) return write;
  // A stand-in is of the same type to its reader.
  return op === 'patch' ? [channel, op, write[2], inner] : [channel, op, inner];
}

/** Packs entries as they come, until they are taken as one segment. */
export class SegmentWriter {
  readonly #encoder = new Encoder((blob) => this.#blobs.push(blob));
  #count = 0;
  #blobs: Blob[] = [];

  /** Entries since the last {@link take}. */
  get count(): number {
    return this.#count;
  }

  /** Bytes since the last {@link take}. */
  get size(): number {
    return this.#encoder.size;
  }

  /** The Blobs since the last {@link take}. */
  get blobs(): readonly Blob[] {
    return this.#blobs;
  }

  /**
   * Adds an entry, whole or not at all.
   *
   * @returns its writes as they were packed.
   * @throws AgentError `unstorable-value` with the path of the first value that could not come back.
   */
  add({ ns, runId, step, writes }: LogEntry): readonly Write[] {
    const encoder = this.#encoder;
    const blobs = this.#blobs.length;
    let at = '';
    try {
      encoder.names([ns, runId]);
      encoder.value(step);
      encoder.value(writes.length);
      const packed = writes.map((each) => {
        const write = admitted(each);
        at = write[0];
        encoder.names([at, write[1]]);
        encoder.value(write[2]);
        if (write[1] === 'patch') encoder.value(write[3]);
        return write;
      });
      encoder.keep();
      this.#count++;
      return packed;
    } catch (error) {
      encoder.drop();
      this.#blobs.length = blobs;
      throw isAgentError(error) ? error : refuse([at], errorText(error));
    }
  }

  /** What was added since the last time, as a record. */
  take(thread: string, seq0: number, epoch: number): StoredSegment {
    this.#count = 0;
    this.#blobs = [];
    return { ...packedRecord(thread, this.#encoder.take()), seq0, epoch };
  }
}

function readWrite(decoder: Decoder): Write {
  const [channel, op = ''] = decoder.names();
  if (!OPS.has(op)) throw new DOMException(`there is no operation "${op}"`, 'DataError');
  const operand = decoder.value();
  const row: readonly unknown[] = op === 'patch' ? [channel, op, operand, decoder.value()] : [channel, op, operand];
  // The writer wrote what the types say, and the checksum says that nothing has touched it since.
  return row as unknown as Write;
}

function readEntry(decoder: Decoder): LogEntry {
  const [ns = '', runId = ''] = decoder.names();
  const step = Number(decoder.value());
  const writes: Write[] = [];
  for (let left = Number(decoder.value()); left > 0; left--) writes.push(readWrite(decoder));
  return { ns, runId, step, writes };
}

/**
 * Reads a record.
 *
 * @param blob gives the Blob of an id; by default an empty one.
 * @throws AgentError `corrupt-record`, `unknown-format`
 */
export const decodeSegment = (segment: StoredSegment, blob?: (id: string) => Blob): readonly LogEntry[] =>
  readRecord(segment, segment.seq0, readEntry, blob);
