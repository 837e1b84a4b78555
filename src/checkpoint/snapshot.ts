/**
 * The stored form of a whole state: a table of channels, and chunks that are stored under the hash of their contents, so
 * that what has not changed since the snapshot before is not written again.
 */
import { AgentError, errorText, isAgentError } from '../core/index.ts';
import { AppendLog, MapLog, plain, seal } from '../state/index.ts';
import type { Values } from '../state/index.ts';
import { crc32 } from './crc32.ts';
import { isDamage, unknownFormat } from './damage.ts';
import { Decoder } from './decode.ts';
import { Encoder } from './encode.ts';
import { contentHash } from './hash.ts';

/** The version of table and chunks that is written. Each version that was ever released stays readable. */
const FORMAT = 1;

/** A snapshot as a store keeps it, keyed by `[thread, version]`. */
export interface StoredSnapshot {
  readonly thread: string;
  readonly version: number;
  readonly format: number;
  /** CRC-32 of `bytes`. */
  readonly crc: number;
  /** The packed table: for each channel its name and form, then its value or the groups of its chunks. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A chunk as a store keeps it, keyed by `[thread, hash]`: of each thread its own, so that a thread goes as a range. */
export interface StoredChunk {
  readonly thread: string;
  readonly hash: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Bytes after which a group of entries ends, and the most bytes of a chunk. */
const GROUP = 131_072;
const CHUNK = 262_144;

/** Bytes up to which a value stands in the table itself. */
const INLINE = 1024;

/** Characters of a text that are packed as one entry. */
const SLICE = 32_768;

/**
 * How a value is cut: `list` and `map` between entries and `text` between characters, so that growth at the end changes
 * the end alone; `whole` anywhere; `plain` not at all, it stands in the table.
 */
type Form = 'plain' | 'list' | 'map' | 'text' | 'whole';

/** Entries that are packed together. */
interface Group {
  /** How many entries. */
  readonly count: number;
  readonly size: number;
  readonly hashes: readonly string[];
}

/** What the table says of a channel, and the value that it is said of. */
interface Row {
  readonly form: Form;
  readonly value: unknown;
  readonly groups: readonly Group[];
}

/** The table in memory, by channel. */
export type Rows = ReadonlyMap<string, Row>;

/** A state that was packed. */
export interface Packed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: Rows;
  /** Those that had to be packed, by hash. */
  readonly chunks: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/** The bytes of the chunks that tables name, each counted once. */
export function chunkSizes(...tables: readonly Rows[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const rows of tables) {
    for (const { groups } of rows.values()) {
      for (const { size, hashes } of groups) {
        for (const [index, hash] of hashes.entries()) sizes.set(hash, Math.min(CHUNK, size - index * CHUNK));
      }
    }
  }
  return sizes;
}

function formOf(value: unknown): Form {
  if (typeof value === 'string') return value.length > INLINE ? 'text' : 'plain';
  if (typeof value !== 'object' || value === null) return 'plain';
  if (Array.isArray(value) || value instanceof AppendLog) return 'list';
  return value instanceof Map || value instanceof MapLog ? 'map' : 'whole';
}

/** The entries of a value in the order in which they are packed. */
function entriesOf(form: Form, value: unknown): readonly unknown[] {
  switch (form) {
    case 'list':
      return value instanceof AppendLog ? value.read() : (value as readonly unknown[]);
    case 'map':
      return [...(value as ReadonlyMap<unknown, unknown>)];
    case 'text':
      return slices(value as string);
    default:
      return [value];
  }
}

/** Cuts a text without cutting a character. */
function slices(text: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length;) {
    const splits = ((text.codePointAt(at + SLICE - 1) ?? 0) > 0xffff ? 1 : 0) as number;
    found.push(text.slice(at, (at += SLICE + splits)));
  }
  return found;
}

/** Packs one state; what the table before it has and is still so is taken from there. */
class Packing {
  readonly chunks = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #encoder = new Encoder();

  /** Packs one channel, with a pause after each group. */
  *row(value: unknown, before: Row | undefined): Generator<undefined, Row> {
    const form = formOf(value);
    if (before && Object.is(before.value, value)) return before;
    if (form === 'plain') return { form, value, groups: [] };
    const entries = entriesOf(form, value);
    const groups = before?.form === form ? sameGroups(before, entries) : [];
    let at = groups.reduce((sum, { count }) => sum + count, 0);
    while (at < entries.length) {
      const group = this.#group(form, entries, at);
      if (at === 0 && group.count === entries.length && group.size <= INLINE) {
        for (const hash of group.hashes) this.chunks.delete(hash);
        return { form: 'plain', value, groups: [] };
      }
      groups.push(group);
      at += group.count;
      yield;
    }
    return { form, value, groups };
  }

  #group(form: Form, entries: readonly unknown[], from: number): Group {
    const encoder = this.#encoder;
    let at = from;
    do {
      const entry = entries[at++];
      if (form === 'map') for (const part of entry as readonly unknown[]) encoder.value(part);
      else encoder.value(entry);
      encoder.keep();
    } while (at < entries.length && encoder.size < GROUP);
    const bytes = encoder.take();
    const hashes: string[] = [];
    for (let begin = 0; begin < bytes.length; begin += CHUNK) {
      const chunk = bytes.length > CHUNK ? bytes.slice(begin, begin + CHUNK) : bytes;
      const hash = contentHash(chunk);
      this.chunks.set(hash, chunk);
      hashes.push(hash);
    }
    return { count: at - from, size: bytes.length, hashes };
  }
}

/** The groups of a list that are full and hold the same entries as before. */
function sameGroups({ form, value, groups }: Row, entries: readonly unknown[]): Group[] {
  const same: Group[] = [];
  if (form !== 'list') return same;
  const before = entriesOf(form, value);
  let at = 0;
  for (const group of groups) {
    const end = at + group.count;
    if (group.size < GROUP || end > entries.length) break;
    while (at < end && Object.is(before[at], entries[at])) at++;
    if (at < end) break;
    same.push(group);
  }
  return same;
}

/** About how many bytes of the chunks that a table names a snapshot of these values would have to write again. */
export function costOf(values: Values, before: Rows): number {
  let cost = 0;
  for (const [name, row] of before) {
    const value = values[name];
    if (Object.is(row.value, value) || row.groups.length === 0) continue;
    const form = formOf(value);
    const same = form === row.form ? sameGroups(row, entriesOf(form, value)) : [];
    for (const { size } of row.groups.slice(same.length)) cost += size;
  }
  return cost;
}

/**
 * Packs a state, with a pause after each group, so that a large one need not hold anything up.
 *
 * @param before the table of a snapshot that is stored.
 */
export function* packSnapshot(values: Values, before: Rows): Generator<undefined, Packed> {
  const packing = new Packing();
  const table = new Encoder();
  const rows = new Map<string, Row>();
  for (const [name, value] of Object.entries(values)) {
    const row = yield* packing.row(value, before.get(name));
    rows.set(name, row);
    table.names([name, row.form]);
    if (row.form === 'plain') table.value(plain({ value })['value']);
    else table.value(row.groups.map(({ count, size, hashes }) => [count, size, ...hashes]));
  }
  table.keep();
  return { bytes: table.take(), rows, chunks: packing.chunks };
}

/** A packed table as a record. */
export function snapshotRecord(thread: string, version: number, bytes: Uint8Array<ArrayBuffer>): StoredSnapshot {
  return { thread, version, format: FORMAT, crc: crc32(bytes), bytes };
}

function corrupt({ thread, version }: StoredSnapshot, why: string, cause?: unknown): AgentError {
  return new AgentError('corrupt-record', `Thread "${thread}" has a damaged snapshot of version ${version}: ${why}.`, {
    fix: 'The state is made of the records before and after it, as far as they are there.',
    details: { thread, version },
    cause,
  });
}

function groupOf(row: readonly unknown[]): Group {
  const [count, size, ...hashes] = row;
  return { count: Number(count), size: Number(size), hashes: hashes.map(String) };
}

/**
 * Reads the table of a snapshot; the values of what has chunks are not there yet.
 *
 * @throws AgentError `corrupt-record`, `unknown-format`
 */
function readTable(snapshot: StoredSnapshot): Rows {
  if (snapshot.format !== FORMAT) throw unknownFormat(snapshot, FORMAT);
  if (!(snapshot.bytes instanceof Uint8Array) || crc32(snapshot.bytes) !== snapshot.crc) {
    throw corrupt(snapshot, 'its checksum does not fit');
  }
  const rows = new Map<string, Row>();
  try {
    const decoder = new Decoder(snapshot.bytes, seal);
    while (!decoder.isDone) {
      const [name = '', form = ''] = decoder.names();
      const value = decoder.value();
      if (form === 'plain') rows.set(name, { form, value, groups: [] });
      // What the checksum fits was written here, in the form of these types.
      else rows.set(name, { form: form as Form, value: undefined, groups: (value as unknown[][]).map(groupOf) });
    }
  } catch (error) {
    throw corrupt(snapshot, errorText(error), error);
  }
  return rows;
}

/** The table of a snapshot as far as it is good: a damaged one names nothing. */
export function tableOf(snapshot: StoredSnapshot): Rows {
  try {
    return readTable(snapshot);
  } catch (error) {
    if (isDamage(error)) return new Map();
    throw error;
  }
}

/** Puts the entries of a channel together again. */
function valueOf(form: Form, groups: readonly (readonly unknown[])[]): unknown {
  const entries = groups.flat(1);
  switch (form) {
    case 'text':
      return entries.join('');
    case 'list':
      seal(entries);
      return entries;
    case 'map': {
      const map = new Map<unknown, unknown>();
      for (let at = 0; at < entries.length; at += 2) map.set(entries[at], entries[at + 1]);
      seal(map);
      return map;
    }
    default:
      return entries[0];
  }
}

/** The bytes of a group: those of one chunk as they are, or of several as one. */
function joined({ size }: Group, chunks: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = chunks;
  if (only && chunks.length === 1) return only;
  const bytes = new Uint8Array(size);
  for (const [index, chunk] of chunks.entries()) bytes.set(chunk, index * CHUNK);
  return bytes;
}

function entriesIn(bytes: Uint8Array<ArrayBuffer>): unknown[] {
  const decoder = new Decoder(bytes, seal);
  const entries: unknown[] = [];
  while (!decoder.isDone) entries.push(decoder.value());
  return entries;
}

/**
 * Reads a snapshot with its chunks, each as it comes.
 *
 * @param read gets a stored chunk.
 * @throws AgentError `corrupt-record` when the table or a chunk is not what it was, or not there; `unknown-format`.
 */
export async function unpackSnapshot(
  snapshot: StoredSnapshot,
  read: (hash: string) => Promise<StoredChunk | undefined>,
): Promise<{ readonly values: Values; readonly rows: Rows }> {
  const table = readTable(snapshot);
  const chunks = new Map<string, Promise<StoredChunk | undefined>>();
  for (const hash of chunkSizes(table).keys()) {
    const reading = read(hash);
    // One that is bad is enough; the others may then come to nothing.
    reading.catch(() => undefined);
    chunks.set(hash, reading);
  }
  const bytesOf = async (hash: string): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = (await chunks.get(hash))?.bytes;
    if (!(bytes instanceof Uint8Array)) throw corrupt(snapshot, 'a chunk is missing');
    if (contentHash(bytes) !== hash) throw corrupt(snapshot, 'a chunk is not what it was');
    return bytes;
  };
  const values: Record<string, unknown> = {};
  const rows = new Map<string, Row>();
  try {
    for (const [name, row] of table) {
      const groups: unknown[][] = [];
      for (const group of row.groups) {
        const parts: Uint8Array<ArrayBuffer>[] = [];
        for (const hash of group.hashes) parts.push(await bytesOf(hash));
        groups.push(entriesIn(joined(group, parts)));
      }
      const value = (values[name] = row.form === 'plain' ? row.value : valueOf(row.form, groups));
      rows.set(name, { ...row, value });
    }
  } catch (error) {
    throw isAgentError(error) ? error : corrupt(snapshot, errorText(error), error);
  }
  return { values, rows };
}
