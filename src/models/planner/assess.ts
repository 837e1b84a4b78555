/** Weighs whether a message means a tool, and whether that is sure enough to act or to ask. */
import type { Reading } from './extract.ts';
import { LONG_LEAD } from './free-text.ts';
import type { Field } from './fields.ts';
import { commands, isContent, isExample, leadOf, wordsOf } from './rank.ts';
import type { Profile, Ranking } from './rank.ts';
import { objection } from './speech.ts';
import type { Utterance } from './speech.ts';
import type { Token } from './tokens.ts';
import { LIGHT, WEAK } from './words.ts';

export interface Candidate {
  readonly profile: Profile;
  readonly reading: Reading;
  /** From 0 to 1. */
  readonly score: number;
  /** The words that it does not explain. */
  readonly loose: readonly number[];
}

export interface Assessment extends Candidate {
  readonly may: 'act' | 'ask' | undefined;
  /** Worth naming when nothing better is found. */
  readonly plausible: boolean;
  /** Whether it would act, were it not for a name that its catalogue does not have, or that fits many things. */
  readonly seeks: boolean;
}

/** The share of a message, by weight of its words, that must be explained before a tool acts on it. */
const EXPLAINED = { low: 0.6, medium: 0.75, high: 0.85 };
/** A word that a tool cannot explain weighs at least so much, even if other tools know it. */
const UNEXPLAINED = 0.8;
/** The same before a tool asks for a text, which is often what is not explained; less when two words hint at the tool. */
const ASK_FROM = { one: 0.4, more: 0.25 };
const PLAUSIBLE = 0.35;
/** So many words must speak for a tool that may do harm: "delete" alone deletes nothing. */
const HARMFUL = 2;
/** Free text takes anything, so that it says less for a tool than a value that fits nowhere else. */
const ANY_TEXT = 0.6;
const SHARES = { words: 0.3, coverage: 0.4, feasible: 0.2, command: 0.1 };

/** Weighs one tool for a message that has been read for it. */
export function assess(
  profile: Profile,
  reading: Reading,
  said: Utterance,
  { ranking, profiles }: { readonly ranking: Ranking; readonly profiles: readonly Profile[] },
): Assessment {
  const { tool, own, verbs, counts, fields } = profile;
  const { used, missing, firm } = reading;
  const words = wordsOf(said.tokens);
  const content = [...said.tokens.entries()].filter(([, token]) => isContent(token));
  const isSame = isExample(profile, said);
  const lead = isSame ? words : (leadOf(profile, words) ?? []);
  const isLead = (place: number): boolean => place < lead.length;
  const tellsLead = isSame || content.some(([place]) => isLead(place));

  const first = content.find(([place]) => !used.has(place))?.[1];
  const opening = used.get(content[0]?.[0] ?? -1);
  // The verb may itself be a value: "lock the front door" for a field that takes open, close or lock.
  const isValue = opening?.kind === 'choice' && opening.required && tool.danger === 'low';
  const isVerb = first !== undefined && commands(profile, first);
  const isLight =
    first !== undefined &&
    LIGHT.has(first.word) &&
    tool.danger === 'low' &&
    firm.size > 0 &&
    content.some(([place, token]) => !used.has(place) && token !== first && own.has(token.stem));
  const isCommand = isValue || isVerb || tellsLead || isLight;

  const isRead = tool.effect === 'read';
  // What stands in the changing part of an example is explained only by a tool that needs no such part.
  const takesText = fields.some(({ kind }) => kind === 'text' || kind === 'expression' || kind === 'other');
  const weigh = (token: Token, field: Field | undefined, isExplained: boolean): number => {
    if (isRead && field !== undefined && firm.has(field)) return 1;
    const weight = ranking.weight(token);
    return isExplained || WEAK.has(token.word) ? weight : Math.max(UNEXPLAINED, weight);
  };
  const loose: number[] = [];
  let [whole, explained, convincing] = [0, 0, 0];
  let hints = lead.length >= LONG_LEAD && isRead ? 1 : 0;
  for (const [place, token] of content) {
    const field = used.get(place);
    const isKnown = own.has(token.stem) || verbs.has(token.stem) || isLead(place) || (isVerb && token === first);
    const isExplained = field !== undefined || isKnown || (!takesText && counts.has(token.stem));
    const weight = weigh(token, field, isExplained);
    whole += weight;
    if (!isExplained) loose.push(place);
    if (!isExplained) continue;
    explained += weight;
    convincing += weight * (field?.kind === 'text' && !firm.has(field) ? ANY_TEXT : 1);
    if (field === undefined && (!WEAK.has(token.word) || (isKnown && token === first))) hints++;
  }
  const share = (part: number): number => (isSame ? 1 : whole === 0 ? 0 : part / whole);
  const coverage = share(explained);
  const trigger =
    isSame || hints > 0 || fields.some(({ kind, name }) => kind === 'expression' && name in reading.input);

  const values = [...firm].filter((field) => field.kind !== 'moment');
  const isLoose = [...used.values()].some((field) => field.kind === 'text' && !firm.has(field));
  const isShared = profiles.some((other) => other !== profile && first !== undefined && commands(other, first));
  // "add" alone fits many tools: any text after it is no proof that this one is meant.
  const isBroad = isShared || (first !== undefined && WEAK.has(first.word));
  const isVague = isLoose && isVerb && isBroad && hints < 2 && lead.length < 2 && values.length === 0;

  // "remind me" is no question to a tool that only lists reminders.
  const isElsewhere = said.mood === 'command' && first !== undefined && isShared && !isCommand;
  const isSaid = firm.size > 1 || (firm.size === 1 && missing.length === 0 && coverage === 1);
  const against = objection(said, (place) => used.has(place), tellsLead ? lead.length : 0);
  const wanted = isRead
    ? against !== 'negated' && (said.mood !== 'statement' || tellsLead) && !isElsewhere && (trigger || isSaid)
    : against === undefined && trigger && isCommand;
  const isMeant = tool.danger === 'low' || isSame || hints + firm.size >= HARMFUL;
  // A verb that the tool does not know makes it doubtful: "close my account" is not "show my account".
  const isOdd = isRead && said.mood === 'command' && first !== undefined && !isCommand;
  const needed = EXPLAINED[isOdd ? 'medium' : tool.danger];
  const canAct = wanted && isMeant && !isVague && missing.length === 0 && coverage >= needed;
  const lacks = missing[0];
  const enough = lacks?.kind === 'text' ? (hints > 1 ? ASK_FROM.more : ASK_FROM.one) : EXPLAINED.low;
  const canAsk = wanted && isMeant && !isVague && lacks !== undefined && lacks.kind !== 'other' && coverage >= enough;
  const isQuestion = isRead && said.mood === 'question' && against !== 'negated';
  const end = content.at(-1)?.[0] ?? 0;
  const isAsked = lead.length >= LONG_LEAD || (lead.length > 1 && end >= lead.length && !loose.includes(end));
  const isOrdered = lead.length > 1 || (isVerb && !WEAK.has(first.word));
  const feasible = missing.length === 0 ? 1 : firm.size > 0 ? 0.4 : 0;
  return {
    profile,
    reading,
    may: canAct ? 'act' : canAsk ? 'ask' : undefined,
    loose,
    seeks:
      (reading.lost !== undefined || reading.isKind) && (isQuestion ? isAsked : against === undefined && isOrdered),
    plausible: (trigger || firm.size > 0) && coverage >= PLAUSIBLE,
    score:
      SHARES.words * (isSame ? 1 : ranking.score(profile)) +
      SHARES.coverage * share(convincing) +
      SHARES.feasible * feasible +
      SHARES.command * (isVerb && !verbs.has(first.stem) ? 0.5 : isCommand ? 1 : 0),
  };
}
