/** Finds which of some named values a message says: values of an enum, or things of a catalogue. */
import type { Field, Option } from './fields.ts';
import { digits } from './numbers.ts';
import { near } from './tokens.ts';
import type { Token } from './tokens.ts';
import { ARTICLE, PREPOSITION, STOP } from './words.ts';

/** An option that was said, and the tokens that say it, `to` excluded. */
interface Match {
  readonly field: Field;
  readonly option: Option;
  readonly from: number;
  readonly to: number;
  /** Above 0 when the words around it speak for this field. */
  readonly points: number;
}

const FROM = ['from', 'sourc', 'origin'];
const TO = ['to', 'target', 'destin', 'into'];

/** The few tokens before a place, without articles. */
const justBefore = (tokens: readonly Token[], from: number): readonly Token[] =>
  tokens.slice(Math.max(0, from - 4), from).filter((token) => !ARTICLE.has(token.word));

/** Whether a word of the field's name stands beside the tokens: `high priority`, `priority: high`, `in room 5`. */
export function isCued(field: Field, tokens: readonly Token[], from: number, to: number): boolean {
  const before = justBefore(tokens, from).filter((token) => token.word !== 'of');
  return [before.at(-1), tokens[to]].some(
    (token) => token !== undefined && !STOP.has(token.word) && field.cues.has(token.stem),
  );
}

function pointsOf(field: Field, tokens: readonly Token[], from: number, to: number): number {
  const before = justBefore(tokens, from).at(-1)?.word ?? '';
  const source = before === 'from' || !Number.isNaN(digits(before || '-'));
  const target = ['to', 'in', 'into', 'as', 'many', 'much'].includes(before);
  const way = FROM.some((cue) => field.cues.has(cue)) ? 1 : TO.some((cue) => field.cues.has(cue)) ? -1 : 0;
  const direction = source ? way : target ? -way : 0;
  // "off" says more than "on", which may only tell where: "turn off the light on the desk".
  const weak = tokens.slice(from, to).every((token) => STOP.has(token.word)) ? -1 : 0;
  return direction + weak + (isCued(field, tokens, from, to) ? 2 : 0) + (to - from) / 10;
}

function matches(field: Field, tokens: readonly Token[], isFree: (index: number) => boolean): readonly Match[] {
  return field.options.flatMap((option) =>
    option.ways.flatMap((way) =>
      tokens.flatMap((_, from): Match[] => {
        const said = way.every((stem, offset) => tokens[from + offset]?.stem === stem && isFree(from + offset));
        const to = from + way.length;
        return said ? [{ field, option, from, to, points: pointsOf(field, tokens, from, to) }] : [];
      }),
    ),
  );
}

/**
 * Shares out what was said among the fields that have options. Two fields with the same options are told apart by the
 * words around a value (`from`, `to`, a field's name), then by the order in which the values were said.
 *
 * @returns What was found, and the fields for which more than one value was said.
 */
export function findChoices(
  fields: readonly Field[],
  tokens: readonly Token[],
  isFree: (index: number) => boolean,
): { readonly found: readonly Match[]; readonly unsure: readonly Field[] } {
  const all = fields.flatMap((field) => matches(field, tokens, isFree));
  all.sort((a, b) => b.points - a.points || a.from - b.from);
  const found: Match[] = [];
  const overlaps = (a: Match, b: Match): boolean => a.from < b.to && b.from < a.to;
  for (const match of all) {
    if (!found.some((other) => other.field === match.field || overlaps(other, match))) found.push(match);
  }
  const unsure = found.filter((match) =>
    all.some(
      (other) =>
        other.field === match.field &&
        other.option.value !== match.option.value &&
        other.points > match.points - 0.5 &&
        !found.some((taken) => overlaps(taken, other)),
    ),
  );
  return { found: found.filter((match) => !unsure.includes(match)), unsure: unsure.map((match) => match.field) };
}

/** A thing of a catalogue as a tool suggests it: a string, or an object with a `value` and perhaps a `label`. */
export interface Pick {
  readonly option: Option;
  readonly tokens: readonly number[];
}

/** Two thirds of a long name are enough to mean it. */
const MOST = 0.6;
/** A part of a name is enough when no other word stands beside it, and no other name has it. */
const PART = 0.25;

/**
 * The thing of a catalogue that a message names, several when it fits several equally well, none when it fits none.
 * Words that few names share weigh more, so that "beans" does not outweigh "espresso".
 *
 * @param at The tokens that may name it.
 * @param isSubject Whether a token is a subject that must be explained: no number, no word of the tool. A word that
 *   is in a name is one in any case.
 */
export function findThing(
  options: readonly Option[],
  tokens: readonly Token[],
  at: readonly number[],
  isSubject: (index: number) => boolean,
): readonly Pick[] {
  const names = options.map((option) => [...new Set((option.ways[0] ?? []).filter((stem) => !STOP.has(stem)))]);
  const common = new Map<string, number>();
  for (const stem of names.flat()) common.set(stem, (common.get(stem) ?? 0) + 1);
  const weigh = (stems: readonly string[]): number =>
    stems.reduce((sum, stem) => sum + Math.log(1 + options.length / (common.get(stem) ?? 1)), 0);

  const isNamed = (place: number): boolean => common.has(tokens[place]?.stem ?? '');
  const fits = options.flatMap((option, index) => {
    const name = names[index] ?? [];
    const said = at.filter((place) => name.some((stem) => near(stem, tokens[place]?.stem ?? '')));
    const hit = name.filter((stem) => said.some((place) => near(stem, tokens[place]?.stem ?? '')));
    const weight = weigh(hit);
    const share = weight / (weigh(name) || 1);
    // "purple mug" is no mug of these, but a word further away is about something else.
    const beside = said
      .flatMap((place) => [place - 1, place + 1])
      .filter((place) => at.includes(place) && !said.includes(place));
    const rest = beside.some((place) => isSubject(place) || isNamed(place));
    return hit.length > 0 && (share >= MOST || (share >= PART && !rest))
      ? [{ option, tokens: said, weight, share }]
      : [];
  });
  fits.sort((a, b) => b.weight - a.weight || b.share - a.share);
  const best = fits[0];
  if (best === undefined) return [];
  const equal = fits.filter((fit) => fit.weight === best.weight && fit.share === best.share);
  const apart = fits.filter((fit) => fit.share >= MOST && !fit.tokens.some((place) => best.tokens.includes(place)));
  return [...new Set([...equal, ...apart])];
}

/** Where "two bags of" begins before the thing at `from`: the place of `bags`, or undefined. */
export function measureBefore(tokens: readonly Token[], from: number): number | undefined {
  let at = from - 1;
  while (ARTICLE.has(tokens[at]?.word ?? '')) at--;
  const word = tokens[at - 1]?.word ?? '';
  return tokens[at]?.word === 'of' && !STOP.has(word) && !PREPOSITION.has(word) ? at - 1 : undefined;
}
