/** Dates and times in words, read by chrono-node and written as JSON Schema wants a `date-time`. */
import { casual } from 'chrono-node/en';
import type { ParsedResult } from 'chrono-node/en';

/**
 * A moment of a text: `2026-11-25T17:00:00+01:00`, local time with its offset (RFC 3339), and where it was said.
 */
export interface Moment {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** chrono-node takes quadratic time on long runs of times, so that only the beginning of a text is read. */
const READ = 300;
/** An hour without a part of the day is meant for a day's work: nobody calls at five in the morning. */
const DAY_STARTS = 9;

const pad = (value: number): string => String(value).padStart(2, '0');
const HOUR = 3_600_000;

/** The offset of local time from UTC at a moment, which summer time changes: `+01:00`. */
function offset(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

function dateTime(parts: ParsedResult['start'], text: string, now: number): string {
  const exact = parts.isCertain('hour');
  // chrono begins the morning at six.
  const hour = Math.max(exact ? 0 : DAY_STARTS, parts.get('hour') ?? 0);
  const named = exact || [...parts.tags()].some((tag) => /Casual.*Time|tonight/.test(tag));
  // "at 5" is five in the afternoon: from 1 to 7 without am or pm the hour is taken as pm, "05:00" is taken as said.
  const pm = exact && !parts.isCertain('meridiem') && hour >= 1 && hour <= 7 && !/\b0\d/.test(text);
  let at = new Date(
    parts.get('year') ?? 1970,
    (parts.get('month') ?? 1) - 1,
    parts.get('day') ?? 1,
    named ? hour + (pm ? 12 : 0) : DAY_STARTS,
    named ? (parts.get('minute') ?? 0) : 0,
  );
  // Five in the morning was over, so that chrono went on to tomorrow; five in the afternoon may still be to come.
  const free = !parts.isCertain('day') && !parts.isCertain('weekday');
  if (pm && free && at.getTime() - 24 * HOUR > now) at = new Date(at.getTime() - 24 * HOUR);
  const date = `${String(at.getFullYear()).padStart(4, '0')}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${date}T${pad(at.getHours())}:${pad(at.getMinutes())}:00${offset(at)}`;
}

/**
 * A length of time ("for 2 hours", "a minute") and a bare range of numbers ("2 to 4") are no moments, and short words
 * that are more often something else ("sun cream", "night train") are none by themselves.
 */
const NO_MOMENT = /^for\b|^\d+\s*(?:to|-|–)\s*\d+$|^(?:sun|sat|mar|may|night|morning|afternoon|evening)$/i;
const FROM_NOW = /^(?:in|within|next|last|this|past|now|\+)|\b(?:ago|later|from now|time)$/i;

/**
 * The moments of a text in order; a range gives two. A day without a time is taken as nine in the morning.
 *
 * @param now Milliseconds since 1970 to which "tomorrow" refers.
 */
export function moments(text: string, now: number): readonly Moment[] {
  return casual.parse(text.slice(0, READ), new Date(now), { forwardDate: true }).flatMap((result) => {
    if (NO_MOMENT.test(result.text)) return [];
    if (result.tags().has('result/relativeDate') && !FROM_NOW.test(result.text)) return [];
    const span = { start: result.index, end: result.index + result.text.length };
    return [result.start, ...(result.end ? [result.end] : [])].map((parts) => ({
      value: dateTime(parts, result.text, now),
      ...span,
    }));
  });
}
