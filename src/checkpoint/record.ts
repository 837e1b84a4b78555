/** What all packed records have in common: a format number, a checksum, and parts that are packed one after the other. */
import { errorText, isAgentError } from '../core/index.ts';
import { seal } from '../state/index.ts';
import { crc32 } from './crc32.ts';
import { damaged, unknownFormat } from './damage.ts';
import { Decoder } from './decode.ts';

/** The version of records that is written. Each version that was ever released stays readable. */
const FORMAT = 1;

export interface PackedRecord {
  readonly thread: string;
  readonly format: number;
  /** CRC-32 of `bytes`. */
  readonly crc: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export const packedRecord = (thread: string, bytes: Uint8Array<ArrayBuffer>): PackedRecord => ({
  thread,
  format: FORMAT,
  crc: crc32(bytes),
  bytes,
});

/** Reads parts to the end. */
export function partsOf<T>(
  bytes: Uint8Array<ArrayBuffer>,
  read: (decoder: Decoder) => T,
  blob?: (id: string) => Blob,
): T[] {
  const decoder = new Decoder(bytes, seal, blob);
  const parts: T[] = [];
  while (!decoder.isDone) parts.push(read(decoder));
  return parts;
}

/**
 * Reads the parts of a record.
 *
 * @param version what the error says that is damaged.
 * @param blob gives the Blob of an id.
 * @throws AgentError `corrupt-record` when the checksum or the contents are not right, `unknown-format` when a later
 *   version wrote it.
 */
export function readRecord<T>(
  record: PackedRecord,
  version: number,
  read: (decoder: Decoder) => T,
  blob?: (id: string) => Blob,
): T[] {
  const { thread, format, crc, bytes } = record;
  if (format !== FORMAT) throw unknownFormat(`thread "${thread}"`, format);
  try {
    if (!(bytes instanceof Uint8Array) || crc32(bytes) !== crc) throw damaged(thread, version, 'its checksum is wrong');
    return partsOf(bytes, read, blob);
  } catch (error) {
    throw isAgentError(error) ? error : damaged(thread, version, errorText(error), error);
  }
}
