/** Random programs that change a state: the same on a draft and on plain data. */
import fc from 'fast-check';
import { append, apply, last, map } from '../../src/state/index.ts';
import type { Values } from '../../src/state/index.ts';

/** The channels of the state below. */
export const channels = { doc: last<unknown>(() => 0), list: append<unknown>(), map: map<unknown>() };

/** The plain state that programs begin with. */
export const initial = (): Record<string, unknown> => ({
  doc: { a: { b: { c: 1 } }, list: [1, { a: 1 }, 3], map: new Map([['a', { v: 1 }]]), set: new Set(['s']) },
  list: [{ id: 1 }, [1, 2], 'x'],
  map: new Map<string, unknown>([
    ['b', { v: 1 }],
    ['a', 2],
  ]),
});

/** The same state as the values of its channels. */
export function values(): Values {
  const first = initial();
  return apply({}, [
    ['doc', 'set', first['doc']],
    ['list', 'append', first['list']],
    ['map', 'put', Object.fromEntries(first['map'] as Map<string, unknown>)],
  ]);
}

/** One act of a program: where it walks to, what it does there, and with which numbers. */
export interface Act {
  readonly walk: readonly number[];
  readonly act: number;
  readonly a: number;
  readonly b: number;
}

/** Any act. */
export const act: fc.Arbitrary<Act> = fc.record({
  walk: fc.array(fc.nat(7), { maxLength: 4 }),
  act: fc.nat(9),
  a: fc.nat(5),
  b: fc.nat(5),
});

const NAMES = ['a', 'b', '1', '0', 'c', 'd'] as const;
const nameOf = (n: number): string => NAMES[n % NAMES.length] ?? 'a';

function fresh(n: number): unknown {
  const values = [n, `t${n}`, { a: n, b: { c: n } }, [n, { a: n }], new Map([['a', { a: n }]]), new Set([n, 'x'])];
  return values[n % values.length];
}

const childrenOf = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value as unknown[];
  if (value instanceof Map) return [...(value as Map<unknown, unknown>).values()];
  return typeof value === 'object' && value !== null && !(value instanceof Set) ? Object.values(value) : [];
};

function at(root: unknown, walk: readonly number[]): unknown {
  let here = root;
  for (const step of walk) {
    const inner = childrenOf(here).filter((child) => typeof child === 'object' && child !== null);
    if (inner.length === 0) break;
    here = inner[step % inner.length];
  }
  return here;
}

const holds = (value: unknown, part: unknown): boolean =>
  value === part || childrenOf(value).some((child) => holds(child, part));

/** Does one act, the same to a draft and to plain data. */
export function perform(root: Record<string, unknown>, { walk, act: kind, a, b }: Act): void {
  const target = at(root, [a, ...walk]);
  const found = kind === 6 ? at(root, [b, ...walk.slice(1)]) : fresh(b);
  const value = kind === 6 && holds(found, target) ? b : found;
  if (Array.isArray(target)) {
    const list: unknown[] = target;
    if (kind <= 1) list.push(value);
    else if (kind === 2) list.splice(a, 1, value);
    else if (kind === 3) list.pop();
    else if (kind === 4) list.reverse();
    else if (kind === 5) list.sort((x, y) => (typeof x < typeof y ? -1 : 1));
    else if (kind === 6) list.unshift(value);
    else if (kind === 8) list.shift();
    else if (kind === 9) list.length = Math.min(a, list.length);
    else if (list.length > 0) list[a % list.length] = value;
  } else if (target instanceof Map) {
    const entries: Map<unknown, unknown> = target;
    if (kind === 3) entries.delete(nameOf(a));
    else if (kind === 4 && a === 0) entries.clear();
    else entries.set(nameOf(a), value);
  } else if (target instanceof Set) {
    if (kind === 3) target.delete(b);
    else target.add(b);
  } else if (target !== root) {
    const record = target as Record<string, unknown>;
    if (kind === 3) Reflect.deleteProperty(record, nameOf(a));
    else record[nameOf(a)] = value;
  }
}

/** A copy in which nothing is in two places, as nothing is in the state. */
export function unshared(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unshared);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, unshared(item)]));
  if (value instanceof Set) return new Set(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unshared(item)]));
}
