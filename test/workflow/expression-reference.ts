/** Random expressions as trees, their text, and what a plain walk over the tree makes of them: the reference. */
import fc from 'fast-check';

interface Binary {
  readonly kind: 'op';
  readonly op: string;
  readonly a: Sum;
  readonly b: Sum;
}

export type Sum =
  | { readonly kind: 'value'; readonly value: number | string | boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'not' | 'minus'; readonly a: Sum }
  | Binary
  | { readonly kind: 'list'; readonly items: readonly Sum[] };

export const FAILED = Symbol('failed');
export const OPERATORS = ['+', '-', '*', '/', '%', '<', '<=', '>', '>=', '==', '!=', 'in', 'and', 'or'] as const;
export const NAMES = ['a', 'b', 'c', 'missing'] as const;

export const values = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.constantFrom('', 'x', 'xy', '3'),
  fc.boolean(),
  fc.constant(null),
);

export const sums: fc.Arbitrary<Sum> = fc.letrec<{ sum: Sum }>((tie) => ({
  sum: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    values.map((value): Sum => ({ kind: 'value', value })),
    fc.constantFrom(...NAMES).map((name): Sum => ({ kind: 'name', name })),
    fc.record({ kind: fc.constantFrom('not' as const, 'minus' as const), a: tie('sum') }),
    fc.record({ kind: fc.constant('op' as const), op: fc.constantFrom(...OPERATORS), a: tie('sum'), b: tie('sum') }),
    fc.record({ kind: fc.constant('list' as const), items: fc.array(tie('sum'), { maxLength: 3 }) }),
  ),
})).sum;

/** The text of a tree: every part in brackets, so that the text says no more than the tree. */
export function textOf(sum: Sum): string {
  switch (sum.kind) {
    case 'value':
      return JSON.stringify(sum.value);
    case 'name':
      return sum.name;
    case 'not':
      return `(not ${textOf(sum.a)})`;
    case 'minus':
      return `(-${textOf(sum.a)})`;
    case 'op':
      return `(${textOf(sum.a)} ${sum.op} ${textOf(sum.b)})`;
    case 'list':
      return `[${sum.items.map(textOf).join(', ')}]`;
  }
}

const empty = (value: unknown): boolean => value === undefined || value === null;
const truth = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

function arithmetic(op: string, a: unknown, b: unknown): unknown {
  if (typeof a !== 'number' || typeof b !== 'number' || (b === 0 && '/%'.includes(op))) return FAILED;
  return { '-': a - b, '*': a * b, '/': a / b, '%': a - b * Math.floor(a / b) }[op];
}

function binary(op: string, a: unknown, b: unknown): unknown {
  if (op === '==') return same(a, b);
  if (op === '!=') return !same(a, b);
  if (op === 'in') {
    if (empty(b)) return false;
    if (Array.isArray(b)) return b.some((item) => same(item, a));
    return typeof a === 'string' && typeof b === 'string' ? b.includes(a) : FAILED;
  }
  if (op.startsWith('<') || op.startsWith('>')) {
    if (empty(a) || empty(b)) return false;
    if (typeof a !== typeof b || !['number', 'string'].includes(typeof a)) return FAILED;
    const [x, y] = [a as number, b as number];
    return op === '<' ? x < y : op === '<=' ? x <= y : op === '>' ? x > y : x >= y;
  }
  if (op !== '+') return arithmetic(op, a, b);
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (Array.isArray(a) && Array.isArray(b)) return [...(a as unknown[]), ...(b as unknown[])];
  const isText = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
  return isText(a) && isText(b) ? `${String(a)}${String(b)}` : FAILED;
}

/** What a tree comes to, or FAILED. */
export function reference(sum: Sum, data: Readonly<Record<string, unknown>>): unknown {
  const of = (inner: Sum): unknown => reference(inner, data);
  if (sum.kind === 'value') return sum.value;
  if (sum.kind === 'name') return data[sum.name];
  if (sum.kind === 'list') {
    const items = sum.items.map(of);
    return items.includes(FAILED) ? FAILED : items;
  }
  if (sum.kind !== 'op') {
    const a = of(sum.a);
    if (a === FAILED) return FAILED;
    return sum.kind === 'not' ? !truth(a) : arithmetic('-', 0, a);
  }
  const a = of(sum.a);
  if (a === FAILED) return FAILED;
  if (sum.op === 'and') return truth(a) ? of(sum.b) : a;
  if (sum.op === 'or') return truth(a) ? a : of(sum.b);
  const b = of(sum.b);
  return b === FAILED ? FAILED : binary(sum.op, a, b);
}
