/** The functions of expressions: pure, and the only ones that there are. */
import { isRecord } from '../../core/index.ts';
import { failed, kindOf } from './fault.ts';
import { bounded, isIn, RESERVED } from './values.ts';

/** A function, and how many arguments it takes. */
interface Callable {
  readonly least: number;
  readonly most: number;
  readonly run: (...given: readonly unknown[]) => unknown;
}

function numbers(name: string, given: readonly unknown[]): readonly number[] {
  const all: readonly unknown[] = given.length === 1 && Array.isArray(given[0]) ? given[0] : given;
  return all.map((item) => {
    if (typeof item === 'number') return item;
    throw failed(`\`${name}\` takes numbers, not ${kindOf(item)}.`, 'Give numbers, or one list of them.');
  });
}

function length(value: unknown): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (isRecord(value)) return Object.keys(value).length;
  throw failed(`\`len\` takes a text, a list or a record, not ${kindOf(value)}.`, 'Give one of these.');
}

function merge(...given: readonly unknown[]): unknown {
  const all = given.filter((value) => value !== undefined && value !== null);
  if (all.every(Array.isArray)) return bounded(all.flat());
  if (all.every(isRecord)) {
    const entries = all.flatMap((record) => Object.entries(record));
    return Object.fromEntries(entries.filter(([name]) => !RESERVED.has(name)));
  }
  throw failed(`\`merge\` takes lists or records, not ${all.map(kindOf).join(' and ')}.`, 'Give values of one kind.');
}

/** Halves away from 0, as people round; `1.005` to two places is `1.01`, whatever its binary form. */
function round(value: unknown, places: unknown = 0): number {
  const [number = 0, digits = 0] = numbers('round', [value, places]);
  if (!Number.isInteger(digits) || digits < 0 || digits > 12) {
    throw failed(`\`round\` cannot round to ${digits} places.`, 'Give a whole number from 0 to 12.');
  }
  const power = 10 ** digits;
  const shifted = Math.abs(number) * power;
  // What is too large to have such a place is rounded already.
  if (!Number.isFinite(shifted) || shifted >= Number.MAX_SAFE_INTEGER) return number;
  return (Math.sign(number) * Math.round(Number(shifted.toPrecision(15)))) / power;
}

function extreme(name: 'min' | 'max'): Callable['run'] {
  return (...given) => {
    const all = numbers(name, given);
    // Nothing has neither; and a spread of very many would be too much for a call.
    return all.length === 0 ? undefined : all.reduce((a, b) => Math[name](a, b));
  };
}

function lower(value: unknown): string {
  if (typeof value === 'string') return value.toLowerCase();
  throw failed(`\`lower\` takes a text, not ${kindOf(value)}.`, 'Give a text, or `default(x, "")`.');
}

/** The functions that take values. `filter` and `map` take an expression, so the parser knows them. */
export const FUNCTIONS: Readonly<Record<string, Callable>> = {
  len: { least: 1, most: 1, run: length },
  merge: { least: 1, most: 20, run: merge },
  min: { least: 1, most: 20, run: extreme('min') },
  max: { least: 1, most: 20, run: extreme('max') },
  round: { least: 1, most: 2, run: round },
  lower: { least: 1, most: 1, run: lower },
  contains: { least: 2, most: 2, run: (whole, item) => isIn(item, whole) },
  default: { least: 2, most: 2, run: (value, other) => value ?? other },
};

/** Every name that can be called. */
export const FUNCTION_NAMES: readonly string[] = [...Object.keys(FUNCTIONS), 'filter', 'map'];
