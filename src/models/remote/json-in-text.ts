/** Finds JSON in what a model has written, for servers that know neither tools nor schemas. */
import { isRecord } from '../../core/index.ts';

/** The JSON in a text: from its first bracket to its last, whatever stands around it. */
export function jsonIn(written: string): unknown {
  const [json = ''] = /[{[][^]*[}\]]/.exec(written) ?? [];
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** The calls of known tools that a text makes, in the forms that models are used to. */
export function callsIn(written: string, names: ReadonlySet<string>): { name: string; input: unknown }[] {
  const calls = (value: unknown): { name: string; input: unknown }[] => {
    if (Array.isArray(value)) return value.flatMap(calls);
    if (!isRecord(value)) return [];
    const { tool_calls, name, input, arguments: args = {} } = value;
    if (tool_calls !== undefined) return calls(tool_calls);
    return typeof name === 'string' && names.has(name) ? [{ name, input: input ?? args }] : [];
  };
  return calls(jsonIn(written));
}
