/** Fills the fields that take values of one kind: moments, arithmetic, choices, yes or no, numbers. */
import { findChoices, isCued } from './choices.ts';
import { moments } from './dates.ts';
import { arithmetic } from './math.ts';
import { quantities } from './numbers.ts';
import { isContent } from './rank.ts';
import { fill, isFree, isNeeded, mayTake, open, range, touched, use } from './sheet.ts';
import type { Sheet } from './sheet.ts';

/** The text without what has been read already, in its length: "Night Train" tells no time of day. */
function unsaid({ said, used }: Sheet): string {
  return said.tokens.reduce(
    (text, token, place) =>
      used.has(place) ? text.slice(0, token.start) + '_'.repeat(token.end - token.start) + text.slice(token.end) : text,
    said.text,
  );
}

/** What tells a time, and what tells nothing else. */
const CLOCK = /\d ?[ap]m|\d:\d|noon/i;
const ONLY_CLOCK = /^(at )?[\d:. apm]+$/i;

/** Dates and times, in the order in which they were said. "Friday at 7 pm" is for a field of days and one of times. */
export function fillMoments(sheet: Sheet, now: number): void {
  const all = open(sheet, 'moment');
  const fields = all.filter(({ timeOnly }) => !timeOnly);
  const times = all.filter(({ timeOnly }) => timeOnly).values();
  if (all.length === 0) return;
  const text = unsaid(sheet);
  let index = 0;
  for (const moment of moments(text, now)) {
    const said = text.slice(moment.start, moment.end);
    const places = touched(sheet, moment.start, moment.end);
    const time = CLOCK.test(said) ? times.next().value : undefined;
    if (time !== undefined) {
      use(sheet, time, places);
      fill(sheet, time, moment.value.slice(11, 16));
    }
    const field = fields[index] ?? fields.at(-1);
    // "at 7 pm" names no day.
    if (field === undefined || (ONLY_CLOCK.test(said) && (time ?? field.dateOnly))) continue;
    use(sheet, field, places);
    // "on Friday or on Monday" for one date: either half of it would be a guess.
    if (index >= fields.length) sheet.unsure.add(field);
    else fill(sheet, field, field.dateOnly ? moment.value.slice(0, 10) : moment.value);
    index++;
  }
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

/** Values of enums. */
export function fillChoices(sheet: Sheet): void {
  const choices = findChoices(open(sheet, 'choice'), sheet.said.tokens, (place) => isFree(sheet, place));
  for (const field of choices.unsure) if (isNeeded(sheet, field) || sheet.begin === undefined) sheet.unsure.add(field);
  for (const { field, option, from, to } of choices.found) {
    if (!mayTake(sheet, field, from, to)) continue;
    use(sheet, field, range(from, to));
    fill(sheet, field, option.value);
  }
}

const YES = /^(?:on|yes|yep|true|enabled?)$/;
const NO = /^(?:off|no|nope|false|disabled?)$/;

/** Yes or no: the field's name was said ("urgent", "no receipt"), or else a word such as "on" or "off". */
export function fillBooleans(sheet: Sheet): void {
  const { tokens } = sheet.said;
  for (const field of open(sheet, 'boolean')) {
    const find = (fits: (word: string, stem: string) => boolean): number =>
      tokens.findIndex(({ word, stem }, place) => isFree(sheet, place) && fits(word, stem));
    const head = tokens.findIndex(isContent);
    const named = tokens.findIndex(
      (token, place) => place !== head && isFree(sheet, place) && isContent(token) && field.cues.has(token.stem),
    );
    const no = find((word) => NO.test(word));
    const yes = find((word) => YES.test(word));
    if (isNeeded(sheet, field) && (no >= 0 || yes >= 0)) {
      use(sheet, field, [no >= 0 ? no : yes]);
      fill(sheet, field, no < 0);
    } else if (named >= 0) {
      const before = tokens.slice(Math.max(0, named - 2), named).map((token) => token.word);
      use(sheet, field, [named]);
      fill(sheet, field, !before.some((word) => /^(?:no|not|without)$/.test(word)));
    }
  }
}

/** Numbers: first those that have a field's name beside them, then the others in the order of the fields. */
export function fillNumbers(sheet: Sheet): void {
  const { text, tokens } = sheet.said;
  const all = quantities(text, tokens);
  for (const byName of [true, false]) {
    for (const field of open(sheet, 'number').filter((one) => !sheet.unsure.has(one))) {
      const fits = all.filter(({ from, to }) => {
        if (!isFree(sheet, from, to)) return false;
        // "add 3 eggs" begins its text with an amount; "buy 2 eggs" has it inside, where it is text.
        return byName ? isCued(field, tokens, from, to) : from === sheet.begin || mayTake(sheet, field, from, to);
      });
      const amount = fits[0];
      if (amount === undefined) continue;
      const scale = amount.unit !== undefined && field.unit !== undefined ? amount.unit / field.unit : 1;
      const value = Number((amount.value * scale).toPrecision(12));
      const rivals = byName ? [] : fits.slice(open(sheet, 'number').length).filter((one) => one.value !== amount.value);
      const allowed = value >= field.min && value <= field.max && (!field.whole || Number.isInteger(value));
      use(sheet, field, range(amount.from, amount.to));
      if (amount.from === sheet.begin) sheet.begin = amount.to;
      if (allowed && rivals.length === 0) fill(sheet, field, value);
      else {
        sheet.unsure.add(field);
        if (rivals.length === 0) sheet.beyond.set(field, value);
      }
    }
  }
}
