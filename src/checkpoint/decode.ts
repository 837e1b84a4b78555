/** Bytes to values: the inverse of the encoder. Bytes that it did not make give an error or a value, and no harm. */
import { standIn } from './blobs.ts';
import {
  BIGINT,
  BLOB,
  DATE,
  KIND,
  MAP,
  MAX_DEPTH,
  NAMES,
  SET,
  TYPED,
  TYPED_ARRAYS,
  UNDEFINED,
  UNITS,
} from './format.ts';

/** Below this length a loop over the bytes of a text is quicker than a call of the platform's decoder. */
const SHORT = 32;

/** The most arguments of one call. */
const CHUNK = 4096;

// A byte order mark at the beginning of a text is part of it.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const unreadable = (what = 'it is not as it was packed'): DOMException => new DOMException(what, 'DataError');

/**
 * Reads values in the order in which they were packed. Everything it does throws when the bytes are none of the
 * encoder's, and what it allocates stays in proportion to them.
 *
 * @example
 * const decoder = new Decoder(bytes, Object.freeze);
 * const value = decoder.value();
 */
export class Decoder {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  readonly #seal: (container: object) => void;
  readonly #lists: (readonly string[])[] = [];
  readonly #blob: (id: string) => Blob;
  #at = 0;

  /**
   * @param seal is called with each container when it holds what it will hold.
   * @param blob gives the Blob of an id.
   */
  constructor(bytes: Uint8Array<ArrayBuffer>, seal: (container: object) => void, blob: (id: string) => Blob = standIn) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#seal = seal;
    this.#blob = blob;
  }

  /** Whether all bytes have been read. */
  get isDone(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Reads a list of names. */
  names(): readonly string[] {
    if (this.#byte() !== NAMES) throw unreadable();
    return this.#names();
  }

  /** Reads a value. */
  value(depth = 0): unknown {
    const code = this.#byte();
    if (code < 0x80) return code;
    if (code >= 0xe0) return code - 0x100;
    if (code >= 0xa0 && code < 0xc0) return this.#text(code & 0x1f);
    if (code >= 0x90 && code < 0xa0) return this.#list(code & 0xf, depth + 1);
    switch (code) {
      case 0xc0:
        return null;
      case NAMES:
        return this.#record(depth + 1);
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.#sealed(this.#raw(this.#uint(code - 0xc4)));
      case 0xcb:
        return this.#float();
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.#uint(code - 0xcc);
      case 0xd0:
        return this.#view.getInt8(this.#skip(1));
      case 0xd1:
        return this.#view.getInt16(this.#skip(2));
      case 0xd2:
        return this.#view.getInt32(this.#skip(4));
      case KIND:
        return this.#kind(this.#byte(), depth + 1);
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#text(this.#uint(code - 0xd9));
      case 0xdc:
      case 0xdd:
        return this.#list(this.#uint(code - 0xdb), depth + 1);
      default:
        throw unreadable('a value is of an unknown kind');
    }
  }

  #kind(kind: number, depth: number): unknown {
    switch (kind) {
      case UNDEFINED:
        return undefined;
      case BIGINT:
        return bigint(this.value());
      case DATE:
        return this.#date();
      case MAP:
        return this.#map(depth);
      case SET:
        return this.#set(depth);
      case BLOB:
        return this.#sealed(this.#blob(String(this.value(MAX_DEPTH))));
      case UNITS:
        return textOf(new Uint16Array(this.#raw(this.#count()).buffer));
      default:
        return this.#array(kind - TYPED);
    }
  }

  #list(length: number, depth: number): readonly unknown[] {
    this.#enter(length, depth);
    const list: unknown[] = [];
    for (let index = 0; index < length; index++) list.push(this.value(depth));
    return this.#sealed(list);
  }

  #record(depth: number): object {
    const names = this.#names();
    this.#enter(names.length, depth);
    const record: Record<string, unknown> = {};
    for (const name of names) {
      if (name === '__proto__') throw unreadable();
      record[name] = this.value(depth);
    }
    return this.#sealed(record);
  }

  #map(depth: number): ReadonlyMap<unknown, unknown> {
    const size = this.#count();
    this.#enter(2 * size, depth);
    const map = new Map<unknown, unknown>();
    for (let index = 0; index < size; index++) map.set(this.value(depth), this.value(depth));
    return this.#sealed(map);
  }

  #set(depth: number): ReadonlySet<unknown> {
    const size = this.#count();
    this.#enter(size, depth);
    const set = new Set<unknown>();
    for (let index = 0; index < size; index++) set.add(this.value(depth));
    return this.#sealed(set);
  }

  #date(): Date {
    const date = new Date(this.#float());
    if (Number.isNaN(date.getTime())) throw unreadable();
    return this.#sealed(date);
  }

  #array(type: number): ArrayBufferView {
    const Type = TYPED_ARRAYS[type];
    if (Type === undefined) throw unreadable('a value is of an unknown kind');
    return this.#sealed(new Type(this.#raw(this.#count()).buffer));
  }

  #sealed<T extends object>(container: T): T {
    this.#seal(container);
    return container;
  }

  /** Each of the items takes a byte at least, so that no more of them are made room for than there can be. */
  #enter(items: number, depth: number): void {
    if (depth > MAX_DEPTH) throw unreadable(`a value is more than ${MAX_DEPTH} levels deep`);
    this.#need(items);
  }

  #need(count: number): void {
    if (count > this.#bytes.length - this.#at) throw unreadable();
  }

  /** A list of names whose first byte has been read. */
  #names(): readonly string[] {
    const number = this.#count();
    const known = this.#lists[number];
    if (known !== undefined) return known;
    if (number !== this.#lists.length) throw unreadable();
    const length = this.#count();
    this.#enter(length, 0);
    const names: string[] = [];
    this.#lists.push(names);
    for (let index = 0; index < length; index++) {
      const name = this.value();
      if (typeof name !== 'string') throw unreadable();
      names.push(name);
    }
    return names;
  }

  #text(length: number): string {
    this.#need(length);
    const begin = this.#skip(length);
    const end = begin + length;
    if (length < SHORT) {
      const text = this.#ascii(begin, end);
      if (text !== undefined) return text;
    }
    return utf8.decode(this.#bytes.subarray(begin, end));
  }

  /** A short text, if it is ASCII. Four characters at a time make fewer texts in between. */
  #ascii(begin: number, end: number): string | undefined {
    const view = this.#view;
    let text = '';
    let at = begin;
    for (; at + 4 <= end; at += 4) {
      const four = view.getUint32(at);
      if (four & 0x80808080) return undefined;
      text += String.fromCharCode(four >>> 24, (four >>> 16) & 0x7f, (four >>> 8) & 0x7f, four & 0x7f);
    }
    for (; at < end; at++) {
      const unit = view.getUint8(at);
      if (unit > 0x7f) return undefined;
      text += String.fromCharCode(unit);
    }
    return text;
  }

  /** A copy, because a view on what was read would keep all of it. */
  #raw(length: number): Uint8Array<ArrayBuffer> {
    this.#need(length);
    const begin = this.#skip(length);
    return this.#bytes.slice(begin, begin + length);
  }

  #count(): number {
    let count = 0;
    for (let factor = 1; factor < 2 ** 35; factor *= 0x80) {
      const byte = this.#byte();
      count += (byte & 0x7f) * factor;
      if (byte < 0x80) return count;
    }
    throw unreadable();
  }

  /** A whole number of 1, 2 or 4 bytes. */
  #uint(size: number): number {
    if (size === 0) return this.#byte();
    return size === 1 ? this.#view.getUint16(this.#skip(2)) : this.#view.getUint32(this.#skip(4));
  }

  #float(): number {
    return this.#view.getFloat64(this.#skip(8));
  }

  #byte(): number {
    return this.#view.getUint8(this.#at++);
  }

  /** Where the next bytes begin. That there are so many is looked at by the view, for a number. */
  #skip(count: number): number {
    const begin = this.#at;
    this.#at += count;
    return begin;
  }
}

function bigint(digits: unknown): bigint {
  if (typeof digits !== 'string' || !/^-?[0-9a-f]+$/.test(digits)) throw unreadable();
  return digits.startsWith('-') ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
}

function textOf(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += CHUNK) text += String.fromCharCode(...units.subarray(at, at + CHUNK));
  return text;
}
