/**
 * The stored form of a whole state: a table of channels, and chunks that are stored under the hash of their contents, so
 * that what has not changed since the snapshot before is not written again.
 */
import { errorText, isAgentError } from '../core/index.ts';
import { AppendLog, MapLog, plain, seal } from '../state/index.ts';
import type { Values } from '../state/index.ts';
import { damaged, unlessDamaged } from './damage.ts';
import type { Decoder } from './decode.ts';
import { Encoder } from './encode.ts';
import { contentHash } from './hash.ts';
import { packedRecord, partsOf, readRecord } from './record.ts';
import type { PackedRecord } from './record.ts';

/**
 * A snapshot as a store keeps it, keyed by `[thread, version]`: a packed table with, for each channel, its name and form,
 * then its value or the groups of its chunks.
 */
export interface StoredSnapshot extends PackedRecord {
  readonly version: number;
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

/** The chunks that tables name, and their bytes. */
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

/** The bytes of the chunks that tables name, each counted once. */
export function sizeOf(...tables: readonly Rows[]): number {
  let sum = 0;
  for (const size of chunkSizes(...tables).values()) sum += size;
  return sum;
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

/** Packs entries from one on until they are enough for a group. Returns where the next group begins. */
function packGroup(encoder: Encoder, form: Form, entries: readonly unknown[], from: number): number {
  let at = from;
  do {
    const entry = entries[at++];
    if (form === 'map') for (const part of entry as readonly unknown[]) encoder.value(part);
    else encoder.value(entry);
    encoder.keep();
  } while (at < entries.length && encoder.size < GROUP);
  return at;
}

/** Cuts bytes into chunks, and returns their hashes. */
function cut(bytes: Uint8Array<ArrayBuffer>, chunks: Map<string, Uint8Array<ArrayBuffer>>): string[] {
  const hashes: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const chunk = bytes.slice(at, at + CHUNK);
    const hash = contentHash(chunk);
    chunks.set(hash, chunk);
    hashes.push(hash);
  }
  return hashes;
}

/** The groups of a list that are full and hold the same entries as before. */
function sameGroups(row: Row | undefined, form: Form, entries: readonly unknown[]): Group[] {
  const same: Group[] = [];
  if (form !== 'list' || row?.form !== form) return same;
  const before = entriesOf(form, row.value);
  let at = 0;
  for (const group of row.groups) {
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
    const same = sameGroups(row, form, entriesOf(form, value));
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
  const encoder = new Encoder();
  const table = new Encoder();
  const chunks = new Map<string, Uint8Array<ArrayBuffer>>();
  const rows = new Map<string, Row>();
  for (const [name, value] of Object.entries(values)) {
    let row = before.get(name);
    if (!row || !Object.is(row.value, value)) {
      let form = formOf(value);
      const entries = form === 'plain' ? [] : entriesOf(form, value);
      const groups = sameGroups(row, form, entries);
      let at = groups.reduce((sum, { count }) => sum + count, 0);
      while (at < entries.length) {
        const next = packGroup(encoder, form, entries, at);
        const bytes = encoder.take();
        if (at === 0 && next === entries.length && bytes.length <= INLINE) form = 'plain';
        else groups.push({ count: next - at, size: bytes.length, hashes: cut(bytes, chunks) });
        at = next;
        yield;
      }
      row = { form, value, groups };
    }
    rows.set(name, row);
    table.names([name, row.form]);
    if (row.form === 'plain') table.value(plain({ value })['value']);
    else table.value(row.groups.map(({ count, size, hashes }) => [count, size, ...hashes]));
  }
  table.keep();
  return { bytes: table.take(), rows, chunks };
}

/** A packed table as a record. */
export function snapshotRecord(thread: string, version: number, bytes: Uint8Array<ArrayBuffer>): StoredSnapshot {
  return { ...packedRecord(thread, bytes), version };
}

function groupOf(row: readonly unknown[]): Group {
  const [count, size, ...hashes] = row;
  return { count: Number(count), size: Number(size), hashes: hashes.map(String) };
}

function readRow(decoder: Decoder): [name: string, row: Row] {
  const [name = '', form = ''] = decoder.names();
  const value = decoder.value();
  if (form === 'plain') return [name, { form, value, groups: [] }];
  // What the checksum fits was written here, in the form of these types.
  return [name, { form: form as Form, value: undefined, groups: (value as unknown[][]).map(groupOf) }];
}

/**
 * Reads the table of a snapshot; the values of what has chunks are not there yet.
 *
 * @throws AgentError `corrupt-record`, `unknown-format`
 */
const readTable = (snapshot: StoredSnapshot, blob?: (id: string) => Blob): Rows =>
  new Map(readRecord(snapshot, snapshot.version, readRow, blob));

/** The table of a snapshot as far as it is good: a damaged one names nothing. */
export const tableOf = (snapshot: StoredSnapshot): Rows => unlessDamaged(() => readTable(snapshot)) ?? new Map();

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

/** The bytes of a group. How many they are, the chunks say: a table may have been made up. */
function joined(chunks: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  for (const [index, chunk] of chunks.entries()) bytes.set(chunk, index * CHUNK);
  return bytes;
}

/**
 * Reads a snapshot with its chunks, each as it comes.
 *
 * @param read gets a stored chunk.
 * @param blob gives the Blob of an id; by default an empty one.
 * @throws AgentError `corrupt-record` when the table or a chunk is not what it was, or not there; `unknown-format`.
 */
export async function unpackSnapshot(
  snapshot: StoredSnapshot,
  read: (hash: string) => Promise<StoredChunk | undefined>,
  blob?: (id: string) => Blob,
): Promise<{ readonly values: Values; readonly rows: Rows }> {
  const table = readTable(snapshot, blob);
  const chunks = new Map<string, Promise<StoredChunk | undefined>>();
  for (const hash of chunkSizes(table).keys()) {
    const reading = read(hash);
    // One that is bad is enough; the others may then come to nothing.
    reading.catch(() => undefined);
    chunks.set(hash, reading);
  }
  const bytesOf = async (hash: string): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = (await chunks.get(hash))?.bytes;
    if (bytes instanceof Uint8Array && contentHash(bytes) === hash) return bytes;
    throw damaged(snapshot.thread, snapshot.version, 'a chunk is not what it was');
  };
  const values: Record<string, unknown> = {};
  const rows = new Map<string, Row>();
  try {
    for (const [name, row] of table) {
      const groups: unknown[][] = [];
      for (const group of row.groups) {
        const parts: Uint8Array<ArrayBuffer>[] = [];
        for (const hash of group.hashes) parts.push(await bytesOf(hash));
        groups.push(partsOf(joined(parts), (decoder) => decoder.value(), blob));
      }
      const value = (values[name] = row.form === 'plain' ? row.value : valueOf(row.form, groups));
      rows.set(name, { ...row, value });
    }
  } catch (error) {
    throw isAgentError(error) ? error : damaged(snapshot.thread, snapshot.version, errorText(error), error);
  }
  return { values, rows };
}
