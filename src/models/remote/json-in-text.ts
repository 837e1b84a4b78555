/** Finds JSON in what a model has written, for servers that know neither tools nor schemas. */
import { isRecord } from '../../core/index.ts';
import { wireName } from './pieces.ts';

/** The JSON in a text: from its first bracket to its last, whatever stands around it. */
export function jsonIn(written: string): unknown {
  const [json = ''] = /[{[][^]*[}\]]/.exec(written) ?? [];
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** The calls of known tools that some JSON stands for, in the forms that models are used to. */
export function callsIn(json: unknown, names: ReadonlyMap<string, string>): { name: string; input: unknown }[] {
  if (Array.isArray(json)) return json.flatMap((each) => callsIn(each, names));
  if (!isRecord(json)) return [];
  const { tool_calls, name, input, arguments: args = {} } = json;
  if (tool_calls) return callsIn(tool_calls, names);
  return typeof name === 'string' && names.has(wireName(name)) ? [{ name, input: input ?? args }] : [];
}
