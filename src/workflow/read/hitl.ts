/** The fields of a hitl node. */
import type { Fallback, HitlSpec, HitlType } from '../document.ts';
import { plainValue } from '../tree.ts';
import type { Common } from './common.ts';
import { outputOf } from './common.ts';
import type { Fields } from './fields.ts';
import { template } from './texts.ts';

const TYPES: readonly HitlType[] = ['approval', 'review', 'choice', 'input', 'confirmation'];
const FALLBACKS: readonly Fallback[] = ['abort', 'continue', 'skip', 'retry'];
/** The types that ask for a yes. */
export const ASKS_FOR_YES: ReadonlySet<HitlType> = new Set(['approval', 'review', 'confirmation']);

/** Reads what a hitl node has beside what every node has; its `timeout` is how long a person has to answer. */
export function readHitl(fields: Fields, id: string): Omit<HitlSpec, keyof Common> {
  const { faults } = fields;
  const hitlType = fields.choice('hitl_type', TYPES) ?? 'approval';
  const prompt = fields.textTree('prompt', 'message', 'question');
  if (!prompt) fields.missing('prompt', 'prompt: "Send it?"');
  const contextKeys = (fields.texts('context_keys') ?? []).map(({ value }) => value.replace(/^\$?ctx\./, ''));
  const choices = fields.list('choices', 'options')?.items.map(plainValue) ?? [];
  if (hitlType === 'choice' && choices.length === 0) fields.missing('choices', 'choices: [small, large]');
  if (hitlType !== 'choice' && choices.length > 0)
    faults.trap(fields.place('choices'), '`choices` goes with `hitl_type: choice`.');
  if (hitlType === 'review' && contextKeys.length === 0) fields.missing('context_keys', 'context_keys: [draft]');
  const hasDefault = fields.has('default_value');
  const defaultValue = fields.plain('default_value');
  const expires = fields.secondsOf('timeout', fields.either('timeout', 'timeout_seconds'));
  const fallback = fields.choice('fallback', FALLBACKS) ?? 'abort';
  if (hasDefault && ASKS_FOR_YES.has(hitlType)) {
    faults.trap(
      fields.place('default_value'),
      'Silence is no yes: `default_value` has no effect here.',
      'Leave it out.',
    );
  }
  if (
    hasDefault &&
    hitlType === 'choice' &&
    !choices.some((choice) => JSON.stringify(choice) === JSON.stringify(defaultValue))
  ) {
    faults.error(fields.place('default_value'), 'The default is none of the choices.');
  }
  if (fallback === 'continue' && !hasDefault && !ASKS_FOR_YES.has(hitlType)) {
    faults.trap(
      fields.place('fallback'),
      '`continue` goes on with `default_value`, and there is none: the output will be null.',
      'Write `default_value: …`.',
    );
  }
  if (hasDefault && fallback !== 'continue' && !ASKS_FOR_YES.has(hitlType)) {
    faults.trap(
      fields.place('default_value'),
      '`default_value` goes with `fallback: continue`, and has no effect here.',
      'Write `fallback: continue`, or leave it out.',
    );
  }
  if (!expires && fields.has('fallback')) {
    faults.note(
      fields.place('fallback'),
      'Without `timeout` the question stays open until somebody answers, so there is no fallback.',
    );
  }
  return {
    type: 'hitl',
    hitlType,
    prompt: prompt
      ? template(prompt, faults, 'The prompt cannot be read')
      : { text: '', at: fields.tree.source.place(fields.tree.start) },
    contextKeys,
    choices,
    ...(hasDefault ? { defaultValue } : {}),
    ...(expires ? { expires } : {}),
    fallback,
    output: outputOf(fields, id),
  };
}
