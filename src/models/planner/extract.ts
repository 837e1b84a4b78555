/** Fills a tool's input from a message, led by the input's schema and by what the tool suggests. */
import type { Field, Option } from './fields.ts';
import { inputOf, valuesOf } from './fields.ts';
import { fetchOffers, fillThings } from './catalogue.ts';
import type { Lookup } from './catalogue.ts';
import { fillAddress, fillPerson, fillShapes } from './looks.ts';
import { lostName } from './lost.ts';
import { ordinal } from './numbers.ts';
import { fillMoments } from './moment-values.ts';
import { fillNumbers } from './number-values.ts';
import type { Names } from './patterns.ts';
import type { Profile } from './rank.ts';
import { createSheet, fill, isNeeded, markText, range, use } from './sheet.ts';
import type { Asked, Sheet } from './sheet.ts';
import { isConsent } from './speech.ts';
import type { Utterance } from './speech.ts';
import { fillTexts } from './texts.ts';
import { fillBooleans, fillChoices, fillDays, fillExpression } from './values.ts';

/** What a message says about one tool's input. */
export interface Reading {
  /** What was read. */
  readonly said: Utterance;
  readonly input: Readonly<Record<string, unknown>>;
  /** The same by the names of the fields. */
  readonly values: Readonly<Record<string, unknown>>;
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
  /** The fields for which something was said that cannot be taken. */
  readonly unsure: ReadonlySet<Field>;
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
  const { fields } = profile;
  const sheet = createSheet(profile, said, valuesOf(fields, options.known ?? {}), options.asked);
  await fetchOffers(sheet, options.lookup);
  // What is least likely to be mistaken for something else is read first, and free text is what remains.
  fillShapes(sheet);
  fillDays(sheet);
  fillThings(sheet, options.now);
  fillAddress(sheet);
  fillMoments(sheet, options.now);
  fillExpression(sheet);
  markText(sheet);
  fillChoices(sheet);
  fillBooleans(sheet);
  fillNumbers(sheet);
  fillPerson(sheet);
  fillTexts(sheet);
  takeOffered(sheet);

  const { input, unsure, offers, used, firm } = sheet;
  for (const field of fields) {
    const value: unknown = input[field.name];
    if (field.many && Array.isArray(value) && value.length < field.least) unsure.add(field);
  }
  const unclear = new Set([...unsure].filter(({ many }) => !many).map((field) => field.name));
  const clear = Object.fromEntries(Object.entries(input).filter(([name]) => !unclear.has(name)));
  const missing = fields.filter((field) => unsure.has(field) || (isNeeded(sheet, field) && !(field.name in clear)));
  const named = missing[0] && lostName(sheet, missing[0], options.names);
  const isKind = missing[0] !== undefined && named !== undefined && (await narrow(sheet, missing[0], named, options));
  const lost = isKind ? undefined : named;
  return {
    said,
    input: inputOf(clear),
    values: clear,
    used,
    missing,
    offers,
    firm,
    beyond: sheet.beyond,
    lost,
    isKind,
    unsure,
  };
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
