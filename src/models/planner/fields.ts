/** The properties of a tool's input, as the planner asks for them and looks for them. */
import { isRecord, stableText } from '../../core/index.ts';
import type { JsonSchema } from '../../core/index.ts';
import { measureOf } from './numbers.ts';
import type { Measure } from './numbers.ts';
import { nameWords, tokenise } from './tokens.ts';
import { STOP } from './words.ts';

/** A value that a field can take, and the ways to say it, each as a list of stems. */
export interface Option {
  readonly value: unknown;
  readonly label: string;
  readonly ways: readonly (readonly string[])[];
  /** What it is called without what its label adds: `Rex` of `Rex (black dog)`, which may name other things too. */
  readonly head: readonly string[];
}

export interface Field {
  /** Its place in the input, with dots where it is nested. */
  readonly name: string;
  /** What it is in plain words, to ask for it. */
  readonly label: string;
  readonly kind: 'choice' | 'number' | 'boolean' | 'moment' | 'expression' | 'text' | 'other';
  /** Whether it takes a list of such values. */
  readonly many: boolean;
  /** How many values such a list needs. */
  readonly least: number;
  readonly required: boolean;
  /** Whether it must be there once another field of its object is. */
  readonly bound: boolean;
  /** Stems of its name and title; for a number, of its description too, which names what is counted. */
  readonly cues: ReadonlySet<string>;
  /** Stems of what a yes or no says of itself: `Take part online`. */
  readonly hints: ReadonlySet<string>;
  readonly options: readonly Option[];
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  /** What a number is counted in. */
  readonly measure: Measure | undefined;
  /** Values that have a name of their own: `0 is fully closed`; 1 and 0 for yes and no. */
  readonly named: ReadonlyMap<string, number>;
  /** What is kept of a moment. */
  readonly form: 'date' | 'date-time' | 'time' | 'month';
  /** Which end of a stretch of time it is. */
  readonly end: 'first' | 'last' | undefined;
  /** What a text must look like, when that is known. */
  readonly shape: RegExp | undefined;
}

const READ = 4000;
const LONG = 50;

/** An odd value is still one that can be offered. */
const labelFor = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? stableText(value)
    : String(value).replace(/(?<=\p{L})_(?=[\p{L}\d])/gu, ' ');
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const stems = (words: string): readonly string[] => nameWords(words).map((token) => token.stem);
const escape = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Other ways to say `value`, from a description such as `km (kilometres, kilometers)`, `km: kilometres` or `miles (mi)`. */
function aliases(value: string, description: string): readonly string[] {
  // Asked first, since most values stand in no description, and each pattern below has to be compiled.
  if (!description.toLowerCase().includes(value.toLowerCase())) return [];
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
  // "wi-fi" and "front door" are also typed as one word.
  const joined = plain.length === 2 ? [[plain.join('')]] : [];
  return {
    value,
    label,
    head: tokenise(label.replace(/ ?(?:[(,:–—]| - ).*/s, '')).map((token) => token.stem),
    ways: [...all, ...joined].filter(
      (way, at, list) => list.findIndex((one) => one.join(' ') === way.join(' ')) === at,
    ),
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

const DATES = new Set(['date', 'date-time', 'time']);
/** `local-time` is a time of day without seconds or a zone, as fields of forms have it. */
const formatOf = (schema: JsonSchema): string => text(schema['format']).replace('local-', '');

/** Whether a pattern takes months and nothing longer. */
function isMonth(schema: JsonSchema): boolean {
  const shape = text(schema['pattern']) === '' ? undefined : shapeOf(schema);
  return shape !== undefined && shape.test('2026-11') && !shape.test('2026-11-25') && !shape.test('month');
}

function kindOf(schema: JsonSchema, options: readonly Option[], type: unknown, words: string): Field['kind'] {
  if (options.length > 0) return 'choice';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'boolean';
  if (type !== 'string') return 'other';
  if (DATES.has(formatOf(schema)) || isMonth(schema)) return 'moment';
  const pattern = text(schema['pattern']);
  const signs = ['+', '*', '/'].every((sign) => pattern.includes(sign)) && /0-9|\\d/.test(pattern);
  return signs || /\b(?:expression|arithmetic|formula)\b/i.test(words) ? 'expression' : 'text';
}

/** What a telephone number looks like: any other text is none. */
const PHONE = /^(?!\d{4}-\d\d-\d\d$)\+?\d[\d ()/-]{6,}\d$/;
export const isPhone = (name: string): boolean => /phone|mobile|(?:^|[_.])tel/i.test(name);

function shapeOf(schema: JsonSchema, name = ''): RegExp | undefined {
  if (schema['format'] === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
  if (schema['format'] === 'uri' || schema['format'] === 'url') return /^https?:\/\/\S+$/i;
  try {
    if (text(schema['pattern']) === '') return isPhone(name) ? PHONE : undefined;
    return new RegExp(text(schema['pattern']), 'u');
  } catch {
    return undefined;
  }
}

/** What a description begins with when it tells how to fill a field, and not what it is. */
const HINT =
  /^(?:leave|only|as|at least|at most|starts?|with|without|now|when|if|for|helps?|true|may|should|must|will)\b|\d|left out|default/i;

/** `The product to add.` gives `product to add`; a long description, and one that names nothing, give way to the name. */
function labelOf(name: string, schema: JsonSchema): string {
  const clause = /^[^.,;:(]*/.exec(text(schema['description']))?.[0].trim() ?? '';
  const plain = nameWords(name)
    .map((token) => token.word)
    .join(' ');
  const values: unknown = schema['enum'];
  const isName =
    !(Array.isArray(values) && values.includes(clause)) &&
    clause.length > 2 &&
    clause.length <= LONG &&
    !HINT.test(clause);
  const label = text(schema['title']) || (isName ? clause : plain);
  return label.replace(/^(?:the|an?|your)\s+/i, '').replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());
}

/** `0 is fully closed, 100 is fully open`, or `true: what you passed, false: what you failed`. */
function namedValues(description: string): ReadonlyMap<string, number> {
  const named = new Map<string, number>();
  const twice = new Set<string>();
  for (const [, said = '', words = ''] of description.matchAll(
    /(-?\d+|true|false)\s*(?:is|means|=|:)\s*([^,;.]+)/giu,
  )) {
    const value = /^\D/.test(said) && !said.startsWith('-') ? Number(said.toLowerCase() === 'true') : Number(said);
    for (const { stem, word } of nameWords(words)) {
      if (STOP.has(word) || FULLY.test(word)) continue;
      if (named.has(stem)) twice.add(stem);
      named.set(stem, value);
    }
  }
  for (const stem of twice) named.delete(stem);
  return named;
}
const FULLY = /^(?:fully|all|completely|totally)$/;

/** What a field is called that is one end of a stretch of time, in stems. */
const FIRST = /^(?:from|start|since|begin|after|depart|departur|pickup|checkin|open)$/;
const LAST = /^(?:until|till|to|end|through|befor|return|checkout|finish|clos|deadlin|expir|by)$/;
function endOf(name: string): Field['end'] {
  const words = stems(name);
  const has = (end: RegExp): boolean => [...words, words.join('')].some((word) => end.test(word));
  return has(FIRST) ? 'first' : has(LAST) ? 'last' : undefined;
}

/** So many references in a row may lead to one another. */
const DEEPEST = 5;

/** A schema in one piece with what it refers to, or with the only branch of it that is not null. */
function whole(schema: unknown, root: JsonSchema, depth = 0): JsonSchema {
  if (!isRecord(schema)) return {};
  const path = text(schema['$ref']).split('/');
  const referred = path[0] === '#' ? path.slice(1).reduce<unknown>(inside, root) : undefined;
  const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((key): readonly unknown[] => {
    const all: unknown = schema[key];
    return Array.isArray(all) ? all.filter((one) => isRecord(one) && one['type'] !== 'null') : [];
  });
  const only = referred ?? (branches.length === 1 ? branches[0] : undefined);
  return only === undefined || depth > DEEPEST ? schema : { ...whole(only, root, depth + 1), ...schema };
}
const inside = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);

/** The fields of an object schema, in its order; those of an object within it have the dots of their path. */
export function fieldsOf(
  schema: JsonSchema,
  path = '',
  isNeeded = true,
  root = schema,
  above: readonly unknown[] = [],
): readonly Field[] {
  const input = whole(schema, root);
  const required: unknown = input['required'];
  const properties: unknown = input['properties'];
  const entries = Object.entries(isRecord(properties) ? properties : {});
  const explained = entries
    .map(([, one]) => (isRecord(one) ? text(one['description']) : ''))
    .join(' ')
    .slice(0, READ);
  return entries.flatMap(([key, value]): readonly Field[] => {
    const one = whole(value, root);
    const isBound = Array.isArray(required) && required.includes(key);
    const typeOf = ({ type }: JsonSchema): unknown =>
      Array.isArray(type) ? (type as unknown[]).find((each) => each !== 'null') : type;
    const many = typeOf(one) === 'array' && isRecord(one['items']);
    const property: JsonSchema = many ? whole(one['items'], root) : one;
    const name = `${path}${key}`;
    const inner: unknown = property['properties'];
    // What a schema refers to may be around it.
    const around = [...above, properties];
    if (!many && isRecord(inner) && !around.includes(inner))
      return fieldsOf(property, `${name}.`, isNeeded && isBound, root, around);
    const type = typeOf(property);
    const options = optionsOf(property, explained);
    const words = `${key} ${text(one['title'])} ${text(one['description'])}`;
    const limit = (name: string, otherwise: number): number =>
      typeof property[name] === 'number' ? property[name] : otherwise;
    const isNumber = type === 'integer' || type === 'number';
    const kind = kindOf(property, options, type, words);
    const format = formatOf(property);
    return [
      {
        name,
        label: labelOf(key, one),
        kind,
        many,
        least: typeof one['minItems'] === 'number' ? one['minItems'] : 1,
        required: isNeeded && isBound,
        bound: isBound,
        cues: new Set(stems(isNumber ? words : `${key} ${text(one['title'])}`)),
        hints: new Set(kind === 'boolean' ? stems(text(one['description'])) : []),
        options,
        min: limit('minimum', -Infinity),
        max: limit('maximum', Infinity),
        whole: type === 'integer',
        measure: isNumber
          ? // The "min" of `min_price` measures no time.
            nameWords(words.replace(/^min(?=_|[A-Z])|\b[Pp]er (?!cent)\w+/g, ''))
              .map((token) => measureOf(token.word))
              .find((one) => one)
          : undefined,
        named: isNumber || kind === 'boolean' ? namedValues(text(one['description'])) : new Map(),
        form: DATES.has(format) ? (format as Field['form']) : 'month',
        end: kind === 'moment' || kind === 'text' ? endOf(key) : undefined,
        shape: kind === 'text' ? shapeOf(property, key) : undefined,
      },
    ];
  });
}

/** Whether a word is one of a field's cues that says something. */
export const isCue = (field: Field, stem: string, word = stem): boolean => !STOP.has(word) && field.cues.has(stem);

/** The values of fields as the input that they make. */
export function inputOf(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const path = name.split('.');
    let inner = input;
    for (const key of path.slice(0, -1)) {
      const next: unknown = inner[key];
      inner = isRecord(next) ? next : (inner[key] = {});
    }
    inner[path.at(-1) ?? name] = value;
  }
  return input;
}

/** Those of some values that are of some fields. */
export const valuesFor = (
  fields: readonly Field[],
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => Object.fromEntries(fields.map(({ name }) => [name, values[name]]));

/** An input as the values of fields. */
export function valuesOf(fields: readonly Field[], input: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = name.split('.').reduce<unknown>(inside, input);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
