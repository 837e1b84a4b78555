/** Applies writes to values. It needs no code of the graph, so logs, mirrors and forks all use it as it is. */
import { AgentError, isRecord } from '../core/index.ts';
import type { Path, Write } from '../core/index.ts';
import { AppendLog } from './append-log.ts';
import { lock } from './lock.ts';
import { MapLog } from './map-log.ts';
import type { Values } from './values.ts';

export type { Values } from './values.ts';

function mismatch(write: Write, is: unknown): AgentError {
  const found = isList(is) ? 'a list' : is instanceof Map || is instanceof MapLog ? 'a map' : typeof is;
  return new AgentError(
    'corrupt-record',
    `"${write[1]}" cannot be applied to channel "${write[0]}", which holds ${found}.`,
    {
      fix: 'The log and the state do not belong together; reopen the thread.',
      details: { channel: write[0], op: write[1] },
    },
  );
}

const isList = (value: unknown): boolean => Array.isArray(value) || value instanceof AppendLog;

/** The containers that one call has copied: its own to change, and open until it ends. */
type Own = Set<Record<string, unknown> | unknown[] | Map<unknown, unknown>>;

function own<T extends Record<string, unknown> | unknown[] | Map<unknown, unknown>>(copies: Own, copy: T): T {
  copies.add(copy);
  return copy;
}

/** Closes the copies: from here on they belong to the thread's history. */
function seal(copies: Own): void {
  for (const copy of copies) {
    if (copy instanceof Map) lock(copy);
    else Object.freeze(copy);
  }
  copies.clear();
}

/** The record without the keys that `gone` names. `delete` would turn it into a slow one. */
function without(record: Readonly<Record<string, unknown>>, gone: (key: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !gone(key)));
}

/** A change at a path: with `remove`, what is there is taken away; else it becomes `value`. */
interface Change {
  readonly write: Write;
  readonly path: Path;
  readonly value: unknown;
  readonly remove: boolean;
  readonly copies: Own;
}

/** The container with the change made in it, copying only the containers on the way. */
function changed(container: unknown, at: number, change: Change): unknown {
  const { path, remove, copies } = change;
  if (at === path.length) return change.value;
  const key = path[at];
  const removes = remove && at === path.length - 1;
  const inner = (current: unknown): unknown => changed(current, at + 1, change);
  if (container instanceof AppendLog && typeof key === 'number') {
    if (key === container.length && !removes) return container.append([inner(undefined)]);
    return changed(own(copies, container.items()), at, change);
  }
  if (Array.isArray(container) && typeof key === 'number') {
    const list: unknown[] = container;
    // Spread, not slice: copying a frozen array with it is over 100 times slower in V8.
    const copy = copies.has(list) ? list : own(copies, [...list]);
    if (removes) copy.splice(key, 1);
    else copy[key] = inner(copy[key]);
    return copy;
  }
  if (container instanceof MapLog && key !== undefined) {
    return removes ? container.without(key) : container.with(key, inner(container.get(key)));
  }
  if (container instanceof Map) {
    const map: Map<unknown, unknown> = container;
    const copy = copies.has(map) ? map : own(copies, new Map(map));
    if (removes) copy.delete(key);
    else copy.set(key, inner(copy.get(key)));
    return copy;
  }
  if (isRecord(container) && key !== undefined) {
    const name = String(key);
    if (name === '__proto__') throw mismatch(change.write, container);
    if (removes)
      return own(
        copies,
        without(container, (each) => each === name),
      );
    const value = inner(Object.hasOwn(container, name) ? container[name] : undefined);
    // Not spread: copying a wide record with it is up to 100 times slower in V8.
    const copy = copies.has(container) ? container : own<Record<string, unknown>>(copies, Object.assign({}, container));
    copy[name] = value;
    return copy;
  }
  throw mismatch(change.write, container);
}

function put(current: unknown, entries: unknown, write: Write): MapLog {
  if (!isRecord(entries)) throw mismatch(write, current);
  if (current instanceof MapLog) return current.put(entries);
  if (current === undefined || current instanceof Map) return MapLog.of(current ?? new Map()).put(entries);
  throw mismatch(write, current);
}

function appended(current: unknown, items: unknown, write: Write): AppendLog {
  if (!Array.isArray(items)) throw mismatch(write, current);
  if (current instanceof AppendLog) return current.append(items);
  if (current === undefined || Array.isArray(current))
    return new AppendLog([...((current ?? []) as unknown[]), ...(items as unknown[])]);
  throw mismatch(write, current);
}

function extended(current: unknown, text: unknown, write: Write): string {
  if (!(current === undefined || typeof current === 'string') || typeof text !== 'string') {
    throw mismatch(write, current);
  }
  return (current ?? '') + text;
}

/**
 * The values after a list of writes. The given values stay as they are; what no write touches is shared.
 *
 * @throws AgentError `corrupt-record` when a write does not fit the value that it meets.
 * @example
 * apply({ n: 1 }, [['n', 'set', 2]]); // { n: 2 }
 */
export function apply(values: Values, writes: readonly Write[]): Values {
  if (writes.length === 0) return values;
  let next: Record<string, unknown> = { ...values };
  let copies: Own | undefined;
  for (const write of writes) {
    const name = write[0];
    switch (write[1]) {
      case 'set':
        next[name] = write[2];
        break;
      case 'append':
        next[name] = appended(next[name], write[2], write);
        break;
      case 'put':
        next[name] = put(next[name], write[2], write);
        break;
      case 'text':
        next[name] = extended(next[name], write[2], write);
        break;
      case 'copy':
        // What two channels share must not be changed any more.
        if (copies) seal(copies);
        next[name] = next[write[2]];
        break;
      default: {
        const path = write[2];
        const remove = write[1] === 'delete';
        if (remove && path.length === 0) {
          next = without(next, (each) => each === name || (name.endsWith('/') && each.startsWith(name)));
          break;
        }
        copies ??= new Set();
        next[name] = changed(next[name], 0, { write, path, value: remove ? undefined : write[3], remove, copies });
      }
    }
  }
  if (copies) seal(copies);
  return next;
}
