/** Lengths of time: `two and a half hours`, `a fortnight`. They say a moment only with `in`, `ago` and the like. */
import { addMonths, momentAt } from './calendar.ts';
import { matchAt, numberOf, pattern, skip } from './date-patterns.ts';
import type { DateText, Read } from './date-patterns.ts';
import { timeUnit } from './numbers.ts';

export interface Length {
  readonly months: number;
  readonly days: number;
  readonly seconds: number;
}

const GROUP = pattern('(A)(and a half )?(U)( and a half)?', true);
const AND = pattern(' and |~,?~', true);
const WORD_ENDS = pattern('');
const MAX_GROUPS = 3;
const DAY = 86_400;

/** Months of a unit that is no fixed time. */
const monthsIn = (unit: string): number => (unit.startsWith('mo') ? 1 : unit.startsWith('y') ? 12 : 0);

/** Seconds of any other unit. */
const secondsIn = (unit: string): number => timeUnit(unit) ?? (unit === 'm' ? 60 : unit.startsWith('f') ? 14 * DAY : 0);

function amountOf(said: string): number {
  if (/half/.test(said)) return 0.5;
  if (/couple/.test(said)) return 2;
  if (/few/.test(said)) return 3;
  return /^an?\s/.test(said) ? 1 : numberOf(said);
}

/** Whether a length begins at a place, be it with half a word. */
export const isLength = (text: DateText, at: number): boolean => matchAt(text, at, GROUP) !== undefined;

/**
 * The length that is said from a place on, of up to three groups: `2 weeks, 3 days and an hour`. It is undefined where
 * nobody could count on it, as with half a month. One pattern for a group and a loop, since a pattern for all of it takes
 * an engine tens of milliseconds to compile.
 */
export function lengthAt(text: Pick<DateText, 'text'>, at: number): Read<{ readonly length: Length | undefined }> {
  let [months, seconds, days] = [0, 0, 0];
  let found: Read<{ readonly length: Length | undefined }>;
  for (let from = at, count = 0; count < MAX_GROUPS; count++) {
    const read = matchAt(text, from, GROUP);
    if (read === undefined) break;
    const [, said = '', half, unit = '', after] = read.groups;
    const amount = amountOf(said) + (half !== undefined || after !== undefined ? 0.5 : 0);
    const size = secondsIn(unit);
    months += amount * monthsIn(unit);
    if (size < DAY) seconds += amount * size;
    else days += (amount * size) / DAY;
    const whole = Math.floor(days);
    const length = { months, days: whole, seconds: seconds + (days - whole) * DAY };
    if (matchAt(text, read.to, WORD_ENDS))
      found = { length: Number.isInteger(months) ? length : undefined, to: read.to };
    from = skip(text, read.to, AND);
  }
  return found;
}

/** The length that a text begins with. */
export const lengthOf = (text: string): Length | undefined => lengthAt({ text }, 0)?.length;

const SINCE_NOW = pattern("( ago| later| from (?:now|today)|(?:~['’])?(?: time)?)");
const COUNTED = pattern('(?:the )?(next|last|past) ');

/**
 * A length before or after now, with its sign: `2 days ago`, `an hour later`, `in 3 weeks`, `the next 20 minutes`.
 *
 * @param lead The preposition before it.
 */
export function distanceAt(
  text: DateText,
  at: number,
  lead: string,
): Read<{ readonly length: Length; readonly sign: 1 | -1 }> {
  const counted = matchAt(text, at, COUNTED);
  const said = lengthAt(text, counted?.to ?? at);
  const read = counted ?? (said && matchAt(text, said.to, SINCE_NOW));
  const [, way = ''] = read?.groups ?? [];
  const isSaid = counted ?? (/ago|later|now|today/.test(way) || /^(?:in|within)$/.test(lead));
  return read && said?.length && isSaid
    ? { length: said.length, sign: /last|past|ago/.test(way) ? -1 : 1, to: counted ? said.to : read.to }
    : undefined;
}

/** The day that lies a length of whole days before or after another. */
export const shiftDay = (day: number, { months, days }: Length, sign: 1 | -1): number =>
  addMonths(day, sign * months) + sign * days;

/** The moment that lies a length before or after now. Seconds count only where they were said. */
export function shiftNow({ now, today }: DateText, length: Length, sign: 1 | -1): number {
  const later = sign * length.seconds * 1000;
  if (length.months > 0 || length.days > 0) {
    const minutes = Math.floor((now - momentAt(today, 0)) / 60_000);
    return momentAt(shiftDay(today, length, sign), minutes) + later;
  }
  return length.seconds % 60 === 0 ? Math.floor((now + later) / 60_000) * 60_000 : now + later;
}
