/**
 * The byte codes of packed values. They are MessagePack's, with two put to a use of their own: 0xc1, which MessagePack
 * never writes, begins a list of names, and 0xd4 a value of a kind that MessagePack does not know. All of them are part
 * of the stored format and stay as they are for ever.
 */

/**
 * A list of names: the keys of a record, or a pair of names in a segment. Its number follows, and where that number is
 * new, also the count of names and the names.
 */
export const NAMES = 0xc1;

/** A value of a kind of its own, whose number follows. */
export const KIND = 0xd4;

export const UNDEFINED = 0;
/** Milliseconds since 1970 as a float64. */
export const DATE = 1;
/** Hexadecimal digits as text, with the sign in front. */
export const BIGINT = 2;
/** A count of entries, then a key and a value for each. */
export const MAP = 3;
/** A count of items, then the items. */
export const SET = 4;
/** Text with lone surrogates, which UTF-8 cannot hold: a count, then 16 bits for each code unit. */
export const UNITS = 5;
/** A Blob or File: its id as text. */
export const BLOB = 6;
/** The first of the typed arrays, in the order of {@link TYPED_ARRAYS}: a count of bytes, then the bytes. */
export const TYPED = 16;

type TypedArray = new (buffer: ArrayBuffer) => ArrayBufferView;

/** The bytes of a typed array are stored in the order of the machine, which is little-endian wherever browsers run. */
export const TYPED_ARRAYS: readonly (TypedArray | undefined)[] = [
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  // Not every browser has it yet.
  (globalThis as { readonly Float16Array?: TypedArray }).Float16Array,
];

/**
 * How deep containers may lie in each other. Whoever reads a record may have less of a stack than who wrote it, so the
 * end of the stack cannot be the limit.
 */
export const MAX_DEPTH = 500;
