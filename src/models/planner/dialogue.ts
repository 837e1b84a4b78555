/** Decides about a message that may answer the question before it. */
import { TIME } from './assess.ts';
import type { Candidate } from './assess.ts';
import { decideOne } from './decide.ts';
import { proceed } from './decision.ts';
import type { Decision, Setting } from './decision.ts';
import { read } from './extract.ts';
import { ordinal } from './numbers.ts';
import { nameAt } from './patterns.ts';
import { iFindNo, notKnown } from './phrases.ts';
import { isContent, isOwn } from './rank.ts';
import { beginsAnew, decide } from './requests.ts';
import { STOP } from './words.ts';
import { anew, followUp, resolved } from './follow-ups.ts';
import type { Earlier } from './follow-ups.ts';
import { hear, isConsent, isRefusal, objection } from './speech.ts';

const REFUSED: Decision = { kind: 'none', refused: true };
const ANY = /^(?:any|none|neither|either|skip|whatever|no matter|(?:it )?doesn't matter|i don't (?:mind|care))\b/i;
/** A longer message that fits nothing is none of an answer, but something else. */
const SHORT = 4;

/** Which of two requests comes first. */
async function choose(text: string, parts: readonly [string, string], setting: Setting): Promise<Decision> {
  if (isRefusal(text)) return REFUSED;
  const said = hear(text);
  const stems = said.tokens.filter(isContent).map((token) => token.stem);
  const naming = parts.filter((part) => {
    const known = new Set(hear(part).tokens.map((token) => token.stem));
    return stems.length > 0 && stems.every((stem) => known.has(stem));
  });
  const chosen = parts[ordinal(said.tokens, parts.length) ?? -1] ?? (naming.length === 1 ? naming[0] : undefined);
  return chosen === undefined ? decide(text, setting) : decideOne(chosen, setting);
}

/** Words beside those of no subject that say nothing of which one is meant. */
const POINTER = /^(?:\d|yeah|one|first|second|third|last|option|number|want|mean|meant)$/;

/** Which of some offered calls is meant, by its place, by a yes, or by words that are its own. */
async function pick(text: string, candidates: readonly Candidate[], setting: Setting): Promise<Decision> {
  if (isRefusal(text)) return REFUSED;
  const said = hear(text);
  const number = /^(?:number |option )?([1-3])$/.exec(said.text.trim())?.[1];
  const at =
    isConsent(text) && candidates.length > 0
      ? 0
      : number === undefined
        ? ordinal(said.tokens, candidates.length)
        : Number(number) - 1;
  const isBare = said.tokens.every(({ word }) => POINTER.test(word) || STOP.has(word));
  const chosen = at === undefined || !isBare ? undefined : candidates[at];
  if (chosen !== undefined) return proceed(chosen);
  const own = said.tokens.filter(isContent);
  const naming = candidates
    .map((candidate) => ({
      candidate,
      hits: own.filter(({ stem }) => isOwn(candidate.profile, stem)).length,
    }))
    .sort((a, b) => b.hits - a.hits);
  const [best, next] = naming;
  if (beginsAnew(said, setting)) return decide(text, setting);
  const isNamed = best !== undefined && best.hits > 0 && best.hits !== next?.hits;
  for (const { profile, reading } of isNamed ? [best.candidate] : candidates) {
    const again = await read(profile, said, { ...setting, known: reading.input });
    // Either it is named, or the answer says what it lacks.
    const isFilled = reading.missing.some(({ name }) => name in again.values);
    if (isNamed || isFilled) return proceed({ profile, reading: again, score: 1, loose: [] });
  }
  return decide(text, setting);
}

/** Takes a message as the answer to a question, once: a question that it leaves open is dropped. */
async function reply(text: string, pending: Decision & { kind: 'ask' }, setting: Setting): Promise<Decision> {
  const { candidate, asked } = pending;
  const { field } = asked;
  // What need not be known is left out when it does not matter.
  if (!candidate.reading.missing.includes(field) && ANY.test(text)) return proceed(candidate);
  if (isRefusal(text)) return REFUSED;
  const said = hear(text);
  const reading = await read(candidate.profile, said, { ...setting, known: candidate.reading.input, asked });
  const answers = field.name in reading.values && objection(said, (place) => reading.used.has(place)) !== 'negated';
  const isText = !reading.offers.has(field.name) && field.kind === 'text';
  // "the wet one"
  const isWhole = said.tokens.every(
    (token, place) => reading.used.has(place) || !isContent(token) || token.word === 'one',
  );
  // "two for Jazz Night", "the kitchen, tomorrow"
  const isOther = said.tokens.some(
    ({ word }, place) => !reading.used.has(place) && (TIME.test(word) || nameAt(setting.names, said.tokens, place) > 0),
  );
  const onward = proceed({ ...candidate, reading });
  if (answers && isWhole && !isText) return onward;
  const fresh = await decide(text, setting);
  // A bare value that answers nothing is no request to a tool that could take it.
  const isRequest = fresh.kind === 'act' || fresh.kind === 'ask';
  const takes = (place: number): boolean => isRequest && fresh.candidate.reading.used.has(place);
  const isBare = said.tokens.every((token, place) => takes(place) || !isContent(token));
  if (fresh.kind === 'split' || fresh.kind === 'acts' || (isRequest && (!isBare || beginsAnew(said, setting))))
    return fresh;
  if (answers && (isText || !(isOther || beginsAnew(said, setting)))) return onward;
  if (beginsAnew(said, setting)) return fresh;
  if (!isRequest && (said.tokens.length > SHORT || said.mood !== 'command')) return fresh;
  const named = asked.offered.length > 0 && field.kind === 'text' && !isConsent(text) ? reading.lost : undefined;
  return { kind: 'tell', text: named === undefined ? notKnown(field, reading.beyond.get(field)) : iFindNo(named) };
}

/**
 * Decides about the last of some messages, each of which may answer the question that the one before it led to.
 *
 * @param earlier The call that the first of them may go on from.
 *
 * Nothing is remembered between calls: the questions are found again by deciding again.
 */
export async function decideAll(texts: readonly string[], setting: Setting, earlier?: Earlier): Promise<Decision> {
  let decision: Decision = { kind: 'none', refused: false };
  for (const [index, said] of texts.entries()) {
    const text = resolved(said, earlier);
    if (earlier && index === 0)
      decision = (await followUp(text, earlier, setting)) ?? (await anew(text, earlier, setting));
    else if (decision.kind === 'ask') decision = await reply(text, decision, setting);
    else if (decision.kind === 'split') decision = await choose(text, decision.parts, setting);
    else if (decision.kind === 'unsure') decision = await pick(text, decision.candidates, setting);
    else decision = await decide(text, setting);
  }
  return decision;
}
