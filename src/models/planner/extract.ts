/** Fills a tool's input from a message, led by the input's schema and by what the tool suggests. */
import type { Field, Option } from './fields.ts';
import { fetchOffers, fillThings } from './catalogue.ts';
import type { Lookup } from './catalogue.ts';
import { stretch, tailOf, textOf } from './free-text.ts';
import { lostName } from './lost.ts';
import { ordinal } from './numbers.ts';
import type { Names } from './patterns.ts';
import type { Profile } from './rank.ts';
import { createSheet, fill, isFree, isNeeded, mainText, markText, plainText, range, touched, use } from './sheet.ts';
import type { Asked, Sheet } from './sheet.ts';
import { isConsent } from './speech.ts';
import type { Utterance } from './speech.ts';
import { fillBooleans, fillChoices, fillExpression, fillMoments, fillNumbers } from './values.ts';
import { STOP } from './words.ts';

/** What a message says about one tool's input. */
export interface Reading {
  readonly input: Readonly<Record<string, unknown>>;
  /** The tokens that say a value, and of which field. */
  readonly used: ReadonlyMap<number, Field>;
  /** What must still be asked: required and not said, or said in a way that cannot be taken. */
  readonly missing: readonly Field[];
  /** What to offer when a field is asked for. */
  readonly offers: ReadonlyMap<string, readonly Option[]>;
  /** The fields that were filled with something that cannot be just any text. */
  readonly firm: ReadonlySet<Field>;
  /** Numbers that were said for a field that does not allow them. */
  readonly beyond: ReadonlyMap<Field, number>;
  /** What was named for the first missing field, when the tool's catalogue does not have it. */
  readonly lost: string | undefined;
  /** Whether a kind of things was named for it, which the offers now are. */
  readonly isKind: boolean;
}

export interface ReadOptions {
  /** Milliseconds since 1970, for "tomorrow". */
  readonly now: number;
  readonly lookup: Lookup;
  /** The names of all things of all tools. */
  readonly names: Names;
  /** What earlier messages said. */
  readonly known?: Readonly<Record<string, unknown>>;
  /** The question that the message answers. */
  readonly asked?: Asked;
}

/** Reads a message for one tool. Waits only for the tool's `suggest`; when that fails, the field counts as not said. */
export async function read(profile: Profile, said: Utterance, options: ReadOptions): Promise<Reading> {
  const sheet = createSheet(profile, said, options.known ?? {}, options.asked);
  await fetchOffers(sheet, options.lookup);
  // What is least likely to be mistaken for something else is read first, and free text is what remains.
  fillThings(sheet, options.now);
  fillMoments(sheet, options.now);
  fillExpression(sheet);
  markText(sheet);
  fillChoices(sheet);
  fillBooleans(sheet);
  fillNumbers(sheet);
  fillShapes(sheet);
  fillTexts(sheet);
  takeOffered(sheet);

  const { input, unsure, offers, used, firm } = sheet;
  const unclear = new Set([...unsure].map((field) => field.name));
  const clear = Object.fromEntries(Object.entries(input).filter(([name]) => !unclear.has(name)));
  const missing = profile.fields.filter((field) => unsure.has(field) || (field.required && !(field.name in clear)));
  const named = missing[0] && lostName(sheet, missing[0], options.names);
  const isKind = missing[0] !== undefined && named !== undefined && (await narrow(sheet, missing[0], named, options));
  const lost = isKind ? undefined : named;
  return { input: clear, used, missing, offers, firm, beyond: sheet.beyond, lost, isKind };
}

/** Offers what the tool itself suggests for a name, such as a kind of things, when that is less than everything. */
async function narrow(sheet: Sheet, field: Field, name: string, { lookup }: ReadOptions): Promise<boolean> {
  const { tool } = sheet.profile;
  const fitting = (await lookup(tool, field.name, name)) ?? [];
  const all = (await lookup(tool, field.name, '')) ?? [];
  if (fitting.length === 0 || fitting.length >= all.length) return false;
  sheet.offers.set(field.name, fitting);
  return true;
}

/** Texts that are known by their looks: an e-mail address, a URL, a number of an order. */
function fillShapes(sheet: Sheet): void {
  const { text } = sheet.said;
  for (const field of plainText(sheet)) {
    const word = text
      .split(/\s+/)
      .map((one) => one.replace(/[.,;!?]+$/, ''))
      .find((one) => field.shape?.test(one));
    if (word === undefined || word === '') continue;
    const start = text.indexOf(word);
    const places = touched(sheet, start, start + word.length);
    if (places.length > 0) use(sheet, field, places);
    fill(sheet, field, word);
  }
}

/** What introduces the words of somebody without the field's name: "write to Ann saying I am late". */
const SAYING = /^(?:saying|says|that)$/;
const SAID = ['text', 'messag', 'body', 'content', 'not', 'comment'];

/** Free text: what is quoted, else what the lead-in leaves. Other text fields need their name before their text. */
function fillTexts(sheet: Sheet): void {
  const { said, profile, begin } = sheet;
  const main = mainText(sheet);
  if (main !== undefined && sheet.asked?.field === main) {
    sheet.input[main.name] = said.text.replace(/^["“]|["”.]$/g, '').trim();
    use(sheet, main, [...said.tokens.keys()]);
    return;
  }
  const free = (place: number): boolean => isFree(sheet, place);
  const take = (field: Field, places: readonly number[]): void => {
    if (!places.some((place) => !STOP.has(said.tokens[place]?.word ?? 'a'))) return;
    sheet.input[field.name] = textOf(said, places);
    for (const place of places) sheet.used.set(place, field);
  };
  let end = begin === undefined ? said.tokens.length : tailOf(profile, said, begin);
  for (const field of plainText(sheet).filter((one) => one !== main && one.shape === undefined)) {
    const cue = said.tokens.findIndex(({ word, stem }, place) => {
      const isCue = field.cues.has(stem) || (SAYING.test(word) && SAID.some((one) => field.cues.has(one)));
      return isCue && place > (begin ?? 0) && place < end && free(place);
    });
    if (cue < 0) continue;
    // "name Ann, phone 12": a comma and the name of another field end it.
    const next = said.tokens.findIndex(
      ({ start, stem }, place) =>
        place > cue && said.text[start - 2] === ',' && profile.fields.some((other) => other.cues.has(stem)),
    );
    // "set the note to hello"
    const from = cue === 2 && said.tokens[3]?.word === 'to' ? 4 : cue + 1;
    take(field, stretch(said.tokens, from, next < 0 ? end : Math.min(next, end), free));
    sheet.used.set(cue, field);
    if (next < 0) end = cue;
  }
  if (main === undefined) return;
  const quoted = /["“]([^"”]+)["”]/.exec(said.text);
  if (quoted?.[1] !== undefined) {
    sheet.input[main.name] = quoted[1].trim();
    for (const place of touched(sheet, quoted.index, quoted.index + quoted[0].length)) sheet.used.set(place, main);
  } else if (begin !== undefined) take(main, stretch(said.tokens, begin, end, free));
}

/** "the second" and the like, as the answer to a question that offered something. */
function takeOffered(sheet: Sheet): void {
  const { asked, said } = sheet;
  if (asked === undefined || !isNeeded(sheet, asked.field) || asked.field.name in sheet.input) return;
  const agreed = asked.offered.length === 1 && isConsent(said.raw);
  const at = agreed ? 0 : ordinal(said.tokens, asked.offered.length);
  const chosen = at === undefined ? undefined : asked.offered[at];
  if (chosen === undefined) return;
  sheet.unsure.delete(asked.field);
  use(sheet, asked.field, range(0, said.tokens.length));
  fill(sheet, asked.field, chosen.value);
}
