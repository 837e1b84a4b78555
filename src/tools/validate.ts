/** Reads a call's input by the tool's schema: an interpreter, so that no strict policy forbids it. */
import { Validator } from '@cfworker/json-schema';
import type { OutputUnit, Schema } from '@cfworker/json-schema';
import { AgentError, errorText, isRecord } from '../core/index.ts';
import type { InputIssue, JsonSchema, ToolSpec } from '../core/index.ts';
import { coerce, unknownProperties } from './coerce.ts';
import { unfit } from './input-issues.ts';
import { pointed, pointerParts } from './schema-ref.ts';

/** Gives the input to run with; throws `invalid-tool-input` with the path of each fault. */
export type InputReader = (input: unknown) => unknown;

/** Faults that an error names. */
const NAMED = 20;

/** Keywords that only say that something within is wrong. */
const ENCLOSING =
  /^(?:\$ref|\$recursiveRef|\$dynamicRef|properties|patternProperties|(?:additional|unevaluated)(?:Properties|Items)|items|prefixItems|contains|allOf|anyOf|oneOf|if|dependentSchemas)$/;

/** What a missing property is called; the interpreter says it in its sentence alone. */
const MISSING = /required property "(.*)"\.$/s;

/** `items.0.name` */
const pathOf = (parts: readonly string[]): string => parts.join('.') || 'input';

function issueOf({ instanceLocation, keyword, error }: OutputUnit): InputIssue {
  const parts = pointerParts(instanceLocation);
  const missing = keyword === 'required' ? MISSING.exec(error)?.[1] : undefined;
  return { path: pathOf(missing === undefined ? parts : [...parts, missing]), message: error };
}

const isAt = (location: string, outer: string): boolean => location === outer || location.startsWith(`${outer}/`);

/** The faults themselves, without the enclosing keywords that each of them breaks as well. */
function issuesOf(errors: readonly OutputUnit[]): readonly InputIssue[] {
  const own = errors.filter(({ keyword }) => !ENCLOSING.test(keyword));
  const alone = errors.filter(
    ({ keyword, instanceLocation }) =>
      ENCLOSING.test(keyword) && !own.some((other) => isAt(other.instanceLocation, instanceLocation)),
  );
  // Of those that enclose each other, the innermost says it best.
  const innermost = alone.filter(
    ({ instanceLocation: outer }) =>
      !alone.some(({ instanceLocation: inner }) => inner !== outer && isAt(inner, outer)),
  );
  const found = new Map<string, InputIssue>();
  for (const error of [...own, ...innermost]) {
    const issue = issueOf(error);
    found.set(`${issue.path} ${issue.message}`, issue);
  }
  return [...found.values()].slice(0, NAMED);
}

/** What of a schema would only throw when it is used: expressions that are none, and references that lead nowhere. */
function proveReadable(root: JsonSchema): void {
  const seen = new Set<object>();
  const walk = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null || seen.has(schema)) return;
    seen.add(schema);
    if (isRecord(schema)) {
      const { pattern, patternProperties, $ref } = schema;
      if (typeof pattern === 'string') new RegExp(pattern, 'u');
      if (isRecord(patternProperties)) for (const key of Object.keys(patternProperties)) new RegExp(key, 'u');
      // A reference may also lead to an anchor or another document, by its name.
      const isPointer = typeof $ref === 'string' && ($ref === '#' || $ref.startsWith('#/'));
      if (isPointer && pointed(root, $ref) === undefined) throw new Error(`"${$ref}" leads nowhere.`);
    }
    for (const inner of Object.values(schema)) walk(inner);
  };
  walk(root);
}

function compile({ name, input }: ToolSpec): Validator {
  try {
    proveReadable(input);
    // The interpreter's type lists the keywords that it knows; any JSON Schema may be given to it.
    return new Validator(input as Schema, '2020-12', false);
  } catch (error) {
    throw new AgentError('invalid-tool', `The schema of "${name}" cannot be read: ${errorText(error)}`, {
      fix: 'Mend the `input` schema of the tool.',
      details: { tool: name },
      cause: error,
    });
  }
}

/**
 * Compiles the reading of a tool's input, once per tool: see {@link coerce}; then the schema; and of a write no property
 * may be left that a closed schema does not know.
 *
 * @throws AgentError `invalid-tool` when the schema itself cannot be read, such as an unknown `$ref`.
 */
export function compileInput(tool: ToolSpec): InputReader {
  const validator = compile(tool);
  const { name, input: schema, effect } = tool;
  const isRead = effect === 'read';
  return (given) => {
    let issues: readonly InputIssue[];
    try {
      const input = coerce(schema, given, isRead);
      const { valid, errors } = validator.validate(input);
      const unknown = isRead ? [] : unknownProperties(schema, input);
      if (valid && unknown.length === 0) return input;
      const known = issuesOf(errors);
      const more = unknown.filter((key) => !known.some(({ path }) => path === key));
      issues = [...known, ...more.map((path) => ({ path, message: `Property "${path}" is not known.` }))];
    } catch (error) {
      throw unfit(name, [{ path: 'input', message: errorText(error) }], error);
    }
    throw unfit(name, issues);
  };
}
