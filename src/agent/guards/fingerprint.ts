/** What tells values apart, as a number: quick to make, and not to be trusted with secrets. */

const PRIME = 16777619;

/** Keeps a key and its value from cancelling each other out. */
const SPREAD = 0x9e3779b1;

/** Characters at each end of a text that are looked at; the middle of one as long as a book is told by its length alone. */
const END = 50_000;

function ofText(text: string): number {
  let hash = text.length;
  const skip = text.length > 2 * END ? END : Infinity;
  for (let index = 0; index < text.length; index++) {
    if (index === skip) index = text.length - END;
    hash = Math.imul(hash ^ text.charCodeAt(index), PRIME);
  }
  return hash;
}

/**
 * A number that is the same for values that are the same, whatever the order of their keys.
 *
 * @param without keys at the top that do not count.
 */
export function fingerprint(value: unknown, without?: ReadonlySet<string>): number {
  if (typeof value === 'string') return ofText(value);
  if (typeof value !== 'object' || value === null) return ofText(`${typeof value} ${String(value)}`);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (value instanceof Date) return ofText(value.toJSON());
  let hash = 1;
  if (Array.isArray(value) || value instanceof Map || value instanceof Set) {
    hash = 2;
    for (const inner of value) hash = Math.imul(hash, PRIME) ^ fingerprint(inner);
    return hash;
  }
  for (const key of Object.keys(value)) {
    if (without?.has(key)) continue;
    const inner = fingerprint((value as Readonly<Record<string, unknown>>)[key]);
    // Added up, so that the order of keys makes no difference.
    hash = (hash + Math.imul(ofText(key) ^ Math.imul(inner, SPREAD), PRIME)) | 0;
  }
  return hash;
}
