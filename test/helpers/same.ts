/**
 * Whether two stored values are the same to the last detail: kinds, order, -0, NaN. Chai's deep equality sorts the
 * entries of Maps by their text, which some values do not have.
 */
export function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if (a.constructor !== b.constructor && (Array.isArray(a) || !isPlain(a) || !isPlain(b))) return false;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  // Their bytes are looked at later: `told` says them.
  if (a instanceof Blob && b instanceof Blob) return a === b;
  const [left, right] = [parts(a), parts(b)];
  return left.length === right.length && left.every((part, index) => same(part, right[index]));
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

function parts(value: object): unknown[] {
  if (value instanceof Map) return [...(value as ReadonlyMap<unknown, unknown>)].flat(1);
  if (value instanceof Set || Array.isArray(value)) return [...(value as Iterable<unknown>)];
  if (ArrayBuffer.isView(value)) return [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
  return Object.entries(value).flat(1);
}
