/** The form that a message is read into: one tool's fields, what was found for them, and which words said it. */
import type { Field, Option } from './fields.ts';
import { isCued } from './choices.ts';
import { leadIn } from './free-text.ts';
import type { Profile } from './rank.ts';
import type { Utterance } from './speech.ts';
import { nameWords } from './tokens.ts';
import { PREPOSITION, STOP } from './words.ts';

/** A question that was asked about a field, and what it offered to choose from. */
export interface Asked {
  readonly field: Field;
  readonly offered: readonly Option[];
}

export interface Sheet {
  readonly profile: Profile;
  readonly said: Utterance;
  readonly asked: Asked | undefined;
  readonly input: Record<string, unknown>;
  /** The tokens that say a value, and of which field. */
  readonly used: Map<number, Field>;
  /** The fields for which something was said that cannot be taken: two values, or one that is not allowed. */
  readonly unsure: Set<Field>;
  /** What the tool suggests, by field. A field that is not in it has no catalogue. */
  readonly offers: Map<string, readonly Option[]>;
  /** The fields whose catalogue cannot be read. */
  readonly unread: Set<Field>;
  /** Numbers that were said for a field that does not allow them. */
  readonly beyond: Map<Field, number>;
  /** The fields that were filled with something that cannot be just any text. */
  readonly firm: Set<Field>;
  /** Where free text begins, once the tool's free-text field is known to be wanted. */
  begin: number | undefined;
}

/** An empty form, but for what is known from before. */
export function createSheet(
  profile: Profile,
  said: Utterance,
  known: Readonly<Record<string, unknown>>,
  asked: Asked | undefined,
): Sheet {
  return {
    profile,
    said,
    asked,
    input: { ...known },
    used: new Map(),
    unsure: new Set(),
    offers: new Map(),
    unread: new Set(),
    beyond: new Map(),
    firm: new Set(),
    begin: undefined,
  };
}

export const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

/** The stems of the tool's name. */
export const nameOf = (sheet: Sheet): ReadonlySet<string> =>
  new Set(nameWords(sheet.profile.tool.name).map(({ stem }) => stem));

/** The fields of a kind that are still open. */
export const open = (sheet: Sheet, kind: Field['kind']): readonly Field[] =>
  sheet.profile.fields.filter(
    (field) =>
      field.kind === kind && (!(field.name in sheet.input) || (field.many && field.name === sheet.asked?.field.name)),
  );

/** Whether the object that a field is in must be there, or is there in part. */
export function isBegun(sheet: Sheet, field: Field): boolean {
  const path = field.name.slice(0, field.name.lastIndexOf('.') + 1);
  return path !== '' && Object.keys(sheet.input).some((name) => name.startsWith(path));
}

/** The open fields that take any text. */
export const plainText = (sheet: Sheet): readonly Field[] =>
  open(sheet, 'text').filter((field) => !sheet.offers.has(field.name));

/** The field that free text goes into. What a tool that changes something need not have is never guessed. */
export function mainText(sheet: Sheet): Field | undefined {
  const fields = plainText(sheet).filter((field) => field.shape === undefined);
  const optional = sheet.profile.tool.effect === 'read' ? fields[0] : undefined;
  return fields.find((field) => isNeeded(sheet, field)) ?? optional;
}

export const isNeeded = (sheet: Sheet, field: Field): boolean =>
  field.required || field === sheet.asked?.field || (field.bound && isBegun(sheet, field));

export const isFree = (sheet: Sheet, from: number, to = from + 1): boolean =>
  range(from, to).every((place) => !sheet.used.has(place));

/** Looks for the lead-in, now that dates are out of its way. */
export function markText(sheet: Sheet): void {
  if (mainText(sheet) === undefined) return;
  sheet.begin = leadIn(sheet.profile, sheet.said, (place) => isFree(sheet, place));
}

/**
 * Whether an optional field may take these tokens. Inside free text a word belongs to the text: "buy a high chair" says
 * no priority, unless the field's name is beside it.
 */
export function mayTake(sheet: Sheet, field: Field, from: number, to: number): boolean {
  const isText = sheet.begin !== undefined && from >= sheet.begin && sheet.profile.tool.effect !== 'read';
  return isNeeded(sheet, field) || !isText || isCued(field, sheet.said.tokens, from, to);
}

/** Notes that tokens speak of a field; the field's own name beside them goes with them. */
export function use(sheet: Sheet, field: Field, places: readonly number[]): void {
  for (const place of places) sheet.used.set(place, field);
  const [first, last] = [Math.min(...places), Math.max(...places)];
  // "due on Friday" may be said of the text: "the rent is due on Friday".
  const isText = sheet.begin !== undefined && sheet.profile.tool.effect !== 'read';
  if (field.kind === 'moment' ? isText : first < (sheet.begin ?? Infinity)) return;
  const word = (place: number): string => sheet.said.tokens[place]?.word ?? '';
  // "answer by phone"
  const before = PREPOSITION.has(word(first - 1)) ? first - 2 : first - 1;
  for (const place of [before, last + 1]) {
    if (!isFree(sheet, place) || STOP.has(word(place)) || !field.cues.has(sheet.said.tokens[place]?.stem ?? ''))
      continue;
    for (const one of range(place, Math.max(first, place + 1))) sheet.used.set(one, field);
  }
}

/** The tokens that a stretch of the text touches. */
export const touched = (sheet: Sheet, start: number, end: number): readonly number[] =>
  [...sheet.said.tokens.keys()].filter((place) => {
    const token = sheet.said.tokens[place];
    return token !== undefined && token.start < end && token.end > start;
  });

/** Fills a field with a value that only fits it; a list grows by it. */
export function fill(sheet: Sheet, field: Field, value: unknown): void {
  const before: unknown = sheet.input[field.name];
  if (!field.many) sheet.input[field.name] = value;
  else if (!Array.isArray(before)) sheet.input[field.name] = [value];
  else if (!before.includes(value)) sheet.input[field.name] = [...(before as unknown[]), value];
  sheet.firm.add(field);
}
