/** Fills the fields that take numbers. */
import { isCued } from './choices.ts';
import type { Field } from './fields.ts';
import { inUnit, quantities } from './numbers.ts';
import type { Quantity } from './numbers.ts';
import { fill, isFree, isNeeded, mayTake, open, range, use } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { nameWords } from './tokens.ts';
import { alike } from './words.ts';

const LIMITING =
  /^(?:at|most|least|no|more|less|than|max|min|maximum|minimum|up|to|under|below|over|above|within|only|cheaper|for|worth)$/;
/** "more than 50" is no maximum. */
const UPWARD = /\b(?:min|minimum|least|above|over|(?<!no )more|from)\b/;
const DOWNWARD = /\b(?:max|maximum|most|under|below|within|(?<!no )less|no more|cheaper|up|only)\b/;
const BOUND = [UPWARD, DOWNWARD, /\bbetween\b/];
const isLimit = (field: Field): boolean =>
  /(?:^|[._])(?:max|min|most|least|limit|radius)|(?:Max|Min)\b/.test(field.name);

/** Numbers by the words of a field: `fully open`, `halfway` of a hundred. */
function fillNamed(sheet: Sheet): void {
  const { tokens } = sheet.said;
  for (const field of open(sheet, 'number').filter(({ named }) => named.size > 0)) {
    const place = tokens.findIndex(
      ({ stem }, at) => isFree(sheet, at) && [...field.named.keys()].some((name) => alike(name, stem)),
    );
    const token = tokens[place];
    if (token === undefined || quantities(sheet.said.text, tokens).some(({ from }) => isFree(sheet, from))) continue;
    const name = [...field.named.keys()].find((one) => alike(one, token.stem));
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

/** What an amount is taken by: the name of the field beside it, its unit, or its place among the fields. */
const WAYS = ['name', 'unit', 'place'] as const;

/** Whether an amount is meant for a field. */
function fits(sheet: Sheet, field: Field, amount: Quantity, by: (typeof WAYS)[number]): boolean {
  const { text, tokens } = sheet.said;
  const { from, to, bare, unit, measure } = amount;
  const isTime = /^[ap]m$/.test(tokens[to]?.word ?? '');
  const isOther = amountFor(field, amount) === undefined && isFree(sheet, from, to);
  // "10-15" is no ten, and "raise it by two" sets nothing to two.
  const isPart = /^ ?[-–] ?\d/.test(text.slice(tokens[bare - 1]?.end));
  const isMore =
    tokens[from - 1]?.word === 'by' &&
    field.measure?.of !== 'time' &&
    !quantities(text, tokens).some(({ to: end }) => end === from - 1);
  if (isPart || isMore) return false;
  if (isTime || isOther || !isFree(sheet, from, bare)) return false;
  if (by === 'name') {
    // The word before it may belong to the amount before it: "3 nights, 4 guests".
    const begin = quantities(text, tokens).some((other) => other.to === from) ? from : 0;
    return isCued(field, tokens.slice(begin), from - begin, bare - begin);
  }
  if (by === 'unit' && field.measure?.of !== (unit === undefined ? (measure?.of ?? '') : 'time')) return false;
  const bounds = tokens
    .slice(Math.max(0, from - 3), from)
    .map(({ word }) => word)
    .join(' ');
  if (/(?:^|[._])max|Max\b/.test(field.name) && UPWARD.test(bounds)) return false;
  if (/(?:^|[._])min|Min\b/.test(field.name) && DOWNWARD.test(bounds)) return false;
  if (by === 'place' && isLimit(field) && !BOUND.some((bound) => bound.test(bounds)) && !isNeeded(sheet, field))
    return false;
  // "add 3 eggs" begins its text with an amount; "buy 2 eggs" has it inside, where it is text.
  const isFirst = by === 'place' ? from === sheet.begin : tokens[from - 1]?.word === 'for';
  return isFirst || mayTake(sheet, field, from, to);
}

/** Takes an amount for a field, with the words that bound it: "at most 5". */
function take(sheet: Sheet, field: Field, amount: Quantity): void {
  const { text, tokens } = sheet.said;
  const word = (place: number): string => tokens[place]?.word ?? '';
  // "from five to three": what was comes first.
  const later = quantities(text, tokens).find(({ from }) => from === amount.to + 1 && word(from - 1) === 'to');
  const change = word(amount.from - 1) === 'from' ? later : undefined;
  const value = amountFor(field, change ?? amount) ?? amount.value;
  let from = amount.from;
  while (from > 0 && LIMITING.test(word(from - 1)) && isFree(sheet, from - 1)) from--;
  const places = range(from, (change ?? amount).to).filter((place) => isFree(sheet, place));
  use(sheet, field, places);
  if (amount.from === sheet.begin) {
    sheet.begin = amount.to;
    while (!isFree(sheet, sheet.begin) || word(sheet.begin) === 'of') sheet.begin++;
  }
  if (value >= field.min && value <= field.max && (!field.whole || Number.isInteger(value))) fill(sheet, field, value);
  else {
    sheet.unsure.add(field);
    sheet.beyond.set(field, value);
  }
}

/** "an adult and two children" */
function fillSingle(sheet: Sheet, field: Field): void {
  const { tokens } = sheet.said;
  const counted = nameWords(field.name.slice(field.name.lastIndexOf('.') + 1)).map(({ stem }) => stem);
  const place = tokens.findIndex(
    ({ word }, at) => /^an?$/.test(word) && isFree(sheet, at, at + 2) && counted.includes(tokens[at + 1]?.stem ?? ''),
  );
  if (place < 0) return;
  use(sheet, field, [place, place + 1]);
  fill(sheet, field, 1);
}

/** Numbers: first those that have a field's name beside them, then the others in the order of the fields. */
export function fillNumbers(sheet: Sheet): void {
  const { text, tokens } = sheet.said;
  fillNamed(sheet);
  const fields = (): readonly Field[] => open(sheet, 'number').filter((one) => !sheet.unsure.has(one));
  for (const by of WAYS) {
    for (const field of fields()) {
      const amount = quantities(text, tokens).find((one) => fits(sheet, field, one, by));
      if (amount !== undefined) take(sheet, field, amount);
    }
  }
  for (const field of fields())
    if (field.whole && (field.required || field.name.includes('.'))) fillSingle(sheet, field);
}
