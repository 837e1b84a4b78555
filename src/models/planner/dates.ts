/** Dates and times in words, written as JSON Schema wants a `date-time`. */
import { dayOf, momentAt, rfc3339 } from './calendar.ts';
import { matchAt, pattern } from './date-patterns.ts';
import type { DateText } from './date-patterns.ts';
import type { Day } from './day-phrases.ts';
import { isMoment, sayAt } from './said.ts';
import { WORD_CHARS } from './tokens.ts';
import type { Said } from './said.ts';
import { minutesOf, PART_HOURS } from './time-phrases.ts';
import type { Part } from './time-phrases.ts';

/**
 * A moment of a text: `2026-11-25T17:00:00+01:00`, local time with its offset (RFC 3339), and where it was said.
 */
export interface Moment {
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Whether a time of day was said, and whether a day was. */
  readonly isTimed: boolean;
  readonly isDated: boolean;
}

/** The callers look at every word for each moment, and no message that a person types has more. */
const MAX_MOMENTS = 32;
/** So many words that could begin a moment and did not: what was pasted, not typed. */
const MAX_TRIES = 500;
/** A day without a time is meant for its work. */
const DAY_STARTS = 9;
const HALF_DAY = 720;
const MIDNIGHT = 1440;

/** A day, and the moment of it that is meant. */
interface Placed {
  readonly day: number;
  readonly at: number;
}

function minutesIn({ clock }: Said, part: Part | undefined): number {
  if (clock) return minutesOf(clock, part);
  return 60 * (part ? PART_HOURS[part] : DAY_STARTS);
}

/**
 * The moment of a day, or of today when none was said, which floats like a weekday.
 *
 * @param from The day from which on "friday" is looked for.
 * @param isOver Whether a moment is too early; what floats then moves on.
 */
function place(
  { today }: DateText,
  said: Said,
  day: Day | undefined,
  minutes: number,
  from: number,
  isOver: (at: number) => boolean,
): Placed {
  const on = (earliest: number): Placed => {
    const found = day ? day.on(earliest) : earliest;
    // "tomorrow at midnight" is when tomorrow begins, "today at midnight" is when today ends.
    const begins = minutes === MIDNIGHT && day && found !== today && !said.part;
    return { day: found, at: momentAt(found, begins ? 0 : minutes, said.clock?.zone) + said.shift };
  };
  const first = on(from);
  return (day === undefined || day.floats) && isOver(first.at) ? on(first.day + 1) : first;
}

function single(text: DateText, said: Said): number {
  if (said.instant !== undefined) return said.instant;
  return place(text, said, said.day, minutesIn(said, said.part), text.today, (at) => at < text.now).at;
}

/** Gives `nov 3-5` and `3 to 5 november` one month. */
function shareMonth(a: Said, b: Said): readonly [Said, Said] {
  const join = (number: Said, date: Said): Said => {
    const { day, clock } = number;
    const value = day ? (clock ? undefined : day.date) : clock?.bare ? clock.hour : undefined;
    const shared = date.clock || value === undefined ? undefined : date.day?.withDate?.(value);
    return shared ? { ...number, day: shared, clock: undefined } : number;
  };
  return [join(a, b), join(b, a)];
}

/** Gives `3 to 5 pm EST` one zone. */
function shareZone(a: Said, b: Said): readonly [Said, Said] {
  const zone = b.clock?.zone ?? a.clock?.zone;
  const join = (said: Said): Said => (said.clock ? { ...said, clock: { ...said.clock, zone } } : said);
  return [join(a), join(b)];
}

/** Whether two ends make a range of moments, unlike "2 to 4". */
function isRange(a: Said, b: Said, joint: string): boolean {
  if (a.instant !== undefined || b.instant !== undefined) return a.lead === 'from' || a.isBetween;
  const [first, last] = [a.clock, b.clock];
  if ((first?.hour ?? 0) > MIDNIGHT / 60 || (last?.hour ?? 0) > MIDNIGHT / 60) return false;
  const day = a.day ?? b.day;
  if (first && last) return !(first.bare && last.bare) || !!(day ?? a.part ?? b.part) || /^(?:from|at|@)$/.test(a.lead);
  if (a.day && b.day) {
    const isClear = a.day.isWeekday || a.lead === 'from' || a.isBetween;
    return (isClear || !a.day.weak) && isMoment({ ...b, day: { ...b.day, weak: false } });
  }
  return a.day !== undefined && last !== undefined && (!last.bare || /^(?:until|till)$/.test(joint));
}

/** Minutes of the two ends, which share am and pm and the part of the day. */
function shareHalf(a: Said, b: Said): readonly [number, number] {
  const [first, last] = [a.clock, b.clock];
  const [start, end] = [minutesIn(a, a.part), minutesIn(b, b.part)];
  if (!first || !last || (a.day && b.day)) return [start, end];
  const early = (clock: { hour: number; minute: number }): number => (clock.hour % 12) * 60 + clock.minute;
  if (!first.sure && !a.part && (last.sure || b.part)) {
    const am = early(first);
    // "3 to 5 pm" begins at three in the afternoon, "11 to 1 pm" in the morning.
    return [am + HALF_DAY < end || am >= end ? am + HALF_DAY : am, end];
  }
  if (last.sure || b.part) return [start, end];
  const am = early(last);
  return [start, am > start || am + HALF_DAY <= start ? am : am + HALF_DAY];
}

const JOINT = pattern('(?: (to|until|till|through|and) |~[-–—]~)', true);

/** The one or two moments that were said, and where. */
interface Found {
  readonly moments: readonly number[];
  readonly said: readonly Said[];
  readonly from: number;
  readonly to: number;
}

/** The two moments of a range, of which one end is known. */
function rangeFrom(text: DateText, left: Said): Found | undefined {
  const joint = matchAt(text, left.to, JOINT);
  if (joint === undefined || (joint.groups[1] === 'and' && !left.isBetween)) return undefined;
  const right = sayAt(text, joint.to, true, 'to');
  if (right === undefined) return undefined;
  const [a, b] = shareZone(...shareMonth(left, right));
  if (!isRange(a, b, joint.groups[1] ?? '')) return undefined;
  const [start, end] = shareHalf(a, b);
  const { now, today } = text;
  const begin = (day: Day | undefined): Placed =>
    a.instant === undefined
      ? place(text, a, day, start, today, (moment) => moment < now)
      : { day: today, at: a.instant };
  const finish = (from: Placed): number => {
    if (b.instant !== undefined) return b.instant;
    const isOver = (moment: number): boolean => moment <= from.at;
    return place(text, b, b.day, end, from.day, isOver).at;
  };
  let first = begin(a.day ?? (a.clock ? b.day : undefined));
  let last = finish(first);
  // "5 pm to 8 am tomorrow" begins today.
  if (!a.day && last <= first.at) {
    first = begin(undefined);
    last = finish(first);
  }
  return { moments: [first.at, last], said: [a, b], from: left.from, to: right.to };
}

/** What begins at a place: a range, or else one moment. */
function findAt(text: DateText, at: number): Found | undefined {
  const left = sayAt(text, at, true);
  const range = left && rangeFrom(text, left);
  if (left === undefined || range) return range;
  const said = sayAt(text, at, false);
  return said && isMoment(said)
    ? { moments: [single(text, said)], said: [said], from: said.from, to: said.to }
    : undefined;
}

const FIRST = `on|at|by|in|within|from|until|till|before|after|since|between|around|about|for|the|an?|to[dnm]\\w+|tm\\w+
|yesterday|day|week|end|start|beginning|next|this|last|past|coming|christmas|xmas|halloween|new|noon|mid\\w+|eod|half
|quarter|couple|few|now|W|M|O|N`;
/** How a moment may begin: not within `$5`, `#5`, `v5` and the like. */
const BEGIN = new RegExp(
  `(?<![${WORD_CHARS}]|[$€£#./:](?=\\d))(?:@|\\d|${pattern(FIRST.replaceAll('\n', '')).source})`,
  'gi',
);

/**
 * The moments of a text in order; a range gives two. A day without a time is taken as nine in the morning, and what has
 * no year or no day lies in the future. A date or time that does not exist is none.
 *
 * @param now Milliseconds since 1970 to which "tomorrow" refers.
 * @example
 * moments('call mum tomorrow at 5', Date.now()); // [{ value: '2026-11-25T17:00:00+01:00', start: 9, end: 22 }]
 */
export function moments(text: string, now: number): readonly Moment[] {
  if (now !== recent.now || recent.found.size > MAX_RECENT) recent = { now, found: new Map() };
  const known = recent.found.get(text) ?? findMoments(text, now);
  recent.found.set(text, known);
  return known;
}

/** What was found in the last texts: one message is read for many tools. */
let recent: { now: number; found: Map<string, readonly Moment[]> } = { now: NaN, found: new Map() };
const MAX_RECENT = 100;

function findMoments(text: string, now: number): readonly Moment[] {
  const read: DateText = { text, now, today: dayOf(now) };
  const found: Moment[] = [];
  BEGIN.lastIndex = 0;
  for (let tries = 0; tries < MAX_TRIES && found.length < MAX_MOMENTS; tries++) {
    const begin = BEGIN.exec(text);
    if (begin === null) break;
    const next = findAt(read, begin.index);
    if (next === undefined) continue;
    BEGIN.lastIndex = next.to;
    const values = next.moments.map(rfc3339).filter((value) => value !== undefined);
    if (values.length < next.moments.length) continue;
    const { said, from: start, to: end } = next;
    found.push(
      ...values.map((value, at) => {
        const { clock, part, instant, day } = said[at] ?? {};
        const isTimed = clock !== undefined || part !== undefined || instant !== undefined;
        return { value, start, end, isTimed, isDated: day !== undefined || instant !== undefined };
      }),
    );
  }
  return found;
}
