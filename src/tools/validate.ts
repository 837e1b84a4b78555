/** Reads the input of calls: as the tool's schema means it, or with the place of each fault. */
import { AgentError, errorText, isRecord } from '../core/index.ts';
import type { InputIssue, ToolSpec } from '../core/index.ts';
import { coerce, isUnknown } from './coerce.ts';
import { unfit } from './input-issues.ts';
import type { Fault } from './schema/check.ts';
import { compileSchema } from './schema/compile.ts';
import type { CompiledSchema } from './schema/compile.ts';

/** Gives the input to run with; throws `invalid-tool-input` with the path of each fault when it does not fit. */
export type InputReader = (input: unknown) => unknown;

/** How deep an input may be. */
const DEEPEST = 100;

/** How many faults are told. */
const MOST = 20;

const NO_PLACE = 'There is no place for it.';

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

function compile({ name, input }: ToolSpec): CompiledSchema {
  try {
    return compileSchema(input);
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
  const schema = compile(tool);
  return (raw) => {
    const hazard = forbidden(raw);
    if (hazard) throw refusal(tool, [hazard]);
    let input: unknown;
    let faults: readonly Fault[];
    try {
      input = coerce(tool.input, raw, tool.effect === 'read');
      faults = schema.faults(input);
    } catch (error) {
      // A schema can be within itself without end.
      const message = `It cannot be checked: ${errorText(error)}`;
      throw refusal(tool, [{ keys: [], message }], error);
    }
    // What was text may hold more than the text showed.
    const parsed = input === raw ? undefined : forbidden(input);
    const all = parsed ? [parsed] : [...unknowns(tool, input), ...faults];
    if (all.length > 0) throw refusal(tool, all);
    return input;
  };
}
