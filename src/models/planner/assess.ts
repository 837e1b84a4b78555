/** Weighs whether a message means a tool, and whether that is sure enough to act or to ask. */
import type { Reading } from './extract.ts';
import { LONG_LEAD } from './free-text.ts';
import type { Field } from './fields.ts';
import { commands, isContent, isExample, isOwn, leadOf, wordsOf } from './rank.ts';
import type { Profile, Ranking } from './rank.ts';
import { objection } from './speech.ts';
import type { Utterance } from './speech.ts';
import type { Token } from './tokens.ts';
import { alters, ARTICLE, opposed, sameDeed, takesBack, verbClasses, WEAK } from './words.ts';

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
  /** Whether it would leave out in silence what may change the sense: a time, an amount, the number of something. */
  readonly omits: boolean;
  readonly features: Features;
}

/** What speaks for a tool, each from 0 to 1. */
export interface Features {
  /** BM25, as a share of the most that the words could give. */
  readonly words: number;
  /** The share of the message that is explained, and the same with free text counted less. */
  readonly coverage: number;
  readonly convincing: number;
  /** How much of what is required was said. */
  readonly filled: number;
  /** Whether it has every value it needs, among them one that fits nowhere else. */
  readonly firm: number;
  /** Whether it is told to do what it does: by its verb, by another one, by none; -1 by the verb of something else. */
  readonly verb: number;
  /** Whether a question asks for knowledge, and a command for a deed. */
  readonly mood: number;
}

/** What each is worth: fitted by hand on the development set, and rounded. */
const SHARES: Features = {
  words: 0.2,
  coverage: 0.1,
  convincing: 0.25,
  filled: 0.12,
  firm: 0.08,
  verb: 0.1,
  mood: 0.05,
};

/** The share of a message, by weight of its words, that must be explained before a tool acts on it. */
const EXPLAINED = { low: 0.65, medium: 0.7, high: 0.75 };
/** A word that a tool cannot explain weighs at least so much, even if other tools know it. */
const UNEXPLAINED = 0.8;
/** A time, or the number of something, that it cannot take: another tool is meant. */
const ELSEWHERE = 1.5;
export const TIME = /^\d|day$|^(?:tonight|tomorrow|morning|evening|night|noon|midnight|later|(?:hour|minute)s?)$/;
/** The same before a tool asks for a text, which is often what is not explained; less when two words hint at the tool. */
const ASK_FROM = { one: 0.4, more: 0.25 };
const PLAUSIBLE = 0.35;
/** So many words must speak for a tool that may do harm: "delete" alone deletes nothing. */
const HARMFUL = 2;
/** Free text takes anything, so that it says less for a tool than a value that fits nowhere else. */
const ANY_TEXT = 0.6;
const UNCLEAR = 0.3;
const INQUIRY = /^(?!(?:can|could|may|might|should|shall|will|would)$)./;
const NO_PLACE = /^(?:when|why|who)$/;
const NONE: Token = { word: '', stem: '', start: 0, end: 0 };
const LIGHT = /^(?:make|do|have|take|get|give|need|want|place|leave|put|like)$/;

/** Weighs one tool for a message that has been read for it. */
export function assess(
  profile: Profile,
  reading: Reading,
  said: Utterance,
  {
    ranking,
    profiles,
    shaped,
  }: { readonly ranking: Ranking; readonly profiles: readonly Profile[]; readonly shaped: ReadonlySet<number> },
): Assessment {
  const { tool, verbs, fields } = profile;
  const { used, missing, firm } = reading;
  const words = wordsOf(said.tokens);
  const content = [...said.tokens.entries()].filter(([place, token]) => place < said.main && isContent(token));
  const isSame = isExample(profile, said);
  const lead = isSame ? words : (leadOf(profile, words) ?? []);
  const isLead = (place: number): boolean => place < lead.length;
  const tellsLead = isSame || content.some(([place]) => isLead(place));

  const first = content.find(([place]) => !used.has(place))?.[1];
  const opening = used.get(content[0]?.[0] ?? -1);
  // The verb may itself be a value: "lock the front door" for a field that takes open, close or lock.
  const isValue = opening?.kind === 'choice' && opening.required;
  // "make a donation", "I need a reminder": the verb stands behind one that says nothing.
  const next = LIGHT.test(first?.word ?? '')
    ? content.find(([place, token]) => token !== first && !used.has(place))
    : undefined;
  const isNoun = next !== undefined && verbs.has(next[1].stem);
  const isVerb = first !== undefined && (isNoun || commands(profile, first));
  const isCommand = isValue || isVerb || tellsLead;
  // "upcoming trips", "garage 12 degrees": no verb at all.
  const isVerbLike =
    first !== undefined && (verbClasses(first.stem).length > 0 || profiles.some((other) => commands(other, first)));
  // "push the loop to Sunday": what stands before an article is a verb, if one that nobody knows.
  const isUnknown =
    said.mood === 'command' &&
    content[0] !== undefined &&
    !used.has(content[0][0]) &&
    !isCommand &&
    !isVerbLike &&
    ARTICLE.has(said.tokens[content[0][0] + 1]?.word ?? '');
  const isFragment =
    said.mood === 'command' &&
    !isCommand &&
    !isUnknown &&
    (first === undefined || !isVerbLike || first.stem !== content[0]?.[1].stem);
  // What may do harm is not done by another word for it, but it may be offered.
  const isAlike = first !== undefined && [...verbs].some((verb) => sameDeed(verb, first.stem));
  const isOpposed = first !== undefined && !isAlike && [...verbs].some((verb) => opposed(verb, first.stem));
  // "tacos on friday" asks for some, and not to have them moved.
  const isAltering = !isCommand && !isAlike && [...verbs].some(alters);

  // "return two tickets" buys none, and who avoids deleting a task deletes none.
  const isTalkedOf = ({ word, stem }: Token, place: number): boolean =>
    verbs.has(stem) && (/ing$/.test(word) || said.tokens[place - 1]?.word === 'to');
  const isOtherDeed =
    !isCommand &&
    !isAlike &&
    first !== undefined &&
    first === content[0]?.[1] &&
    ((!WEAK.has(first.word) && takesBack(first.stem)) || said.tokens.some(isTalkedOf));

  const isRead = tool.effect === 'read';
  const weigh = (place: number, token: Token, field: Field | undefined, isExplained: boolean): number => {
    if (field !== undefined && firm.has(field)) return 1;
    const weight = ranking.weight(token);
    if (isExplained || WEAK.has(token.word)) return weight;
    return shaped.has(place) || TIME.test(token.word) ? ELSEWHERE : Math.max(UNEXPLAINED, weight);
  };
  const isAny = (field: Field): boolean => field.kind === 'text' && !firm.has(field) && !reading.offers.has(field.name);
  const loose: number[] = [];
  let [whole, explained, convincing, nouns] = [0, 0, 0, 0];
  let hints = lead.length >= LONG_LEAD && isRead ? 1 : 0;
  let isDirect = hints > 0;
  for (const [place, token] of content) {
    const field = used.get(place);
    const isKnown =
      isOwn(profile, token.stem) ||
      verbs.has(token.stem) ||
      isLead(place) ||
      (isVerb && (token === first || first.stem.endsWith(`_${token.word}`)));
    // "two packs of" counts what follows.
    const isMeasure = said.tokens[place + 1]?.word === 'of' && used.has(place - 1);
    // The number of something is no free text.
    const isNumbered = shaped.has(place) && !(field && firm.has(field));
    const isExplained = !isNumbered && (field !== undefined || isKnown || isMeasure);
    const weight = weigh(place, token, field, isExplained);
    whole += weight;
    if (!isExplained) loose.push(place);
    if (!isExplained) continue;
    explained += weight;
    convincing += weight * (field && isAny(field) ? ANY_TEXT : 1);
    if (field !== undefined) continue;
    const isWeak = WEAK.has(token.word);
    if (!isWeak || token === first) hints++;
    if (isWeak) continue;
    isDirect ||= (isVerb && token === first) || profile.own.has(token.stem);
    if (token !== first && isOwn(profile, token.stem)) nouns++;
  }
  const share = (part: number): number => (isSame ? 1 : whole === 0 ? 0 : part / whole);
  const coverage = share(explained);
  const values = [...firm].filter((field) => field.kind !== 'moment');
  const isLoose = [...used.values()].some(isAny);
  // Any text and another word for one of its own say nothing of a tool.
  const trigger = isSame || (hints > 0 && (isDirect || !isLoose));

  // A word in front that nobody knows may be another deed, or belong to the text.
  const head = content[0];
  const isGuess = isUnknown || (isLoose && head !== undefined && loose.includes(head[0]) && !isAlike);
  const isShared = profiles.some((other) => other !== profile && first !== undefined && commands(other, first));
  // "add" alone fits many tools: any text after it is no proof that this one is meant.
  const isBroad = isShared || (first !== undefined && WEAK.has(first.word));
  const isAbout = said.mood !== 'question' || hints > 1 || lead.length > 1;
  const isVague =
    (isLoose && !isAbout && values.length === 0) || (isLoose && isVerb && isBroad && hints < 2 && values.length === 0);

  // "remind me" is no question to a tool that only lists reminders.
  const isToldOther =
    head !== undefined &&
    verbClasses(head[1].stem).length > 0 &&
    /^(?:it|this|that|them)$/.test(said.tokens[head[0] + 1]?.word ?? '');
  const isElsewhere = said.mood === 'command' && !isCommand && (isToldOther || (first !== undefined && isShared));
  const isSaid = firm.size > 1 || (firm.size === 1 && missing.length === 0 && coverage === 1);
  const isTold = isVerb && first === said.tokens[0];
  const against = objection(said, (place) => used.has(place), tellsLead ? lead.length : 0, isTold);
  // Short of a verb, values that fit nowhere else tell what is to be done: "nursery blinds 30 %".
  const isMeantBy =
    isCommand ||
    (isFragment &&
      !isOpposed &&
      !isAltering &&
      !isGuess &&
      firm.size > 0 &&
      (nouns > 0 || (tool.danger === 'low' && content.length > 1)));
  const wanted = isRead
    ? against !== 'negated' && said.mood !== 'statement' && !isElsewhere && (trigger || isSaid)
    : against === undefined && (trigger || isSaid) && isMeantBy;
  // What fits many things was named all the same.
  const among = [...reading.unsure].filter(({ name }) => reading.offers.has(name)).length;
  const isMeant = tool.danger === 'low' || isSame || hints + firm.size + among >= HARMFUL;
  const needed = EXPLAINED[tool.danger];
  const omits =
    !isRead &&
    loose.some((place) => {
      const { word, start } = said.tokens[place] ?? NONE;
      return shaped.has(place) || TIME.test(word) || (place > 0 && /^\p{Lu}/u.test(said.text.slice(start)));
    });
  const canAct = wanted && isMeant && !isVague && !omits && missing.length === 0 && coverage >= needed;
  const lacks = missing[0];
  const enough = lacks?.kind === 'text' ? (hints > 1 ? ASK_FROM.more : ASK_FROM.one) : EXPLAINED.low;
  const canAsk = wanted && isMeant && !isVague && lacks !== undefined && lacks.kind !== 'other' && coverage >= enough;
  const isQuestion = isRead && said.mood === 'question' && against !== 'negated';
  const isAsked = lead.length >= LONG_LEAD;
  const isOrdered = lead.length > 1 || (isVerb && !WEAK.has(first.word));
  const required = fields.filter((field) => field.required).length;
  // What was said, only not clearly enough, is nearly said.
  const open = missing.reduce((sum, field) => sum + (reading.unsure.has(field) ? UNCLEAR : 1), 0);
  const features: Features = {
    words: isSame ? 1 : ranking.score(profile),
    coverage,
    convincing: share(convincing),
    filled: required === 0 ? 1 : 1 - Math.min(1, open / required),
    firm: Math.min(1, values.length / 2) * (missing.length === 0 ? 1 : 0.5),
    verb: isCommand
      ? isVerb && !verbs.has(first.stem)
        ? 0.6
        : 1
      : isOpposed
        ? -1
        : isAltering
          ? -0.5
          : isFragment
            ? 0.3
            : isAlike
              ? 0.4
              : isElsewhere
                ? -0.5
                : 0,
    mood: said.mood === 'question' ? (isRead ? 1 : 0) : said.mood === 'command' ? 1 : 0,
  };
  // Who asks what something is wants to know, and not to have something done; "how do I cancel" may want either.
  const asking = said.mood === 'question' ? said.tokens[0]?.word : undefined;
  const isInquiry =
    !isRead && (tool.effect === 'write' ? INQUIRY : NO_PLACE).test(asking ?? '') && !(asking === 'how' && isVerb);
  const keys = Object.keys(SHARES) as (keyof Features)[];
  return {
    profile,
    reading,
    features,
    omits: omits || (!isRead && isOtherDeed),
    may: canAct ? 'act' : canAsk ? 'ask' : undefined,
    loose,
    seeks:
      (reading.lost !== undefined || reading.isKind) && (isQuestion ? isAsked : against === undefined && isOrdered),
    plausible:
      !isOpposed && !isInquiry && (trigger || firm.size > 0 || reading.unsure.size > 0) && coverage >= PLAUSIBLE,
    score: Math.max(
      0,
      keys.reduce((sum, key) => sum + SHARES[key] * features[key], 0),
    ),
  };
}
