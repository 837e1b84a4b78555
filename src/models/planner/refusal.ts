/** What a tool's schema would refuse in a call, so that it is asked for and never called. */
import type { ModelTool } from '../../core/index.ts';
import { compileSchema } from '../../tools/index.ts';
import type { Field } from './fields.ts';

/** The field to ask for before the tool can be called with this input; undefined when the schema takes it. */
export function refused({ input: schema }: ModelTool, fields: readonly Field[], input: unknown): Field | undefined {
  let path: string;
  try {
    const [fault] = compileSchema(schema).faults(input);
    if (fault === undefined) return undefined;
    path = fault.keys.join('.');
  } catch {
    // A schema that nobody can read is the executor's to refuse.
    return undefined;
  }
  const at = (fits: (name: string) => boolean): Field | undefined => fields.find(({ name }) => fits(name));
  return at((name) => `${path}.`.startsWith(`${name}.`)) ?? at((name) => name.startsWith(path));
}
