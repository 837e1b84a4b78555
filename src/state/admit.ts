/**
 * The door into the state. What could not come back from storage as it is, is refused here with its path; what is let
 * in is frozen, so that a version that was stored once never changes afterwards.
 */
import { AgentError, errorText, isAgentError } from '../core/index.ts';

const TYPED_ARRAYS = new Set<unknown>([
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
]);

/** Containers that have been through the door: their contents are never walked again. */
const admitted = new WeakSet<object>();

function refuse(path: readonly string[], what: string): AgentError {
  const where = path.join('.');
  return new AgentError('unstorable-value', `The value at "${where}" cannot be stored: ${what}.`, {
    fix: 'Use plain data: objects, lists, Map, Set, Date, typed arrays, text, numbers, bigint, booleans, null, undefined.',
    details: { path: where },
  });
}

function kind(value: object): string {
  const { constructor } = value as { constructor?: { name?: unknown } };
  return typeof constructor?.name === 'string' ? `it is an instance of ${constructor.name}` : 'it is no plain object';
}

function frozen(): never {
  throw new AgentError('invalid-update', 'The state cannot be changed in place.', { fix: 'Return an update instead.' });
}

/** Object.freeze leaves the entries of a Map or Set open; its own methods, shadowed, close them. */
function lock(collection: Map<unknown, unknown> | Set<unknown>, path: readonly string[]): void {
  if (!Object.isExtensible(collection)) throw refuse(path, 'it was frozen, which does not close a Map or Set');
  for (const method of ['set', 'add', 'delete', 'clear']) {
    if (method in collection) Object.defineProperty(collection, method, { value: frozen });
  }
  Object.freeze(collection);
}

const step = (key: unknown): string => (typeof key === 'object' && key !== null ? '(object)' : String(key));

function walk(value: unknown, path: string[], open: Set<object>): void {
  if (typeof value === 'function' || typeof value === 'symbol') throw refuse(path, `it is a ${typeof value}`);
  if (typeof value !== 'object' || value === null || admitted.has(value)) return;
  if (open.has(value)) throw refuse(path, 'it contains itself');
  open.add(value);
  enter(value, path, open);
  open.delete(value);
  admitted.add(value);
}

function each(entries: Iterable<readonly [unknown, unknown]>, path: string[], open: Set<object>): void {
  for (const [key, item] of entries) {
    path.push(step(key));
    walk(item, path, open);
    path.pop();
  }
}

function enter(value: object, path: string[], open: Set<object>): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value)) {
    const hole = value.findIndex((_, index) => !(index in value));
    if (hole >= 0) throw refuse([...path, String(hole)], 'it is a hole in a list');
    if (prototype !== Array.prototype || Object.keys(value).length > value.length)
      throw refuse(path, 'it is no plain list');
    each(value.entries(), path, open);
    Object.freeze(value);
  } else if (prototype === Object.prototype || prototype === null) {
    if (Object.getOwnPropertySymbols(value).length > 0) throw refuse(path, 'it has a symbol for a key');
    if (Object.hasOwn(value, '__proto__')) throw refuse([...path, '__proto__'], 'a key may not be called __proto__');
    each(Object.entries(value), path, open);
    Object.freeze(value);
  } else if (value instanceof Map && prototype === Map.prototype) {
    for (const key of value.keys()) walk(key, [...path, '(key)'], open);
    each(value, path, open);
    lock(value, path);
  } else if (value instanceof Set && prototype === Set.prototype) {
    each(value.entries(), path, open);
    lock(value, path);
  } else if (value instanceof Date && prototype === Date.prototype) {
    if (Number.isNaN(value.getTime())) throw refuse(path, 'it is an invalid Date');
  } else if (!TYPED_ARRAYS.has(value.constructor)) {
    throw refuse(path, kind(value));
  }
}

/**
 * Checks a value and freezes it, and returns it. What has been admitted before costs nothing. Dates and typed arrays
 * cannot be frozen: whoever writes into one breaks the thread's history.
 *
 * @param path where the value is, for the error: the channel's name first.
 * @throws AgentError `unstorable-value`, naming the path, for functions, symbols, class instances, holes, cycles,
 *   invalid dates, keys that are symbols or called `__proto__`, and values too deep to walk.
 */
export function admit<T>(value: T, path: readonly string[]): T {
  try {
    walk(value, [...path], new Set());
    return value;
  } catch (error) {
    // The stack has an end before the value has.
    throw isAgentError(error) ? error : refuse(path, errorText(error));
  }
}
