/** Values to bytes, one after the other into one buffer that is used again. */
import { isRecord } from '../core/index.ts';
import { idOf } from './blobs.ts';
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
import { NameList } from './name-list.ts';

/**
 * The length up to which a text is turned into UTF-8 here, which is quicker than a call of the platform's encoder. No
 * such text takes more than 255 bytes.
 */
const SHORT = 85;

/** The size of a fresh buffer, and the size up to which one that was emptied is used again. */
const FRESH = 1024;
const SPARE = 65_536;

/** More than a number takes, or what stands before the contents of anything else. */
const HEADER = 16;

const LONE_SURROGATE = /\p{Surrogate}/u;

const utf8 = new TextEncoder();

const NO_KIND = 'it holds something of an unknown kind';

const unpackable = (what: string): DOMException => new DOMException(what, 'DataCloneError');

/** The bytes that a whole number of 0 to 2^32 - 1 takes. */
const widthOf = (value: number): 1 | 2 | 4 => (value < 0x100 ? 1 : value < 0x10000 ? 2 : 4);

/**
 * Packs values that have been admitted. What was packed is kept or dropped, and what was kept is taken.
 *
 * @example
 * const encoder = new Encoder();
 * encoder.value({ a: 1 });
 * encoder.keep();
 * const bytes = encoder.take();
 */
export class Encoder {
  #bytes = new Uint8Array(FRESH);
  #view = new DataView(this.#bytes.buffer);
  #end = 0;
  #kept = 0;
  #root = new NameList();
  #lists: NameList[] = [];
  #keptLists = 0;
  readonly #onBlob: ((blob: Blob) => void) | undefined;

  /** @param onBlob is told each Blob that is packed, which its id stands for. */
  constructor(onBlob?: (blob: Blob) => void) {
    this.#onBlob = onBlob;
  }

  /** The count of bytes that were kept. */
  get size(): number {
    return this.#kept;
  }

  /** Makes what was packed so far part of what {@link take} gives. */
  keep(): void {
    this.#kept = this.#end;
    this.#keptLists = this.#lists.length;
  }

  /** Forgets what was packed since the last {@link keep}. */
  drop(): void {
    this.#end = this.#kept;
    for (const list of this.#lists.splice(this.#keptLists)) list.number = -1;
  }

  /** What was kept, in a buffer of its own, so that storing it stores no more. Begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.#kept);
    this.#end = this.#kept = this.#keptLists = 0;
    this.#root = new NameList();
    this.#lists = [];
    if (this.#bytes.length > SPARE) this.#use(new Uint8Array(FRESH));
    return taken;
  }

  /** Packs a list of names: where it has been packed since the last {@link take}, by its number. */
  names(names: readonly string[]): void {
    let list = this.#root;
    for (const name of names) list = list.with(name);
    this.#room(HEADER);
    this.#byte(NAMES);
    if (list.number >= 0) {
      this.#count(list.number);
      return;
    }
    list.number = this.#lists.push(list) - 1;
    this.#count(list.number);
    this.#count(names.length);
    for (const name of names) this.#text(name);
  }

  /**
   * Packs a value.
   *
   * @throws DOMException when there is no way to pack it. The half of it that was packed is for {@link drop}.
   */
  value(value: unknown, depth = 0): void {
    this.#room(HEADER);
    switch (typeof value) {
      case 'string':
        this.#text(value);
        break;
      case 'number':
        this.#number(value);
        break;
      case 'boolean':
        this.#byte(value ? 0xc3 : 0xc2);
        break;
      case 'undefined':
        this.#kind(UNDEFINED);
        break;
      case 'bigint':
        this.#kind(BIGINT);
        this.#text(value.toString(16));
        break;
      case 'object':
        if (value === null) this.#byte(0xc0);
        else this.#object(value, depth + 1);
        break;
      default:
        throw unpackable(NO_KIND);
    }
  }

  #object(value: object, depth: number): void {
    if (depth > MAX_DEPTH) throw unpackable(`it is more than ${MAX_DEPTH} levels deep`);
    if (Array.isArray(value)) {
      if (value.length < 0x10) this.#byte(0x90 | value.length);
      else this.#sized(0xdb, value.length < 0x10000 ? 2 : 4, value.length);
      for (const item of value as readonly unknown[]) this.value(item, depth);
    } else if (isRecord(value)) {
      const keys = Object.keys(value);
      this.names(keys);
      for (const key of keys) this.value(value[key], depth);
    } else if (value instanceof Map) {
      this.#kind(MAP);
      this.#count(value.size);
      for (const [key, item] of value as ReadonlyMap<unknown, unknown>) {
        this.value(key, depth);
        this.value(item, depth);
      }
    } else if (value instanceof Set) {
      this.#kind(SET);
      this.#count(value.size);
      for (const item of value as ReadonlySet<unknown>) this.value(item, depth);
    } else if (value instanceof Date) {
      this.#date(value);
    } else if (ArrayBuffer.isView(value)) {
      this.#array(value);
    } else if (value instanceof Blob) {
      this.#kind(BLOB);
      this.#text(idOf(value));
      this.#onBlob?.(value);
    } else {
      throw unpackable(NO_KIND);
    }
  }

  #date(date: Date): void {
    // Nothing can freeze a Date, so it may be another one than was admitted.
    if (Number.isNaN(date.getTime())) throw unpackable('it holds an invalid Date');
    this.#kind(DATE);
    this.#float(date.getTime());
  }

  #array(array: ArrayBufferView): void {
    const { byteLength } = array;
    if (array instanceof Uint8Array) {
      this.#sized(0xc4, widthOf(byteLength), byteLength);
    } else {
      const type = TYPED_ARRAYS.findIndex((each) => each && array instanceof each);
      if (type < 0) throw unpackable(NO_KIND);
      this.#kind(TYPED + type);
      this.#count(byteLength);
    }
    this.#raw(array);
  }

  #raw({ buffer, byteOffset, byteLength }: ArrayBufferView): void {
    this.#room(byteLength);
    this.#bytes.set(new Uint8Array(buffer, byteOffset, byteLength), this.#end);
    this.#end += byteLength;
  }

  #number(value: number): void {
    if (value >>> 0 === value && !Object.is(value, -0)) {
      if (value < 0x80) this.#byte(value);
      else this.#sized(0xcc, widthOf(value), value);
    } else if ((value | 0) === value && value < 0) {
      if (value >= -0x20) this.#byte(value & 0xff);
      else this.#sized(0xd0, value >= -0x80 ? 1 : value >= -0x8000 ? 2 : 4, value);
    } else {
      this.#byte(0xcb);
      this.#float(value);
    }
  }

  #text(text: string): void {
    const { length } = text;
    this.#room(HEADER + 3 * length);
    if (length <= SHORT && this.#short(text)) return;
    // The length in bytes stands before the text and is known after it: its place is as wide as it may have to be.
    const width = widthOf(3 * length);
    const begin = this.#end + 1 + width;
    const { written } = utf8.encodeInto(text, this.#bytes.subarray(begin));
    if (written > length && LONE_SURROGATE.test(text)) {
      const units = Uint16Array.from({ length }, (_, index) => text.charCodeAt(index));
      this.#kind(UNITS);
      this.#count(units.byteLength);
      this.#raw(units);
      return;
    }
    this.#sized(0xd9, width, written);
    this.#end = begin + written;
  }

  /** Packs a short text, unless it has surrogates: those are left to the platform. */
  #short(text: string): boolean {
    const { length } = text;
    const bytes = this.#bytes;
    const begin = this.#end + (length < 0x20 ? 1 : 2);
    let at = begin;
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 0x80) {
        bytes[at++] = unit;
        continue;
      }
      if ((unit & 0xf800) === 0xd800) return false;
      if (unit < 0x800) {
        bytes[at++] = 0xc0 | (unit >> 6);
      } else {
        bytes[at++] = 0xe0 | (unit >> 12);
        bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
      }
      bytes[at++] = 0x80 | (unit & 0x3f);
    }
    const written = at - begin;
    if (written < 0x20) {
      this.#byte(0xa0 | written);
    } else {
      // Twenty characters may take more than 31 bytes, which do not fit behind a header of one byte.
      if (length < 0x20) bytes.copyWithin(begin + 1, begin, at);
      this.#sized(0xd9, 1, written);
    }
    this.#end += written;
    return true;
  }

  #kind(kind: number): void {
    this.#byte(KIND);
    this.#byte(kind);
  }

  /** A count, seven bits to the byte, the lowest first. */
  #count(count: number): void {
    let rest = count;
    for (; rest > 0x7f; rest >>>= 7) this.#byte((rest & 0x7f) | 0x80);
    this.#byte(rest);
  }

  /** A number behind its code, which MessagePack counts up with the width. */
  #sized(code: number, width: 1 | 2 | 4, value: number): void {
    this.#byte(code + (width >> 1));
    if (width === 1) this.#view.setUint8(this.#end, value);
    else if (width === 2) this.#view.setUint16(this.#end, value);
    else this.#view.setUint32(this.#end, value);
    this.#end += width;
  }

  #float(value: number): void {
    this.#view.setFloat64(this.#end, value);
    this.#end += 8;
  }

  #byte(byte: number): void {
    this.#bytes[this.#end++] = byte;
  }

  /** Makes room for so many more bytes. */
  #room(count: number): void {
    const needed = this.#end + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#use(larger);
  }

  #use(bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}
