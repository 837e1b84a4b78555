/**
 * Days as numbers that can be counted with, and how they become moments of local time. A day that does not exist is
 * NaN, and so is all that is made of it.
 */

const DAY = 86_400_000;
const MINUTE = 60_000;

/** The number of a day, from 0 for the first of January 1970; NaN for the 30th of February. Months count from 0. */
export function dayNumber(year: number, month: number, date: number): number {
  const day = Date.UTC(year, month, date) / DAY;
  const made = new Date(day * DAY);
  return made.getUTCDate() === date && made.getUTCMonth() === month ? day : NaN;
}

/** Year, month from 0, and date of a day. */
export function partsOf(day: number): { readonly year: number; readonly month: number; readonly date: number } {
  const made = new Date(day * DAY);
  return { year: made.getUTCFullYear(), month: made.getUTCMonth(), date: made.getUTCDate() };
}

/** The day that it is at a moment, where the program runs. */
export function dayOf(moment: number): number {
  const made = new Date(moment);
  return dayNumber(made.getFullYear(), made.getMonth(), made.getDate());
}

/** From 0 for Monday, with which a week begins. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** The same date some months later, or the last of a month that has no such date. */
export function addMonths(day: number, months: number): number {
  const { year, month, date } = partsOf(day);
  return dayNumber(year, month, 1) === day + 1 - date
    ? Math.min(firstOf(year, month + months) + date - 1, firstOf(year, month + months + 1) - 1)
    : NaN;
}

/** The first day of a month, which may be one beyond the year's. */
export const firstOf = (year: number, month: number): number => Date.UTC(year, month, 1) / DAY;

/** The first day from `from` on that has this weekday. */
export const nextWeekday = (weekday: number, from: number): number => from + ((weekday - weekdayOf(from) + 7) % 7);

/** The first day from `from` on that has this date, in any month or in the one that is given. */
export function nextDate(date: number, from: number, only?: number): number {
  const { year, month } = partsOf(from);
  // The 29th of February may be eight years away.
  for (let at = month; at <= month + 96; at++) {
    const day = only === undefined || at % 12 === only ? dayNumber(year + Math.floor(at / 12), at % 12, date) : NaN;
    if (day >= from) return day;
  }
  return NaN;
}

/**
 * The moment at which it is so many minutes past the midnight with which a day begins. An hour that summer time skips
 * is taken as the one after it; of an hour that comes twice, the first is meant.
 *
 * @param zone Minutes that the clock is ahead of UTC; without it, local time.
 */
export function momentAt(day: number, minutes: number, zone?: number): number {
  if (zone !== undefined) return day * DAY + (minutes - zone) * MINUTE;
  const { year, month, date } = partsOf(day);
  return new Date(year, month, date, 0, Math.floor(minutes), Math.round((minutes % 1) * 60)).getTime();
}

const pad = (value: number, length = 2): string => String(Math.floor(value)).padStart(length, '0');

/** A moment in local time with its offset, as RFC 3339 writes it; undefined for none, and beyond the years it knows. */
export function rfc3339(moment: number): string | undefined {
  const at = new Date(moment);
  const year = at.getFullYear();
  if (!(year >= 1000 && year <= 9999)) return undefined;
  const ahead = -at.getTimezoneOffset();
  const offset = Math.abs(ahead);
  const date = `${year}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  const time = `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
  return `${date}T${time}${ahead < 0 ? '-' : '+'}${pad(offset / 60)}:${pad(offset % 60)}`;
}
