/**
 * The door into the state. What could not come back from storage as it is, is refused here with its path; what is let
 * in is frozen, so that a version that was stored once never changes afterwards.
 */
import { AgentError, errorText, isAgentError, isRecord } from '../core/index.ts';
import { isLocked, lock } from './lock.ts';
import { MapLog } from './map-log.ts';

/** What every typed array inherits from. */
const TypedArray: unknown = Object.getPrototypeOf(Uint8Array.prototype);

/** Containers that have been through the door: their contents are never walked again. */
const admitted = new WeakSet<object>();

/** Whether a value has been through the door, and so cannot have been changed since. */
export function isAdmitted(value: object): boolean {
  return admitted.has(value);
}

/** The error for a value that cannot be stored. */
export function refuse(path: readonly string[], what: string): AgentError {
  const where = path.join('.');
  return new AgentError('unstorable-value', `The value at "${where}" cannot be stored: ${what}.`, {
    fix: 'Use plain data: objects, lists, Map, Set, Date, typed arrays, Blob, File, text, numbers, bigint, booleans, null, undefined.',
    details: { path: where },
  });
}

function kind(value: object): string {
  const { constructor } = value as { constructor?: { name?: unknown } };
  return typeof constructor?.name === 'string' ? `it is an instance of ${constructor.name}` : 'it is no plain object';
}

const step = (key: unknown): string => (typeof key === 'object' && key !== null ? '(object)' : String(key));

/** Walks a value and returns it, or what stands for it: a real Map for the map that a node reads. */
function walk(value: unknown, path: string[], open: object[]): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw refuse(path, `it is a ${typeof value}`);
  if (typeof value !== 'object' || value === null || admitted.has(value)) return value;
  if (open.includes(value)) throw refuse(path, 'it contains itself');
  if (value instanceof MapLog) return plainMap(value, path, open);
  open.push(value);
  enter(value, path, open);
  open.pop();
  admitted.add(value);
  return value;
}

function at(value: unknown, key: unknown, path: string[], open: object[]): unknown {
  path.push(step(key));
  const inner = walk(value, path, open);
  path.pop();
  return inner;
}

function plainMap(log: MapLog, path: string[], open: object[]): ReadonlyMap<string, unknown> {
  const map = log.plain();
  if (!admitted.has(map)) for (const [key, item] of map) at(item, key, path, open);
  admitted.add(map);
  return map;
}

function enterList(list: unknown[], path: string[], open: object[]): void {
  if (Object.getPrototypeOf(list) !== Array.prototype) throw refuse(path, 'it is no plain list');
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    if (item === undefined && !(index in list)) throw refuse([...path, String(index)], 'it is a hole in a list');
    if (isSimple(item)) continue;
    const inner = at(item, index, path, open);
    if (inner !== item) list[index] = inner;
  }
  if (Object.keys(list).length > list.length) throw refuse(path, 'it is no plain list');
  Object.freeze(list);
}

function enterRecord(record: Record<string, unknown>, path: string[], open: object[]): void {
  if (Object.getOwnPropertySymbols(record).length > 0) throw refuse(path, 'it has a symbol for a key');
  if (Object.hasOwn(record, '__proto__')) throw refuse([...path, '__proto__'], 'a key may not be called __proto__');
  for (const key of Object.keys(record)) {
    const item = record[key];
    if (Object.getOwnPropertyDescriptor(record, key)?.get)
      throw refuse([...path, key], 'it is computed when it is read');
    if (isSimple(item)) continue;
    const inner = at(item, key, path, open);
    if (inner !== item) record[key] = inner;
  }
  Object.freeze(record);
}

function enterCollection(collection: Map<unknown, unknown> | Set<unknown>, path: string[], open: object[]): void {
  const isClosed = isLocked(collection);
  if (!isClosed && !Object.isExtensible(collection)) {
    throw refuse(path, 'it was frozen, which does not close a Map or Set');
  }
  for (const [key, item] of collection.entries()) {
    if (collection instanceof Map && !Object.is(walk(key, [...path, '(key)'], open), key))
      throw refuse(path, 'a key is a map');
    const inner = at(item, key, path, open);
    if (Object.is(inner, item)) continue;
    if (!(collection instanceof Map)) throw refuse(path, 'it holds a map of the state');
    collection.set(key, inner);
  }
  if (!isClosed) lock(collection);
}

/** Whether a value is let in as it is. */
function isSimple(value: unknown): boolean {
  switch (typeof value) {
    case 'object':
      return value === null;
    case 'function':
    case 'symbol':
      return false;
    default:
      return true;
  }
}

/** A Blob or File as the platform makes them. They cannot be changed, so there is nothing to freeze. */
const isBlob = (value: object, prototype: unknown): boolean =>
  value instanceof Blob && (prototype === Blob.prototype || prototype === File.prototype);

function enter(value: object, path: string[], open: object[]): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value)) {
    enterList(value, path, open);
  } else if (isRecord(value)) {
    enterRecord(value, path, open);
  } else if (
    (value instanceof Map && prototype === Map.prototype) ||
    (value instanceof Set && prototype === Set.prototype)
  ) {
    enterCollection(value, path, open);
  } else if (value instanceof Date && prototype === Date.prototype) {
    if (Number.isNaN(value.getTime())) throw refuse(path, 'it is an invalid Date');
  } else if (Object.getPrototypeOf(prototype) !== TypedArray && !isBlob(value, prototype)) {
    throw refuse(path, kind(value));
  }
}

/**
 * Checks a value and freezes it, and returns it; for the map that a node reads of a `map` channel, a real Map with the
 * same entries. What has been admitted before costs nothing. Dates and typed arrays cannot be frozen: whoever writes
 * into one breaks the thread's history.
 *
 * @param path where the value is, for the error: the channel's name first.
 * @throws AgentError `unstorable-value`, naming the path, for functions, symbols, class instances, holes, cycles,
 *   invalid dates, keys that are symbols or called `__proto__`, and values too deep to walk.
 */
export function admit<T>(value: T, path: readonly string[]): T {
  if (isSimple(value) || (typeof value === 'object' && value !== null && admitted.has(value))) return value;
  try {
    // A stand-in is of the same type to its reader: both are a ReadonlyMap.
    return walk(value, [...path], []) as T;
  } catch (error) {
    // The stack has an end before the value has.
    throw isAgentError(error) ? error : refuse(path, errorText(error));
  }
}

/**
 * Freezes a container and lets it in without a walk: one that was stored, so has been through the door before, and
 * whose contents are sealed already.
 */
export function seal(container: object): void {
  if (container instanceof Map || container instanceof Set) lock(container);
  else if (Array.isArray(container) || isRecord(container)) Object.freeze(container);
  admitted.add(container);
}
