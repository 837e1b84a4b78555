/** The tools that a model gets for a message of the person. */
import { messageText, toolSpec } from '../core/index.ts';
import type { Message, Model, ModelTool } from '../core/index.ts';
import { createSelector } from '../tools/index.ts';
import type { RegisteredTool, Selected, ToolRegistry, ToolSet } from '../tools/index.ts';

/** The share of a model's context that its tools may take, and the most that they may take of a large one. */
const SHARE = 1 / 8;
const MOST_TOKENS = 8_000;

const NONE: readonly string[] = [];

/** What was chosen last. */
interface Choice {
  readonly message: Message | undefined;
  readonly version: number;
  readonly of: ToolSet;
  readonly preferred: readonly string[];
  readonly tools: readonly ModelTool[];
}

/** A tool as a model gets it: it may ask for candidates, but never run it. */
function modelTool({ tool, forms }: RegisteredTool, form: Selected['form']): ModelTool {
  const { description, input } = forms[form];
  const spec = form === 'full' ? toolSpec(tool) : { ...toolSpec(tool), description, input };
  if (!tool.suggest) return spec;
  return { ...spec, suggest: async (field, query) => (await tool.suggest?.(field, query)) ?? [] };
}

/**
 * Makes the function that chooses tools for a message: all of the set where there is room for them, else those that fit
 * the message best. A model that writes no text of its own has no context to be filled, and gets them all.
 */
export function createToolChoice(
  registry: ToolRegistry,
  set: () => ToolSet,
  model: Model,
): (message: Message | undefined, preferred?: readonly string[]) => readonly ModelTool[] {
  const select = createSelector(registry);
  const tokens = model.generative ? Math.min(MOST_TOKENS, model.contextTokens * SHARE) : Infinity;
  // What has been chosen is chosen again and again, and is the same list until something changes.
  const made = new WeakMap<readonly Selected[], readonly ModelTool[]>();
  const tools = new WeakMap<RegisteredTool, Map<Selected['form'], ModelTool>>();
  const toolOf = ({ entry, form }: Selected): ModelTool => {
    const forms = tools.get(entry) ?? new Map<Selected['form'], ModelTool>();
    tools.set(entry, forms);
    const known = forms.get(form) ?? modelTool(entry, form);
    forms.set(form, known);
    return known;
  };
  // Within a turn it is the same message from request to request.
  let last: Choice | undefined;
  return (message, preferred = NONE) => {
    const [of, { version }] = [set(), registry];
    if (last?.message === message && last?.version === version && last.of === of && last.preferred === preferred) {
      return last.tools;
    }
    const chosen = select(of, message ? messageText(message) : '', { tokens, preferred });
    const known = made.get(chosen) ?? chosen.map(toolOf);
    made.set(chosen, known);
    last = { message, version, of, preferred, tools: known };
    return known;
  };
}
