/** Applies writes to values. It needs no code of the graph, so logs, mirrors and forks all use it as it is. */
import { AgentError, isRecord } from '../core/index.ts';
import type { Path, Write } from '../core/index.ts';
import { AppendLog } from './append-log.ts';
import { Copies } from './copies.ts';
import { MapLog } from './map-log.ts';
import { valueOf } from './values.ts';
import type { Values } from './values.ts';

export type { Values } from './values.ts';

function mismatch(write: Write, is: unknown): AgentError {
  const found = isList(is) ? 'a list' : is instanceof Map || is instanceof MapLog ? 'a map' : typeof is;
  return new AgentError(
    'corrupt-record',
    `"${write[1]}" cannot be applied to channel "${write[0]}", which holds ${found}.`,
    {
      fix: 'Reopen the thread.',
      details: { channel: write[0], op: write[1] },
    },
  );
}

type PathWrite = Extract<Write, readonly [string, 'patch' | 'delete', ...unknown[]]>;

const isList = (value: unknown): boolean => Array.isArray(value) || value instanceof AppendLog;

/** The record without the keys that `gone` names. `delete` would turn it into a slow one. */
function without(record: Readonly<Record<string, unknown>>, gone: (key: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !gone(key)));
}

/** A change at a path, which copies only the containers on the way. */
class PathChange {
  readonly #write: PathWrite;
  readonly #path: Path;
  readonly #copies: Copies;

  constructor(write: PathWrite, copies: Copies) {
    this.#write = write;
    this.#path = write[2];
    this.#copies = copies;
  }

  /** What stands for a container once the change is made in it; `depth` keys of the path lead to it. */
  made(container: unknown, depth: number): unknown {
    const key = this.#path[depth];
    if (key === undefined) return this.#write[1] === 'patch' ? this.#write[3] : undefined;
    const next = depth + 1;
    const removes = this.#write[1] === 'delete' && next === this.#path.length;
    if (isRecord(container)) return this.#record(container, String(key), next, removes);
    if (container instanceof Map) return this.#map(container, key, next, removes);
    if (container instanceof MapLog) {
      return removes ? container.without(key) : container.with(key, this.made(container.get(key), next));
    }
    if (Array.isArray(container) || container instanceof AppendLog) {
      if (isIndexOf(container.length, key, removes)) return this.#list(container, key, next, removes);
    }
    throw mismatch(this.#write, container);
  }

  #record(record: Record<string, unknown>, name: string, next: number, removes: boolean): Record<string, unknown> {
    if (name === '__proto__') throw mismatch(this.#write, record);
    if (removes) return this.#copies.add(without(record, (each) => each === name));
    const value = this.made(Object.hasOwn(record, name) ? record[name] : undefined, next);
    // Not spread: copying a wide record with it is up to 100 times slower in V8.
    const copy = this.#copies.has(record) ? record : this.#copies.add<typeof record>(Object.assign({}, record));
    copy[name] = value;
    return copy;
  }

  #map(map: Map<unknown, unknown>, key: unknown, next: number, removes: boolean): Map<unknown, unknown> {
    const value = removes ? undefined : this.made(map.get(key), next);
    const copy = this.#copies.has(map) ? map : this.#copies.add(new Map(map));
    if (removes) copy.delete(key);
    else copy.set(key, value);
    return copy;
  }

  #list(list: readonly unknown[] | AppendLog, index: number, next: number, removes: boolean): unknown {
    const value = removes ? undefined : this.made(list.at(index), next);
    if (list instanceof AppendLog && index === list.length) return list.append([value]);
    const copy = this.#ownList(list);
    if (removes) copy.splice(index, 1);
    else copy[index] = value;
    return copy;
  }

  #ownList(list: readonly unknown[] | AppendLog): unknown[] {
    if (list instanceof AppendLog) return this.#copies.add(list.items());
    // What is among the copies is not read-only. Spread, not slice: of a frozen array that is over 100 times slower.
    return this.#copies.has(list) ? (list as unknown[]) : this.#copies.add([...list]);
  }
}

/** Whether a key is the index of an item, or, for an item that is not taken away, the first one behind them. */
function isIndexOf(length: number, key: string | number, removes: boolean): key is number {
  return Number.isInteger(key) && Number(key) >= 0 && Number(key) < (removes ? length : length + 1);
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
  let copies: Copies | undefined;
  for (const write of writes) {
    const name = write[0];
    if (name === '__proto__') throw mismatch(write, undefined);
    switch (write[1]) {
      case 'set':
        next[name] = write[2];
        break;
      case 'append':
        next[name] = appended(valueOf(next, name), write[2], write);
        break;
      case 'put':
        next[name] = put(valueOf(next, name), write[2], write);
        break;
      case 'text':
        next[name] = extended(valueOf(next, name), write[2], write);
        break;
      case 'copy':
        // What two channels share must not be changed any more.
        copies?.seal();
        next[name] = valueOf(next, write[2]);
        break;
      default:
        if (write[1] === 'delete' && write[2].length === 0) {
          next = without(next, (each) => each === name || (name.endsWith('/') && each.startsWith(name)));
        } else {
          next[name] = new PathChange(write, (copies ??= new Copies())).made(valueOf(next, name), 0);
        }
    }
  }
  copies?.seal();
  return next;
}
