/** The kinds of JSON values, and what is read from a schema as one of them. */
import { AgentError, isRecord } from '../../core/index.ts';
import type { Part } from './check.ts';

/** The types of a schema, and what a person calls them. */
export const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

/** The narrowest type of a value; no type where it is no JSON. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value !== 'number') return typeof value;
  return Number.isInteger(value) ? 'integer' : Number.isFinite(value) ? 'number' : '';
}

/** Why a schema cannot be read. */
export const refuse = (message: string): AgentError =>
  new AgentError('invalid-tool', message, { fix: 'Mend the schema.' });

/** A count of things in words. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const expressions = new Map<string, RegExp>();

/** The regular expression that a schema writes, made once. @throws when it is none. */
export function expression(source: string): RegExp {
  let made = expressions.get(source);
  if (made) return made;
  try {
    made = new RegExp(source, 'u');
  } catch {
    // Some escape what needs no escape, which only the older grammar lets pass.
    made = new RegExp(source);
  }
  expressions.set(source, made);
  return made;
}

/** Whether a schema has a pattern for a property. */
export const isPatterned = ({ patternProperties }: Part, key: string): boolean =>
  isRecord(patternProperties) && Object.keys(patternProperties).some((source) => expression(source).test(key));
