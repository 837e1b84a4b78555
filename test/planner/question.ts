/** What a model asks, as far as its words and its offers tell: of which tool, and for which field. */
import { isRecord } from '../../src/core/index.ts';
import type { Case, Input, SetTool, Suggestion, WantedCall } from './sets.ts';
import type { Turn } from './stage.ts';

/** More tools than this are no choice but a list. */
export const OFFERED = 3;

/** A field of a tool, with the dots of its path. */
interface Field {
  readonly path: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly suggested: readonly Suggestion[];
}

export const isQuestion = ({ text, offered }: Turn): boolean => offered.length > 0 || /\?["'”’)]*\s*$/.test(text);

/** Texts are compared as words: `living_room` is said as "living room". */
const plain = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
const says = (text: string, words: string): boolean => plain(words).trim() !== '' && plain(text).includes(plain(words));

const spaced = (name: string): string => name.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').replace(/[_.-]+/g, ' ');
const clause = (text: unknown): string =>
  typeof text === 'string' ? (/^[^.,;:(]*/.exec(text)?.[0] ?? '').replace(/^\s*(?:the|an?|your)\s+/i, '').trim() : '';

function fieldsOf({ input, suggest = {} }: SetTool): readonly Field[] {
  const walk = (schema: Readonly<Record<string, unknown>>, path: string): readonly Field[] => {
    const properties = isRecord(schema['properties']) ? schema['properties'] : {};
    return Object.entries(properties).flatMap(([name, property]) => {
      if (!isRecord(property)) return [];
      const field = { path: `${path}${name}`, schema: property, suggested: suggest[name] ?? [] };
      return [field, ...walk(property, `${path}${name}.`)];
    });
  };
  return walk(input, '');
}

/** What else a question for a field of some kind says. */
const CUES: readonly (readonly [holds: (schema: Field['schema']) => boolean, words: RegExp])[] = [
  [({ format }) => /^(?:date|time|date-time)$/.test(String(format)), /\b(?:when|(?:what|which) (?:time|day|date))\b/i],
  [({ format }) => format === 'email', /\be-?mail\b/i],
  [({ format }) => format === 'uri' || format === 'url', /\b(?:link|url|web address)\b/i],
];
/** How sure such a word makes, in characters of a name. */
const CUE = 2;
/** Two of its candidates make surer than any name. */
const CANDIDATES = 1000;
/** Names of fields that any question may hold. */
const EMPTY = new Set(['on', 'at', 'to', 'by', 'in', 'from', 'until', 'what', 'which', 'who', 'where', 'when', 'how']);

/** The candidates of a field, as they are said. */
function optionsOf({ schema, suggested }: Field): readonly string[] {
  const items = isRecord(schema['items']) ? schema['items'] : schema;
  const values: readonly unknown[] = Array.isArray(items['enum']) ? items['enum'] : [];
  return [...suggested.map(({ label }) => label), ...values.map((value) => spaced(String(value)))];
}

/** What a question says itself: in quotation marks it repeats what the person has said. */
const own = (text: string): string => text.replace(/["“][^"”]*["”]/g, ' ');

/** How surely a text asks for a field, by its name, by what it is, or by its candidates; 0 when it does not. */
function sureness(text: string, field: Field): number {
  const { path, schema } = field;
  const name = spaced(path.split('.').at(-1) ?? path);
  const phrases = [EMPTY.has(name) ? '' : name, clause(schema['title']), clause(schema['description'])];
  const items = isRecord(schema['items']) ? schema['items'] : schema;
  return Math.max(
    ...phrases.filter((words) => says(text, words)).map(({ length }) => length),
    CUES.some(([holds, words]) => holds(items) && words.test(text)) ? CUE : 0,
    optionsOf(field).filter((option) => says(text, option)).length > 1 ? CANDIDATES : 0,
  );
}

/** The fields that a text asks for: the one that it is surest of, or all that it is as sure of. */
function askedFields(text: string, tool: SetTool): readonly Field[] {
  const fields = fieldsOf(tool).map((field) => ({ field, sure: sureness(own(text), field) }));
  const most = Math.max(0, ...fields.map(({ sure }) => sure));
  return most === 0 ? [] : fields.filter(({ sure }) => sure === most).map(({ field }) => field);
}

/** Whether a text names a tool, as an offer to do what it does. */
const names = (text: string, { name, description, examples }: SetTool): boolean =>
  [spaced(name), clause(description), examples[0] ?? ''].some((words) => says(text, words));

/** Whether several calls are offered, and one of the tool among them. */
const offersTool = ({ offered }: Turn, name: string): boolean =>
  offered.length > 1 && offered.slice(0, OFFERED).some(({ tool }) => tool === name);

/** Whether a turn asks for what the case says must be asked. */
export function asksRight(turn: Turn, { expect }: Case, tool: SetTool, tools: readonly SetTool[]): boolean {
  if (!isQuestion(turn)) return false;
  const { ask = '', field: chosen } = expect;
  if (turn.offered.length > 0) return ask === 'choice' && offersTool(turn, tool.name);
  const fields = askedFields(turn.text, tool);
  if (ask !== 'choice') return fields.some(({ path }) => path === ask);
  const named = tools.filter((one) => names(turn.text, one));
  if (named.length > 1 && named.length <= OFFERED && named.includes(tool)) return true;
  // Where the set does not say which field, it is one that has candidates.
  return fields.some(({ path, suggested }) => (chosen === undefined ? suggested.length > 0 : path === chosen));
}

/** Whether a question is about a tool: it offers the tool, or asks for one of its fields. */
export const isAbout = (turn: Turn, tool: SetTool): boolean =>
  turn.offered.length > 0
    ? turn.offered.slice(0, OFFERED).some(({ tool: name }) => name === tool.name)
    : isQuestion(turn) && askedFields(turn.text, tool).length > 0;

const at = (input: Input, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), input);

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** A value as a person says it; undefined for what nobody says in one piece. */
function inWords(value: unknown, { schema, suggested }: Field): string | undefined {
  if (Array.isArray(value)) {
    const items = { path: '', schema: isRecord(schema['items']) ? schema['items'] : {}, suggested };
    const all = value.map((item) => inWords(item, items));
    return all.every((words) => words !== undefined) ? all.join(' and ') : undefined;
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  const label = suggested.find((one) => one.value === value)?.label;
  if (label !== undefined) return label;
  if ('enum' in schema) return spaced(value);
  const [, year = '', month = '', day = '', time] = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?/.exec(value) ?? [];
  if (day === '') return schema['format'] === 'time' ? value.slice(0, 5) : value;
  const date = `${Number(day)} ${MONTHS[Number(month) - 1] ?? ''} ${year}`;
  return time === undefined ? date : `${date} at ${time}`;
}

const ORDINALS = ['the first one', 'the second one', 'the third one'];

/**
 * What a person who wants a call says to a question that need not have been asked; undefined to one that it is no answer
 * to.
 */
export function replyTo({ text, offered }: Turn, { input }: WantedCall, tool: SetTool): string | undefined {
  if (offered.length > 0) {
    const place = offered.slice(0, OFFERED).findIndex(({ tool: name }) => name === tool.name);
    return offered.length === 1 && place === 0 ? 'yes' : ORDINALS[place];
  }
  const words = (field: Field): string | undefined => inWords(at(input, field.path), field);
  const asked = askedFields(text, tool).flatMap((field) => words(field) ?? []);
  // "Do you mean the blue one?" names nothing but the very value.
  const meant = fieldsOf(tool).filter((field) => optionsOf(field).some((option) => option === words(field)));
  return asked[0] ?? meant.flatMap((field) => words(field) ?? []).find((value) => says(own(text), value));
}
