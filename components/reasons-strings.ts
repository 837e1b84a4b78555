/** The English texts of the reasons, which come with them. */
import type { ExplainedField } from '../src/core/index.ts';
import { listed } from './strings/listed.ts';

const english = (texts: readonly string[]): string => listed('en-GB', texts);
const quoted = (words: readonly string[]): string => english(words.map((one) => `“${one}”`));

const fit = (score: number): string => score.toLocaleString('en', { maximumFractionDigits: 2 });

export const reasonStrings = Object.freeze({
  means: (words: readonly string[], tool: string) =>
    `${quoted(words)} ${words.length > 1 ? 'mean' : 'means'} “${tool}”.`,
  goesOn: (tool: string) => `This goes on from the call before, “${tool}”.`,
  fits: (tool: string) => `What is said fits “${tool}”.`,

  rules: Object.freeze({
    choice: 'one of the choices',
    number: 'a number',
    boolean: 'yes or no',
    moment: 'a date or a time',
    expression: 'something to work out',
    pattern: 'of the form that is wanted',
    thing: 'a name that this site knows',
    text: 'passed on as a text',
    other: 'a value',
  } satisfies Record<ExplainedField['rule'], string>),
  readAs: (words: string, rule: string) => `“${words}”: ${rule}`,
  taken: (value: string) => `, taken for ${value}`,
  yes: 'yes',
  no: 'no',
  earlier: ', from what you said before',
  kept: (value: string) => `${value}, kept from the call before`,
  whole: (value: string) => `${value}, from your message as a whole`,

  asks: (missing: readonly string[]) => `It asks because this is still needed: ${english(missing)}.`,
  unsure: 'No tool was clear enough to go on with. These came closest:',
  split: 'Your message asks for more than one thing, and not all of it was clear, so that nothing was begun.',
  tell: 'Something was in the way, so that no tool was called.',
  refuse: 'Your words were read as wanting nothing done.',
  none: 'No tool explains enough of your message.',
  talk: 'No tool was looked for: this needed none.',

  mended: (typed: string, taken: string) => `“${typed}” was read as “${taken}”.`,
  loose: (words: readonly string[]) => `Nothing was made of ${quoted(words)}.`,
  alone: 'No other tool shares a word with your message.',
  next: (tool: string, score: number, best: number | undefined) =>
    `Next came “${tool}”${best === undefined ? '' : `, which fits less well (${fit(score)} of 1, against ${fit(best)})`}`,
  closest: (tool: string) => `The closest was “${tool}”`,
  hasNoUse: (words: readonly string[]) => `it has no use for ${quoted(words)}`,
  lacks: (missing: readonly string[]) => `it would still need: ${english(missing)}`,

  changed: 'Something has changed since, such as what this site offers. This is how your message would be read now.',
  gone: 'This cannot be told any more: what this site offers has changed since, or something else has answered.',
});
