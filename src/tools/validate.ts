/** Reads the input of calls: as the tool's schema means it, or with the place of each fault. */
import type { OutputUnit } from '@cfworker/json-schema';
import { AgentError, errorText, isRecord } from '../core/index.ts';
import type { InputIssue, ToolSpec } from '../core/index.ts';
import { coerce, isUnknown } from './coerce.ts';
import { unfit } from './input-issues.ts';
import { interpret } from './interpreter.ts';
import type { Interpreter } from './interpreter.ts';

/** Gives the input to run with; throws `invalid-tool-input` with the path of each fault when it does not fit. */
export type InputReader = (input: unknown) => unknown;

/** How deep an input may be. */
const DEEPEST = 100;

/** How deep an input may be for all of its faults to be told. */
const SHALLOW = 8;

/** How many faults are told. */
const MOST = 20;

const NO_PLACE = 'There is no place for it.';

/** Keywords that only repeat what the faults within them say. */
const ENCLOSING = new Set(
  (
    '$ref $recursiveRef properties patternProperties additionalProperties unevaluatedProperties items prefixItems ' +
    'additionalItems unevaluatedItems propertyNames allOf if dependentSchemas'
  ).split(' '),
);

/** A fault, and the keys that lead to its place. */
interface Fault {
  readonly keys: readonly string[];
  readonly message: string;
}

function decode(part: string): string {
  return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
}

function faultOf({ keyword, instanceLocation, error }: OutputUnit): Fault {
  const keys = instanceLocation.split('/').slice(1).map(decode);
  if (keyword === 'false') return { keys, message: NO_PLACE };
  // The interpreter names what is missing only in its sentence.
  const missing = /not have (?:required property )?"(.*)"\.$/s.exec(error)?.[1];
  return missing === undefined ? { keys, message: error } : { keys: [...keys, missing], message: 'It is required.' };
}

/** The faults that name their places, without the keywords around them. */
function leaves(units: readonly OutputUnit[]): Fault[] {
  const found: Fault[] = [];
  for (let at = 0; at < units.length; at++) {
    const unit = units[at];
    if (unit === undefined || ENCLOSING.has(unit.keyword)) continue;
    let faults = [faultOf(unit)];
    if (unit.keyword === 'anyOf' || unit.keyword === 'oneOf') {
      const begin = at + 1;
      // A schema that is false is reported without its location.
      const isWithin = (next?: OutputUnit): boolean =>
        next !== undefined && (next.keyword === 'false' || next.keywordLocation.startsWith(`${unit.keywordLocation}/`));
      while (isWithin(units[at + 1])) at++;
      const inner = leaves(units.slice(begin, at + 1));
      // The branch that gets furthest is the one that was meant; none was where several of one take it.
      const depth = Math.max(...inner.map(({ keys }) => keys.length));
      const isBetween = unit.keyword === 'oneOf' && !unit.error.includes('(0 matches)');
      if (inner.length > 0 && !isBetween) faults = inner.filter(({ keys }) => keys.length === depth);
    }
    found.push(...faults);
  }
  return found;
}

/** Whether a value has more levels than that. */
function isDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeep(inner, levels - 1));
}

/** The first place in a value that no input may have. */
function forbidden(value: unknown, depth = 0): Fault | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > DEEPEST) return { keys: [], message: `It is more than ${DEEPEST} levels deep.` };
  const within = (key: string, inner: unknown): Fault | undefined => {
    const fault = forbidden(inner, depth + 1);
    return fault && { ...fault, keys: [key, ...fault.keys] };
  };
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const fault = within(String(at), value[at]);
      if (fault) return fault;
    }
    return undefined;
  }
  for (const [key, inner] of Object.entries(value)) {
    // What copies it would change what the copy is.
    const fault = key === '__proto__' ? { keys: [key], message: NO_PLACE } : within(key, inner);
    if (fault) return fault;
  }
  return undefined;
}

function unknowns({ effect, input: schema }: ToolSpec, input: unknown): Fault[] {
  if (effect === 'read' || !isRecord(input)) return [];
  const keys = Object.keys(input).filter((key) => isUnknown(schema, key));
  return keys.map((key) => ({ keys: [key], message: NO_PLACE }));
}

function refusal({ name }: ToolSpec, faults: readonly Fault[], cause?: unknown): AgentError {
  const issues = new Map<string, InputIssue>();
  for (const { keys, message } of faults) {
    const path = keys.length === 0 ? 'input' : keys.join('.');
    if (issues.size < MOST) issues.set(`${path}: ${message}`, { path, message });
  }
  return unfit(name, [...issues.values()], cause);
}

function compile({ name, input }: ToolSpec): Interpreter {
  try {
    return interpret(input);
  } catch (error) {
    throw new AgentError('invalid-tool', `The schema of "${name}" cannot be read: ${errorText(error)}`, {
      fix: 'Mend the `input` schema of the tool.',
      details: { tool: name },
      cause: error,
    });
  }
}

/**
 * Makes the reader of a tool's input. It gives what the schema means by an input (see {@link coerce}), or refuses it. A
 * read leaves out what its schema does not know; anything else refuses that, for it may change what a call does.
 *
 * @throws AgentError `invalid-tool` when the schema itself cannot be read, such as an unknown `$ref`.
 *
 * @example
 * const read = compileInput(tool); // { type: 'object', properties: { n: { type: 'integer' } } }
 * read({ n: '2' }); // { n: 2 }
 * read({ n: 'two' }); // throws invalid-tool-input with details.issues[0].path 'n'
 */
export function compileInput(tool: ToolSpec): InputReader {
  const interpreter = compile(tool);
  return (raw) => {
    const hazard = forbidden(raw);
    if (hazard) throw refusal(tool, [hazard]);
    let input: unknown;
    let units: readonly OutputUnit[];
    try {
      input = coerce(tool.input, raw, tool.effect === 'read');
      units = interpreter.faults(input, false);
      if (units.length > 0 && !isDeep(input, SHALLOW)) units = interpreter.faults(input, true);
    } catch (error) {
      // A schema can be one that the interpreter fails at, such as one that is within itself without end.
      const message = `It cannot be checked: ${errorText(error)}`;
      throw refusal(tool, [{ keys: [], message }], error);
    }
    // What was text may hold more than the text showed.
    const parsed = input === raw ? undefined : forbidden(input);
    const faults = parsed ? [parsed] : [...unknowns(tool, input), ...leaves(units)];
    if (faults.length > 0) throw refusal(tool, faults);
    return input;
  };
}
