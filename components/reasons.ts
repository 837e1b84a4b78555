/** Puts an explanation into sentences. Pure. */
import { isRecord, stableText } from '../src/core/index.ts';
import type { ExplainedCall, ExplainedField, ExplainedText, Explanation } from '../src/core/index.ts';
import { reasonStrings } from './reasons-strings.ts';
import { lateStrings } from './strings/index.ts';
import type { Loose, Strings } from './strings/index.ts';
import { inWords, readable } from './words.ts';
import type { WhySubject } from './why-view.ts';

/** What the reasons say, and in what language they write dates. */
export type Say = Loose<typeof reasonStrings> & Pick<Strings, 'locale'>;

export const wordsOfReasons = ({ locale, reasons }: Strings): Say => ({
  locale,
  ...lateStrings(reasonStrings, reasons),
});

/** A field of a call and what filled it. */
export interface Row {
  readonly name: string;
  readonly words: string;
  /** Whether it is that of the call before. */
  readonly isKept: boolean;
}

/** The reasons for one call. */
export interface CallReasons {
  readonly lead: string;
  readonly rows: readonly Row[];
}

/** The reasons for one message or one call of it. */
export interface Reasons {
  readonly lead: string;
  readonly calls: readonly CallReasons[];
  readonly notes: readonly string[];
}

/** The words that were read as one thing, those that stand side by side as one text. */
function wordsAs({ text, words }: ExplainedText, as: string | boolean): readonly string[] {
  const runs: { start: number; end: number; last: number }[] = [];
  for (const [index, word] of words.entries()) {
    if (word.as !== as) continue;
    const run = runs.at(-1);
    if (run?.last === index - 1) Object.assign(run, { end: word.end, last: index });
    else runs.push({ ...word, last: index });
  }
  return runs.map(({ start, end }) => text.slice(start, end));
}

const looseOf = ({ texts: [text] }: ExplainedCall): readonly string[] => (text ? wordsAs(text, false) : []);
const meantBy = ({ texts }: ExplainedCall): readonly string[] =>
  texts.map((text) => wordsAs(text, true)).find(({ length }) => length > 0) ?? [];

const same = (one: unknown, other: unknown): boolean => stableText(one) === stableText(other);
const valueAt = (input: unknown, name: string): unknown =>
  name.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), input);

/** A moment with its day and time; a day alone stays as it is, which is the same everywhere. */
const MOMENT = /^\d{4}-\d\d-\d\dT/;

function valueInWords(say: Say, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => valueInWords(say, item)).join(', ');
  if (typeof value === 'boolean') return value ? say.yes : say.no;
  if (typeof value !== 'string' || !MOMENT.test(value)) return readable(value);
  return new Date(value).toLocaleString(say.locale || [], { dateStyle: 'medium', timeStyle: 'short' });
}

function rowOf(
  say: Say,
  { values, texts }: ExplainedCall,
  { name, label, rule }: ExplainedField,
  before: unknown,
): Row {
  const title = label.charAt(0).toUpperCase() + label.slice(1);
  const value = values[name];
  const inside = valueInWords(say, value);
  const source = texts.find((text) => same(text.values[name], value) && text.words.some(({ as }) => as === name));
  if (source === undefined) {
    const isKept = same(valueAt(before, name), value);
    return { name: title, words: (isKept ? say.kept : say.whole)(inside), isKept };
  }
  const words = wordsAs(source, name).join(' … ');
  // What is passed on is what was said.
  const isPlain = rule === 'text' || inside.toLowerCase() === words.toLowerCase();
  return {
    name: title,
    isKept: false,
    words: `${say.readAs(words, say.rules[rule])}${isPlain ? '' : say.taken(inside)}${source.isEarlier ? say.earlier : ''}`,
  };
}

function callReasons(say: Say, call: ExplainedCall, before: unknown): CallReasons {
  const tool = inWords(call.tool);
  const words = meantBy(call);
  const rows = call.fields.filter(({ name }) => name in call.values).map((field) => rowOf(say, call, field, before));
  const isKept = rows.some((row) => row.isKept);
  return { lead: isKept ? say.goesOn(tool) : words.length > 0 ? say.means(words, tool) : say.fits(tool), rows };
}

/** What kept the next best tool from being the one. */
function rivalNotes(say: Say, { kind, runnerUp }: Explanation, chosen: ExplainedCall | undefined): readonly string[] {
  if (runnerUp === undefined || (kind !== 'act' && kind !== 'ask' && kind !== 'none' && kind !== 'refuse')) return [];
  const isAny = meantBy(runnerUp).length > 0 || Object.keys(runnerUp.values).length > 0;
  if (!isAny) return chosen ? [say.alone] : [];
  const { tool, score, missing } = runnerUp;
  const known = chosen ? looseOf(chosen) : [];
  const loose = looseOf(runnerUp).filter((words) => !known.includes(words));
  const lacks = chosen ? missing.filter((label) => !chosen.missing.includes(label)) : missing;
  const best = chosen && chosen.score > score ? chosen.score : undefined;
  const begin = chosen ? say.next(inWords(tool), score, best) : say.closest(inWords(tool));
  const why = [...(loose.length > 0 ? [say.hasNoUse(loose)] : []), ...(lacks.length > 0 ? [say.lacks(lacks)] : [])];
  return [`${[begin, ...why].join(why.length > 0 ? '; ' : '')}.`];
}

/** The reasons for what is asked about; undefined when they can no longer be told. */
export function reasonsOf(say: Say, explanation: Explanation | undefined, subject: WhySubject): Reasons | undefined {
  if (explanation === undefined) return undefined;
  const { kind, calls, before, mended } = explanation;
  const slips = [...mended].map(([taken, typed]) => say.mended(typed, taken));
  if (subject.call) {
    const call = kind === 'act' ? calls[subject.index ?? 0] : undefined;
    if (call?.tool !== subject.call.toolName) return undefined;
    const loose = looseOf(call);
    return {
      lead: same(call.input, subject.call.input) ? '' : say.changed,
      calls: [callReasons(say, call, before)],
      notes: [...slips, ...(loose.length > 0 ? [say.loose(loose)] : []), ...rivalNotes(say, explanation, call)],
    };
  }
  if (kind === 'act' || explanation.text !== subject.text) return undefined;
  const asked = kind === 'ask' ? calls[0] : undefined;
  return {
    lead: kind === 'ask' ? '' : say[kind],
    calls: calls.map((one) => callReasons(say, one, before)),
    notes: [...(asked ? [say.asks(asked.missing)] : []), ...slips, ...rivalNotes(say, explanation, asked)],
  };
}
