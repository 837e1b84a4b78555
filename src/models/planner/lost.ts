/** What a message names that a catalogue does not have. */
import type { Field } from './fields.ts';
import { tailOf, textOf } from './free-text.ts';
import { nameAt } from './patterns.ts';
import type { Names } from './patterns.ts';
import { commands, isContent, leadOf, wordsOf } from './rank.ts';
import { isFree } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { WEAK } from './words.ts';

/**
 * The words that should name a thing for a field, and name none; undefined when nothing was named at all.
 *
 * @param names The names of all things of all tools.
 */
export function lostName(sheet: Sheet, field: Field, names: Names): string | undefined {
  const { said, profile, offers, unread, unsure } = sheet;
  const { tokens } = said;
  if (!offers.has(field.name) || unread.has(field) || unsure.has(field)) return undefined;
  const content = (at: number): boolean => {
    const token = tokens[at];
    // "add something" names nothing.
    return token !== undefined && isContent(token) && !WEAK.has(token.word);
  };
  const head = tokens.findIndex((_, at) => content(at));
  const verb = tokens[head];
  const begin = verb !== undefined && commands(profile, verb) ? head + 1 : Math.max(0, head);
  const from = Math.max(begin, leadOf(profile, wordsOf(tokens))?.length ?? 0);
  let places = [...tokens.keys()].filter((at) => at >= from && at < said.main && isFree(sheet, at));
  const tail = places[0] === undefined ? 0 : tailOf(profile, said, places[0]);
  places = places.filter((at) => at < tail);
  while (places.length > 0 && !content(places[0] ?? -1)) places.shift();
  while (places.length > 0 && !content(places.at(-1) ?? -1)) places.pop();
  const isKnown = (at: number): boolean => !content(at) || profile.counts.has(tokens[at]?.stem ?? '');
  const of = places.findIndex((at) => tokens[at]?.word === 'of');
  // "two bags of bananas"
  const isCounted = places[0] !== undefined && !isFree(sheet, places[0] - 1);
  if (of > 0 && (isCounted || places.slice(0, of).every(isKnown))) places = places.slice(of + 1);
  const isName = offers.get(field.name)?.length === 0 || places.some((at) => nameAt(names, tokens, at) > 0);
  if (places.length === 0 || (places.every(isKnown) && !isName)) return undefined;
  return textOf(said, places);
}
