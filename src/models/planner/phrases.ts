/** What the planner says when it does not act. */
import type { ModelTool } from '../../core/index.ts';
import { listed } from './answer.ts';
import type { Field, Option } from './fields.ts';

/** How many things a question offers at most. */
export const MAX_OFFERED = 6;
const MAX_LABEL = 80;

/** What a tool can do, in the words of its first example. */
function deed(tool: ModelTool): string {
  const [clause = ''] = /^[^.]*/.exec(tool.description) ?? [];
  const text = tool.examples[0] ?? (clause.trim() || tool.name);
  return `“${text.slice(0, MAX_LABEL)}”`;
}

const isQuestion = (label: string): boolean => /^(?:what|which|who|where|when|how)\b/.test(label);

/** Why a number is not taken. */
function outOfRange({ min, max }: Field, said: number): string {
  if (said > max) return `At most ${max} ${max === 1 ? 'is' : 'are'} possible`;
  return said < min ? `At least ${min} ${min === 1 ? 'is' : 'are'} needed` : 'Only whole numbers are possible';
}

/** Says that an answer left its question open. */
export function notKnown(field: Field, beyond: number | undefined): string {
  const { kind, label, min, max } = field;
  const limits = [Number.isFinite(min) ? ` from ${min}` : '', Number.isFinite(max) ? ` to ${max}` : ''].join('');
  const number = `a number${Number.isFinite(min) ? limits : limits.replace('to', 'up to')}`;
  if (beyond !== undefined) return `${outOfRange(field, beyond)}; ask me again with ${number}.`;
  const fitting = kind === 'number' ? `with ${number}` : kind === 'moment' ? 'with a day and a time' : 'in full';
  const what = isQuestion(label) ? label : `the ${label}`;
  return `I still do not know ${what}; ask me again ${fitting}.`;
}

/** Says that a catalogue does not have what was named. */
export const iFindNo = (name: string): string => `I find no “${name.slice(0, MAX_LABEL)}” there.`;

/** Asks which of two requests is meant first. */
export const oneAtATime = (parts: readonly string[]): string =>
  `One thing at a time, please: what first, ${listed(
    parts.map((part) => `“${part.slice(0, MAX_LABEL)}”`),
    'or',
  )}?`;

/** The question for a field. It always ends with a question mark, by which it is known later. */
export function question(field: Field, offered: readonly Option[], more: boolean, beyond?: number): string {
  const only = offered.length === 1 ? offered[0] : undefined;
  if (only !== undefined) return `Do you mean ${only.label}?`;
  if (beyond !== undefined) return `${outOfRange(field, beyond)}. ${question(field, offered, more)}`;
  const label = field.label;
  const begin = `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
  if (offered.length > 0) {
    const list = listed(
      offered.map((option) => option.label),
      'or',
    );
    const which = isQuestion(label) ? begin : `Which ${label}`;
    return more ? `${which}? For example, is it ${list}?` : `${which}: ${list}?`;
  }
  if (field.kind === 'boolean') return `What about ${label}: yes or no?`;
  if (field.kind === 'moment') return `When is it (${label})?`;
  if (field.kind !== 'number') return isQuestion(label) ? `${begin}?` : `What is the ${label}?`;
  const { min, max } = field;
  if (Number.isFinite(min) && Number.isFinite(max)) return `${begin}: which number from ${min} to ${max}?`;
  const limit = Number.isFinite(min) ? `, at least ${min}` : Number.isFinite(max) ? `, at most ${max}` : '';
  return `${begin}: which number${limit}?`;
}

const UNSURE = 'I am not sure what you mean.';

/** Whether what was said offers something, or asks. */
export const isOpen = (said: string): boolean => said.endsWith('?') || said.startsWith(UNSURE);

/** What is said when several tools may be meant. */
export function couldDo(tools: readonly ModelTool[]): string {
  return `${UNSURE} I could: ${listed(tools.map(deed), 'or')}.`;
}

const HONEST = 'I am a rule-based assistant, not a language model.';

/** Says what this assistant is and what it can do with these tools. */
export function introduction(tools: readonly ModelTool[]): string {
  const deeds = tools.slice(0, 4).map(deed);
  return deeds.length === 0
    ? `${HONEST} This page offers me nothing to do.`
    : `${HONEST} I can help with things like: ${listed(deeds)}.`;
}
