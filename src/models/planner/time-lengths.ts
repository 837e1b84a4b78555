/** Lengths of time: `two and a half hours`, `a fortnight`. They say a moment only with `in`, `ago` and the like. */
import { addMonths, momentAt } from './calendar.ts';
import { matchAt, numberOf, pattern } from './date-patterns.ts';
import type { DateText, Read } from './date-patterns.ts';
import { timeUnit } from './numbers.ts';

export interface Length {
  readonly months: number;
  readonly days: number;
  readonly seconds: number;
}

const PART = pattern('(A)(and a half )?(U)( and a half)?', 'giu', true);
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

/** The length that a text says as a whole; undefined for one that nobody could count on, such as half a month. */
export function lengthOf(text: string): Length | undefined {
  let [months, seconds, days] = [0, 0, 0];
  for (const [, said = '', half, unit = '', after] of text.toLowerCase().matchAll(PART)) {
    const amount = amountOf(said) + (half !== undefined || after !== undefined ? 0.5 : 0);
    const size = secondsIn(unit);
    months += amount * monthsIn(unit);
    if (size < DAY) seconds += amount * size;
    else days += (amount * size) / DAY;
  }
  const whole = Math.floor(days);
  return Number.isInteger(months) ? { months, days: whole, seconds: seconds + (days - whole) * DAY } : undefined;
}

const NOW = pattern("(L)( ago| later| from (?:now|today)|(?:~['’])?(?: time)?)");
const COUNTED = pattern('(?:the )?(next|last|past) (L)');

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
  const read = counted ?? matchAt(text, at, NOW);
  if (read === undefined) return undefined;
  const [, first = '', second = ''] = read.groups;
  const length = lengthOf(counted ? second : first);
  const isSaid = counted ?? (/ago|later|now|today/.test(second) || /^(?:in|within)$/.test(lead));
  return length && isSaid
    ? { length, sign: /last|past|ago/.test(counted ? first : second) ? -1 : 1, to: read.to }
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
