/** Decides about a message that may answer the question before it. */
import { decideOne, proceed } from './decide.ts';
import type { Decision, Setting } from './decide.ts';
import { read } from './extract.ts';
import { ordinal } from './numbers.ts';
import { iFindNo, notKnown } from './phrases.ts';
import { isContent } from './rank.ts';
import { beginsAnew, decide } from './requests.ts';
import { hear, isConsent, isRefusal, objection } from './speech.ts';

const REFUSED: Decision = { kind: 'none', refused: true };
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
  return chosen === undefined ? decide(text, setting) : decideOne(hear(chosen), setting);
}

/** Takes a message as the answer to a question, once: a question that it leaves open is dropped. */
async function reply(text: string, pending: Decision & { kind: 'ask' }, setting: Setting): Promise<Decision> {
  if (isRefusal(text)) return REFUSED;
  const { candidate, asked } = pending;
  const { field } = asked;
  const said = hear(text);
  const reading = await read(candidate.profile, said, { ...setting, known: candidate.reading.input, asked });
  const answers = field.name in reading.input && objection(said, (place) => reading.used.has(place)) !== 'negated';
  const isText = !reading.offers.has(field.name) && field.kind === 'text';
  const isWhole = said.tokens.every((token, place) => reading.used.has(place) || !isContent(token));
  const onward = proceed({ ...candidate, reading });
  if (answers && isWhole && !isText) return onward;
  const fresh = await decide(text, setting);
  // A bare value that answers nothing is no request to a tool that could take it.
  const isRequest = fresh.kind === 'act' || fresh.kind === 'ask';
  const takes = (place: number): boolean => isRequest && fresh.candidate.reading.used.has(place);
  const isBare = said.tokens.every((token, place) => takes(place) || !isContent(token));
  if (fresh.kind === 'split' || (isRequest && (!isBare || beginsAnew(said, setting)))) return fresh;
  if (answers && isText && said.mood !== 'question') return onward;
  if (beginsAnew(said, setting)) return fresh;
  if (answers && said.mood !== 'question') return onward;
  // It may have narrowed the choice: "a mug" where there are two.
  const isNarrower =
    onward.kind === 'ask' && onward.asked.field === field && reading.offers.get(field.name) !== undefined;
  const offered = isNarrower ? onward.asked.offered : asked.offered;
  if (isNarrower && isWhole && offered.length < asked.offered.length && !isConsent(text)) return onward;
  if (!isRequest && (said.tokens.length > SHORT || said.mood !== 'command')) return fresh;
  const named = asked.offered.length > 0 && field.kind === 'text' && !isConsent(text) ? reading.lost : undefined;
  return { kind: 'tell', text: named === undefined ? notKnown(field, reading.beyond.get(field)) : iFindNo(named) };
}

/**
 * Decides about the last of some messages, each of which may answer the question that the one before it led to.
 * Nothing is remembered between calls: the questions are found again by deciding again.
 */
export async function decideAll(texts: readonly string[], setting: Setting): Promise<Decision> {
  let decision: Decision = { kind: 'none', refused: false };
  for (const text of texts) {
    if (decision.kind === 'ask') decision = await reply(text, decision, setting);
    else if (decision.kind === 'split') decision = await choose(text, decision.parts, setting);
    else decision = await decide(text, setting);
  }
  return decision;
}
