/** Fills the fields that take values of one kind: moments, arithmetic, choices, yes or no, numbers. */
import { findChoices, isCued } from './choices.ts';
import { moments } from './dates.ts';
import type { Moment } from './dates.ts';
import type { Field, Option } from './fields.ts';
import { arithmetic } from './math.ts';
import { inUnit, measureOf, quantities } from './numbers.ts';
import type { Quantity } from './numbers.ts';
import { isContent } from './rank.ts';
import type { Profile } from './rank.ts';
import { fill, isFree, isNeeded, mayTake, open, range, touched, use } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { isPast } from './speech.ts';
import type { Utterance } from './speech.ts';
import { nameWords, tokenise } from './tokens.ts';
import { alike, verbClasses, WEAK } from './words.ts';

/** The text without what has been read already, in its length: "Night Train" tells no time of day. */
function unsaid({ said, used }: Sheet): string {
  return said.tokens.reduce(
    (text, token, place) =>
      used.has(place) ? text.slice(0, token.start) + '_'.repeat(token.end - token.start) + text.slice(token.end) : text,
    said.text,
  );
}

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Who works or opens on some days of the week alone has no others. */
const MOST_DAYS = 5;
const EVERY = /^(?:every|each|daily|nightly|weekdays?|weekends?)$/;

/** Weekdays that come again: `on mondays and fridays`, `every night`, `on weekdays`. */
export function fillDays(sheet: Sheet): void {
  const { tokens } = sheet.said;
  for (const field of open(sheet, 'choice').filter(({ many }) => many)) {
    const days = WEEK.map((day) => field.options.find(({ label }) => label.toLowerCase().startsWith(day)));
    if (days.filter((day) => day !== undefined).length < MOST_DAYS) continue;
    const take = (places: readonly number[], from: number, to: number): void => {
      for (const day of days.slice(from, to)) if (day) fill(sheet, field, day.value);
      use(sheet, field, places);
    };
    for (const [place, { word }] of tokens.entries()) {
      const next = tokens[place + 1]?.word ?? '';
      const day = WEEK.findIndex((name) => word.startsWith(name) && /^\w{3}(?:\w*day)?s?$/.test(word));
      const before = tokens[place - 1]?.word ?? '';
      const isListed = field.name in sheet.input && (before === 'and' || sheet.used.get(place - 1) === field);
      if (day >= 0 && (/days$/.test(word) || /^(?:every|each)$/.test(before) || isListed)) take([place], day, day + 1);
      else if (/^weekdays?$/.test(word)) take([place], 0, 5);
      else if (/^weekends?$/.test(word) && (word.endsWith('s') || EVERY.test(before))) take([place], 5, 7);
      else if (/^(?:daily|nightly)$/.test(word)) take([place], 0, 7);
      else if (/^(?:every|each)$/.test(word) && /^(?:day|night|morning|evening|afternoon)$/.test(next)) {
        take([place, place + 1], 0, 7);
      }
    }
  }
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
  return found.flatMap((moment, at) => {
    const [before, next] = [found[at - 1], found[at + 1]];
    const isDay = (one?: Moment): one is Moment => one !== undefined && one.isDated && !one.isTimed;
    const isTime = (one?: Moment): one is Moment =>
      one !== undefined && one.isTimed && !one.isDated && !UNTIL.test(text.slice(one.start));
    const isApart = (one: Moment): boolean => found.every((other) => other === one || other.start !== one.start);
    if (isTime(moment) && isDay(before) && isApart(moment) && isApart(before) && found.length === 2) return [];
    if (!(isDay(moment) && isTime(next) && isApart(moment) && isApart(next) && found.length === 2)) return [moment];
    return [{ ...moment, value: moment.value.slice(0, 10) + next.value.slice(10), end: next.end, isTimed: true }];
  });
}

/** "7:30 every morning" */
function atPart(moment: Moment, text: string, { own }: Profile): Moment {
  const said = /\b(?:every|each) (morning|afternoon|evening|night)\b/i.exec(text)?.[1]?.toLowerCase();
  // Nobody is woken in the evening.
  const part = said ?? (own.has('wak') ? 'morning' : undefined);
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
  /(?<!(?:\b(?:since|from|until|till|to|before|after|between|and|by|on|(?:start|beginning|end) of)|\d(?:st|nd|rd|th)?(?: of)?) )\b(?:(?:this|last|next|past|the) weekend|(?:this|last|next|past) (?:week|month|year)|(?:(?<=\b(?:in|for|of|during) )(?:march|may)|january|february|april|june|july|august|september|october|november|december)(?! \d\d?\b)(?: \d{4})?)\b/i;

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
  const found = joined(moments(unsaid(sheet), now), text).map((moment) => atPart(moment, text, sheet.profile));
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
      } else if (taken !== undefined && left.length > 0 && !taken.field.many) {
        // "on Friday or on Monday" for one date: either half of it would be a guess.
        use(sheet, taken.field, places);
        if (isSecond || taken.moment.isDated === moment.isDated) sheet.unsure.add(taken.field);
      } else if (isLate && taken === undefined && lengths[0] && left.length === 0 && moment.isTimed) {
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
  if (found.length === 1 && taken) fillLastDay(sheet, taken);
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
  if (last === undefined || taken === undefined || taken.field.end === 'last' || last.form === 'month') return;
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

/** An arithmetic expression, for the first field that takes one. */
export function fillExpression(sheet: Sheet): void {
  const field = open(sheet, 'expression')[0];
  const found = field && arithmetic(sheet.said.text, sheet.said.tokens);
  if (found === undefined) return;
  const fits = [found.symbol, found.symbol.replaceAll(' ', '')].find((text) => field?.shape?.test(text) ?? true);
  if (field === undefined || fits === undefined) return;
  use(sheet, field, touched(sheet, found.start, found.end));
  fill(sheet, field, fits);
}

/** The unit of an amount: "2 kilos of", "three crates of" for the one field of units. */
function fillUnits(sheet: Sheet): void {
  const { text, tokens } = sheet.said;
  const fields = open(sheet, 'choice').filter(({ many }) => !many);
  for (const { bare, unit, measure } of open(sheet, 'number').length > 0 ? quantities(text, tokens) : []) {
    const { word = '', stem = '' } = tokens[bare] ?? {};
    const size = measure ?? (unit === undefined ? undefined : { of: 'time', size: unit });
    const isUnit = ({ ways, label }: Option): boolean => {
      const own = measureOf(label.toLowerCase());
      const isNamed = ways.some((way) => way.length === 1 && way[0] === stem);
      return own !== undefined && own.of === size?.of
        ? own.size === size.size
        : isNamed && (/s$/.test(word) || tokens[bare + 1]?.word === 'of');
    };
    const fits = fields.flatMap((field) => field.options.filter(isUnit).map((option) => ({ field, option })));
    const [only] = fits;
    if (only === undefined || fits.length > 1 || !isFree(sheet, bare)) continue;
    use(sheet, only.field, [bare]);
    fill(sheet, only.field, only.option.value);
    return;
  }
}

/** Values of enums. */
export function fillChoices(sheet: Sheet): void {
  const { said, profile } = sheet;
  fillUnits(sheet);
  const name = new Set(nameWords(profile.tool.name).map(({ stem }) => stem));
  const { description, effect } = profile.tool;
  const words = new Set(effect === 'read' ? [] : tokenise(description).map(({ stem }) => stem));
  const choices = findChoices(
    open(sheet, 'choice'),
    said.tokens,
    (place) => isFree(sheet, place),
    (stem) => name.has(stem),
    (stem) => words.has(stem),
  );
  for (const field of choices.unsure) if (isNeeded(sheet, field) || sheet.begin === undefined) sheet.unsure.add(field);
  for (const { field, option, from, to } of choices.found) {
    if (!mayTake(sheet, field, from, to)) continue;
    use(sheet, field, range(from, to));
    fill(sheet, field, option.value);
  }
}

const YES = /^(?:on|yes|yep|true|enabled?)$/;
const NO = /^(?:off|no|nope|false|disabled?|kill)$/;

/** Yes or no: the field's name was said ("urgent", "no receipt"), or else a word such as "on" or "off". */
export function fillBooleans(sheet: Sheet): void {
  const { tokens } = sheet.said;
  const { name, description } = sheet.profile.tool;
  const said = new Set([...nameWords(name), ...tokenise(description)].map(({ stem }) => stem));
  for (const field of open(sheet, 'boolean')) {
    const find = (fits: (word: string, stem: string) => boolean): number =>
      tokens.findIndex(({ word, stem }, place) => isFree(sheet, place) && fits(word, stem));
    const told = find((_, stem) => field.named.has(stem));
    if (told >= 0) {
      use(sheet, field, [told]);
      fill(sheet, field, field.named.get(tokens[told]?.stem ?? '') === 1);
      continue;
    }
    const head = tokens.findIndex(isContent);
    // What a field is about stands last in its name: `leave_with_neighbour`.
    const cue = [...field.cues].filter((stem) => isContent({ word: stem, stem, start: 0, end: 0 })).at(-1);
    const named =
      cue === undefined
        ? -1
        : tokens.findIndex(
            (token, place) =>
              (place !== head || tokens.length === 1 || verbClasses(token.stem).length === 0) &&
              isFree(sheet, place) &&
              isContent(token) &&
              alike(cue, token.stem),
          );
    const no = find((word) => NO.test(word));
    const yes = find((word) => YES.test(word));
    // "online" for what says of itself that one takes part online
    const last = tokens.findLastIndex(
      (token, place) =>
        place > head &&
        isFree(sheet, place) &&
        isContent(token) &&
        !WEAK.has(token.word) &&
        field.hints.has(token.stem) &&
        !said.has(token.stem),
    );
    const isSwitch = isNeeded(sheet, field) || [...field.cues].some((stem) => YES.test(stem));
    if (isSwitch && (no >= 0 || yes >= 0)) {
      use(sheet, field, [no >= 0 ? no : yes]);
      fill(sheet, field, no < 0);
    } else if (Math.max(named, last) >= 0) {
      const place = named < 0 ? last : named;
      const before = tokens.slice(Math.max(0, place - 2), place).map((token) => token.word);
      use(sheet, field, [place]);
      fill(sheet, field, !before.some((word) => /^(?:no|not|without|never)$/.test(word)));
    }
  }
}

const LIMIT = /^(?:max|min|most|least|under|below|above|over|within|upto|maximum|minimum|cheaper|than|up|only)$/;
const LIMITING =
  /^(?:at|most|least|no|more|less|than|max|min|maximum|minimum|up|to|under|below|over|above|within|only|cheaper|for|worth)$/;
const isLimit = (field: Field): boolean =>
  /(?:^|[._])(?:max|min|most|least|limit|radius)|(?:Max|Min)\b/.test(field.name);

/** Numbers by the words of a field: `fully open`, `halfway` of a hundred. */
function fillNamed(sheet: Sheet): void {
  const { tokens } = sheet.said;
  for (const field of open(sheet, 'number').filter(({ named }) => named.size > 0)) {
    const place = tokens.findIndex(
      ({ stem, word }, at) =>
        isFree(sheet, at) &&
        [...field.named.keys()].some((name) => name === stem || alike(name, stem) || name === word),
    );
    const token = tokens[place];
    if (token === undefined || quantities(sheet.said.text, tokens).some(({ from }) => isFree(sheet, from))) continue;
    const name = [...field.named.keys()].find((one) => one === token.stem || alike(one, token.stem));
    use(sheet, field, [place]);
    fill(sheet, field, field.named.get(name ?? ''));
  }
}

/** What a quantity says for a field; undefined when it counts or measures something else. */
function amountFor(field: Field, { value, unit, measure }: Quantity): number | undefined {
  const said = unit === undefined ? measure : { of: 'time' as const, size: unit };
  // A quarter, a half and the like are shares where a hundred is all.
  if (said === undefined && value > 0 && value < 1 && field.max === 100) return value * 100;
  if (said === undefined) return value > 0 && value < 1 && field.whole ? undefined : value;
  if (field.measure === undefined) return said.of === 'time' || said.of === 'length' ? undefined : value;
  if (field.measure.of !== said.of) return undefined;
  return Number(inUnit(value, said, field.measure).toPrecision(12));
}

/** Numbers: first those that have a field's name beside them, then the others in the order of the fields. */
export function fillNumbers(sheet: Sheet): void {
  const { text, tokens } = sheet.said;
  fillNamed(sheet);
  const all = quantities(text, tokens);
  const fields = (): readonly Field[] => open(sheet, 'number').filter((one) => !sheet.unsure.has(one));
  for (const by of ['name', 'unit', 'place']) {
    for (const field of fields()) {
      const fits = all.filter((amount) => {
        const { from, to, bare } = amount;
        const value = amountFor(field, amount);
        if (
          /^[ap]m$/.test(tokens[to]?.word ?? '') ||
          !isFree(sheet, from, bare) ||
          (value === undefined && isFree(sheet, from, to))
        )
          return false;
        const isUnit =
          field.measure !== undefined && field.measure.of === (amount.unit === undefined ? amount.measure?.of : 'time');
        // "add 3 eggs" begins its text with an amount; "buy 2 eggs" has it inside, where it is text.
        if (by === 'name') {
          // The word before it may belong to the amount before it: "3 nights, 4 guests".
          const begin = all.some((other) => other.to === from) ? tokens.slice(from) : tokens;
          const at = from - (tokens.length - begin.length);
          return isCued(field, begin, at, at + bare - from) && (isUnit || amount.unit === undefined);
        }
        if (by === 'unit') return isUnit && (tokens[from - 1]?.word === 'for' || mayTake(sheet, field, from, to));
        const isBounded = tokens.slice(Math.max(0, from - 3), from).some(({ word }) => LIMIT.test(word));
        if (!isNeeded(sheet, field) && isLimit(field) && !isBounded && amount.measure === undefined) return false;
        return from === sheet.begin || mayTake(sheet, field, from, to);
      });
      const amount = fits[0];
      if (amount === undefined) continue;
      let value = amountFor(field, amount) ?? amount.value;
      // "from five to three": what was comes first.
      const later = all.find(({ from }) => from === amount.to + 1 && tokens[from - 1]?.word === 'to');
      const isChange = later !== undefined && tokens[amount.from - 1]?.word === 'from';
      if (isChange) value = amountFor(field, later) ?? value;
      const allowed = value >= field.min && value <= field.max && (!field.whole || Number.isInteger(value));
      let from = amount.from;
      while (from > 0 && LIMITING.test(tokens[from - 1]?.word ?? '') && isFree(sheet, from - 1)) from--;
      const places = range(from, isChange ? later.to : amount.to).filter((place) => isFree(sheet, place));
      use(sheet, field, places);
      if (amount.from === sheet.begin) {
        sheet.begin = amount.to;
        while (!isFree(sheet, sheet.begin) || tokens[sheet.begin]?.word === 'of') sheet.begin++;
      }
      if (allowed) fill(sheet, field, value);
      else {
        sheet.unsure.add(field);
        sheet.beyond.set(field, value);
      }
    }
  }
  // "an adult and two children"
  for (const field of fields().filter(({ name, required, whole }) => whole && (required || name.includes('.')))) {
    const counted = nameWords(field.name.slice(field.name.lastIndexOf('.') + 1)).map(({ stem }) => stem);
    const place = tokens.findIndex(
      ({ word }, at) => /^an?$/.test(word) && isFree(sheet, at, at + 2) && counted.includes(tokens[at + 1]?.stem ?? ''),
    );
    if (place < 0) continue;
    use(sheet, field, [place, place + 1]);
    fill(sheet, field, 1);
  }
}
