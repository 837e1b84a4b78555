/** Decides what one request asks for. */
import type { Assessment } from './assess.ts';
import { complete, leftOpen, once, proceed } from './decision.ts';
import type { Decision, Setting } from './decision.ts';
import { isEnough, isWhole, lacksNothing } from './enough.ts';
import { hear, isPast, objection } from './speech.ts';
import type { Utterance } from './speech.ts';
import type { Token } from './tokens.ts';
import { weigh } from './weigh.ts';
import { sameDeed } from './words.ts';

/** Decides about one request. */
export const decideOne = once(async (text, setting) => {
  const said = hear(text);
  const assessed = await weigh(said, setting);
  const sure = certain(assessed, said, setting);
  if (sure !== undefined) return sure;
  if (isLeftAlone(assessed, said)) return { kind: 'none', refused: true };
  return sought(assessed) ?? likely(assessed, said, setting);
});

/** Two tools that are closer than this cannot be told apart. */
const MARGIN = 0.05;
/** Of two that are as near as this, the one is meant that convinces more by so much. */
const NEARLY = 0.06;
const SURER = 0.15;
/** What can be done comes before what would have to be asked about, where it convinces more by so much. */
const MORE = 0.1;
/** What tells something comes before what looks something up, when it is no further behind. */
const OTHER = 0.02;

/** What one tool may do or ask for, when no other one is as near. */
function certain(assessed: readonly Assessment[], said: Utterance, setting: Setting): Decision | undefined {
  const able = assessed.filter(({ may }) => may !== undefined);
  const best = bestOf(able);
  if (best === undefined) return undefined;
  const whole = doneBefore(best, assessed);
  if (whole !== undefined) {
    const isMeant = whole.features.verb >= best.features.verb && isEnough(whole, undefined, said);
    return isMeant ? complete(whole, said, setting) : undefined;
  }
  if (best.may === 'act' && isOutdone(best, assessed, said)) return undefined;
  const rival = able
    .slice(1)
    .find((one) => one !== best && best.features.convincing - one.features.convincing <= SURER);
  const isClear =
    rival === undefined || best.score - rival.score >= MARGIN || (best.may === 'act' && rival.may === 'ask');
  return isClear ? complete(best, said, setting) : undefined;
}

/** The first, or another one that is as near and leaves less to any text. */
function bestOf([first, ...others]: readonly Assessment[]): Assessment | undefined {
  const isSurer = (one: Assessment, than: Assessment): boolean =>
    than.score - one.score < NEARLY &&
    (one.features.convincing - than.features.convincing > SURER || (lacksNothing(one) && !lacksNothing(than)));
  return first && (others.find((one) => isSurer(one, first)) ?? first);
}

/** What can be done, where the best would have to ask. */
function doneBefore(best: Assessment, assessed: readonly Assessment[]): Assessment | undefined {
  const whole = assessed.find((one) => one.plausible && isWhole(one) && one.reading.firm.size > 1);
  if (whole === undefined || best.may !== 'ask') return undefined;
  const isMore = whole.features.convincing - best.features.convincing > MORE;
  return isMore || whole.features.verb > -0.5 ? whole : undefined;
}

/** Whether another tool is meant, although it may not be called as it is. */
function isOutdone(
  { score, profile, features }: Assessment,
  assessed: readonly Assessment[],
  said: Utterance,
): boolean {
  // What is told may be looked up by its name and its day, too; to be told it may as well be done.
  const isTold = profile.tool.effect === 'read' && features.verb < 0.6 && said.mood !== 'question';
  const isDoing = (one: Assessment): boolean =>
    isTold && one.profile.tool.effect === 'write' && isWhole(one) && score - one.score < OTHER;
  return assessed.some((one) => one.plausible && (one.score - score >= MARGIN || isDoing(one)));
}

/** Whether the message takes back what some tool does, or tells what has been. */
function isLeftAlone(assessed: readonly Assessment[], said: Utterance): boolean {
  const candidates = offeredOf(assessed);
  const isAbout = candidates.length > 0 || assessed.some(({ reading }) => reading.firm.size > 0);
  if (objection(said, () => false) === 'negated') return isAbout;
  // What has been is told to a tool that keeps it.
  const isKept = [...(candidates[0]?.profile.verbs ?? [])].some((verb) => sameDeed(verb, 'not'));
  const isDated = candidates.some(({ reading }) => [...reading.firm].some(({ kind }) => kind === 'moment'));
  const isDeed = ({ stem }: Token): boolean => isDated || candidates.some(({ profile }) => profile.verbs.has(stem));
  return candidates.length > 0 && !isKept && isPast(said, isDeed);
}

/** The question for what was looked for and is not there, when nothing else is meant. */
function sought(assessed: readonly Assessment[]): Decision | undefined {
  const seeker = assessed.find(({ seeks }) => seeks);
  const isOther = assessed.some(({ may, reading }) => may !== undefined || reading.firm.size > 0);
  return seeker === undefined || isOther ? undefined : proceed(seeker);
}

/** What may be named when nothing is certain. */
const offeredOf = (assessed: readonly Assessment[]): readonly Assessment[] =>
  assessed.filter(({ plausible, may }) => plausible || may !== undefined).slice(0, 3);

/** What the only one that may be meant explains before it is asked about. */
const EXPLAINING = 0.7;

/** The best of what may be meant when that is enough, or else the choice between them. */
function likely(assessed: readonly Assessment[], said: Utterance, setting: Setting): Decision {
  const candidates = offeredOf(assessed);
  const [top, second] = candidates;
  if (top === undefined) return { kind: 'none', refused: false };
  if (isEnough(top, second, said, leftOpen(top, said, setting) !== undefined)) return complete(top, said, setting);
  // To offer what lacks a value is to ask twice.
  const [lacks] = top.reading.missing;
  const isAlone = second === undefined && lacks !== undefined && lacks.kind !== 'other';
  return isAlone && top.features.coverage >= EXPLAINING ? proceed(top) : { kind: 'unsure', candidates };
}
