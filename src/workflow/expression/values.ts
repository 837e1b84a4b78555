/** What the operators do with values. Nothing is turned into something else on the way. */
import { isRecord } from '../../core/index.ts';
import { failed, kindOf } from './fault.ts';

/** Names that no expression may read, write or make. */
export const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** How long a text or a list may become. */
const LONGEST = 1_000_000;

/** Whether a value counts as yes: not nothing, false, 0, an empty text, list or record. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isRecord(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** Whether two values are the same, all the way down. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  );
}

/** How two values compare: below, at or above 0; undefined where one of them is nothing. */
function compare(operator: string, a: unknown, b: unknown): number | undefined {
  if (a === undefined || a === null || b === undefined || b === null) return undefined;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b);
  throw failed(
    `\`${operator}\` cannot compare ${kindOf(a)} with ${kindOf(b)}.`,
    'Compare numbers with numbers and texts with texts.',
  );
}

/** Whether `item` is one of a list, a part of a text, or a name in a record. */
export function isIn(item: unknown, whole: unknown): boolean {
  if (whole === undefined || whole === null) return false;
  if (Array.isArray(whole)) return whole.some((other) => isSame(item, other));
  if (typeof whole === 'string' && typeof item === 'string') return whole.includes(item);
  if (isRecord(whole) && typeof item === 'string') return Object.hasOwn(whole, item);
  throw failed(
    `\`in\` cannot look for ${kindOf(item)} in ${kindOf(whole)}.`,
    'Give a list, a text or a record after `in`.',
  );
}

/** A value that is not too long. */
export function bounded<T extends string | readonly unknown[]>(value: T): T {
  if (value.length <= LONGEST) return value;
  throw failed(`The expression makes something longer than ${LONGEST}.`, 'Make less at a time.');
}

function add(a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (Array.isArray(a) && Array.isArray(b)) return bounded([...(a as unknown[]), ...(b as unknown[])]);
  const isText = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
  if (isText(a) && isText(b)) return bounded(String(a) + String(b));
  throw failed(`\`+\` cannot add ${kindOf(b)} to ${kindOf(a)}.`, 'Add numbers, texts or lists.');
}

function calculate(operator: string, a: unknown, b: unknown): number {
  if (typeof a !== 'number' || typeof b !== 'number') {
    throw failed(
      `\`${operator}\` takes two numbers, not ${kindOf(a)} and ${kindOf(b)}.`,
      'Use numbers, or `default(x, 0)`.',
    );
  }
  if (b === 0 && operator !== '-' && operator !== '*')
    throw failed(`\`${operator}\` cannot divide by 0.`, 'Test for 0 first.');
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  // The rest has the sign of the divisor, as in Python.
  return operator === '/' ? a / b : a - b * Math.floor(a / b);
}

/** Every operator between two values but `and` and `or`. */
export function operate(operator: string, a: unknown, b: unknown): unknown {
  switch (operator) {
    case '==':
      return isSame(a, b);
    case '!=':
      return !isSame(a, b);
    case '<':
      return (compare(operator, a, b) ?? 0) < 0;
    case '>':
      return (compare(operator, a, b) ?? 0) > 0;
    case '<=':
      return (compare(operator, a, b) ?? 1) <= 0;
    case '>=':
      return (compare(operator, a, b) ?? -1) >= 0;
    case 'in':
      return isIn(a, b);
    case 'not in':
      return !isIn(a, b);
    case '+':
      return add(a, b);
    default:
      return calculate(operator, a, b);
  }
}

/** What a value has under a name or an index: its own, or nothing. */
export function member(value: unknown, name: unknown): unknown {
  if (Array.isArray(value) && typeof name === 'number') return value.at(name) as unknown;
  if (typeof name !== 'string' || RESERVED.has(name)) return undefined;
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
