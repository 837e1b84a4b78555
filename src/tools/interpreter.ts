/** Reads JSON Schemas and checks values against them: an interpreter, so that no strict policy forbids it. */
import { dereference, validate } from '@cfworker/json-schema';
import type { OutputUnit, Schema } from '@cfworker/json-schema';
import { AgentError } from '../core/index.ts';
import type { JsonSchema } from '../core/index.ts';

/** A schema that has been read. */
export interface Interpreter {
  /** A copy of the schema: reading leaves marks in it, and a frozen one cannot take them. */
  readonly root: Schema;
  /**
   * What is wrong with a value by the schema; nothing when it fits.
   *
   * @param all whether to look further than the first fault, which in unions within unions may have no end.
   */
  faults(value: unknown, all: boolean): readonly OutputUnit[];
  /** Whether a value fits a part of the schema. */
  fits(value: unknown, part: unknown): boolean;
  /** What a `$ref` in the schema leads to. */
  target(schema: Schema): unknown;
}

const read = new WeakMap<JsonSchema, Interpreter>();

/**
 * Reads a schema, once for each.
 *
 * @throws whatever is wrong with it, such as a `$ref` that leads nowhere or a pattern that is no regular expression.
 */
export function interpret(schema: JsonSchema): Interpreter {
  const known = read.get(schema);
  if (known) return known;
  // The interpreter's type lists the keywords that it knows; any JSON Schema may be given to it.
  const root = JSON.parse(JSON.stringify(schema)) as Schema;
  const lookup = dereference(root);
  const target = ({ __absolute_ref__: uri = '' }: Schema): unknown => lookup[uri];
  for (const part of Object.values(lookup)) {
    if (typeof part === 'boolean') continue;
    const { $ref, pattern, patternProperties = {} } = part;
    if ($ref !== undefined && target(part) === undefined) {
      throw new AgentError('invalid-tool', `its $ref "${$ref}" leads nowhere.`, { fix: 'Define what it names.' });
    }
    // The interpreter makes them at each use, and would fail at the first.
    for (const source of [pattern ?? '', ...Object.keys(patternProperties)]) new RegExp(source, 'u');
  }
  const interpreter: Interpreter = {
    root,
    target,
    faults: (value, all) => validate(value, root, '2020-12', lookup, !all).errors,
    // A part is what its keyword says it is, or the interpreter throws.
    fits: (value, part) => validate(value, part as Schema, '2020-12', lookup).valid,
  };
  read.set(schema, interpreter);
  return interpreter;
}
