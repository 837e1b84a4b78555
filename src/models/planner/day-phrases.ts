/** Days: `tomorrow`, `next friday`, `the 3rd of November`, `25/11/2026`, `end of the month`, `two weeks from monday`. */
import { addMonths, dayNumber, firstOf, nextDate, nextWeekday, partsOf, weekdayOf } from './calendar.ts';
import { matchAt, monthNamed, numberOf, pattern, weekdayNamed } from './date-patterns.ts';
import type { DateText, Read } from './date-patterns.ts';
import { distanceAt, lengthAt, lengthOf, shiftDay } from './time-lengths.ts';
import type { Part } from './time-phrases.ts';
import { STOP } from './words.ts';

export interface Day {
  /** The day from another one on: the next Friday, the next third of November. Other days do not depend on it. */
  readonly on: (from: number) => number;
  /** Whether it moves on when its time of today is over, as a weekday does. */
  readonly floats?: boolean;
  /** Whether it is none by itself: "sun" and "the 3rd" need a time or a range. */
  readonly weak?: boolean;
  readonly isWeekday?: boolean;
  /** The part of the day that belongs to it: `tonight`. */
  readonly part?: Part;
  /** The date of a day that has no month: `the 3rd`. */
  readonly date?: number;
  /** The same month with another date, which is what `nov 3-5` means. */
  readonly withDate?: (date: number) => Day;
}

type Groups = readonly (string | undefined)[];
/** What stands around a match: the preposition before it, and whether the phrase may end after it. */
interface Around {
  readonly text: DateText;
  readonly lead: string;
  readonly at: number;
  readonly isEnd: boolean;
}

const fixed = (day: number): Day => ({ on: () => day });
const COUNTS: Readonly<Record<string, number>> = { next: 1, last: -1, past: -1 };

/** Prepositions after which a date is a date: "on the 3rd", unlike "the 3rd". */
const POINTING = /^(?:on|in|by|until|till|from|before|after|since|for|to|between)$/;
const isWeak = ({ lead, isEnd }: Around): boolean => !(POINTING.test(lead) && isEnd);

function monthDay(month: number, date: number, year?: number): Day {
  return {
    on: (from) => (year === undefined ? nextDate(date, from, month) : dayNumber(year, month, date)),
    withDate: (other) => monthDay(month, other, year),
  };
}

const yearOf = (said: string | undefined): number | undefined => (said === undefined ? undefined : Number(said));

/** The first and last day of the week, month or year that lies so many after this one, and today's day in it. */
function unitOf(
  { today }: DateText,
  unit: string,
  count: number,
): readonly [same: number, first: number, last: number] {
  const { year, month } = partsOf(today);
  const monday = today - weekdayOf(today) + 7 * count;
  // The week that people work in ends on Friday.
  if (unit === 'week') return [today + 7 * count, monday, monday + 4];
  if (unit === 'weekend') return [Math.max(monday + 5, count < 0 ? 0 : today), monday + 5, monday + 6];
  const [size, first] = unit === 'year' ? [12, 0] : [1, month];
  const begin = first + size * count;
  return [addMonths(today, size * count), firstOf(year, begin), firstOf(year, begin + size) - 1];
}

/** `friday`, `next friday`, `friday next week`, `friday in two weeks`. */
function weekday(
  [, mod, name = '', same, afterNext, length, later]: Groups,
  { text: { today }, lead }: Around,
): Day | undefined {
  const index = weekdayNamed(name);
  const isWeekday = true;
  const week = same ?? later;
  const said = week ?? (mod === 'next' ? mod : undefined);
  const weeks = length ? (lengthOf(length)?.days ?? 0) / 7 : afterNext ? 2 : said && (COUNTS[said] ?? 0);
  if (typeof weeks === 'number') return { ...fixed(today - weekdayOf(today) + 7 * weeks + index), isWeekday };
  if (lead === 'since' || mod === 'last' || mod === 'past')
    return { ...fixed(nextWeekday(index, today - 7)), isWeekday };
  const weak = /^s..$/.test(name) && mod === undefined && !POINTING.test(lead);
  return { on: (from) => nextWeekday(index, from), floats: mod === undefined, weak, isWeekday };
}

/** `next week`, `last month`, `next march`; "this week" is a stretch of which no day stands out. */
function counted([, mod = '', unit, month]: Groups, { text, lead }: Around): Day | undefined {
  const count = COUNTS[mod] ?? 0;
  const { today } = text;
  if (month !== undefined) {
    // In November, last November is a year ago.
    const begin = count < 0 ? addMonths(firstOf(partsOf(today).year, partsOf(today).month), -12) : today;
    return mod === 'the' ? undefined : fixed(nextDate(1, begin, monthNamed(month)));
  }
  if (count === 0 && (unit !== 'weekend' || (mod === 'the' && lead === ''))) return undefined;
  return fixed(unitOf(text, unit ?? '', count)[0]);
}

/** `end of the month`, `start of next week`, `end of March`. */
function edge([, which, mod = '', unit, month = '', said]: Groups, { text }: Around): Day {
  const isEnd = which === 'end';
  if (unit !== undefined) return fixed(unitOf(text, unit, COUNTS[mod] ?? 0)[isEnd ? 2 : 1]);
  const on = (from: number): number => {
    const { year, month: now } = partsOf(from);
    const first = said
      ? dayNumber(Number(said), monthNamed(month), 1)
      : nextDate(1, firstOf(year, now), monthNamed(month));
    return isEnd ? addMonths(first, 1) - 1 : first;
  };
  return { on };
}

/** `the last Friday of January`, `the second Saturday in May`, `the first of next month`, `the last day of the year`. */
function nth([, which = '', name, mod = '', unit, month = '', said]: Groups, { text: { today } }: Around): Day {
  const on = (from: number): number => {
    const { year, month: now } = partsOf(unit ? today : from);
    const size = unit === 'year' ? 12 : 1;
    const first = unit
      ? firstOf(year, (size === 1 ? now : 0) + size * (COUNTS[mod] ?? 0))
      : said
        ? dayNumber(Number(said), monthNamed(month), 1)
        : nextDate(1, firstOf(year, now), monthNamed(month));
    const end = addMonths(first, size) - 1;
    const count = numberOf(which) - 1;
    if (name === undefined || name === 'day') return which === 'last' ? end : first + count;
    const index = weekdayNamed(name);
    return which === 'last' ? nextWeekday(index, end - 6) : nextWeekday(index, first) + 7 * count;
  };
  return { on };
}

/** `in March`, `March 2027`, `December`; the short names, such as "march" and "may", are more often something else. */
function month([, name = '', year]: Groups, { lead, text, at }: Around): Day | undefined {
  const isLed = lead !== 'for' && POINTING.test(lead);
  const isDate = /\d\s{0,3}$/.test(text.text.slice(Math.max(0, at - 4), at));
  return year || ((isLed || name.length > 6) && !isDate) ? monthDay(monthNamed(name), 1, yearOf(year)) : undefined;
}

/** `the 3rd`, `the 3rd of next month`. */
function ordinal([, said = '', of]: Groups, around: Around): Day {
  const date = numberOf(said);
  if (of === undefined) return { on: (from) => nextDate(date, from), weak: isWeak(around), date };
  const { year, month: now } = partsOf(addMonths(around.text.today, COUNTS[of] ?? 0));
  return fixed(dayNumber(year, now, date));
}

/** Dates in digits. With a slash the month comes first, unless it cannot be one; with a point it comes second. */
function digits([, left, sign, right, said]: Groups, around: Around): Day | undefined {
  const [a, b] = [Number(left), Number(right)];
  if (sign !== '/' && said?.length !== 4) return undefined;
  const [named, date] = sign === '.' || a > 12 ? [b, a] : [a, b];
  const year = said === undefined ? undefined : Number(said) + (said.length < 4 ? 2000 : 0);
  return { ...monthDay(named > 12 ? NaN : named - 1, date, year), weak: said === undefined && isWeak(around) };
}

/** Feasts with a date of their own, which also name trees and songs. */
function feast([, name, eve]: Groups, around: Around): Day {
  const isEve = eve === 'eve';
  const day =
    name === 'halloween'
      ? monthDay(9, 31)
      : name
        ? monthDay(11, isEve ? 24 : 25)
        : isEve
          ? monthDay(11, 31)
          : monthDay(0, 1);
  return { ...day, weak: isWeak(around) && !(around.isEnd && (around.at === 0 || around.lead === 'at')) };
}

type Rule = readonly [RegExp, (groups: Groups, around: Around) => Day | undefined];

const dated = ([, date = '', later, year, name = later ?? '', own]: Groups): Day =>
  monthDay(monthNamed(name), numberOf(date), yearOf(year ?? own));

const RULES: readonly Rule[] = [
  [
    pattern('today|(tom+or+ow|tmrw|tmr|tmw)|(yesterday)|((?:the )?week after next)'),
    ([, next, before, week], { text }) => fixed(text.today + (next ? 1 : before ? -1 : week ? 14 : 0)),
  ],
  [
    pattern('toni(?:ght|te)|this (P)|last (night)'),
    ([, part, night], { text }) => ({
      ...fixed(text.today - (night ? 1 : 0)),
      part: (part ?? night ?? 'tonight') as Part,
    }),
  ],
  [
    pattern(
      '(?:the )?(end|start|beginning) of (?:(the|this|next|last) )?(?:(weekend|week|month|year)|(M)(?:~,?~(Y))?)',
    ),
    edge,
  ],
  [pattern('(?:the )?(O|last) (W|day) (?:of|in) (?:(?:(the|this|next|last) )?(month|year)|(M)(?:~,?~(Y))?)'), nth],
  [pattern('(?:the )?(O)(?: (day))? of (the|this|next) (month)'), nth],
  [
    pattern(
      '(?:(?:the )?(next|this|coming|last|past) )?(W)(?: (next|this|last) week| (after next)| in (N weeks?|an? fortnight))?(?:(?= (?:and|or|to|until) W (next|last) week)|)',
    ),
    weekday,
  ],
  [pattern('(?:the )?(the|next|this|last|past) (?:(weekend|week|month|year)|(M))'), counted],
  [pattern('(the) (weekend)'), counted],
  [
    pattern(
      '(?:the )?(O|\\d{1,2})(?:(?= (?:and|or) (?:the )?(?:O|\\d{1,2}) (?:of )?(M)(?:~,?~(Y))?)| (?:of )?(M)(?:~,?~(Y))?)',
    ),
    dated,
  ],
  [
    pattern('(M)\\.? (?:the )?(O|\\d{1,2}(?! ?[ap]m)C)(?:~,?~(Y))?'),
    ([, name, date, year]) => dated(['', date, name, year]),
  ],
  [pattern('(M)(?:~,?~(Y))?(?! \\d)'), month],
  [pattern('(?:the )?(\\d{1,2}(?:st|nd|rd|th))(?: of (next|this|the|last) month)?'), ordinal],
  [
    pattern('(\\d{4})([-/])(\\d{1,2})\\2(\\d{1,2})'),
    ([, year, , named, date]) => fixed(dayNumber(Number(year), Number(named) - 1, Number(date))),
  ],
  [pattern('(\\d{1,2})([-/.])(\\d{1,2})(?:\\2(\\d{4}|\\d{2}))?(?![-/.]\\d)'), digits],
  [pattern("(?:(christmas|xmas|halloween)|new years?(?:['’]?s)?)(?: (eve|day))?"), feast],
];

function plainAt(text: DateText, at: number, lead: string): Read<{ readonly day: Day }> {
  for (const [sticky, make] of RULES) {
    const read = matchAt(text, at, sticky);
    if (read === undefined) continue;
    const { groups, to } = read;
    const next = /^\s*(\p{L}+)/u.exec(text.text.slice(to, to + 20))?.[1]?.toLowerCase();
    const day = make(groups, { text, lead, at, isEnd: next === undefined || STOP.has(next) });
    if (day) return { day, to };
  }
  return undefined;
}

const UNIT = pattern('(?:the )?(day|week)', true);
const SHIFTED = pattern(' (after|before|from|on) ');

/**
 * The day that is said at a place, also as a distance: `in 3 days`, `a week from friday`, `the day after tomorrow`.
 *
 * @param lead The preposition before it, by which "on the 3rd" is a date.
 */
export function dayAt(text: DateText, at: number, lead: string): Read<{ readonly day: Day }> {
  const distance = distanceAt(text, at, lead);
  if (distance?.length.seconds === 0) {
    return { day: fixed(shiftDay(text.today, distance.length, distance.sign)), to: distance.to };
  }
  const unit = matchAt(text, at, UNIT);
  const said = unit ?? lengthAt(text, at);
  const shifted = said && matchAt(text, said.to, SHIFTED);
  if (shifted === undefined) return plainAt(text, at, lead);
  const [, word] = shifted.groups;
  const length = unit ? lengthOf(`a ${unit.groups[1] ?? ''}`) : lengthAt(text, at)?.length;
  const base = plainAt(text, shifted.to, word ?? '');
  // "a week on Friday", but not "for two days on Friday"
  const isLater = word !== 'on' || (lead !== 'for' && length !== undefined && length.days > 0 && length.days % 7 === 0);
  // "for two weeks from Friday" is a length and its beginning.
  const isLength =
    word === 'from' &&
    /\bfor\s$/i.test(text.text.slice(Math.max(0, at - 5), at)) &&
    !/^to\w+/i.test(text.text.slice(shifted.to));
  if (isLength || length?.seconds !== 0 || base === undefined || !isLater) return plainAt(text, at, lead);
  return { day: { on: (from) => shiftDay(base.day.on(from), length, word === 'before' ? -1 : 1) }, to: base.to };
}
