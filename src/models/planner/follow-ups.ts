/** Decides about a message that goes on from the last call: "make that three", "the other one", "undo that". */
import { isRecord } from '../../core/index.ts';
import { proceed } from './decision.ts';
import type { Decision, Setting } from './decision.ts';
import { read } from './extract.ts';
import type { Reading } from './extract.ts';
import { moments } from './dates.ts';
import { inputOf, valuesFor, valuesOf } from './fields.ts';
import type { Field, Option } from './fields.ts';
import { ordinal } from './numbers.ts';
import { commands, isContent, isOwn } from './rank.ts';
import type { Profile } from './rank.ts';
import { decide, pointed } from './requests.ts';
import { hear, objection } from './speech.ts';
import type { Utterance } from './speech.ts';
import { tokenise } from './tokens.ts';
import { opposed, STOP, verbClasses } from './words.ts';

/** The last call of the turn before, and what came back. */
export interface Earlier {
  readonly tool: string;
  readonly input: unknown;
  readonly result?: unknown;
}

const UNDO =
  /^(?:please )?(?:(?:undo|revert|reverse|cancel)(?: (?:it|that|this))?|take (?:that|it) back)(?: again| please)*[\s.!]*$/i;
const MARK =
  /^(?:and|also|plus|now|no|nope|oops|wait|never ?mind|sorry|actually|rather|only|just|same|what about|how about|make (?:that|it)|i meant?|change (?:that|it) to|instead|ok(?:ay)?|then)\b[\s,]*/i;
const TRAIL = /[\s,]+(?:too|as well|instead|again|also|on its own|is fine)[\s.!?]*$/i;
const OTHER = /\b(?:the )?other(?: one)?\b/i;
const MORE = /^(?:and|also|plus)\b/i;
/** What takes the last call for a mistake. */
const CORRECTION = /^(?:no|nope|oops|wait|sorry|actually|rather|i meant?|make (?:that|it)|change (?:that|it))\b/i;
const EXCLAIMED = /^(?:(?:oops|oh|wait|no wait|never ?mind|no)[\s,]+)+(?=\S)/i;
const ADDITION = /^(?:make (?:that|it)|change (?:that|it) to)\b/i;
/** A longer message says what it wants itself. */
const SHORT = 8;

const NOTHING = hear('');
const readingOf = (
  values: Readonly<Record<string, unknown>>,
  { said, used }: Pick<Reading, 'said' | 'used'> = { said: NOTHING, used: new Map() },
): Reading => ({
  input: inputOf(values),
  values,
  said,
  used,
  missing: [],
  offers: new Map(),
  firm: new Set(),
  beyond: new Map(),
  unsure: new Set(),
  lost: undefined,
  isKind: false,
});

const call = (profile: Profile, values: Readonly<Record<string, unknown>>): Decision =>
  proceed({ profile, reading: readingOf(values), score: 1, loose: [] });

const needs = ({ fields }: Profile): readonly Field[] => fields.filter(({ required }) => required);

/** The call that takes a call back: the same with the opposite value, or that of a tool which does the opposite. */
function inverse(
  profile: Profile,
  values: Readonly<Record<string, unknown>>,
  { profiles }: Setting,
): Decision | undefined {
  for (const field of profile.fields) {
    const value = values[field.name];
    if (field.kind === 'boolean' && typeof value === 'boolean' && field.cues.has('on')) {
      return call(profile, { ...values, [field.name]: !value });
    }
    const said = field.options.find((option) => option.value === value);
    const other = field.options.find((option) => opposed(said?.ways[0]?.[0] ?? '', option.ways[0]?.[0] ?? ''));
    if (field.kind === 'choice' && other !== undefined) return call(profile, { ...values, [field.name]: other.value });
  }
  const undoing = profiles.find(
    (one) =>
      one !== profile &&
      needs(one).every(({ name }) => name in values) &&
      needs(one).length > 0 &&
      [...one.verbs].some((verb) => [...profile.verbs].some((mine) => opposed(mine, verb))),
  );
  return undoing && call(undoing, valuesFor(needs(undoing), values));
}

/** The one other thing that shares words with the one that was chosen. */
async function other(
  profile: Profile,
  values: Readonly<Record<string, unknown>>,
  setting: Setting,
): Promise<Decision | undefined> {
  for (const field of profile.fields) {
    const options: readonly Option[] =
      field.kind === 'choice' ? field.options : ((await setting.lookup(profile.tool, field.name, '')) ?? []);
    const said = options.find(({ value }) => value === values[field.name]);
    const stems = new Set(said?.ways[0]);
    const like = options.filter(
      (one) => one !== said && one.ways[0]?.some((stem) => stems.has(stem) && !STOP.has(stem)),
    );
    const others = options.length === 2 ? options.filter((one) => one !== said) : like;
    const [only] = others;
    if (said !== undefined && only !== undefined && others.length === 1)
      return call(profile, { ...values, [field.name]: only.value });
  }
  return undefined;
}

const CHANGES = [...verbClasses('edit').slice(0, 1), ...verbClasses('mov')];

/** The call that changes what the last call has made: of the same things, by a tool that says so by its verb. */
async function changed(
  profile: Profile,
  said: Utterance,
  values: Readonly<Record<string, unknown>>,
  setting: Setting,
): Promise<Decision | undefined> {
  const isChange = ({ verbs }: Profile): boolean =>
    // "make an appointment" makes a new one.
    [...verbs].some((verb) => verb !== 'mak' && verbClasses(verb).some((line) => CHANGES.includes(line)));
  for (const one of isChange(profile) ? [] : setting.profiles) {
    const [kept, open] = [true, false].map((isKept) => needs(one).filter(({ name }) => name in values === isKept));
    if (
      one === profile ||
      !isChange(one) ||
      !kept?.length ||
      !needs(profile).some((field) => kept.some(({ name }) => name === field.name))
    )
      continue;
    const fresh = (await read(one, said, setting)).values;
    const isSaid = needs(one).some(({ name }) => name in fresh) && open?.every(({ name }) => name in fresh);
    if (isSaid) return call(one, { ...valuesFor(kept, values), ...fresh });
  }
  return undefined;
}

/** The day and the time that some values tell of. */
function momentIn(values: unknown): readonly string[] {
  const found = /"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?/.exec(JSON.stringify(values));
  return [found?.[1] ?? '', found?.[2] ?? ''];
}

/** A text with the day or the time of the last call, when it only says the other: "make it 4", "no, Saturday". */
function dated(text: string, { fields }: Profile, values: Readonly<Record<string, unknown>>, now: number): string {
  const [day, time] = momentIn(values);
  if (day === '') return text;
  const hour = /^\d{1,2}(?::\d\d)?$/.test(text) && !fields.some(({ kind }) => kind === 'number') ? `at ${text}` : text;
  const [only, more] = moments(hour, now);
  if (only === undefined || more || only.isDated === only.isTimed) return hour;
  return only.isTimed ? `${hour} on ${day}` : time === '' ? hour : `${hour} at ${time}`;
}

/** Puts the name of a thing for "the second one" of what the last call gave. */
export function resolved(said: string, earlier: Earlier | undefined): string {
  const [day] = momentIn(earlier?.input);
  const text = day ? said.replace(/\b(?:on )?(?:that|the same) day\b/i, `on ${day}`) : said;
  const list: readonly unknown[] = Array.isArray(earlier?.result) ? earlier.result : [];
  const found =
    /\b(?:the )?(first|second|third|fourth|fifth|last|\d(?:st|nd|rd|th))(?: one(?: of (?:them|those))?\b| of (?:them|those)\b|(?=[,.!?]|$))/iu.exec(
      text,
    );
  if (list.length === 0 || found === null) return text;
  const at = ordinal(hear(found[1] ?? '').tokens, list.length);
  const thing = at === undefined ? undefined : list[at];
  const name: unknown = isRecord(thing)
    ? (thing['label'] ?? thing['name'] ?? thing['title'] ?? thing['value'] ?? thing['id'])
    : thing;
  // What a tool has found is a name and no more: it asks for nothing by itself, and its quotes keep it in one piece.
  const isAsked = hear(text.replace(found[0], '')).tokens.some(isContent);
  return typeof name === 'string' && isAsked ? text.replace(found[0], () => `"${name.replace(/["“”]/g, '')}"`) : text;
}

/** Decides about a message as one that goes on from the last call; undefined when it does not. */
export async function followUp(text: string, earlier: Earlier, setting: Setting): Promise<Decision | undefined> {
  const profile = setting.profiles.find(({ tool }) => tool.name === earlier.tool);
  if (profile === undefined) return undefined;
  const values = valuesOf(profile.fields, earlier.input);
  if (UNDO.test(text.replace(EXCLAIMED, ''))) {
    return inverse(profile, values, setting) ?? { kind: 'tell', text: 'I do not know how to take that back.' };
  }
  let bare = text.trim();
  for (let next = bare.replace(MARK, ''); next !== bare; next = bare.replace(MARK, '')) bare = next;
  if (OTHER.test(bare)) return other(profile, values, setting);
  bare = bare.replace(TRAIL, '').replace(/^(?:wait|for|the same|that|it)[\s,]+/i, '');
  const isMarked = bare !== text.trim();
  const said = hear(dated(bare, profile, values, setting.now));
  const first = said.tokens.find(isContent);
  const isNew =
    first !== undefined &&
    said.mood === 'command' &&
    setting.profiles.some((one) => commands(one, first)) &&
    !ADDITION.test(text);
  if (said.tokens.length === 0 || tokenise(bare).length > SHORT || said.mood === 'statement' || (isNew && !isMarked))
    return undefined;
  if (objection(said, () => false) === 'negated') return undefined;
  const isAsking = said.mood === 'question';
  if (isAsking && (profile.tool.effect !== 'read' || (await decide(bare, setting)).kind === 'act')) return undefined;
  const change = CORRECTION.test(text) ? await changed(profile, said, values, setting) : undefined;
  if (change?.kind === 'act') return change;
  // "and bread": one more, with nothing else of the first.
  const text1 = profile.fields.find(({ kind, required, shape }) => kind === 'text' && required && shape === undefined);
  if (MORE.test(text) && !isNew && text1 && (await setting.lookup(profile.tool, text1.name, ''))?.length === 0) {
    const again = await read(profile, hear(`${[...profile.verbs][0] ?? ''} ${bare}`), setting);
    if (again.missing.length === 0) return call(profile, again.values);
  }
  // A list is begun anew, and so is every field that the message says.
  const fresh = await read(profile, said, setting);
  const rest = said.tokens.filter(
    (token, place) => isContent(token) && !fresh.used.has(place) && !isOwn(profile, token.stem),
  );
  if (fresh.firm.size === 0 || fresh.unsure.size > 0 || rest.length > (isMarked && !isNew ? 1 : 0)) return undefined;
  return proceed({ profile, reading: readingOf({ ...values, ...fresh.values }, fresh), score: 1, loose: [] });
}

/** Decides about a message that is a request of its own, with what it points at taken from the last call. */
export async function anew(text: string, { tool, input }: Earlier, setting: Setting): Promise<Decision> {
  const before = setting.profiles.find((profile) => profile.tool.name === tool);
  const decision = await decide(text.replace(EXCLAIMED, ''), setting);
  return before === undefined ? decision : pointed(decision, valuesOf(before.fields, input), text);
}
