/** One moment as it was said: a day, a time and a part of the day, in the order in which people put them. */
import { dayNumber, momentAt, weekdayOf } from './calendar.ts';
import { matchAt, pattern, skip } from './date-patterns.ts';
import type { DateText, Read } from './date-patterns.ts';
import { dayAt } from './day-phrases.ts';
import type { Day } from './day-phrases.ts';
import { distanceAt, isLength, lengthAt, shiftNow } from './time-lengths.ts';
import { clockAt, partAt } from './time-phrases.ts';
import type { Clock, Part } from './time-phrases.ts';

const LEAD = pattern('(on|at|@|by|in|within|from|until|till|before|after|since|between|around|about|for) ');
/** They begin something else than the rest of a moment: "friday until 5" is a range. */
const NOT_INNER = /^(?:within|until|till|since|for)$/;
/** After the other prepositions a number may be an hour, after some of them only beside a day. */
const NO_HOUR = /^(?:on|in|within|since|for)?$/;
const ABOUT = pattern('(?:about|around) ');
const GAP = pattern('~[,(]?~', true);
const JOINING = pattern('(?: (?:to|until|till|through|and) |~[-–—]~)N', true);

/** What was said of one moment. */
export interface Said {
  readonly day?: Day | undefined;
  readonly clock?: Clock | undefined;
  readonly part?: Part | undefined;
  /** A moment that needs nothing else. */
  readonly instant?: number | undefined;
  /** Milliseconds that it lies after what the rest says. */
  readonly shift: number;
  /** The preposition that it began with. */
  readonly lead: string;
  readonly isBetween: boolean;
  readonly from: number;
  readonly to: number;
}
type Piece = Read<Partial<Said>>;

const ISO = pattern(
  '(\\d{4})-(\\d{1,2})-(\\d{1,2})t(\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.\\d{1,9})?)?(?:(z)|([+-]\\d{2}):?(\\d{2}))?',
);
const NOW = pattern('now');

/** `now`, `in two hours`, `half an hour ago`, an ISO date with its time. */
function instantAt(text: DateText, at: number, lead: string): Piece {
  const now = matchAt(text, at, NOW);
  if (now) return { instant: Math.floor(text.now / 60_000) * 60_000, to: now.to };
  const iso = matchAt(text, at, ISO);
  if (iso) {
    const [year = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0] = iso.groups
      .slice(1, 7)
      .map((part) => Number(part ?? 0));
    const [zulu, hours, minutes] = iso.groups.slice(7);
    const zone = hours ? Number(hours) * 60 + Number(`${hours.charAt(0)}${minutes ?? ''}`) : zulu ? 0 : undefined;
    const day = hour < 24 && minute < 60 && second < 60 ? dayNumber(year, month - 1, date) : NaN;
    return { instant: momentAt(day, hour * 60 + minute, zone) + second * 1000, to: iso.to };
  }
  const distance = distanceAt(text, at, lead);
  return distance && distance.length.seconds > 0
    ? { instant: shiftNow(text, distance.length, distance.sign), to: distance.to }
    : undefined;
}

/** A day, for what was said so far. A date may follow its weekday, and a weekday its date. */
function dayFor(text: DateText, at: number, lead: string, { day }: Said): Piece {
  const read = dayAt(text, at, lead);
  if (read === undefined) return undefined;
  if (day === undefined) return read.day.part ? { ...read, part: read.day.part } : read;
  if (day.isWeekday === read.day.isWeekday) return undefined;
  // A weekday after a date needs no word between, or it is another day.
  if (read.day.isWeekday && lead !== '') return undefined;
  const [date, weekday] = day.isWeekday ? [read.day, day] : [day, read.day];
  const on = (from: number): number => {
    const found = date.on(from);
    return weekdayOf(found) === weekdayOf(weekday.on(from)) ? found : NaN;
  };
  return { day: { ...date, on, weak: false }, to: read.to };
}

/** A time, for what was said so far. A number alone is one in a range, or after a word such as `at`. */
function clockFor(text: DateText, at: number, lead: string, isOpen: boolean): Piece {
  const read = clockAt(text, at, lead);
  if (read?.clock.bare !== true) return read;
  if (!NO_HOUR.test(lead)) return lead !== 'to' || isOpen ? read : undefined;
  return isOpen && matchAt(text, read.to, JOINING) ? read : undefined;
}

const BEFORE = pattern(' (before|after|from) (?!now)', true);

/** `an hour before`, which lies that much before what follows. */
function beforeAt(text: DateText, at: number): Read<{ readonly shift: number }> {
  const said = lengthAt(text, at);
  const read = said && matchAt(text, said.to, BEFORE);
  const length = said?.length;
  if (read === undefined || isLength(text, read.to) || !length?.seconds) return undefined;
  if (length.days > 0 || length.months > 0) return undefined;
  return { shift: (read.groups[1] === 'before' ? -1 : 1) * length.seconds * 1000, to: read.to };
}

/**
 * What is said of one moment from a place on.
 *
 * @param isOpen Whether it may be one end of a range, where "3" is a time or a date.
 * @param joint What stands for a preposition when there is none: `to` before the second end of a range.
 */
export function sayAt(text: DateText, from: number, isOpen: boolean, joint = ''): Said | undefined {
  const before = beforeAt(text, from);
  if (before) {
    const base = sayAt(text, before.to, false, joint);
    return base?.clock && { ...base, shift: before.shift, from };
  }
  let said: Said = { shift: 0, lead: '', isBetween: false, from, to: from };
  for (;;) {
    const isFirst = said.to === from;
    const gap = isFirst ? from : skip(text, said.to, GAP);
    const led = matchAt(text, gap, LEAD);
    const lead = led?.groups[1] ?? (isFirst ? joint : '');
    if (!isFirst && NOT_INNER.test(lead)) return said;
    const at = led ? skip(text, led.to, ABOUT) : gap;
    const piece: Piece =
      (isFirst ? instantAt(text, at, lead) : undefined) ??
      dayFor(text, at, lead, said) ??
      (said.part ? undefined : partAt(text, at, lead, !isFirst)) ??
      (said.clock ? undefined : clockFor(text, at, lead, isOpen));
    if (piece === undefined) return isFirst ? undefined : said;
    const begin = isFirst && lead === 'for' ? at : said.from;
    const isBetween = said.isBetween || lead === 'between';
    said = { ...said, ...piece, lead: isFirst ? lead : said.lead, isBetween, from: begin };
    if (said.instant !== undefined) return said;
  }
}

/** Whether what was said is a moment by itself. */
export function isMoment({ day, clock, part, instant }: Said): boolean {
  if (instant !== undefined) return true;
  if (clock?.bare && (clock.hour > 23 || !(clock.lead === 'at' || clock.lead === '@' || day || part))) return false;
  return clock !== undefined || (day ? !day.weak || part !== undefined : part !== undefined);
}
