/** Decides what one request asks for: one call, one question, a choice of tools, or nothing. */
import { assess } from './assess.ts';
import type { Assessment, Candidate } from './assess.ts';
import type { Lookup } from './catalogue.ts';
import { read } from './extract.ts';
import type { Reading } from './extract.ts';
import { isCue } from './fields.ts';
import type { Field } from './fields.ts';
import { nameAt } from './patterns.ts';
import type { Names } from './patterns.ts';
import { iFindNo, MAX_OFFERED } from './phrases.ts';
import { isContent, isExample, leadOf, rank, wordsOf } from './rank.ts';
import type { Profile, Ranking } from './rank.ts';
import { refused } from './refusal.ts';
import type { Asked } from './sheet.ts';
import { hear, isPast, objection } from './speech.ts';
import type { Utterance } from './speech.ts';
import { ARTICLE, CONDITION, CONNECTOR, COPULA, sameDeed, WEAK } from './words.ts';

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

/** How many tools are read closely, after a first look at words alone. */
const CLOSE = 8;
/** Two tools that are closer than this cannot be told apart. */
const MARGIN = 0.05;
/** What lacks nothing is done before what would have to be asked about, when it is not further behind. */
const NEAR = 0.12;
const NEARLY = 0.06;
const SURER = 0.15;
const OTHER = 0.02;

/**
 * What lets the best of some tools go on although not everything speaks for it: its score, its lead over the next one,
 * and the share of the message that it explains. What the person is asked to allow may be a guess; what only reads does
 * no harm.
 */
const ENOUGH = { asked: [0.42, 0.02, 0.5], read: [0.44, 0.03, 0.65], write: [0.54, 0.05, 0.7] } as const;

/** How far ahead of the next one is far, and how much less it then needs. */
const FAR = 0.07;
const EASE = 0.1;

/** Whether everything that is needed was said, and nothing of it can be just any text. */
const lacksNothing = ({ missing, firm }: Reading, { fields }: Profile): boolean =>
  missing.length === 0 && fields.every((field) => !field.required || firm.has(field));

function isEnough(top: Assessment, next: Assessment | undefined, said: Utterance, isAskable = false): boolean {
  const { reading, features, score, loose, profile } = top;
  const { effect, danger } = profile.tool;
  const [least, lead, explained] = ENOUGH[danger !== 'low' ? 'asked' : effect === 'write' ? 'write' : 'read'];
  const ahead = next === undefined ? 1 : score - next.score;
  // Who lacks nothing and is far ahead needs less.
  const isFar = ahead >= FAR && reading.missing.length === 0 && reading.firm.size > 0;
  // What may be done at once leaves nothing open but its verb: "turn on the kettle" is about no lamp.
  const head = said.tokens.findIndex(isContent);
  const isNear = effect !== 'write' || danger !== 'low' || isAskable || loose.every((place) => place === head);
  const ease = isFar && isNear ? EASE : 0;
  if (ahead < lead || features.coverage < explained - ease) return false;
  // "remind me to delete T-4" deletes nothing.
  const isTalkedOf = said.tokens.some(({ stem }) => profile.verbs.has(stem));
  const isWhole = lacksNothing(reading, profile);
  // A day alone says nothing of what is to be done, and what may do harm is told to be done.
  const isSaid = [...reading.firm].some(({ kind }) => kind !== 'moment');
  const isTold = features.verb >= 0.4 && said.tokens[0] !== undefined && isContent(said.tokens[0]);
  const against = objection(said, (place) => reading.used.has(place), 0, isTold);
  // "my budget is 90 pounds", "I'm away until Friday": what is all values and the tool's own words is to be set.
  const isFact =
    said.mood === 'statement' &&
    against === 'not-asked' &&
    lacksNothing(reading, profile) &&
    loose.length === 0 &&
    danger === 'low' &&
    said.main === said.tokens.length &&
    (isSaid || features.words > 0) &&
    !said.tokens.some(({ word }) => CONDITION.has(word));
  if (isFact || score < least - ease) return isFact;
  if (features.verb <= 0 && ((danger === 'high' && (!isFar || isTalkedOf)) || features.verb < -0.5 || !isSaid))
    return false;
  if (effect === 'write' ? against !== undefined : said.mood === 'statement') return false;
  // "vpn down?" asks.
  if (effect === 'write' && features.verb <= 0.3 && /\?\s*$/.test(said.raw)) return false;
  if (top.isGuess && effect === 'write' && !(isFar && danger !== 'low' && isWhole)) return false;
  const lacks = reading.missing[0];
  const isMeant = features.verb >= 0.3 || (effect === 'read' && said.mood === 'question');
  if (lacks !== undefined) return lacks.kind !== 'other' && loose.length === 0 && isMeant;
  return reading.firm.size > 0 || (effect !== 'write' && features.verb === 1 && loose.length === 0);
}

/** What the only one that may be meant explains before it is asked about. */
const EXPLAINING = 0.7;

/** How much the name of one of its things speaks for reading a tool closely. */
const NAMED = 0.1;

/** The question for what a tool still lacks, or the call when it lacks nothing. */
export function proceed(candidate: Candidate): Decision {
  const { reading } = candidate;
  const { tool, fields } = candidate.profile;
  const field = reading.missing[0] ?? refused(tool, fields, reading.input);
  if (field === undefined) return { kind: 'act', candidate };
  if (reading.lost !== undefined) return { kind: 'tell', text: iFindNo(reading.lost) };
  const all = field.kind === 'choice' ? field.options : (reading.offers.get(field.name) ?? []);
  const offered = all.slice(0, MAX_OFFERED);
  return { kind: 'ask', candidate, asked: { field, offered }, more: all.length > offered.length };
}

/** The words that look like the number of something, as the pattern of a field tells it. */
function shapedIn({ text, tokens }: Utterance, profiles: readonly Profile[]): ReadonlySet<number> {
  const shapes = profiles.flatMap((profile) => profile.shapes).filter((shape) => !shape.test('a@b.co'));
  const found = [...text.matchAll(/[^\s,;!?]+/g)].filter(({ 0: piece }) => shapes.some((shape) => shape.test(piece)));
  const places = [...tokens.entries()].filter(([, { start }]) =>
    found.some(({ index, 0: piece }) => start >= index && start < index + piece.length),
  );
  return new Set(places.map(([place]) => place));
}

/** The tools that are worth a close look, best first. */
async function weigh(said: Utterance, ranking: Ranking, setting: Setting): Promise<readonly Assessment[]> {
  const { profiles } = setting;
  const words = wordsOf(said.tokens);
  const pieces = said.text.split(/[\s,;!?]+/).flatMap((piece) => [piece, piece.toUpperCase()]);
  const close = profiles
    .map((profile) => {
      const alike = isExample(profile, said) ? words.length : (leadOf(profile, words)?.length ?? 0);
      // What a tool suggests it knows, as much as its own words.
      const isNamed = said.tokens.some((_, at) => nameAt(profile.names, said.tokens, at) > 0);
      const isShaped = profile.shapes.some((shape) => pieces.some((piece) => shape.test(piece)));
      const isPartly = said.tokens.some((token) => isContent(token) && profile.parts.has(token.stem));
      return {
        profile,
        score: ranking.score(profile) + alike + (isNamed || isShaped ? NAMED : isPartly ? NAMED / 2 : 0),
      };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, CLOSE);
  const shaped = shapedIn(said, profiles);
  const assessed: Assessment[] = [];
  for (const { profile } of close) {
    const reading: Reading = await read(profile, said, setting);
    assessed.push(assess(profile, reading, said, { ranking, profiles, shaped }));
  }
  return assessed.sort((a, b) => b.score - a.score);
}

/** The tools that a text may mean, best first. */
export function weighed(text: string, setting: Setting): Promise<readonly Assessment[]> {
  const said = hear(text);
  return weigh(said, rank(setting.profiles, said.tokens), setting);
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

/** A choice that the tool leaves open, when words of the message say none of its values: they may say it otherwise. */
function leftOpen(
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
      place < main &&
      place !== head &&
      !COPULA.has(before) &&
      reading.used.get(place - 1)?.kind !== 'choice' &&
      !profiles.some(({ own }) => own.has(token.stem))
    );
  };
  return open.find(isCued) ?? (open.length === 1 && loose.some(isSaid) ? open[0] : undefined);
}

/** Calls what lacks nothing, or asks for what the words that nothing explains may mean. */
function complete(candidate: Assessment, said: Utterance, setting: Setting): Decision {
  const field = candidate.reading.missing.length > 0 ? undefined : leftOpen(candidate, said, setting);
  if (field === undefined) return proceed(candidate);
  const offered = field.options.slice(0, MAX_OFFERED);
  return { kind: 'ask', candidate, asked: { field, offered }, more: field.options.length > offered.length };
}

/** Decides about one request. */
export const decideOne = once((text, setting) => decideSaid(hear(text), setting));

async function decideSaid(said: Utterance, setting: Setting): Promise<Decision> {
  // No tool explains.
  if (said.tokens[0]?.word === 'why') return { kind: 'none', refused: false };
  const assessed = await weigh(said, rank(setting.profiles, said.tokens), setting);
  const [first, ...others] = assessed.filter((one) => one.may !== undefined);
  // Of two that are as near, the one is meant that leaves less to any text.
  const surer = others.find(
    (one) =>
      first !== undefined &&
      first.score - one.score < NEARLY &&
      (one.features.convincing - first.features.convincing > SURER ||
        (one.features.convincing >= first.features.convincing &&
          lacksNothing(one.reading, one.profile) &&
          !lacksNothing(first.reading, first.profile) &&
          first.reading.missing.length === 0)),
  );
  const best = surer ?? first;
  const rival = others.find(
    (one) => best !== undefined && one !== best && best.features.convincing - one.features.convincing <= SURER,
  );
  // What can be done comes before what would have to be asked about.
  const whole = assessed.find((one) => one.plausible && one.reading.missing.length === 0 && one.reading.firm.size > 1);
  const isMore = best && whole && whole.features.convincing - best.features.convincing > 0.1;
  const isAsking =
    best?.may === 'ask' &&
    whole !== undefined &&
    (isMore === true || whole.features.verb > -0.5) &&
    whole.score > best.score - NEAR;
  if (isAsking && whole.features.verb >= best.features.verb && isEnough(whole, undefined, said))
    return complete(whole, said, setting);
  // Another tool that explains more is meant, although it may not be called as it is.
  const isBehind =
    best?.may === 'act' &&
    assessed.some(
      (one) => one.plausible && one.score - best.score >= MARGIN && one.features.coverage > best.features.coverage,
    );
  // What is told may be looked up by its name and its day, too; to be told it may as well be done.
  const isOther =
    best?.may === 'act' &&
    best.profile.tool.effect === 'read' &&
    best.features.verb < 0.6 &&
    said.mood !== 'question' &&
    assessed.some(
      (one) =>
        one.profile.tool.effect === 'write' &&
        one.plausible &&
        one.reading.missing.length === 0 &&
        best.score - one.score < OTHER,
    );
  const isClear =
    !isAsking &&
    !isBehind &&
    !isOther &&
    (rival === undefined || best === undefined || best.score - rival.score >= MARGIN);
  if (best !== undefined && (isClear || (!isBehind && !isOther && best.may === 'act' && rival?.may === 'ask')))
    return complete(best, said, setting);
  const candidates = assessed.filter((one) => one.plausible || one.may !== undefined).slice(0, 3);
  // What has been is told to a tool that keeps it.
  const isDated = candidates.some(({ reading }) => [...reading.firm].some(({ kind }) => kind === 'moment'));
  const isDone =
    ![...(candidates[0]?.profile.verbs ?? [])].some((verb) => sameDeed(verb, 'not')) &&
    isPast(said, ({ stem }) => isDated || candidates.some(({ profile }) => profile.verbs.has(stem)));
  const isNegated = objection(said, () => false) === 'negated';
  const isAbout = candidates.length > 0 || assessed.some(({ reading }) => reading.firm.size > 0);
  const refused = isAbout && (isNegated || (candidates.length > 0 && isDone));
  if (refused) return { kind: 'none', refused };
  const seeker = best === undefined ? assessed.find((one) => one.seeks) : undefined;
  const isLess = assessed.some((one) => seeker && one.reading.firm.size > 0 && one.score > seeker.score);
  if (seeker !== undefined && !isLess) return proceed(seeker);
  const [top, second] = candidates;
  if (top === undefined) return { kind: 'none', refused: false };
  if (isEnough(top, second, said, leftOpen(top, said, setting) !== undefined)) return complete(top, said, setting);
  // To offer what lacks a value is to ask twice.
  const [lacks] = top.reading.missing;
  if (second === undefined && lacks !== undefined && lacks.kind !== 'other' && top.features.coverage >= EXPLAINING)
    return proceed(top);
  return { kind: 'unsure', candidates };
}
