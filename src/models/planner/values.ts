/** Fills the fields that take one of some values: weekdays, arithmetic, choices, yes or no. */
import { findChoices } from './choices.ts';
import type { Option } from './fields.ts';
import { arithmetic } from './math.ts';
import { measureOf, quantities } from './numbers.ts';
import { isContent } from './rank.ts';
import { fill, isFree, isNeeded, mayTake, nameOf, open, range, touched, use } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { tokenise } from './tokens.ts';
import { alike, verbClasses, WEAK } from './words.ts';

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
    const stem = tokens[bare]?.stem ?? '';
    const size = measure ?? (unit === undefined ? undefined : { of: 'time', size: unit });
    const isUnit = ({ ways, label }: Option): boolean => {
      const own = measureOf(label.toLowerCase());
      const isNamed = ways.some((way) => way.length === 1 && way[0] === stem);
      return own !== undefined && own.of === size?.of ? own.size === size.size : isNamed;
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
  const name = nameOf(sheet);
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
        field.hints.has(token.stem),
    );
    const isSwitch = isNeeded(sheet, field) || [...field.cues].some((stem) => YES.test(stem));
    if (isSwitch && (no >= 0 || yes >= 0)) {
      use(sheet, field, [no >= 0 ? no : yes]);
      fill(sheet, field, no < 0);
    } else if (Math.max(named, last) >= 0) {
      const place = named < 0 ? last : named;
      const before = tokens.slice(Math.max(0, place - 7), place).map((token) => token.word);
      use(sheet, field, [place]);
      fill(
        sheet,
        field,
        !before.some(
          (word, at) => /n't$/.test(word) || (at > before.length - 3 && /^(?:no|not|without|never)$/.test(word)),
        ),
      );
    }
  }
}
