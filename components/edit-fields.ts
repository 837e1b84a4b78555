/** Arguments as fields that a person can change, and back. Pure. */
import { isRecord } from '../src/core/index.ts';
import type { JsonSchema } from '../src/core/index.ts';
import { fromLocal, isDay, isMoment, toLocal } from './local-time.ts';
import { readableJson } from './words.ts';

/** What a person has put into a field: a text, or whether it is ticked. */
export type Raw = string | boolean;

/** One argument as a field. */
export interface Field {
  readonly name: string;
  readonly kind: 'text' | 'long' | 'number' | 'tick' | 'choice' | 'date' | 'moment' | 'lines' | 'json';
  readonly description: string | undefined;
  readonly required: boolean;
  /** What the argument is; undefined when it is not given. */
  readonly value: unknown;
  /** For a choice. */
  readonly options: readonly unknown[];
  readonly schema: JsonSchema;
}

/** Characters from which on a text gets a field of several lines. */
const LONG = 60;

/** The schema of a property without the branch that only says that it may be null. */
function plain(schema: unknown): JsonSchema {
  if (!isRecord(schema)) return {};
  const { anyOf, type } = schema;
  const branches = Array.isArray(anyOf) ? anyOf.filter((branch) => isRecord(branch) && branch['type'] !== 'null') : [];
  if (branches.length === 1 && isRecord(branches[0])) return { ...schema, ...branches[0] };
  const types: readonly unknown[] = Array.isArray(type) ? type.filter((each) => each !== 'null') : [];
  return types.length === 1 && typeof types[0] === 'string' ? { ...schema, type: types[0] } : schema;
}

/** Whether a list can stand as lines: texts or numbers, none of which is empty or goes over several lines. */
function areLines({ type, items }: JsonSchema, value: unknown): boolean {
  if (type !== 'array' || !isRecord(items)) return false;
  const ofText = items['type'] === 'string';
  if (!ofText && items['type'] !== 'number' && items['type'] !== 'integer') return false;
  const isLine = (item: unknown): boolean =>
    ofText ? typeof item === 'string' && item.trim() !== '' && !/[\r\n]/.test(item) : typeof item === 'number';
  return value === undefined || (Array.isArray(value) && value.every(isLine));
}

function kindOf(schema: JsonSchema, value: unknown): Field['kind'] {
  const { type, enum: values, format } = schema;
  if (Array.isArray(values) && values.every((each) => typeof each !== 'object')) return 'choice';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'boolean') return 'tick';
  if (areLines(schema, value)) return 'lines';
  const isText = type === 'string' && (value === undefined || typeof value === 'string');
  if (!isText) return 'json';
  // What is no date stays as it is written, to be mended.
  if (format === 'date' && (value === undefined || isDay(value))) return 'date';
  if (format === 'date-time' && (value === undefined || isMoment(value))) return 'moment';
  return typeof value === 'string' && (value.length > LONG || value.includes('\n')) ? 'long' : 'text';
}

/** The arguments of a call as fields: those that its schema knows, then what else there is. */
export function fieldsOf(schema: JsonSchema, input: unknown): readonly Field[] {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const given = isRecord(input) ? input : {};
  return [...new Set([...Object.keys(properties), ...Object.keys(given)])].map((name): Field => {
    const known = plain(Object.hasOwn(properties, name) ? properties[name] : undefined);
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const { description, enum: options } = known;
    return {
      name,
      kind: kindOf(known, value),
      description: typeof description === 'string' ? description : undefined,
      required: required.includes(name),
      value,
      options: Array.isArray(options) ? options : [],
      schema: known,
    };
  });
}

/** What a field shows before it is changed. */
export function rawOf({ kind, value }: Field): Raw {
  if (kind === 'tick') return value === true;
  if (value === undefined) return '';
  if (kind === 'moment' && typeof value === 'string') return toLocal(value);
  if (kind === 'lines' && Array.isArray(value)) return value.join('\n');
  return typeof value === 'string' && kind !== 'json' ? value : readableJson(value);
}

/** What a field stands for: a value, nothing, or what is wrong with it. */
export type Reading = { readonly value: unknown } | { readonly problem: 'number' | 'json' };

function readLines(raw: string, { items }: JsonSchema): Reading {
  const lines = raw.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  if (isRecord(items) && items['type'] === 'string') return { value: lines };
  const numbers = lines.map(Number);
  return numbers.every(Number.isFinite) ? { value: numbers } : { problem: 'number' };
}

/** Reads a field that has been changed. An empty one is an argument that is not given. */
export function readRaw({ kind, options, schema }: Field, raw: Raw): Reading {
  if (typeof raw === 'boolean') return { value: raw };
  if (kind === 'choice') return { value: options.find((option) => String(option) === raw) };
  if (raw.trim() === '') return { value: undefined };
  if (kind === 'text' || kind === 'long' || kind === 'date') return { value: raw };
  if (kind === 'moment') return { value: fromLocal(raw) };
  if (kind === 'lines') return readLines(raw, schema);
  if (kind === 'number') {
    const value = Number(raw);
    return Number.isFinite(value) ? { value } : { problem: 'number' };
  }
  try {
    return { value: JSON.parse(raw) as unknown };
  } catch {
    return { problem: 'json' };
  }
}
