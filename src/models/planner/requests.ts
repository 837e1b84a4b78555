/** Decides about one message, which may hold more than one request: then each of them is done, if all can be. */
import type { Candidate } from './assess.ts';
import { jointsOf } from './clauses.ts';
import type { Sides } from './clauses.ts';
import { decideOne } from './decide.ts';
import { once, proceed } from './decision.ts';
import type { Decision, Setting } from './decision.ts';
import { isFirm } from './enough.ts';
import { read } from './extract.ts';
import { inputOf, valuesFor } from './fields.ts';
import type { Field } from './fields.ts';
import { commands, isContent, isOwn, leadOf, wordsOf } from './rank.ts';
import { hear, objection } from './speech.ts';
import type { Utterance } from './speech.ts';
import type { Token } from './tokens.ts';
import { CONDITION } from './words.ts';

const isRequest = (decision: Decision): decision is Decision & { readonly kind: 'act' | 'ask' } =>
  decision.kind === 'act' || decision.kind === 'ask';
const firstOf = (said: Utterance): Token | undefined => said.tokens.find(isContent);

/** Whether a message begins with a verb of some tool, or as an example of one does. */
export function beginsAnew(said: Utterance, { profiles }: Setting): boolean {
  const first = firstOf(said);
  const words = wordsOf(said.tokens);
  return profiles.some(
    (profile) =>
      (said.mood === 'command' && first !== undefined && commands(profile, first)) ||
      (leadOf(profile, words)?.length ?? 0) > 1,
  );
}

const REFERENCE = /\b(?:it|that|there|them|one|same)\b/i;
const THING = /\b(?:it|that|there|them)\b/i;

/** The call of a request, with what it only points at taken from the values before it: `and heat it to 20`. */
export function pointed(second: Decision, said: Readonly<Record<string, unknown>>, right: string): Decision {
  if (!isRequest(second)) return second;
  const { profile, reading } = second.candidate;
  const isThing = THING.test(right);
  const carried = (field: Field): unknown => {
    const options = field.kind === 'choice' ? field.options : (reading.offers.get(field.name) ?? []);
    const isSame = options.some(({ value }) => value === said[field.name]);
    const isLacking = reading.missing.includes(field);
    if (isLacking ? REFERENCE.test(right) || reading.offers.has(field.name) : isThing && isSame)
      return said[field.name];
    return isThing ? Object.values(said).find((value) => options.some((option) => option.value === value)) : undefined;
  };
  const open = profile.fields.filter((field) => reading.missing.includes(field) || !(field.name in reading.values));
  const known = Object.fromEntries(
    open.map((field) => [field.name, carried(field)] as const).filter(([, value]) => value !== undefined),
  );
  const missing = reading.missing.filter(({ name }) => !(name in known));
  const values = { ...reading.values, ...known };
  return proceed({ ...second.candidate, reading: { ...reading, input: inputOf(values), values, missing } });
}

/** What is said once of several things: "turn off the lights in the kitchen and the hall". */
const SWITCH: ReadonlySet<string> = new Set(['boolean', 'choice']);

/** What a request leaves out because the one before it has said it: `turn off the fan and the lamp`. */
async function continued(first: Candidate, after: Utterance, setting: Setting): Promise<Candidate | undefined> {
  const { profile } = first;
  const again = await read(profile, after, setting);
  const before = first.reading.values;
  const isRepeated = [...again.firm].some(({ name, kind }) => name in before && kind !== 'boolean');
  const isWhole = after.tokens.every(
    (token, place) => again.used.has(place) || !isContent(token) || isOwn(profile, token.stem),
  );
  if (!isRepeated || !isWhole || again.unsure.size > 0) return undefined;
  // How many of the first there were says nothing of the second.
  const kept = profile.fields.filter(({ name, required, kind }) => (required || SWITCH.has(kind)) && name in before);
  const values = { ...valuesFor(kept, before), ...again.values };
  const missing = profile.fields.filter(({ name, required }) => required && !(name in values));
  return missing.length > 0 ? undefined : { ...first, reading: { ...again, input: inputOf(values), values, missing } };
}

/** Whether the right side of a message only says values that fit nowhere else, for a call that is made of all of it. */
function explains({ profile, reading }: Candidate, right: string, { text, tokens, main }: Utterance): boolean {
  const from = text.lastIndexOf(right, tokens[main - 1]?.end);
  const after = [...tokens.entries()].filter(
    ([place, token]) => place < main && token.start >= from && isContent(token),
  );
  const isValue = (place: number): boolean => {
    const field = reading.used.get(place);
    return field !== undefined && !reading.unsure.has(field);
  };
  const firm = [...reading.used].flatMap(([place, field]) => (reading.firm.has(field) ? place : []));
  return (
    after.some(([place]) => firm.includes(place)) &&
    after.every(([place, token]) => isValue(place) || isOwn(profile, token.stem))
  );
}

/** Decides about the two sides of a joint; undefined when there is only one request. */
async function bothAt(
  { left, right }: Sides,
  main: Utterance,
  whole: Decision,
  setting: Setting,
): Promise<readonly [string, string, readonly Decision[]] | undefined> {
  const [before, after] = [hear(left), hear(right)];
  const verb = firstOf(before);
  if (verb === undefined || firstOf(after) === undefined) return undefined;
  const wholeActs = whole.kind === 'act' && whole.candidate.loose.length === 0;
  // Values of the one call that the whole message makes are no request of their own.
  const head = main.tokens.findIndex(isContent);
  const isTold =
    isRequest(whole) && whole.candidate.loose.every((place) => place === head && !beginsAnew(after, setting));
  if (isTold && explains(whole.candidate, right, main)) return undefined;
  if (beginsAnew(after, setting)) {
    const second = await decide(right, setting);
    const first = await decideOne(left, setting);
    const rest = second.kind === 'acts' ? second.candidates.map((candidate) => proceed(candidate)) : [second];
    if (isRequest(first) && second.kind === 'acts') return [left, right, [first, ...rest]];
    if (isRequest(second))
      return [left, right, [first, isRequest(first) ? pointed(second, first.candidate.reading.values, right) : second]];
    // "Juniper needs an inspection, book it": what is to be booked is what was told.
    if (isRequest(whole) && second.kind === 'unsure' && REFERENCE.test(right) && !beginsAnew(before, setting))
      return undefined;
    if (isRequest(first) && second.kind === 'unsure' && !wholeActs) return [left, right, [first, second]];
  }
  const first = await decideOne(left, setting);
  const completed = `${verb.word} ${right}`;
  const isCommand = before.mood === 'command' && beginsAnew(before, setting);
  const second: Decision = isCommand ? await decideOne(completed, setting) : { kind: 'none', refused: false };
  const parts = isRequest(second) ? ([left, completed] as const) : ([left, right] as const);
  // "add bananas and a tent", where there are no bananas
  if (first.kind === 'tell') {
    return isRequest(second) && second.candidate.reading.firm.size > 0 ? [...parts, [first, second]] : undefined;
  }
  if (isRequest(first) && second.kind === 'tell' && !isRequest(whole)) return [...parts, [first, second]];
  const isOther = isRequest(first) && isRequest(second) && second.candidate.profile !== first.candidate.profile;
  // "add milk to the list and beans to the cart": the same verb means another tool.
  if (isOther) return [...parts, [first, second]];
  if (wholeActs) return undefined;
  const base = isRequest(first)
    ? first.candidate
    : whole.kind === 'unsure' || isRequest(whole)
      ? await readFor(before, whole, setting)
      : undefined;
  if (base === undefined) return undefined;
  const next = await continued(base, after, setting);
  const all = next && filled(base, next);
  return all && [left, right, [proceed(all), proceed(next)]];
}

/** The first of two calls with what was only said at the end: "mark T-3 and T-5 as done". */
function filled(first: Candidate, { reading: { values: later } }: Candidate): Candidate | undefined {
  const { fields } = first.profile;
  const { values: own } = first.reading;
  const shared = fields.filter(({ name, kind }) => SWITCH.has(kind) && name in later && !(name in own));
  const values = { ...own, ...valuesFor(shared, later) };
  if (fields.some(({ name, required }) => required && !(name in values))) return undefined;
  return { ...first, reading: { ...first.reading, input: inputOf(values), values, missing: [] } };
}

/** The first side alone, for the tool that the whole message is best for. */
async function readFor(before: Utterance, whole: Decision, setting: Setting): Promise<Candidate | undefined> {
  const best = whole.kind === 'unsure' ? whole.candidates[0] : isRequest(whole) ? whole.candidate : undefined;
  if (best === undefined) return undefined;
  const reading = await read(best.profile, before, setting);
  return reading.firm.size > 0 ? { ...best, reading } : undefined;
}

/** Decides about one message by itself. */
export const decide = once(decideText);

const NOTHING: Decision = { kind: 'none', refused: false };

/** Whether a decision is for the same tool as another one, and lacks less. */
const isFuller = (one: Decision, other: Decision): boolean =>
  isRequest(one) &&
  isRequest(other) &&
  one.candidate.profile === other.candidate.profile &&
  one.candidate.reading.missing.length < other.candidate.reading.missing.length;

async function decideText(text: string, setting: Setting): Promise<Decision> {
  const said = hear(text);
  const whole = await decideOne(text, setting);
  // What was taken back needs no other question.
  if (!isRequest(whole) && (objection(said, () => false) === 'negated' || CONDITION.has(said.tokens[0]?.word ?? '')))
    return whole;
  const main = said.text.slice(0, said.tokens[said.main - 1]?.end ?? 0);
  const joints = jointsOf(main, setting.names, setting.now);
  let split: Decision | undefined;
  for (const joint of joints) {
    const both = await bothAt(joint, said, whole, setting);
    if (both === undefined) continue;
    const [left, right, decisions] = both;
    const candidates = decisions.flatMap((one) => (one.kind === 'act' ? [one.candidate] : []));
    if (candidates.length < decisions.length) {
      // "The rose needs water, remind me": what comes before is what it is about.
      const [told, request] = decisions;
      const turned =
        isRequest(told ?? NOTHING) || !isRequest(request ?? NOTHING)
          ? NOTHING
          : await decideOne(`${right}, ${left}`, setting);
      if (request !== undefined && isFuller(turned, request)) return turned;
      // What is only told asks for nothing by itself.
      if (request && isRequest(request) && told && !isRequest(told) && hear(left).mood === 'statement')
        return (
          [turned, request].find((one) => isRequest(one) && isFirm(one.candidate)) ?? {
            kind: 'split',
            parts: [left, right],
          }
        );
      split ??= { kind: 'split', parts: [left, right] };
      continue;
    }
    // "the book, renew": both sides say the same.
    const made = new Map(candidates.map((one) => [JSON.stringify([one.profile.tool.name, one.reading.input]), one]));
    const [only] = made.values();
    // "off sick today and tomorrow" is one call, when both days are its values.
    const one = whole.kind === 'unsure' ? whole.candidates[0] : undefined;
    const isOne = one?.reading.missing.length === 0 && candidates.every(({ profile }) => profile === one.profile);
    if (isOne && one.loose.length <= 1) return { kind: 'act', candidate: one };
    return made.size === 1 && only ? { kind: 'act', candidate: only } : { kind: 'acts', candidates };
  }
  if (split) return split;
  // A side of which nothing is explained is about something else, which the call would leave out in silence.
  const loose = new Set(
    whole.kind === 'act' && whole.candidate.profile.tool.danger === 'low' ? whole.candidate.loose : [],
  );
  const lost = joints.find(({ left }) => {
    const content = [...said.tokens.entries()].filter(([place, token]) => place < said.main && isContent(token));
    const verb = content[0]?.[0];
    const sides = [
      content.filter(([, { end }]) => end <= left.length),
      content.filter(([, { end }]) => end > left.length),
    ];
    return sides.some(
      (side) => side.every(([place]) => place === verb || loose.has(place)) && side.some(([place]) => loose.has(place)),
    );
  });
  return lost === undefined || loose.size === 0 ? whole : { kind: 'split', parts: [lost.left, lost.right] };
}
