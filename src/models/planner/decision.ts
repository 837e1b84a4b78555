/** What can come of a request: one call, one question, a choice of tools, or nothing. */
import type { Assessment, Candidate } from './assess.ts';
import type { Lookup } from './catalogue.ts';
import { isCue } from './fields.ts';
import type { Field, Option } from './fields.ts';
import type { Names } from './patterns.ts';
import { iFindNo, MAX_OFFERED } from './phrases.ts';
import { isContent } from './rank.ts';
import type { Profile } from './rank.ts';
import { refused } from './refusal.ts';
import type { Asked } from './sheet.ts';
import type { Utterance } from './speech.ts';
import { ARTICLE, CONNECTOR, COPULA, WEAK } from './words.ts';

export type Decision =
  | { readonly kind: 'act'; readonly candidate: Candidate }
  | { readonly kind: 'ask'; readonly candidate: Candidate; readonly asked: Asked; readonly more: boolean }
  | { readonly kind: 'unsure'; readonly candidates: readonly Candidate[] }
  /** Several calls, one after another. */
  | { readonly kind: 'acts'; readonly candidates: readonly Candidate[] }
  /** Two requests in one message, of which one is not clear. */
  | { readonly kind: 'split'; readonly parts: readonly [string, string] }
  /** Something is in the way. */
  | { readonly kind: 'tell'; readonly text: string }
  | { readonly kind: 'none'; readonly refused: boolean };

/** What a decision depends on beside the message. */
export interface Setting {
  readonly profiles: readonly Profile[];
  readonly now: number;
  readonly lookup: Lookup;
  /** The names of all things of all tools. */
  readonly names: Names;
}

/** Makes a decision once for each text: the parts of a message are asked about again and again. */
export function once(made: (text: string, setting: Setting) => Promise<Decision>): typeof made {
  const known = new WeakMap<Setting, Map<string, Promise<Decision>>>();
  return (text, setting) => {
    const decisions = known.get(setting) ?? new Map<string, Promise<Decision>>();
    known.set(setting, decisions);
    const decision = decisions.get(text) ?? made(text, setting);
    decisions.set(text, decision);
    return decision;
  };
}

const ask = (candidate: Candidate, field: Field, options: readonly Option[]): Decision => {
  const offered = options.slice(0, MAX_OFFERED);
  return { kind: 'ask', candidate, asked: { field, offered }, more: options.length > offered.length };
};

/** The question for what a tool still lacks, or the call when it lacks nothing. */
export function proceed(candidate: Candidate): Decision {
  const { reading } = candidate;
  const { tool, fields } = candidate.profile;
  const field = reading.missing[0] ?? refused(tool, fields, reading.input);
  if (field === undefined) return { kind: 'act', candidate };
  if (reading.lost !== undefined) return { kind: 'tell', text: iFindNo(reading.lost) };
  return ask(candidate, field, field.kind === 'choice' ? field.options : (reading.offers.get(field.name) ?? []));
}

/** A choice that the tool leaves open, when words of the message say none of its values: they may say it otherwise. */
export function leftOpen(
  { reading, profile, loose }: Assessment,
  { tokens, main }: Utterance,
  { profiles }: Setting,
): Field | undefined {
  const open = profile.fields.filter(
    ({ kind, name, many, bound, required }) =>
      kind === 'choice' && !many && !required && !bound && !(name in reading.values),
  );
  const isCued = (field: Field): boolean =>
    tokens.slice(0, main).some((token, at) => !reading.used.has(at) && isCue(field, token.stem, token.word));
  const head = tokens.findIndex(isContent);
  // A word of another tool, "an excel file" and "are taught" say no value.
  const isSaid = (place: number): boolean => {
    const [before, token] = [tokens[place - 1]?.word ?? '', tokens[place]];
    const isName = token !== undefined && ![WEAK, ARTICLE, CONNECTOR].some((words) => words.has(token.word));
    return (
      isName &&
      place !== head &&
      !COPULA.has(before) &&
      reading.used.get(place - 1)?.kind !== 'choice' &&
      !profiles.some(({ own }) => own.has(token.stem))
    );
  };
  return open.find(isCued) ?? (open.length === 1 && loose.some(isSaid) ? open[0] : undefined);
}

/** Calls what lacks nothing, or asks for what the words that nothing explains may mean. */
export function complete(candidate: Assessment, said: Utterance, setting: Setting): Decision {
  const field = candidate.reading.missing.length > 0 ? undefined : leftOpen(candidate, said, setting);
  return field === undefined ? proceed(candidate) : ask(candidate, field, field.options);
}
