/** Applies writes to values. It needs no code of the graph, so logs, mirrors and forks all use it as it is. */
import { AgentError, isRecord } from '../core/index.ts';
import type { Path, Write } from '../core/index.ts';

/** The channels of a thread by name, the engine's own among them. */
export type Values = Readonly<Record<string, unknown>>;

/** The values of the empty thread. */
export const NO_VALUES: Values = Object.freeze({});

function mismatch(write: Write, is: unknown): AgentError {
  const found = Array.isArray(is) ? 'a list' : is instanceof Map ? 'a map' : typeof is;
  return new AgentError(
    'corrupt-record',
    `"${write[1]}" cannot be applied to channel "${write[0]}", which holds ${found}.`,
    {
      fix: 'The log and the state do not belong together; reopen the thread.',
      details: { channel: write[0], op: write[1] },
    },
  );
}

/** Replaces (or, with `remove`, takes away) what is at `path`, copying only the containers on the way. */
function changed(container: unknown, path: Path, at: number, value: unknown, remove: boolean, write: Write): unknown {
  if (at === path.length) return value;
  const key = path[at];
  const isLast = remove && at === path.length - 1;
  if (Array.isArray(container) && typeof key === 'number') {
    const copy: unknown[] = [...(container as readonly unknown[])];
    if (isLast) copy.splice(key, 1);
    else copy[key] = changed(copy[key], path, at + 1, value, remove, write);
    return Object.freeze(copy);
  }
  if (container instanceof Map) {
    const copy = new Map<unknown, unknown>(container);
    if (isLast) copy.delete(key);
    else copy.set(key, changed(copy.get(key), path, at + 1, value, remove, write));
    return copy;
  }
  if (isRecord(container) && key !== undefined) {
    if (isLast)
      return Object.freeze(Object.fromEntries(Object.entries(container).filter(([name]) => name !== String(key))));
    return Object.freeze({ ...container, [key]: changed(container[key], path, at + 1, value, remove, write) });
  }
  throw mismatch(write, container);
}

function put(current: unknown, entries: unknown, write: Write): ReadonlyMap<unknown, unknown> {
  if (!(current === undefined || current instanceof Map) || !isRecord(entries)) throw mismatch(write, current);
  const next = new Map<unknown, unknown>(current);
  for (const [key, value] of Object.entries(entries)) {
    if (value === undefined) next.delete(key);
    else next.set(key, value);
  }
  return next;
}

/** The value of one channel after one write. Throws `corrupt-record` when the write does not fit what is there. */
function written(current: unknown, write: Write): unknown {
  switch (write[1]) {
    case 'set':
      return write[2];
    case 'append':
      if (!(current === undefined || Array.isArray(current)) || !Array.isArray(write[2]))
        throw mismatch(write, current);
      // Spread, not slice or concat: copying a frozen array with those is over 100 times slower in V8.
      return Object.freeze([...((current ?? []) as readonly unknown[]), ...(write[2] as readonly unknown[])]);
    case 'put':
      return put(current, write[2], write);
    case 'text':
      if (!(current === undefined || typeof current === 'string') || typeof write[2] !== 'string') {
        throw mismatch(write, current);
      }
      return (current ?? '') + write[2];
    case 'patch':
      return changed(current, write[2], 0, write[3], false, write);
    case 'delete':
      return changed(current, write[2], 0, undefined, true, write);
  }
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
  const next: Record<string, unknown> = { ...values };
  for (const write of writes) next[write[0]] = written(next[write[0]], write);
  return next;
}

/**
 * The values after many lists of writes: the same as {@link apply} with each in turn, but a list that only grows is
 * copied once and not for every append.
 */
export function applyAll(values: Values, lists: Iterable<readonly Write[]>): Values {
  const next: Record<string, unknown> = { ...values };
  const growing = new Map<string, unknown[]>();
  const settle = (channel: string): void => {
    const list = growing.get(channel);
    if (list) next[channel] = Object.freeze(list);
    growing.delete(channel);
  };
  for (const write of Array.from(lists).flat()) {
    const [channel, op, value] = write;
    const list = growing.get(channel);
    if (op === 'append' && list && Array.isArray(value)) {
      for (const item of value as readonly unknown[]) list.push(item);
      continue;
    }
    settle(channel);
    next[channel] = written(next[channel], write);
    if (op === 'append') growing.set(channel, [...(next[channel] as readonly unknown[])]);
  }
  for (const channel of [...growing.keys()]) settle(channel);
  return next;
}
