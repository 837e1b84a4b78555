/** Checks a call's input against the tool's schema: an interpreter, so that no strict policy forbids it. */
import { Validator } from '@cfworker/json-schema';
import type { Schema } from '@cfworker/json-schema';
import { AgentError, errorText } from '../core/index.ts';
import type { ToolSpec } from '../core/index.ts';

/** Throws `invalid-tool-input` with the path of each fault; returns when the input fits. */
export type InputCheck = (input: unknown) => void;

/** `#/items/0/name` as people write it: `items.0.name`. */
const pathOf = (pointer: string): string => pointer.replace(/^#\/?/, '').replaceAll('/', '.') || 'input';

function compile(tool: ToolSpec): Validator {
  try {
    // The interpreter's type lists the keywords that it knows; any JSON Schema may be given to it.
    return new Validator(tool.input as Schema, '2020-12', false);
  } catch (error) {
    throw new AgentError('invalid-tool', `The schema of "${tool.name}" cannot be read: ${errorText(error)}`, {
      fix: 'Mend the `input` schema of the tool.',
      details: { tool: tool.name },
      cause: error,
    });
  }
}

/**
 * Compiles the check of a tool's input, once per tool.
 *
 * @throws AgentError `invalid-tool` when the schema itself cannot be read, such as an unknown `$ref`.
 */
export function compileCheck(tool: ToolSpec): InputCheck {
  const validator = compile(tool);
  return (input) => {
    const { valid, errors } = validator.validate(input);
    if (valid) return;
    // The interpreter also reports each enclosing keyword; the deepest location is the one that names the fault.
    const depth = Math.max(...errors.map((error) => error.instanceLocation.split('/').length));
    const leaves = errors.filter((error) => error.instanceLocation.split('/').length === depth);
    const issues = leaves.map((error) => ({ path: pathOf(error.instanceLocation), message: error.error }));
    const text = issues.map((issue) => `${issue.path}: ${issue.message}`).join(' ');
    throw new AgentError('invalid-tool-input', `The input of "${tool.name}" does not fit its schema. ${text}`, {
      fix: `Call "${tool.name}" with input that fits its schema; nothing was run.`,
      details: { tool: tool.name, issues },
    });
  };
}
