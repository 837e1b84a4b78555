/** Times of day: `5pm`, `17:30`, `half past five`, `noon`, and parts of the day such as `in the evening`. */
import { matchAt, numberOf, pattern } from './date-patterns.ts';
import type { DateText, Read } from './date-patterns.ts';

export interface Clock {
  /** As it was said; 24 is midnight, and NaN no hour of the day. */
  readonly hour: number;
  /** Less than 0 for `quarter to six`. */
  readonly minute: number;
  readonly second: number;
  /** Whether it needs no guess between morning and afternoon. */
  readonly sure: boolean;
  /** A number that may be something else, and the word before it, which says what it is. */
  readonly bare: boolean;
  readonly lead: string;
  /** Minutes ahead of UTC, when a zone was said. */
  readonly zone?: number | undefined;
}

export type Part = 'morning' | 'afternoon' | 'evening' | 'night' | 'tonight';

/** The hour that is meant by a part of the day alone. */
export const PART_HOURS: Readonly<Record<Part, number>> = {
  morning: 9,
  afternoon: 15,
  evening: 20,
  night: 20,
  tonight: 22,
};

const PART = pattern('(the )?(P)');

/**
 * The part of a day that is said at a place: `morning` right after a day, `in the morning`, `at night`.
 *
 * @param lead The preposition before it.
 * @param isSaid Whether a day or a time stands before it.
 */
export function partAt(text: DateText, at: number, lead: string, isSaid: boolean): Read<{ readonly part: Part }> {
  const read = matchAt(text, at, PART);
  if (read === undefined) return undefined;
  const [, article, part] = read.groups;
  const isBare = lead === '' || (lead === 'at' && part === 'night');
  return (article ? lead === 'in' : isSaid && isBare) ? { part: part as Part, to: read.to } : undefined;
}

const NAMED = pattern('(noon|midday)|(midnight)|eod|(?:the )?end of (?:the )?day');
const PAST = pattern('(?:(half)|(?:an? )?(quarter)|(N)( min(?:ute)?s?)?) (past|to) (\\d{1,2}|H)');
const DIGITS = pattern(
  '(\\d{1,2})(?:([:.])(\\d{2})(?::(\\d{2}))?|(h)(\\d{2})?)?(?:~([ap])(?:m|\\.~m\\.?))?(?:~(z|utc|gmt|bst|ces?t|[ecmp][sd]t))?',
);
const WORDS = pattern('(H)(?: (N))?(?:~([ap])m)?');
const CLEAR = pattern("~o['’]?clock|(?= (?:in the P|at night))", true);
const NUMBER_ENDS = pattern('C', true);
const ZONES: Readonly<Record<string, number>> = { bst: 1, cet: 1, cest: 2, e: -5, c: -6, m: -7, p: -8 };

const clock = (hour: number, minute = 0, more: Partial<Clock> = {}): Clock => ({
  hour,
  minute,
  second: 0,
  sure: false,
  bare: false,
  lead: '',
  ...more,
});

/** Minutes that a zone is ahead of UTC. */
const zoneNamed = (zone: string): number =>
  60 * (ZONES[zone] ?? (ZONES[zone.charAt(0)] ?? 0) + (/^.dt/.test(zone) ? 1 : 0));

/** `half past five`, `quarter to 6`, `ten minutes past 3`. */
function pastAt(text: DateText, at: number, lead: string): Read<{ readonly clock: Clock }> {
  const read = matchAt(text, at, PAST);
  if (read === undefined) return undefined;
  const [, half, quarter, number = '', unit, direction, hour = ''] = read.groups;
  const minute = half ? 30 : quarter ? 15 : numberOf(number);
  // "five to seven" is more often a range than a time.
  const isClear = direction === 'past' || quarter || unit || (lead === 'at' && minute % 5 === 0);
  const isTime = isClear && minute > 0 && minute < 60 && numberOf(hour) >= 1 && numberOf(hour) <= 12;
  return isTime ? { clock: clock(numberOf(hour), direction === 'past' ? minute : -minute), to: read.to } : undefined;
}

/** A time in digits: `5:30`, `5.30 pm`, `17h30`, `5`. */
function digitsAt(text: DateText, at: number, lead: string): Read<{ readonly clock: Clock }> {
  const read = matchAt(text, at, DIGITS);
  if (read === undefined) return undefined;
  const [, hour = '', sign, minute, second, h, after, half, zone] = read.groups;
  // "5.30" is a number and "5h" a length, unless something says that it is a time.
  if (half === undefined && sign === '.' && lead !== 'at') return undefined;
  const isFor = /\bfor\s+$/i.test(text.text.slice(Math.max(0, at - 6), at));
  if (h && (isFor || (Number(hour) <= 12 && lead !== 'at'))) return undefined;
  const [hours, minutes, seconds] = [Number(hour), Number(minute ?? after ?? 0), Number(second ?? 0)];
  const bare = half === undefined && sign === undefined && h === undefined;
  const isTime = minutes < 60 && seconds < 60 && (half ? hours >= 1 && hours <= 12 : hours < 24 || bare);
  const said = half ? (hours % 12) + (half === 'p' ? 12 : 0) : hours;
  return {
    clock: clock(isTime ? said : NaN, minutes, {
      second: seconds,
      sure: half !== undefined || hours > 12 || hour.startsWith('0'),
      bare,
      zone: zone === undefined ? undefined : zoneNamed(zone),
    }),
    to: read.to,
  };
}

/** A time in words: `five`, `seven thirty`, `six pm`. */
function wordsAt(text: DateText, at: number): Read<{ readonly clock: Clock }> {
  const read = matchAt(text, at, WORDS);
  if (read === undefined) return undefined;
  const [, hour = '', minute = '', half] = read.groups;
  const said = numberOf(hour);
  if (minute !== '' && !(/^[a-z]/.test(minute) && numberOf(minute) >= 10 && numberOf(minute) < 60)) return undefined;
  const sure = half !== undefined;
  const made = clock(sure ? (said % 12) + (half === 'p' ? 12 : 0) : said, numberOf(minute), { sure, bare: !sure });
  return { clock: made, to: read.to };
}

/**
 * The time that is said at a place. A bare number is one when nothing is counted by it; the caller must see that its
 * lead or its neighbours make it a time.
 *
 * @param lead The preposition before it.
 */
export function clockAt(text: DateText, at: number, lead: string): Read<{ readonly clock: Clock }> {
  const named = matchAt(text, at, NAMED);
  if (named) return { clock: clock(named.groups[1] ? 12 : named.groups[2] ? 24 : 17, 0, { sure: true }), to: named.to };
  const read = pastAt(text, at, lead) ?? digitsAt(text, at, lead) ?? wordsAt(text, at);
  if (read?.clock.bare !== true) return read && { clock: { ...read.clock, lead }, to: read.to };
  const clear = matchAt(text, read.to, CLEAR);
  if (clear) return { clock: { ...read.clock, bare: false, lead }, to: clear.to };
  return matchAt(text, read.to, NUMBER_ENDS) && { clock: { ...read.clock, lead }, to: read.to };
}

/**
 * Minutes from the midnight with which a day begins, at which a time is meant. Without a part of the day, 1 to 7 is
 * the afternoon: nobody calls at five in the morning.
 */
export function minutesOf({ hour, minute, second, sure }: Clock, part: Part | undefined): number {
  const isNight = part === 'night' || part === 'tonight';
  let add = 0;
  if (isNight && hour < 5) add = 24;
  else if (sure) add = 0;
  else if (part === 'morning') add = hour === 12 ? -12 : 0;
  else if (part !== undefined) add = hour === 12 && !isNight ? 0 : 12;
  else if (hour >= 1 && hour <= 7) add = 12;
  return (hour + add) * 60 + minute + second / 60;
}
