/** A tool as the planner reads it: whatever is missing or odd in its description is left out. */
import { isRecord } from '../../core/index.ts';
import type { ModelTool } from '../../core/index.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The tool with every part of the kind that its type says. What changes things and does not tell how dangerous it is counts as high. */
export function cardOf(tool: ModelTool): ModelTool {
  const { name, description, examples, input, effect, danger, suggests }: Readonly<Record<string, unknown>> = {
    ...tool,
  };
  const said: unknown[] = Array.isArray(examples) ? examples : [];
  return {
    ...tool,
    name: text(name),
    description: text(description),
    examples: said.filter((one) => typeof one === 'string').filter((one) => one.trim() !== ''),
    input: isRecord(input) ? input : {},
    effect: effect === 'read' || effect === 'navigate' ? effect : 'write',
    danger: danger === 'low' || danger === 'medium' || danger === 'high' ? danger : effect === 'read' ? 'low' : 'high',
    suggests: suggests === true && typeof tool.suggest === 'function',
  };
}
