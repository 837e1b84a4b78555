/** What the planner says when it does not act. */
import type { ModelTool } from '../../core/index.ts';
import { listed } from './answer.ts';
import type { Field, Option } from './fields.ts';

/** How many things a question offers at most. */
export const MAX_OFFERED = 6;
const MAX_LABEL = 80;

/** What a tool can do, in the words of its first example. */
function deed(tool: ModelTool): string {
  const text = tool.examples[0] ?? /^[^.]*/.exec(tool.description)?.[0] ?? tool.name;
  return `“${text.slice(0, MAX_LABEL)}”`;
}

/** The question for a field. It always ends with a question mark, by which it is known later. */
export function question(field: Field, offered: readonly Option[], more: boolean): string {
  const label = field.label;
  const begin = `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
  const isQuestion = /^(?:what|which|who|where|when|how)\b/.test(label);
  if (offered.length > 0) {
    const list = listed(
      offered.map((option) => option.label),
      'or',
    );
    const which = isQuestion ? begin : `Which ${label}`;
    return more ? `${which}? For example, is it ${list}?` : `${which}: ${list}?`;
  }
  if (field.kind === 'boolean') return `What about ${label}: yes or no?`;
  if (field.kind === 'moment') return `When is it (${label})?`;
  if (field.kind !== 'number') return isQuestion ? `${begin}?` : `What is the ${label}?`;
  const { min, max } = field;
  if (Number.isFinite(min) && Number.isFinite(max)) return `${begin}: which number from ${min} to ${max}?`;
  const limit = Number.isFinite(min) ? `, at least ${min}` : Number.isFinite(max) ? `, at most ${max}` : '';
  return `${begin}: which number${limit}?`;
}

/** What is said when several tools may be meant. */
export function couldDo(tools: readonly ModelTool[]): string {
  return `I am not sure what you mean. I could: ${listed(tools.map(deed), 'or')}.`;
}

const HONEST = 'I am a rule-based assistant, not a language model.';

/** Says what this assistant is and what it can do with these tools. */
export function introduction(tools: readonly ModelTool[]): string {
  const deeds = tools.slice(0, 4).map(deed);
  return deeds.length === 0
    ? `${HONEST} This page offers me nothing to do.`
    : `${HONEST} I can help with things like: ${listed(deeds)}.`;
}
