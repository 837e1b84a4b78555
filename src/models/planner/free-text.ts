/** Free text: what is left of a message when its lead-in and what other fields took are cut away. */
import { commands, isContent, leadOf, wordsOf } from './rank.ts';
import type { Profile } from './rank.ts';
import type { Utterance } from './speech.ts';
import type { Token } from './tokens.ts';
import { ARTICLE, CONNECTOR, COPULA, PREPOSITION, QUESTION, STOP } from './words.ts';

/** A beginning of so many words is an example's own, whatever they are: `how much is`. */
export const LONG_LEAD = 3;

type IsFree = (index: number) => boolean;

/**
 * The place of the first token after the lead-in, or undefined when the message does not begin as a command for this
 * tool. A lead-in is how an example begins, or a verb of the tool, with `a task called` and the like after it.
 */
export function leadIn(profile: Profile, said: Utterance, isFree: IsFree): number | undefined {
  const isRead = profile.tool.effect === 'read';
  const rest = said.tokens.map((token, place) => ({ token, place })).filter(({ place }) => isFree(place));
  const word = (at: number): string => rest[at]?.token.word ?? '';
  const lead = leadOf(profile, wordsOf(rest.map(({ token }) => token)));
  // "where is" begins too much to be a beginning of its own.
  const exact = said.mood === 'question' && (lead?.length ?? 0) < LONG_LEAD ? undefined : lead;
  let at = exact?.length ?? 0;
  if (exact === undefined && isRead && said.mood === 'question') {
    // "is there a branch near Camden": what is looked for stands after the tool's own word.
    const noun = rest.findIndex(
      ({ token }, place) => isContent(token) && profile.own.has(token.stem) && PREPOSITION.has(word(place + 1)),
    );
    return noun < 0 ? undefined : rest[noun + 2]?.place;
  }
  if (exact === undefined) {
    while (said.mood === 'command' && STOP.has(word(at))) at++;
    const verb = rest[at]?.token;
    if (said.mood !== 'command' || verb === undefined || !commands(profile, verb)) return undefined;
    at++;
    while (CONNECTOR.has(word(at))) at++;
  }
  let noun = at;
  while (ARTICLE.has(word(noun))) noun++;
  const nouns = noun;
  while (noun < rest.length && profile.own.has(rest[noun]?.token.stem ?? '')) noun++;
  // "a task to call mum", "task: call mum", "new task call mum"; but not "a task force".
  const named = noun > nouns;
  const colon = said.text[rest[noun - 1]?.token.end ?? -1] === ':';
  const joins = (one: string): boolean => CONNECTOR.has(one) || (isRead && PREPOSITION.has(one));
  // "ask the vet how long"
  if (named && !isRead && QUESTION.has(word(noun)) && !COPULA.has(word(noun))) return rest[noun]?.place;
  if (named && (joins(word(noun)) || colon || (nouns === at && !isRead))) {
    at = noun;
    while (joins(word(at))) at++;
  }
  // What is looked for needs no article; what is noted down keeps it.
  while (isRead && ARTICLE.has(word(at))) at++;
  return rest[at]?.place;
}

/** Where the free text ends: before `to my list` and the like, made of words that the tool uses itself. */
export function tailOf(profile: Profile, said: Utterance, from: number): number {
  const isKnown = (token: Token): boolean => !isContent(token) || profile.counts.has(token.stem);
  for (let at = from + 1; at < said.tokens.length; at++) {
    const tail = said.tokens.slice(at);
    const begins = PREPOSITION.has(tail[0]?.word ?? '');
    const subject = tail.find((token) => isContent(token));
    if (begins && subject !== undefined && profile.own.has(subject.stem) && tail.every(isKnown)) return at;
  }
  return said.tokens.length;
}

/** The tokens of a stretch that are free, without the `at` or `on` that a cut-out date leaves behind. */
export function stretch(tokens: readonly Token[], from: number, to: number, isFree: IsFree): readonly number[] {
  const places = tokens.map((_, place) => place).filter((place) => place >= from && place < to && isFree(place));
  const dangles = (place: number | undefined): boolean => {
    const word = place === undefined ? '' : (tokens[place]?.word ?? '');
    // "the rent is due" is whole without its date.
    const isPredicate = place !== undefined && COPULA.has(tokens[place - 1]?.word ?? '');
    return (PREPOSITION.has(word) && !isPredicate) || word === 'and' || ARTICLE.has(word);
  };
  const cutAfter = to < tokens.length || !isFree(to - 1);
  while (cutAfter && dangles(places.at(-1))) places.pop();
  return places;
}

/** The text of some tokens as it was typed, in one piece for each run of them. */
export function textOf(said: Utterance, places: readonly number[]): string {
  const pieces: { start: number; end: number; last: number }[] = [];
  for (const place of places) {
    const token = said.tokens[place];
    if (token === undefined) continue;
    const piece = pieces.at(-1);
    if (piece?.last === place - 1) Object.assign(piece, { end: token.end, last: place });
    else pieces.push({ start: token.start, end: token.end, last: place });
  }
  return pieces
    .map(({ start, end }) => {
      // "C++" and "(2 l)" end in signs that are no part of a word; a full stop or a comma is none of the text.
      const signs = /^[^\s.,;:!?\p{L}\p{N}"”]+/u.exec(said.text.slice(end))?.[0] ?? '';
      const before = /[($€£#@]+$/.exec(said.text.slice(0, start))?.[0] ?? '';
      return said.text.slice(start - before.length, end + signs.length);
    })
    .join(' ');
}
