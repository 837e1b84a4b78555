/** Reads an input the way it was meant: models and forms write numbers as text, and null for what they leave out. */
import { isRecord } from '../core/index.ts';
import type { JsonSchema } from '../core/index.ts';
import { compileSchema } from './schema/compile.ts';
import type { CompiledSchema } from './schema/compile.ts';
import { isPatterned } from './schema/kinds.ts';

/** How many parts of a schema may be within each other: a few for each of the 100 levels of an input. */
const DEEPEST = 500;

/** How many unions of an input are looked into; those within each other in a schema that is within itself have no end. */
const MOST_UNIONS = 10_000;

/** The number grammar of JSON. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** What makes a schema that lists its properties take others too, or may. */
const OPENERS = [
  ...['additionalProperties', 'patternProperties', 'unevaluatedProperties', 'dependentSchemas', 'dependencies'],
  ...['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'if'],
];

const has = (record: unknown, key: string): record is Record<string, unknown> =>
  isRecord(record) && Object.hasOwn(record, key);

const names = (list: unknown, key: string): boolean => Array.isArray(list) && list.includes(key);

/** Whether a closed schema has no place for a property. A schema that lists properties is closed unless it says more. */
export function isUnknown(schema: JsonSchema, key: string): boolean {
  const { properties, required, additionalProperties } = schema;
  if (has(properties, key)) return false;
  if (additionalProperties === false) return !isPatterned(schema, key);
  return properties !== undefined && !names(required, key) && !OPENERS.some((word) => word in schema);
}

/** A text as what is wanted instead of text; the text itself where it is no such thing. */
function convert({ type }: JsonSchema, text: string): unknown {
  // A schema's `type` may be a list, although few are.
  const wanted: readonly unknown[] = Array.isArray(type) ? type : [type];
  if (wanted.includes('string')) return text;
  const word = text.trim();
  if (wanted.includes('boolean') && /^(?:true|false)$/i.test(word)) return word.length === 4;
  if (NUMBER.test(word)) {
    const number = Number(word);
    if (wanted.includes('number') && Number.isFinite(number)) return number;
    // A larger one would silently become another.
    if (wanted.includes('integer') && Number.isSafeInteger(number)) return number;
  }
  if ((word.startsWith('{') && wanted.includes('object')) || (word.startsWith('[') && wanted.includes('array'))) {
    try {
      return JSON.parse(word);
    } catch {
      // It stays text, and the check says so.
    }
  }
  return text;
}

/** One reading of an input. */
interface Reading extends CompiledSchema {
  readonly lenient: boolean;
  /** How many more unions may be looked into. */
  unions: number;
}

function readRecord(reading: Reading, schema: JsonSchema, record: Record<string, unknown>, depth: number): unknown {
  const { properties, required, additionalProperties } = schema;
  const copy: Record<string, unknown> = {};
  let isSame = true;
  for (const key of Object.keys(record)) {
    // To copy it would change what the copy is. No input that has it is let through.
    if (key === '__proto__') return record;
    const value = record[key];
    const isListed = has(properties, key);
    const part = isListed ? properties[key] : isPatterned(schema, key) ? undefined : additionalProperties;
    const isLeftOut =
      (depth === 0 && reading.lenient && isUnknown(schema, key)) ||
      (isListed && value === undefined) ||
      (isListed && value === null && !names(required, key) && !reading.fits(null, part));
    if (!isLeftOut) copy[key] = walk(reading, part, value, depth + 1);
    isSame &&= !isLeftOut && copy[key] === value;
  }
  return isSame ? record : copy;
}

function readList(reading: Reading, { prefixItems, items }: JsonSchema, list: unknown[], depth: number): unknown {
  const first: readonly unknown[] = Array.isArray(prefixItems) ? prefixItems : [];
  const copy = list.map((item, at) => walk(reading, at < first.length ? first[at] : items, item, depth + 1));
  return copy.every((item, at) => item === list[at]) ? list : copy;
}

/** A value as the one branch that takes it reads it. What a branch takes as it is, is left as it is. */
function choose(reading: Reading, branches: readonly unknown[], value: unknown, depth: number): unknown {
  if (reading.unions-- <= 0 || branches.some((branch) => reading.fits(value, branch))) return value;
  const fitting = branches.flatMap((branch) => {
    const candidate = walk(reading, branch, value, depth + 1);
    return reading.fits(candidate, branch) ? [candidate] : [];
  });
  return fitting.length === 1 ? fitting[0] : value;
}

function walk(reading: Reading, schema: unknown, raw: unknown, depth: number): unknown {
  if (!isRecord(schema) || depth > DEEPEST) return raw;
  const { $ref, allOf, anyOf, oneOf } = schema;
  let value = typeof raw === 'string' ? convert(schema, raw) : raw;
  if (Array.isArray(value)) value = readList(reading, schema, value, depth);
  else if (isRecord(value)) value = readRecord(reading, schema, value, depth);
  if ($ref !== undefined) value = walk(reading, reading.target(schema), value, depth + 1);
  if (Array.isArray(allOf)) for (const part of allOf) value = walk(reading, part, value, depth + 1);
  if (Array.isArray(anyOf)) value = choose(reading, anyOf, value, depth);
  if (Array.isArray(oneOf)) value = choose(reading, oneOf, value, depth);
  return value;
}

/**
 * An input as its schema wants it, where what was given can only mean that: text that is a number, a boolean or JSON,
 * and null or undefined for a property that may be left out. What fits as it is stays as it is.
 *
 * @param lenient whether properties that the schema does not know are left out; only those of the input itself.
 * @returns the input itself when nothing had to change; it is never changed in place.
 *
 * @example
 * coerce({ type: 'object', properties: { n: { type: 'integer' } } }, { n: '2' }, false); // { n: 2 }
 */
export function coerce(schema: JsonSchema, input: unknown, lenient: boolean): unknown {
  const compiled = compileSchema(schema);
  return walk({ ...compiled, lenient, unions: MOST_UNIONS }, compiled.root, input, 0);
}
