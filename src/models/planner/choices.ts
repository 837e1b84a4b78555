/** Finds which of some named values a message says: values of an enum, or things of a catalogue. */
import type { Field, Option } from './fields.ts';
import { digits } from './numbers.ts';
import type { Token } from './tokens.ts';
import { alike, ARTICLE, PREPOSITION, sameDeed, STOP, verbClasses } from './words.ts';

/** An option that was said, and the tokens that say it, `to` excluded. */
interface Match {
  readonly field: Field;
  readonly option: Option;
  readonly from: number;
  readonly to: number;
  /** 0 when it was said by its name, more for another word or a part of it. */
  readonly less: number;
  /** Above 0 when the words around it speak for this field. */
  readonly points: number;
}

const FROM = ['from', 'sourc', 'origin'];

/** The few tokens before a place, without articles. */
const justBefore = (tokens: readonly Token[], from: number): readonly Token[] =>
  tokens.slice(Math.max(0, from - 4), from).filter((token) => !ARTICLE.has(token.word));

/** Whether a word of the field's name stands beside the tokens: `high priority`, `priority: high`, `in room 5`. */
export function isCued(field: Field, tokens: readonly Token[], from: number, to: number): boolean {
  const before = justBefore(tokens, from).filter(({ word }) => !PREPOSITION.has(word));
  return [before.at(-1), tokens[to]].some(
    (token) =>
      token !== undefined &&
      !STOP.has(token.word) &&
      (field.cues.has(token.stem) || [...field.cues].some((cue) => alike(cue, token.stem))),
  );
}

function pointsOf(field: Field, tokens: readonly Token[], from: number, to: number): number {
  const before = justBefore(tokens, from).at(-1)?.word ?? '';
  const source = before === 'from' || !Number.isNaN(digits(before || '-'));
  const target = ['to', 'in', 'into', 'as', 'many', 'much'].includes(before);
  const way = FROM.some((cue) => field.cues.has(cue)) ? 1 : 0;
  const direction = source ? way : target ? -way : 0;
  // "off" says more than "on", which may only tell where: "turn off the light on the desk".
  const weak = tokens.slice(from, to).every((token) => STOP.has(token.word)) ? -1 : 0;
  return direction + weak + (isCued(field, tokens, from, to) ? 2 : 0) + (to - from) / 10;
}

/** How much less another word for a value says, and a part of its name. */
const LOOSE = 1.2;
const PARTLY = 1.4;

function matches(
  field: Field,
  tokens: readonly Token[],
  isFree: (index: number) => boolean,
  isName: (stem: string) => boolean,
  isOwn: (stem: string) => boolean,
): readonly Match[] {
  const found: Match[] = [];
  const note = (option: Option, from: number, to: number, less: number): void => {
    found.push({ field, option, from, to, less, points: pointsOf(field, tokens, from, to) - less });
  };
  /** How many options have a stem in their name. */
  const holders = new Map<string, number>();
  for (const { ways } of field.options)
    for (const stem of new Set(ways.flat())) holders.set(stem, (holders.get(stem) ?? 0) + 1);
  const head = tokens.findIndex((token) => !STOP.has(token.word));
  // Of ten thousand values a message has words of a few.
  const stems = [...new Set(tokens.map(({ stem }) => stem))];
  const known = new Map<string, boolean>();
  const isSaid = (stem: string): boolean => {
    const fits = known.get(stem) ?? stems.some((said) => alike(said, stem) || sameDeed(said, stem));
    known.set(stem, fits);
    return fits;
  };
  for (const option of field.options) {
    for (const way of option.ways) {
      if (!(way.every(isSaid) || way.some((stem) => holders.get(stem) === 1 && isSaid(stem)))) continue;
      for (let from = 0; from < tokens.length; from++) {
        const all = (fits: (stem: string, said: Token) => boolean): boolean =>
          way.every((stem, offset) => {
            const said = tokens[from + offset];
            return said !== undefined && isFree(from + offset) && fits(stem, said);
          });
        if (all((stem, said) => said.stem === stem)) note(option, from, from + way.length, 0);
        else if (
          all(
            (stem, said) =>
              said.stem === stem ||
              (!STOP.has(said.word) && alike(said.stem, stem) && (field.required || !isOwn(said.stem))),
          )
        ) {
          note(option, from, from + way.length, LOOSE);
        } else if (
          field.required &&
          from === head &&
          way.length === 1 &&
          isFree(from) &&
          sameDeed(way[0] ?? '', tokens[from]?.stem ?? '')
        ) {
          note(option, from, from + 1, LOOSE);
        } else if (way.length > 1 && isFree(from)) {
          const said = tokens[from];
          const part = way.find(
            (stem) =>
              stem === said?.stem || (stem.length > 3 && !isName(said?.stem ?? '') && alike(stem, said?.stem ?? '')),
          );
          const isOwn =
            part !== undefined && holders.get(part) === 1 && !field.cues.has(part) && !isName(said?.stem ?? '');
          if (said !== undefined && isOwn && !STOP.has(said.word) && !(from === head && isDeed(said)))
            note(option, from, from + 1, PARTLY);
        }
      }
    }
  }
  return found;
}

const isDeed = ({ stem }: Token): boolean => verbClasses(stem).length > 0;

/**
 * Shares out what was said among the fields that have options. Two fields with the same options are told apart by the
 * words around a value (`from`, `to`, a field's name), then by the order in which the values were said.
 *
 * @param isName Whether a stem is in the name of the tool: it speaks of the tool, not of a value.
 * @param isOwn Whether the tool says a stem of itself: it is then no other word for a value that need not be there.
 * @returns What was found, and the fields for which more than one value was said.
 */
export function findChoices(
  fields: readonly Field[],
  tokens: readonly Token[],
  isFree: (index: number) => boolean,
  isName: (stem: string) => boolean,
  isOwn: (stem: string) => boolean,
): { readonly found: readonly Match[]; readonly unsure: readonly Field[] } {
  const all = fields.flatMap((field) => matches(field, tokens, isFree, isName, isOwn));
  all.sort((a, b) => b.points - a.points || a.from - b.from);
  const found: Match[] = [];
  const overlaps = (a: Match, b: Match): boolean => a.from < b.to && b.from < a.to;
  for (const match of all) {
    const rivals = (other: Match): boolean =>
      other.field === match.field && (!match.field.many || other.option === match.option);
    if (!found.some((other) => rivals(other) || overlaps(other, match))) found.push(match);
  }
  const unsure = found.filter(
    (match) =>
      !match.field.many &&
      all.some(
        (other) =>
          other.field === match.field &&
          other.option.value !== match.option.value &&
          (other.points > match.points - 0.5 ||
            [other, match].some(({ from, to }) => [tokens[from - 1], tokens[to]].some((one) => one?.word === 'or'))) &&
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

/**
 * The thing of a catalogue that a message names, several when it fits several equally well, none when it fits none.
 * Words that few names share weigh more, so that "beans" does not outweigh "espresso".
 *
 * @param at The tokens that may name it.
 * @param isSubject Whether a token is a subject that must be explained: no number, no word of the tool. A word that
 *   is in a name is one in any case, unless it is a word of the tool.
 * @param isOwn Whether a token is a word of the tool, such as the `station` of a tool for stations.
 */
export function findThing(
  options: readonly Option[],
  tokens: readonly Token[],
  at: readonly number[],
  isSubject: (index: number) => boolean,
  isOwn: (index: number) => boolean,
): readonly Pick[] {
  // "left" and "I" tell two things apart, although in a sentence they say nothing.
  const isTelling = (stem: string): boolean => !ARTICLE.has(stem) && !PREPOSITION.has(stem) && stem !== 'and';
  const stemsOf = (way: readonly string[] | undefined): readonly string[] => [
    ...new Set((way ?? []).filter(isTelling)),
  ];
  const names = options.map((option) => stemsOf(option.ways[0]));
  const common = new Map<string, number>();
  for (const stem of names.flat()) common.set(stem, (common.get(stem) ?? 0) + 1);
  const weigh = (stems: readonly string[]): number =>
    stems.reduce((sum, stem) => sum + Math.log(1 + options.length / (common.get(stem) ?? 1)), 0);

  const isNamed = (place: number): boolean => common.has(tokens[place]?.stem ?? '');
  const fits = options.flatMap((option, index) => {
    const name = names[index] ?? [];
    // A number or another name of it, said in full.
    const other = option.ways
      .slice(1)
      .flatMap((way) =>
        at
          .filter((place) => way.every((stem, far) => at.includes(place + far) && tokens[place + far]?.stem === stem))
          .map((place) => way.map((_, far) => place + far)),
      )[0];
    const isSaid = (stem: string, place: number): boolean => {
      const said = tokens[place]?.stem ?? '';
      return stem === said || (said.length === 1 && /^\p{L}\d+$/u.test(stem) && stem.startsWith(said));
    };
    const fitting = at.filter((place) => name.some((stem) => isSaid(stem, place)));
    if (other !== undefined)
      return [
        {
          option,
          tokens: [...new Set([...fitting.filter((place) => !/^\d/.test(tokens[place]?.word ?? '')), ...other])],
          weight: Infinity,
          share: 1,
        },
      ];
    // The 40 of "40 packs of plasters" is none of "Plasters (40)"; that of "plasters 40" is.
    const isAlone = at.every(
      (place) => STOP.has(tokens[place]?.word ?? 'a') || /^(?:\d|one)/.test(tokens[place]?.word ?? ''),
    );
    const isWord = (place: number): boolean => fitting.includes(place) && !/^\d/.test(tokens[place]?.word ?? '');
    const said = fitting.filter((place) => isAlone || isWord(place) || isWord(place - 1) || isWord(place + 1));
    const hit = name.filter((stem) => said.some((place) => isSaid(stem, place)));
    const weight = weigh(hit);
    const share = weight / (weigh(name) || 1);
    // "purple mug" is no mug of these, but a word further away is about something else.
    const beside = said
      .flatMap((place) => [place - 1, place + 1])
      .filter((place) => at.includes(place) && !said.includes(place));
    const rest = beside.some((place) => isSubject(place) || (isNamed(place) && !isOwn(place)));
    const isCalled = option.head.length > 0 && option.head.every((stem) => hit.includes(stem));
    return hit.length > 0 && (isCalled || share >= MOST || (!rest && !said.every(isOwn)))
      ? [{ option, tokens: said, weight, share }]
      : [];
  });
  fits.sort((a, b) => b.weight - a.weight || b.share - a.share);
  const best = fits[0];
  if (best === undefined) return [];
  const equal = fits.filter((fit) => fit.weight === best.weight && (fit.share === best.share || best.share < 1));
  const apart = fits.filter((fit) => fit.share >= MOST && !fit.tokens.some((place) => best.tokens.includes(place)));
  return [...new Set([...equal, ...apart])];
}
