/** How days and times are matched in a text: patterns put together from named fragments, and the numbers in them. */
import { IRREGULAR, ordinalOf, SMALL } from './numbers.ts';
import { WORD_CHARS } from './tokens.ts';

export interface DateText {
  readonly text: string;
  /** Milliseconds since 1970, and the day that it is then. */
  readonly now: number;
  readonly today: number;
}

/** What was read from some place of a text on, and where it ends. */
export type Read<T> = (T & { readonly to: number }) | undefined;

const WEEKDAYS = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday';
const MONTHS = 'january|february|march|april|may|june|july|august|september|october|november|december';

/** The names of days and months. */
export const CALENDAR = `${WEEKDAYS}|${MONTHS}`.split('|');

const short = (names: string): string => names.replace(/(\w{3})(\w+)/g, '$1(?:$2)?');

const small = [...SMALL.keys()].slice(1);
const tens = small.slice(19).join('|');
const joined = `(?:(?:${tens})(?: |~-~))?`;

/** A space stands for any white space, `~` for white space that may be missing, a capital for one of these. */
const FRAGMENTS: Readonly<Record<string, string>> = {
  W: `(?:${short(WEEKDAYS)}|tues|weds|thurs?|wensday|wednsday)`,
  M: `(?:${short(MONTHS)}|sept)`,
  P: '(?:morning|afternoon|evening|night)',
  // Digits, or words up to ninety-nine.
  N: `(?:\\d{1,4}(?:\\.\\d)?|${joined}(?:${small.join('|')}))`,
  // An hour of a clock face in words.
  H: `(?:${small.slice(0, 12).join('|')})`,
  O: `(?:\\d{1,2}(?:st|nd|rd|th)|${joined}(?:${[...IRREGULAR.keys()].join('|')}|(?:${small.join('|')})th))`,
  Y: '[12]\\d{3}',
  A: '(?:(?:an? )?(?:half(?: an?)?|couple(?: of)?|few) |an? |N~)',
  U: '(?:(?:second|sec|minute|min|hour|hr|day|week|fortnight|month|year)s?|h|m)',
  // What would make a number count or measure something.
  C: '(?!~(?:%|°|percent|people|person|km|of|U|(?!\\w*days)[a-z]{3,}s)(?!\\w)|[.,:/]\\d)',
};

/** Makes a pattern that matches at a place, whole words only, unless it ends with a space. */
export function pattern(source: string, isOpen = source.endsWith(' '), flags = 'iy'): RegExp {
  let all = source;
  while (/[A-Z]/.test(all)) all = all.replace(/[A-Z]/g, (name) => FRAGMENTS[name] ?? '');
  const spaced = all.replaceAll(' ', '\\s{1,3}').replaceAll('~', '\\s{0,3}');
  return new RegExp(isOpen ? spaced : `(?:${spaced})(?![${WORD_CHARS}])`, flags);
}

/** The match of a pattern at a place, and where it ends. */
export function matchAt(
  { text }: Pick<DateText, 'text'>,
  at: number,
  sticky: RegExp,
): Read<{ readonly groups: readonly (string | undefined)[] }> {
  sticky.lastIndex = at;
  const groups = sticky.exec(text)?.map((group: string | undefined) => group?.toLowerCase());
  return groups && { groups, to: sticky.lastIndex };
}

/** The place after a match, or the same place when there is none. */
export const skip = (text: Pick<DateText, 'text'>, at: number, sticky: RegExp): number =>
  matchAt(text, at, sticky)?.to ?? at;

const place = (names: string, name: string): number =>
  names.split('|').findIndex((one) => one.startsWith(name.slice(0, 3)));
/** From 0 for Monday. */
export const weekdayNamed = (name: string): number => (name === 'wensday' ? 2 : place(WEEKDAYS, name));
/** From 0 for January. */
export const monthNamed = (name: string): number => place(MONTHS, name);

/** The value of a number or an ordinal, in digits or in words. */
export function numberOf(said: string): number {
  const digits = /^[\d.]+/.exec(said);
  if (digits) return Number(digits[0]);
  return said.split(/[^a-z]+/).reduce((sum, word) => sum + (SMALL.get(word) ?? ordinalOf(word)), 0);
}
