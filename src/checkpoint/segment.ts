/**
 * The stored record of a run of log entries: format number, checksum, epoch, a table of names and the entries. Channel
 * names travel in the record, so a graph that was compiled differently still reads it.
 */
import { AgentError, isAgentError } from '../core/index.ts';
import type { LogEntry, Write } from '../core/index.ts';
import { admit } from '../state/index.ts';
import { pack, unpack } from './codec.ts';
import { crc32 } from './crc32.ts';
import { tagged } from './tags.ts';

/** The record version that is written. Each version that was ever released stays readable. */
export const FORMAT = 1;

/** A segment as a store keeps it, keyed by `[thread, seq0]`. */
export interface StoredSegment {
  readonly thread: string;
  /** The version of its first entry. */
  readonly seq0: number;
  readonly format: number;
  /** CRC-32 of `bytes`. */
  readonly crc: number;
  readonly epoch: number;
  /** The packed pair of name table and entries. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** An entry whose values are known to be storable, waiting for its segment. */
export interface PreparedEntry {
  readonly ns: string;
  readonly runId: string;
  readonly step: number;
  readonly writes: readonly Write[];
}

/** Operations by their number in the record. Only ever add at the end. */
const OPS = ['set', 'append', 'put', 'text', 'patch', 'delete', 'copy'] as const;

/**
 * Checks an entry's values and puts them into the form in which they are packed.
 *
 * @throws AgentError `unstorable-value` with the path of the first value that could not come back.
 */
export function prepare(entry: LogEntry): PreparedEntry {
  const writes = entry.writes.map((write): Write => {
    const [channel, op] = write;
    switch (op) {
      case 'patch':
        return [channel, op, write[2], tagged(admit(write[3], [channel, ...write[2].map(String)]))];
      case 'copy':
      case 'delete':
        return write;
      default:
        return [channel, op, tagged(admit(write[2], [channel]))];
    }
  });
  return { ns: entry.ns, runId: entry.runId, step: entry.step, writes };
}

/** Packs entries into one record. */
export function encodeSegment(
  thread: string,
  seq0: number,
  epoch: number,
  entries: readonly PreparedEntry[],
): StoredSegment {
  const numbers = new Map<string, number>();
  const number = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  };
  const rows = entries.map(({ ns, runId, step, writes }) => [
    number(ns),
    number(runId),
    step,
    writes.map(([channel, op, ...rest]) => [number(channel), OPS.indexOf(op), ...rest]),
  ]);
  const bytes = pack([[...numbers.keys()], rows]);
  return { thread, seq0, format: FORMAT, crc: crc32(bytes), epoch, bytes };
}

function corrupt(segment: StoredSegment, why: string, cause?: unknown): AgentError {
  return new AgentError('corrupt-record', `Thread "${segment.thread}" is damaged at version ${segment.seq0}: ${why}.`, {
    fix: 'The thread goes on from the version before; what came after it is lost.',
    details: { thread: segment.thread, version: segment.seq0 },
    cause,
  });
}

/** Not damage: a later version of inpage has written it, and nothing of it may be touched. */
function unknownFormat({ thread, format }: StoredSegment): AgentError {
  return new AgentError(
    'unknown-format',
    `Thread "${thread}" has a record of format ${format}, this version reads ${FORMAT}.`,
    {
      fix: 'Reload the page to get the newer version of inpage that wrote it.',
      details: { thread, format },
    },
  );
}

type Row = readonly [ns: number, runId: number, step: number, writes: readonly (readonly unknown[])[]];

function decodeWrite(row: readonly unknown[], names: readonly string[], segment: StoredSegment): Write {
  const [channel, op, ...rest] = row;
  const name = names[Number(channel)];
  const operation = OPS[Number(op)];
  if (name === undefined || operation === undefined) throw corrupt(segment, 'a write names no channel or operation');
  // What is read is frozen as it was when it was written.
  const values = rest.map((value) => admit(value, [name]));
  // The shape was written by encodeSegment, and the checksum says that nothing has touched it since.
  return [name, operation, ...values] as unknown as Write;
}

/**
 * Reads a record.
 *
 * @throws AgentError `corrupt-record` when the checksum or the contents are not right, `unknown-format` when a later
 *   version wrote it.
 */
export function decodeSegment(segment: StoredSegment): readonly LogEntry[] {
  if (segment.format !== FORMAT) throw unknownFormat(segment);
  if (!(segment.bytes instanceof Uint8Array) || crc32(segment.bytes) !== segment.crc) {
    throw corrupt(segment, 'its checksum does not fit');
  }
  try {
    const [names, rows] = unpack(segment.bytes) as [readonly string[], readonly Row[]];
    return rows.map(([ns, runId, step, writes]) => ({
      ns: names[ns] ?? '',
      runId: names[runId] ?? '',
      step,
      writes: writes.map((row) => decodeWrite(row, names, segment)),
    }));
  } catch (error) {
    throw isAgentError(error) ? error : corrupt(segment, 'its contents cannot be read', error);
  }
}
