/** Fills the fields that take moments: days, times, months, and both ends of a stretch. */
import { moments } from './dates.ts';
import type { Moment } from './dates.ts';
import type { Field } from './fields.ts';
import { quantities } from './numbers.ts';
import { fill, isFree, isNeeded, open, range, touched, use } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { isPast } from './speech.ts';
import type { Utterance } from './speech.ts';

/** The text without what has been read already, in its length: "Night Train" tells no time of day. */
function unsaid({ said, used }: Sheet): string {
  return said.tokens.reduce(
    (text, token, place) =>
      used.has(place) ? text.slice(0, token.start) + '_'.repeat(token.end - token.start) + text.slice(token.end) : text,
    said.text,
  );
}

const UNTIL = /^(?:until|till?|to|by|before|through)\b/i;

/** What is looked up lies in the past rather than most of a year ahead. */
const FAR = 200 * 86_400_000;

/** "Rex weighed 30 kilos on Sunday": the Sunday before. */
function weekBefore(said: Utterance, { value, start, end }: Moment, now: number): string {
  const isWeekday = /^\W*(?:on )?\w+day\b/i.test(said.text.slice(start, end));
  if (!isWeekday || Date.parse(value) < now || !isPast(said, () => true)) return value;
  return new Date(Date.parse(`${value.slice(0, 19)}Z`) - 7 * 86_400_000).toISOString().slice(0, 19) + value.slice(19);
}

function momentFor({ profile, said }: Sheet, field: Field, moment: Moment, now: number): string {
  const isBack = profile.tool.effect === 'read' && field.form === 'date' && Date.parse(moment.value) > now + FAR;
  const year = Number(moment.value.slice(0, 4));
  const value =
    isBack && !said.text.includes(String(year)) ? `${year - 1}${moment.value.slice(4)}` : weekBefore(said, moment, now);
  if (field.form === 'date') return value.slice(0, 10);
  if (field.form === 'time') return value.slice(11);
  return field.form === 'month' ? value.slice(0, 7) : value;
}

const MONTH =
  /\b(january|february|march|april|may|june|july|august|september|october|november|december)\b|\b(this|last|next) month/iu;

/** A month: the next of its name for a tool that changes something, the last for one that looks something up. */
function fillMonth(sheet: Sheet, field: Field, now: number): void {
  const { text } = sheet.said;
  const found = MONTH.exec(text);
  const today = new Date(now);
  if (found === null || /\d(?:st|nd|rd|th)?(?: of)? $/.test(text.slice(0, found.index))) return;
  const [all, name, which] = found;
  const year = /^,? *((?:19|20)\d\d)\b/.exec(text.slice(found.index + all.length))?.[1];
  let date = new Date(today.getFullYear(), today.getMonth() + (which === 'last' ? -1 : which === 'next' ? 1 : 0), 1);
  if (name !== undefined) {
    const month = new Date(`${name} 1, 2000`).getMonth();
    date = new Date(Number(year ?? today.getFullYear()), month, 1);
    const isRead = sheet.profile.tool.effect === 'read';
    const [isLate, isEarly] = [date > today, month < today.getMonth()];
    if (year === undefined && (isRead ? isLate : isEarly)) date.setFullYear(date.getFullYear() + (isRead ? -1 : 1));
  }
  use(sheet, field, touched(sheet, found.index, found.index + all.length + (year === undefined ? 0 : year.length + 1)));
  fill(sheet, field, `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`);
}

/** "on Saturday for five hours from 10 am": the day and the time are one moment. */
function joined(found: readonly Moment[], text: string): readonly Moment[] {
  const [day, time, ...more] = found;
  if (day === undefined || time === undefined || more.length > 0 || day.start === time.start) return found;
  const isOne = day.isDated && !day.isTimed && time.isTimed && !time.isDated && !UNTIL.test(text.slice(time.start));
  return isOne
    ? [{ ...day, value: day.value.slice(0, 10) + time.value.slice(10), end: time.end, isTimed: true }]
    : found;
}

/** "7:30 every morning" */
function atPart(moment: Moment, text: string): Moment {
  const part = /\b(?:every|each) (morning|afternoon|evening|night)\b/i.exec(text)?.[1]?.toLowerCase();
  const hour = Number(moment.value.slice(11, 13));
  const isWrong =
    part === 'morning'
      ? hour >= 12 && !/pm\b/i.test(text)
      : part !== undefined && hour < 12 && hour > 4 && !/am\b/i.test(text);
  if (!isWrong || !moment.isTimed) return moment;
  return {
    ...moment,
    value: `${moment.value.slice(0, 11)}${String((hour + 12) % 24).padStart(2, '0')}${moment.value.slice(13)}`,
  };
}

/** The end of a stretch on the day of its beginning, or on the next one when it would lie before it. */
function endAfter(sheet: Sheet, field: Field, moment: Moment): Moment {
  const first = sheet.profile.fields.find(({ end, form }) => end === 'first' && form === field.form);
  const begin: unknown = first && sheet.input[first.name];
  if (field.end !== 'last' || moment.isDated || typeof begin !== 'string' || field.form !== 'date-time') return moment;
  const value = begin.slice(0, 10) + moment.value.slice(10);
  if (value > begin) return { ...moment, value };
  const next = new Date(Date.parse(`${begin.slice(0, 10)}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return { ...moment, value: next + moment.value.slice(10) };
}

const STRETCH =
  /(?<!(?:\b(?:since|from|until|till|to|before|after|between|and|by|on|(?:start|beginning|end) of)|\d(?:st|nd|rd|th)?(?: of)?) )\b(?:(?:this|last|next|past|the) weekend|(?:this|last|next|past) (?:week|month|year)|(?!(?<!\b(?:in|for|of|during) )(?:march|may))(?:january|february|march|april|may|june|july|august|september|october|november|december)(?! \d\d?\b)(?: \d{4})?)\b/i;

/** "last month", "for October": both ends of what is looked up. */
function fillStretch(sheet: Sheet, left: readonly Field[], now: number): void {
  const ends = ['first', 'last'].flatMap(
    (end) => left.find((field) => field.end === end && field.form === 'date') ?? [],
  );
  const found = STRETCH.exec(sheet.said.text);
  if (ends.length < 2 || found === null || sheet.profile.tool.effect !== 'read') return;
  for (const [at, field] of ends.entries()) {
    const [moment] = moments(`${at === 0 ? 'start' : 'end'} of ${found[0]}`, now);
    if (moment) fill(sheet, field, momentFor(sheet, field, moment, now));
    use(sheet, field, touched(sheet, found.index, found.index + found[0].length));
  }
}

function fillLength(sheet: Sheet, field: Field, seconds: number, places: readonly number[]): void {
  use(sheet, field, places);
  fill(sheet, field, Math.round(seconds / (field.measure?.size ?? 1)));
}

/** Dates and times: by the word before them for the end of a stretch or its beginning, else in the order of the fields. */
export function fillMoments(sheet: Sheet, now: number): void {
  const fields = open(sheet, 'moment');
  for (const field of fields.filter(({ form }) => form === 'month')) fillMonth(sheet, field, now);
  let left = fields.filter((field) => !(field.name in sheet.input));
  const lengths = open(sheet, 'number').filter(({ measure }) => measure?.of === 'time');
  fillStretch(sheet, left, now);
  left = left.filter((field) => !(field.name in sheet.input));
  if (left.length === 0 && lengths.every((field) => !isNeeded(sheet, field))) return;
  const { text, tokens } = sheet.said;
  const parts = open(sheet, 'choice').flatMap(({ options }) => options);
  const found = joined(moments(unsaid(sheet), now), text).map((moment) => atPart(moment, text));
  let taken: { readonly field: Field; readonly moment: Moment } | undefined;
  const hasTime = left.some(({ form }) => form === 'time');
  for (const [index, moment] of found.entries()) {
    const before = found[index - 1];
    const isSecond = before?.start === moment.start;
    const isLate = isSecond || UNTIL.test(text.slice(moment.start));
    const whole = touched(sheet, moment.start, moment.end);
    const free = left.filter(
      (field) =>
        !(field.name in sheet.input) &&
        (field.form !== 'time' || moment.isTimed) &&
        // "at 7 pm" names no day where the time has a field of its own.
        (field.form !== 'date' || moment.isDated || !hasTime) &&
        // "at 9 on Friday" for a field that takes days of the week has its day elsewhere.
        (field.form === 'time' || moment.isDated || moment.isTimed),
    );
    const list = left.find((field) => field.many && field.name in sheet.input);
    const role = free.find(({ end }) => end === (isLate ? 'last' : 'first'));
    const plain = free.find(({ end, many }) => end === undefined || many);
    const first = free.find(({ end }) => end !== 'last');
    const field =
      (isLate && !isSecond ? (role ?? first ?? free[0]) : isSecond ? role : undefined) ??
      (isLate ? (isSecond ? list : undefined) : (list ?? plain ?? role ?? first ?? free[0]));
    // "Sunday evening" for a day and a choice of times of day
    const isPart = (place: number): boolean => parts.some(({ ways }) => ways[0]?.[0] === tokens[place]?.stem);
    const places = field?.form === 'date' ? whole.filter((place) => !isPart(place)) : whole;
    if (field === undefined) {
      // "from 4 to 6" for a start and a length.
      const length = lengths.find((one) => !(one.name in sheet.input));
      if (isSecond && length && taken !== undefined) {
        fillLength(sheet, length, (Date.parse(moment.value) - Date.parse(before.value)) / 1000, places);
      } else if (taken !== undefined) {
        // "on Friday or on Monday" for one date: either half of it would be a guess.
        use(sheet, taken.field, places);
        if (isSecond || taken.moment.isDated === moment.isDated) sheet.unsure.add(taken.field);
      } else if (isLate && lengths[0]) {
        // "until five" for a length alone begins now, unless its beginning was said.
        const begin = isSecond ? Date.parse(before.value) : now;
        fillLength(sheet, lengths[0], (Date.parse(moment.value) - begin) / 1000, places);
      }
      continue;
    }
    use(sheet, field, places);
    fill(sheet, field, momentFor(sheet, field, isSecond ? moment : endAfter(sheet, field, moment), now));
    taken ??= { field, moment };
    // "Friday at 7 pm" for a field of days and one of times
    const half = free.find((other) => HALVES.has(`${field.form}${other.form}`) && other.end === field.end);
    if (half && moment.isDated && moment.isTimed) fill(sheet, half, momentFor(sheet, half, moment, now));
  }
  fillEnd(sheet, taken, now);
  doubt(sheet);
  if (found.length === 1 && taken) fillLastDay(sheet, taken);
}

/** What ends before it begins is asked for. */
function doubt({ profile: { fields }, input, unsure }: Sheet): void {
  const [first, last] = ['first', 'last'].map((end) =>
    fields.find((field) => field.kind === 'moment' && field.form !== 'time' && !field.many && field.end === end),
  );
  const [from, to] = [first, last].map((field) => field && input[field.name]);
  if (last && typeof from === 'string' && typeof to === 'string' && to.slice(0, from.length) < from) unsure.add(last);
}

const HALVES = new Set(['datetime', 'timedate']);

/** "off sick today": the day is the first one and the last one, where the tool counts both. */
function fillLastDay(sheet: Sheet, { field, moment }: { readonly field: Field; readonly moment: Moment }): void {
  const { text } = sheet.said;
  const last = open(sheet, 'moment').find(
    ({ end, form, label }) => end === 'last' && form === 'date' && LAST_DAY.test(label),
  );
  const isOne = field.end === 'first' && field.form === 'date' && moment.isDated && last !== undefined;
  if (!isOne || OPEN_END.test(text.slice(0, moment.start + 12)) || LONGER.test(text)) return;
  fill(sheet, last, sheet.input[field.name]);
}
const LAST_DAY = /\blast\b.*\bday\b/i;
const OPEN_END = /\b(?:from|since|after|starting|beginning|as of)\b/i;
const LONGER = /\b(?:days|weeks?|weekend|months?|fortnight|until|till?)\b/i;

/** "for five hours": the end of a stretch that has its beginning. */
function fillEnd(
  sheet: Sheet,
  taken: { readonly field: Field; readonly moment: Moment } | undefined,
  now: number,
): void {
  const last = open(sheet, 'moment').find(({ end }) => end === 'last');
  if (last === undefined || taken === undefined) return;
  const { text, tokens } = sheet.said;
  const length = quantities(text, tokens).find(
    ({ unit, from, to }) => unit !== undefined && isFree(sheet, from, to) && tokens[from - 1]?.word === 'for',
  );
  if (length?.unit === undefined) return;
  const wall = (value: string): number => Date.parse(`${value.slice(0, 19)}Z`);
  const end = new Date(wall(taken.moment.value) + length.value * length.unit * 1000).toISOString().slice(0, 19);
  use(sheet, last, range(length.from - 1, length.to));
  fill(sheet, last, momentFor(sheet, last, { ...taken.moment, value: end + taken.moment.value.slice(19) }, now));
}
