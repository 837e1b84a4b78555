/** A tool of a set as one that can be called: it does nothing, and names the candidates that the set names. */
import type { Tool } from '../../src/core/index.ts';
import { defineTool } from '../../src/tools/index.ts';
import { takingLocalTimes } from './local-times.ts';
import type { SetTool, Suggestion } from './sets.ts';

/** Makes a tool that gives a result without doing anything. */
export function stubOf({ suggest, input, ...tool }: SetTool, result: () => unknown = () => null): Tool {
  const find = (field: string, query: string): readonly Suggestion[] =>
    (suggest?.[field] ?? []).filter(({ label }) => label.toLowerCase().includes(query.toLowerCase()));
  const definition = { ...tool, input: takingLocalTimes(input), run: result };
  return defineTool(suggest ? { ...definition, suggest: find } : definition);
}
