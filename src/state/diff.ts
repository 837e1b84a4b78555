/** Differences between two values, told as writes. What both share is never walked, and what has little in common is set. */
import { isRecord } from '../core/index.ts';
import type { Path, Write } from '../core/index.ts';
import { AppendLog } from './append-log.ts';
import type { Channel } from './channel.ts';
import { MapLog } from './map-log.ts';
import { putRecords } from './puts.ts';
import type { EntryChange } from './puts.ts';
import { read } from './values.ts';

/** More writes than this are told as one `set`. */
const MAX_WRITES = 64;

/** Pairs of containers that are compared before a value is taken for an unrelated one. */
const MAX_PAIRS = 256;

/** What a walk finds. */
type Found =
  | readonly [channel: string, op: 'patch', path: Path, value: unknown]
  | readonly [channel: string, op: 'delete', path: Path];

type Pairs = readonly (readonly [key: unknown, value: unknown])[];

const isMap = (value: unknown): value is ReadonlyMap<unknown, unknown> =>
  value instanceof Map || value instanceof MapLog;

/** One comparison: the writes found so far, and what may still be looked at. */
class Walk {
  readonly writes: Found[] = [];
  readonly #channel: string;
  readonly #byParts: boolean | undefined;
  #pairs = MAX_PAIRS;

  constructor(channel: string, byParts?: boolean) {
    this.#channel = channel;
    this.#byParts = byParts;
  }

  /** Tells the difference of two values below `path`. False, and no write, when `after` has to replace `before`. */
  told(before: unknown, after: unknown, path: Path): boolean {
    if (Object.is(before, after)) return true;
    const mark = this.writes.length;
    if (this.#pairs-- > 0 && this.#inside(before, after, path) && this.writes.length <= MAX_WRITES) return true;
    this.writes.length = mark;
    return false;
  }

  #inside(before: unknown, after: unknown, path: Path): boolean {
    if (Array.isArray(before)) return Array.isArray(after) && this.#list(before, after, path);
    if (isMap(before)) return isMap(after) && this.#entries([...before], [...after], path);
    return isRecord(before) && isRecord(after) && this.#entries(Object.entries(before), Object.entries(after), path);
  }

  /** One entry of a container; whether the two have something in common there. */
  #entry(before: unknown, after: unknown, path: Path, key: string | number): boolean {
    if (Object.is(before, after)) return true;
    const at = [...path, key];
    if (this.told(before, after, at)) return true;
    this.writes.push([this.#channel, 'patch', at, after]);
    return false;
  }

  /** Writes take keys away, change what is at a key, and add keys at the end; nothing else can be told. */
  #entries(before: Pairs, after: Pairs, path: Path): boolean {
    let at = 0;
    let replaced = 0;
    let shares = false;
    for (const [key, old] of before) {
      if (!isKey(key) || this.writes.length > MAX_WRITES) return false;
      const entry = after[at];
      if (entry?.[0] !== key) {
        this.writes.push([this.#channel, 'delete', [...path, key]]);
        replaced++;
        continue;
      }
      at++;
      if (!this.#entry(old, entry[1], path, key)) replaced++;
      else shares ||= typeof old === 'object' && old !== null;
    }
    const added = after.slice(at);
    const known = added.length > 0 ? new Set(before.map(([key]) => key)) : undefined;
    for (const [key, value] of added) {
      // One that was there has moved.
      if (!isKey(key) || known?.has(key) === true || this.writes.length > MAX_WRITES) return false;
      this.writes.push([this.#channel, 'patch', [...path, key], value]);
      replaced++;
    }
    return this.#byParts || shares || replaced * 2 <= Math.max(before.length, after.length);
  }

  #list(before: readonly unknown[], after: readonly unknown[], path: Path): boolean {
    let start = 0;
    while (start < before.length && start < after.length && Object.is(before[start], after[start])) start++;
    if (after.length < before.length) return this.#shorter(before, after, path, start);
    let replaced = after.length - before.length;
    let shares = start > 0 && typeof before[0] === 'object';
    for (let index = start; index < before.length; index++) {
      if (this.writes.length > MAX_WRITES) return false;
      if (!this.#entry(before[index], after[index], path, index)) replaced++;
      else shares ||= typeof after[index] === 'object';
    }
    if (this.writes.length + after.length - before.length > MAX_WRITES) return false;
    for (let index = before.length; index < after.length; index++) {
      this.writes.push([this.#channel, 'patch', [...path, index], after[index]]);
    }
    return shares || replaced * 2 <= after.length;
  }

  /** A list that lost neighbours and nothing else. */
  #shorter(before: readonly unknown[], after: readonly unknown[], path: Path, start: number): boolean {
    const lost = before.length - after.length;
    for (let index = start; index < after.length; index++) {
      if (!Object.is(before[index + lost], after[index])) return false;
    }
    if (lost * 2 > before.length || lost > MAX_WRITES) return false;
    for (let index = 0; index < lost; index++) this.writes.push([this.#channel, 'delete', [...path, start]]);
    return true;
  }
}

const isKey = (key: unknown): key is string | number => typeof key === 'string' || typeof key === 'number';

/**
 * The writes that lead a channel from one plain value to another: patches and deletes of what changed where the values
 * share structure, one `set` where they do not or are no containers.
 *
 * @param byParts whether records are always taken for the same one, however little they have in common.
 * @returns no writes when the values are equal.
 * @example
 * diff('plan', { title, steps: [a, b] }, { title, steps: [a, c] }); // [['plan', 'patch', ['steps', 1], c]]
 */
export function diff(channel: string, before: unknown, after: unknown, byParts?: boolean): readonly Write[] {
  if (Object.is(before, after)) return [];
  if (typeof after !== 'object' || after === null) return [[channel, 'set', after]];
  const walk = new Walk(channel, byParts);
  return walk.told(read(before), after, []) ? walk.writes : [[channel, 'set', after]];
}

const isEqual = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  const walk = new Walk('');
  return walk.told(a, b, []) && walk.writes.length === 0;
};

/** The items that `final` has after those of `base`; undefined when it does not begin with them. */
function suffix(base: unknown, final: unknown): readonly unknown[] | undefined {
  if (base instanceof AppendLog && final instanceof AppendLog) {
    const items = final.since(base);
    if (items) return items;
  }
  const [before, after] = [read(base), read(final)];
  if (!Array.isArray(before) || !Array.isArray(after) || after.length < before.length) return undefined;
  for (let index = 0; index < before.length; index++) if (!isEqual(before[index], after[index])) return undefined;
  return (after as readonly unknown[]).slice(before.length);
}

/** The changes that make `final` of `base`, in an order that gives its order; undefined when a value is undefined. */
function changesOf(
  base: ReadonlyMap<unknown, unknown>,
  final: ReadonlyMap<unknown, unknown>,
): readonly EntryChange[] | undefined {
  const gone: EntryChange[] = [];
  const put: EntryChange[] = [];
  const staying: unknown[] = [];
  for (const key of base.keys()) {
    if (final.has(key)) staying.push(key);
    else gone.push([key, undefined]);
  }
  let at = 0;
  for (const [key, value] of final) {
    if (value === undefined) return undefined;
    if (at >= 0 && staying[at] === key && at < staying.length) {
      at++;
      if (!isEqual(base.get(key), value)) put.push([key, value]);
      continue;
    }
    // Behind a key that is added at the end, every other has to be added again to come after it.
    at = -1;
    if (base.has(key)) gone.push([key, undefined]);
    put.push([key, value]);
  }
  return [...gone, ...put];
}

function putsOf(channel: string, base: unknown, final: unknown): readonly Write[] | undefined {
  const changes = isMap(base) && isMap(final) ? changesOf(base, final) : undefined;
  return changes && putRecords(changes)?.map((record) => [channel, 'put', record]);
}

function plainly(value: unknown): unknown {
  return value instanceof MapLog ? value.plain() : read(value);
}

type ChannelKind = Pick<Channel<unknown>, 'kind' | 'byParts'>;

/**
 * The writes that lead a channel from one raw value to another, additively where its kind and the values allow it: a
 * subgraph hands its changes to its parent so.
 *
 * @returns no writes when the values are equal.
 */
export function difference(
  kind: ChannelKind | undefined,
  channel: string,
  base: unknown,
  final: unknown,
): readonly Write[] {
  if (Object.is(base, final)) return [];
  switch (kind?.kind) {
    case 'append': {
      const items = suffix(base, final);
      if (items) return items.length > 0 ? [[channel, 'append', items]] : [];
      return [[channel, 'set', plainly(final)]];
    }
    case 'map':
      return putsOf(channel, base, final) ?? [[channel, 'set', plainly(final)]];
    case 'text':
      // slice and compare, never startsWith: on long text made of pieces it is over 100 times slower in V8.
      return typeof base === 'string' && typeof final === 'string' && final.slice(0, base.length) === base
        ? [[channel, 'text', final.slice(base.length)]]
        : [[channel, 'set', final]];
    case 'local':
      // Whatever it is, it is itself and not what it holds.
      return [[channel, 'set', final]];
    default:
      return diff(channel, plainly(base), plainly(final), kind?.byParts);
  }
}
