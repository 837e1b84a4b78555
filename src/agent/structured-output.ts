/** Answers that are to be JSON of a schema: how it is found in what a model writes, and what is wrong with it. */
import type { JsonSchema } from '../core/index.ts';
import { compileSchema } from '../tools/index.ts';

/** How often a text is searched from another bracket on, so that one full of them takes no time. */
const MOST_TRIES = 50;

/** What JSON begins with, rather than prose in brackets. */
const BEGINNING = /^[[{]\s*(?:["[{\]}\d-]|true|false|null)/;

/** The faults that a model is told at once. */
const MOST_ISSUES = 20;

/** A value, which may be null. */
export interface JsonFound {
  readonly value: unknown;
}

function parse(text: string): JsonFound | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Where the bracket at a place is closed, if at all; brackets in strings do not count. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let isText = false;
  for (let index = start; index < text.length; index++) {
    const letter = text[index];
    if (isText) {
      if (letter === '\\') index++;
      else if (letter === '"') isText = false;
    } else if (letter === '"') isText = true;
    else if (letter === '{' || letter === '[') depth++;
    else if ((letter === '}' || letter === ']') && --depth === 0) return index + 1;
  }
  return -1;
}

/**
 * The JSON in a text: the whole text or what is in a fence, else the longest object or list that is in it.
 *
 * @example
 * readJson('Here you are: {"total": 3}. Anything else?'); // { value: { total: 3 } }
 */
export function readJson(text: string): JsonFound | undefined {
  const whole = parse(text);
  if (whole) return whole;
  const candidates = [...text.matchAll(/^ *```\w*\n([^]*?)\n *```/gm)].map(([, inner = '']) => inner);
  let start = 0;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const offset = text.slice(start).search(/[[{]/);
    if (offset < 0) break;
    start += offset;
    const end = endOf(text, start);
    const candidate = end > 0 ? text.slice(start, end) : '';
    if (parse(candidate)) candidates.push(candidate);
    else if (!BEGINNING.test(text.slice(start, start + 20))) {
      start++;
      continue;
    } else if (end < 0) break;
    // Of JSON that is broken nothing is taken out.
    start = end;
  }
  let best: JsonFound | undefined;
  let length = 0;
  for (const candidate of candidates) {
    const found = candidate.length > length ? parse(candidate) : undefined;
    if (!found) continue;
    best = found;
    ({ length } = candidate);
  }
  return best;
}

export type CheckedOutput =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly issues: readonly string[] };

/**
 * Reads an answer by a schema.
 *
 * @returns the value, or what is wrong, in words for the model.
 * @throws AgentError when the schema itself cannot be read.
 */
export function checkOutput(text: string, schema: JsonSchema): CheckedOutput {
  const compiled = compileSchema(schema);
  // Where a text is wanted, models forget its quotes.
  const said = { value: text.trim() };
  let found = readJson(text) ?? said;
  let faults = compiled.faults(found.value);
  if (faults.length > 0 && schema.type === 'string') {
    found = said;
    faults = compiled.faults(said.value);
  }
  if (faults.length === 0) return { ok: true, value: found.value };
  if (typeof found.value === 'string' && schema.type !== 'string') {
    return { ok: false, issues: ['There is no JSON in it.'] };
  }
  const issues = faults.map(({ keys, message }) => `${keys.length > 0 ? `${keys.join('.')}: ` : ''}${message}`);
  return { ok: false, issues: [...new Set(issues)].slice(0, MOST_ISSUES) };
}

/** What the model is told of an answer that does not fit, so that it gives another one. */
export function repairText(issues: readonly string[]): string {
  return `The answer does not fit the schema. ${issues.join(' ')} Answer again, with the whole JSON and nothing else.`;
}
