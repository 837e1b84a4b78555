/** Reads JSON Schemas, drafts 7 and 2020-12 together, into functions: no code is made of text, so no policy forbids it. */
import { errorText, isRecord } from '../../core/index.ts';
import type { JsonSchema } from '../../core/index.ts';
import { Run, every } from './check.ts';
import type { Check, Fault, Part, Seen, Site } from './check.ts';
import { WORDS, refuse, typeOf } from './kinds.ts';
import { LOGIC } from './logic.ts';
import { LISTS, OBJECTS, unseen } from './members.ts';
import { references } from './references.ts';
import { NUMBERS, TEXTS, VALUES } from './scalars.ts';

/** A schema that has been read. */
export interface CompiledSchema {
  /** A copy of the schema, as it was when it was read. */
  readonly root: JsonSchema;
  /** What is wrong with a value by the schema; nothing when it fits. */
  faults(value: unknown): readonly Fault[];
  /** Whether a value fits a part of the schema. */
  fits(value: unknown, part: unknown): boolean;
  /** What a `$ref` in the schema leads to. */
  target(part: Part): unknown;
}

/** The keywords, each with the types of values that it is for. */
const KEYWORDS = new Map(
  (
    [
      ['', VALUES],
      ['number integer', NUMBERS],
      ['string', TEXTS],
      ['array', LISTS],
      ['object', OBJECTS],
      ['', LOGIC],
      ['array', { unevaluatedItems: unseen }],
      ['object', { unevaluatedProperties: unseen }],
    ] as const
  ).flatMap(([kind, makers]) => Object.entries(makers).map(([keyword, make]) => [keyword, { kind, make }] as const)),
);

/** Whether a keyword is for what nothing else has spoken of, and so comes last. */
const isLast = (keyword: string): boolean => keyword.startsWith('unevaluated');

function build(part: Part, site: Site): Check {
  const types = [part['type'] ?? Object.keys(WORDS)].flat().map(String);
  const words = types.map((type) => {
    if (Object.hasOwn(WORDS, type)) return WORDS[type];
    throw refuse(`its type "${type}" is unknown.`);
  });
  const message = `It must be ${words.join(' or ')}.`;
  const keywords = Object.keys(part).sort((a, b) => Number(isLast(a)) - Number(isLast(b)));
  const rules = keywords.flatMap((keyword) => {
    const { kind, make } = KEYWORDS.get(keyword) ?? {};
    try {
      return make ? [{ kind, check: make(part[keyword] as never, part, site) }] : [];
    } catch (error) {
      throw refuse(`${keyword}: ${errorText(error)}`);
    }
  });
  const isOpen = keywords.some(isLast);
  const checks: Record<string, Check> = {};
  for (const type of types) {
    checks[type] = every(rules.filter(({ kind }) => !kind || kind.includes(type)).map(({ check }) => check));
    // Whole numbers are numbers.
    if (type === 'number') checks['integer'] = checks[type];
  }
  return (value, run, seen) => {
    const check = checks[typeOf(value)];
    if (!check) return run.fail(message);
    const own: Seen | undefined = isOpen ? new Set() : seen;
    const fits = check(value, run, own);
    if (isOpen && seen) own?.forEach((key) => seen.add(key));
    return fits;
  };
}

const read = new WeakMap<JsonSchema, CompiledSchema>();

/**
 * Reads a schema, once for each.
 *
 * @throws whatever is wrong with it, such as a `$ref` that leads nowhere or a pattern that is no regular expression.
 *
 * @example
 * compileSchema({ type: 'object', required: ['n'] }).faults({}); // [{ keys: ['n'], message: 'It is required.' }]
 */
export function compileSchema(schema: JsonSchema): CompiledSchema {
  const before = read.get(schema);
  if (before) return before;
  const root = JSON.parse(JSON.stringify(schema)) as JsonSchema;
  const resolve = references(root);
  const made = new Map<unknown, Check>();
  const site: Site = {
    resolve,
    compile: (part) => {
      const known = made.get(part);
      if (known) return known;
      if (part === true) return () => true;
      if (part === false) return (_value, run) => run.fail('There is no place for it.');
      if (!isRecord(part)) throw refuse(`${String(part)} is no schema.`);
      // It may refer to itself.
      made.set(part, (value, run, seen) => check(value, run, seen));
      const check = build(part, site);
      made.set(part, check);
      return check;
    },
  };
  const whole = site.compile(root);
  const compiled: CompiledSchema = {
    root,
    target: (part) => resolve(part, String(part['$ref'])),
    fits: (value, part) => site.compile(part)(value, new Run()),
    faults: (value) => {
      const faults: Fault[] = [];
      if (!whole(value, new Run())) whole(value, new Run(faults));
      return faults;
    },
  };
  read.set(schema, compiled);
  return compiled;
}
