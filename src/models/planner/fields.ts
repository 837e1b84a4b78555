/** The properties of a tool's input, as the planner asks for them and looks for them. */
import { isRecord, stableText } from '../../core/index.ts';
import type { JsonSchema } from '../../core/index.ts';
import { timeUnit } from './numbers.ts';
import { nameWords, tokenise } from './tokens.ts';

/** A value that a field can take, and the ways to say it, each as a list of stems. */
export interface Option {
  readonly value: unknown;
  readonly label: string;
  readonly ways: readonly (readonly string[])[];
}

export interface Field {
  readonly name: string;
  /** What it is in plain words, to ask for it. */
  readonly label: string;
  readonly kind: 'choice' | 'number' | 'boolean' | 'moment' | 'expression' | 'text' | 'other';
  readonly required: boolean;
  /** Stems of its name and title; for a number, of its description too, which names what is counted. */
  readonly cues: ReadonlySet<string>;
  readonly options: readonly Option[];
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  /** Seconds of the unit of time that a number is counted in. */
  readonly unit: number | undefined;
  /** Only a date, without the time of day. */
  readonly dateOnly: boolean;
  /** Only the time of day, as hours and minutes. */
  readonly timeOnly: boolean;
  /** What a text must look like, when that is known. */
  readonly shape: RegExp | undefined;
}

const READ = 4000;

/** An odd value is still one that can be offered. */
const labelFor = (value: unknown): string =>
  typeof value === 'object' && value !== null ? stableText(value) : String(value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const stems = (words: string): readonly string[] => nameWords(words).map((token) => token.stem);
const escape = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Other ways to say `value`, from a description such as `km (kilometres, kilometers)`, `km: kilometres` or `miles (mi)`. */
function aliases(value: string, description: string): readonly string[] {
  const name = escape(value);
  const after = new RegExp(`(?<!\\p{L})${name}\\s*(?:\\(([^)]*)\\)|[:=]\\s*([^,;.]+))`, 'iu').exec(description);
  const before = new RegExp(`(\\p{L}+)\\s*\\(${name}\\)`, 'iu').exec(description);
  return [...(after?.[1] ?? after?.[2] ?? '').split(/,|\bor\b/), before?.[1] ?? ''].filter((way) => way.trim() !== '');
}

/** An option that may be said by its value, its label, or by words that a description gives for it. */
export function option(value: unknown, label: string, description = ''): Option {
  const ways = [label, ...(typeof value === 'string' ? [value, ...aliases(value, description)] : [])];
  // A name such as "AeroPress" is said as one word, whereas a value such as `livingRoom` is said as two.
  const plain = tokenise(label).map((token) => token.stem);
  const all = [plain, ...ways.map(stems)].filter((way) => way.length > 0);
  return {
    value,
    label,
    ways: all.filter((way, at) => all.findIndex((one) => one.join(' ') === way.join(' ')) === at),
  };
}

/** @param description What the whole input says of itself: units are often explained at one of two fields. */
function optionsOf(schema: JsonSchema, description: string): readonly Option[] {
  if (Array.isArray(schema['enum'])) {
    return schema['enum'].map((value: unknown) => option(value, labelFor(value), description));
  }
  const branches: unknown = schema['oneOf'] ?? schema['anyOf'];
  if (!Array.isArray(branches)) return 'const' in schema ? [option(schema['const'], labelFor(schema['const']))] : [];
  const all: unknown[] = branches;
  const constants = all.filter((branch) => isRecord(branch)).filter((branch) => 'const' in branch);
  return constants.map((branch) => {
    const said = text(branch['title']) || labelFor(branch['const']);
    return option(branch['const'], said, `${description} ${said} ${text(branch['description'])}`);
  });
}

function kindOf(schema: JsonSchema, options: readonly Option[], type: unknown, words: string): Field['kind'] {
  if (options.length > 0) return 'choice';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'boolean';
  if (type !== 'string') return 'other';
  if (/^(?:date|local-time)/.test(text(schema['format']))) return 'moment';
  const pattern = text(schema['pattern']);
  const signs = ['+', '*', '/'].every((sign) => pattern.includes(sign)) && /0-9|\\d/.test(pattern);
  return signs || /\b(?:expression|arithmetic|formula)\b/i.test(words) ? 'expression' : 'text';
}

function shapeOf(schema: JsonSchema): RegExp | undefined {
  if (schema['format'] === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
  if (schema['format'] === 'uri' || schema['format'] === 'url') return /^https?:\/\/\S+$/i;
  try {
    return text(schema['pattern']) === '' ? undefined : new RegExp(text(schema['pattern']), 'u');
  } catch {
    return undefined;
  }
}

/** `The product to add.` gives `product to add`; a long description gives way to the name. */
function labelOf(name: string, schema: JsonSchema): string {
  const clause = /^[^.,;:(]*/.exec(text(schema['description']))?.[0].trim() ?? '';
  const plain = nameWords(name)
    .map((token) => token.word)
    .join(' ');
  const label = text(schema['title']) || (clause.length > 0 && clause.length <= 50 ? clause : plain);
  return label.replace(/^(?:the|an?)\s+/i, '').replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());
}

/** The fields of an object schema, in its order. What the planner cannot fill is of kind `other`. */
export function fieldsOf(input: JsonSchema): readonly Field[] {
  const required: unknown = input['required'];
  const properties: unknown = input['properties'];
  const entries = Object.entries(isRecord(properties) ? properties : {});
  const explained = entries
    .map(([, one]) => (isRecord(one) ? text(one['description']) : ''))
    .join(' ')
    .slice(0, READ);
  return entries.map(([name, schema]): Field => {
    const property: JsonSchema = isRecord(schema) ? schema : {};
    const types: unknown = property.type;
    const type: unknown = Array.isArray(types) ? types.find((one) => one !== 'null') : types;
    const options = optionsOf(property, explained);
    const words = `${name} ${text(property['title'])} ${text(property['description'])}`;
    const limit = (key: string, otherwise: number): number =>
      typeof property[key] === 'number' ? property[key] : otherwise;
    return {
      name,
      label: labelOf(name, property),
      kind: kindOf(property, options, type, words),
      required: Array.isArray(required) && required.includes(name),
      cues: new Set(stems(type === 'integer' || type === 'number' ? words : `${name} ${text(property['title'])}`)),
      options,
      min: limit('minimum', -Infinity),
      max: limit('maximum', Infinity),
      whole: type === 'integer',
      unit: [...nameWords(name), ...tokenise(words)].map((token) => timeUnit(token.word)).find((unit) => unit),
      dateOnly: property['format'] === 'date',
      timeOnly: property['format'] === 'local-time',
      shape: shapeOf(property),
    };
  });
}
