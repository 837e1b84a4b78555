/** Whether the best of some tools may go on although not everything speaks for it. */
import type { Assessment, Candidate } from './assess.ts';
import { isContent } from './rank.ts';
import { objection } from './speech.ts';
import type { Utterance } from './speech.ts';
import { CONDITION, WEAK } from './words.ts';

/**
 * What it needs: its score, its lead over the next one, and the share of the message that it explains. What the person
 * is asked to allow may be a guess; what only reads does no harm.
 */
const ENOUGH = { asked: [0.42, 0.02, 0.5], read: [0.44, 0.03, 0.65], write: [0.54, 0.05, 0.7] } as const;

/** How far ahead of the next one is far, and how much less it then needs. */
const FAR = 0.07;
const EASE = 0.1;

/** Whether everything that is needed was said. */
export const isWhole = ({ reading }: Candidate): boolean => reading.missing.length === 0;

/** Whether it was, and nothing of it can be just any text. */
export const lacksNothing = (one: Candidate): boolean =>
  isWhole(one) && one.profile.fields.every((field) => !field.required || one.reading.firm.has(field));

/** Whether nothing that was said is just any text. */
export const isFirm = ({ reading: { used, firm } }: Candidate): boolean =>
  [...used.values()].every((field) => firm.has(field));

/** "my budget is 90 pounds", "I'm away until Friday": what is all values and the tool's own words is to be set. */
const isFact = (one: Assessment, said: Utterance): boolean =>
  said.mood === 'statement' &&
  // "the light is on" is how things are.
  !/^the /i.test(said.raw) &&
  isFirm(one) &&
  one.loose.length === 0 &&
  one.profile.tool.danger === 'low' &&
  !said.tokens.some(({ word }) => CONDITION.has(word));

/** @param isAskable Whether it would ask for what is open before it acts. */
export function isEnough(top: Assessment, next: Assessment | undefined, said: Utterance, isAskable = false): boolean {
  const { reading, features, score, loose, profile } = top;
  const { effect, danger } = profile.tool;
  const { used, missing, firm } = reading;
  const [least, lead, explained] = ENOUGH[danger !== 'low' ? 'asked' : effect === 'write' ? 'write' : 'read'];
  const ahead = next === undefined ? 1 : score - next.score;
  // What may be done at once leaves nothing open but its verb: "turn on the kettle" is about no lamp.
  const head = said.tokens.findIndex(isContent);
  const isNear = effect !== 'write' || danger !== 'low' || isAskable || loose.every((place) => place === head);
  // Who lacks nothing and is far ahead needs less.
  const ease = isNear && ahead >= FAR && isWhole(top) && firm.size > 0 ? EASE : 0;
  if (ahead < lead || features.coverage < explained - ease) return false;
  // What may do harm is told to be done.
  const isTold = features.verb >= 0.4 && head === 0;
  const against = objection(said, (place) => used.has(place), 0, isTold);
  if (isFact(top, said) && against === 'not-asked') return true;
  if (score < least - ease) return false;
  if (effect === 'write' ? against !== undefined : said.mood === 'statement') return false;
  // "vpn down?" asks.
  if (effect === 'write' && features.verb <= 0.3 && /\?\s*$/.test(said.raw)) return false;
  // "at 8" and "make it three" are values and no request.
  const isBare =
    said.tokens.every((token, place) => used.has(place) || !isContent(token) || WEAK.has(token.word)) &&
    [...used.values()].every(({ kind }) => kind === 'number' || kind === 'moment');
  if (effect === 'write' && isBare) return false;
  // What is left over is any text: it says nothing of a tool that was not told to take it.
  if (effect === 'write' && danger === 'low' && features.verb < 0.4 && !isFirm(top)) return false;
  if (top.omits) return false;
  const [lacks] = missing;
  return lacks === undefined
    ? firm.size > 0 || (effect !== 'write' && features.verb === 1)
    : lacks.kind !== 'other' && loose.length === 0;
}
