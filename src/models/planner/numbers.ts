/** Quantities in digits and in words. Ordinals are not quantities. */
import type { Token } from './tokens.ts';

export interface Quantity {
  readonly value: number;
  /** The tokens that say it, `to` excluded. A unit belongs to them. */
  readonly from: number;
  readonly to: number;
  /** Where the number alone ends. */
  readonly bare: number;
  /** Seconds of its unit of time, when it has one. */
  readonly unit?: number;
  /** Any other unit that it has. */
  readonly measure?: Measure;
}

/** What a unit measures, and how many of the basic unit it is. */
export interface Measure {
  readonly of: 'time' | 'length' | 'mass' | 'volume' | 'heat' | 'share' | 'money';
  readonly size: number;
}

/** Number words up to ninety. */
export const SMALL: ReadonlyMap<string, number> = new Map([
  ...`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen`
    .split(/\s+/)
    .map((word, value) => [word, value] as const),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, tens) => [word, 20 + 10 * tens] as const),
]);
export const isNumber = (word: string): boolean => /^\d/.test(word) || SMALL.has(word);
const SCALE = new Map(Object.entries({ dozen: 12, hundred: 100, thousand: 1000 }));
/** Ordinals that are no number word with `th` after it. */
export const IRREGULAR: ReadonlyMap<string, number> = new Map(
  Object.entries({
    first: 1,
    second: 2,
    third: 3,
    fifth: 5,
    eighth: 8,
    ninth: 9,
    twelfth: 12,
    twentieth: 20,
    thirtieth: 30,
  }),
);

/** The value of an ordinal in words; 0 for any other word. */
export const ordinalOf = (word: string): number =>
  IRREGULAR.get(word) ?? (word.endsWith('th') ? SMALL.get(word.slice(0, -2)) : undefined) ?? 0;

/** Before "one" they make it stand for a thing: "the small one". */
const POINTS = /^(?:an?|the|this|that|which|any|each|every|another|no)$/;
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:seconds?|secs?)$/, 1],
  [/^(?:minutes?|mins?)$/, 60],
  [/^(?:hours?|hrs?|h)$/, 3600],
  [/^(?:day|night)s?$/, 86_400],
  [/^weeks?$/, 604_800],
  [/^fortnights?$/, 1_209_600],
];

/** Seconds of a unit of time, or undefined for any other word. */
export const timeUnit = (word: string): number | undefined => UNITS.find(([name]) => name.test(word))?.[1];

const MEASURES: readonly (readonly [RegExp, Measure['of'], number])[] = [
  [/^(?:km|kilomet(?:er|re)s?|kms)$/, 'length', 1000],
  [/^(?:m|met(?:er|re)s?)$/, 'length', 1],
  [/^(?:cm|centimet(?:er|re)s?)$/, 'length', 0.01],
  [/^(?:mm|millimet(?:er|re)s?)$/, 'length', 0.001],
  [/^(?:miles?|mi)$/, 'length', 1609.344],
  [/^(?:foot|feet|ft)$/, 'length', 0.3048],
  [/^(?:inch|inches)$/, 'length', 0.0254],
  [/^(?:kg|kilos?|kilograms?)$/, 'mass', 1000],
  [/^(?:g|grams?)$/, 'mass', 1],
  [/^(?:lbs?)$/, 'mass', 453.592_37],
  [/^(?:oz|ounces?)$/, 'mass', 28.3495],
  [/^(?:l|lit(?:er|re)s?)$/, 'volume', 1000],
  [/^(?:ml|millilit(?:er|re)s?)$/, 'volume', 1],
  [/^(?:celsius|centigrade|degrees?|c)$/, 'heat', 1],
  [/^(?:fahrenheit|f)$/, 'heat', 2],
  [/^(?:%|percent|percentage|cent)$/, 'share', 1],
  [/^(?:euros?|eur|dollars?|usd|pounds?|gbp|quid|bucks|francs?|chf)$/, 'money', 1],
];

/** What a word measures in, or undefined when it is no unit. */
export function measureOf(word: string): Measure | undefined {
  const time = timeUnit(word);
  if (time !== undefined) return { of: 'time', size: time };
  const found = MEASURES.find(([name]) => name.test(word));
  return found && { of: found[1], size: found[2] };
}

/** A value in another unit of the same kind; 68 °F are 20 °C. */
export function inUnit(value: number, from: Measure, to: Measure): number {
  if (from.of !== 'heat') return (value * from.size) / to.size;
  if (from.size === to.size) return value;
  return to.size === 1 ? ((value - 32) * 5) / 9 : (value * 9) / 5 + 32;
}

/** The number of a text in digits; commas part thousands, or else stand for the decimal point. */
export const digits = (word: string): number =>
  Number(/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(word) ? word.replaceAll(',', '') : word.replace(',', '.'));

/** One number that begins at `from`: its value and where it ends. */
function numberAt(text: string, tokens: readonly Token[], from: number): [value: number, to: number] | undefined {
  const word = (index: number): string => tokens[index]?.word ?? '';
  let at = from;
  let value: number | undefined;
  const token = tokens[from];
  if (token === undefined) return undefined;
  if (/^\d/.test(token.word)) {
    // The 12 of "T-12" is a name.
    if (/[\p{L}\d]-$/u.test(text.slice(0, token.start)) || /\p{L}$/u.test(token.word)) return undefined;
    if (/^(?:st|nd|rd|th)\b/i.test(text.slice(token.end, token.end + 3))) return undefined;
    value = digits(token.word) * (/(?:^|\s)[-−]$/.test(text.slice(Math.max(0, token.start - 2), token.start)) ? -1 : 1);
    at++;
  } else if (token.word === 'half' && word(from + 1) !== 'past') {
    if (/^an?$/.test(word(from + 1)) && timeUnit(word(from + 2)) !== undefined) return [0.5, from + 1];
    value = 0.5;
    at += word(from + 1) === 'a' && word(from + 2) === 'dozen' ? 2 : 1;
  } else if (token.word === 'couple' || token.word === 'dozen') return [token.word === 'dozen' ? 12 : 2, from + 1];
  else if (/^an?$/.test(token.word) && SCALE.has(word(from + 1))) [value, at] = [1, from + 1];
  else if (token.word === 'quarter' || /^quarters?$/.test(word(from + 1)) || token.word === 'halfway') {
    const count = token.word === 'halfway' ? 2 : token.word === 'quarter' ? 1 : (SMALL.get(token.word) ?? 4);
    if (/^(?:past|to)$/.test(word(from + 1)) || (count === 1 && word(from - 1) !== 'a' && word(from + 1) !== 'of'))
      return undefined;
    const end = token.word === 'halfway' || token.word === 'quarter' ? from + 1 : from + 2;
    if (count < 4) return [count / 4, word(end) === 'of' && /^an?$/.test(word(end + 1)) ? end + 1 : end];
    return undefined;
  } else if (token.word === 'one' && [word(from - 1), word(from - 2)].some((before) => POINTS.test(before))) {
    return undefined;
  }
  for (; at < tokens.length; at++) {
    const joins = word(at) === 'and' && value !== undefined && value % 100 === 0 && SMALL.has(word(at + 1)) ? 1 : 0;
    const small = SMALL.get(word(at + joins));
    const scale = SCALE.get(word(at));
    // "two thousand five hundred": a hundred is none of the thousands.
    if (scale !== undefined && value !== undefined) value += (scale < 1000 ? value % 1000 : value) * (scale - 1);
    else if (small === undefined) break;
    else if (value === undefined) value = small;
    else if (value % 100 === 0 ? value >= 100 && small < 100 : value % 100 >= 20 && value % 10 === 0 && small < 10) {
      value += small;
      at += joins;
    } else break;
  }
  if (value === undefined) return undefined;
  if (word(at) === 'and' && word(at + 1) === 'a' && word(at + 2) === 'half') return [value + 0.5, at + 3];
  return [value, at];
}

/** The callers look at each for every field, and no message that a person types has more. */
const MAX_QUANTITIES = 50;
const READ = new WeakMap<readonly Token[], readonly Quantity[]>();

/** The quantities of a text, which every tool asks for again. */
export function quantities(text: string, tokens: readonly Token[]): readonly Quantity[] {
  const known = READ.get(tokens) ?? findQuantities(text, tokens);
  READ.set(tokens, known);
  return known;
}

/** All quantities of a text in order. `half an hour` and `an hour` are some, and `1 hour 30 minutes` is one. */
function findQuantities(text: string, tokens: readonly Token[]): readonly Quantity[] {
  const found: Quantity[] = [];
  for (let from = 0; from < tokens.length && found.length < MAX_QUANTITIES; from++) {
    const word = tokens[from]?.word ?? '';
    const lone = /^(?:an?|another)$/.test(word) && timeUnit(tokens[from + 1]?.word ?? '') !== undefined;
    const isOther = word === 'other' && tokens[from - 1]?.word === 'every';
    if (word === 'out' && tokens[from + 1]?.word === 'of' && numberAt(text, tokens, from + 2)) {
      from += 2;
      continue;
    }
    const number = isOther ? ([2, from + 1] as const) : lone ? ([1, from + 1] as const) : numberAt(text, tokens, from);
    if (number === undefined) continue;
    const [value, end] = number;
    const at = /^an?$/.test(tokens[end]?.word ?? '') ? end + 1 : end;
    const unit = timeUnit(tokens[at]?.word ?? '');
    const last = found.at(-1);
    const follows =
      last !== undefined && (last.to === from || (last.to === from - 1 && tokens[last.to]?.word === 'and'));
    if (unit === undefined) {
      const percent = text
        .slice(tokens[end - 1]?.end ?? 0)
        .trimStart()
        .startsWith('%');
      const name = percent
        ? '%'
        : /^(?:per|degrees?)$/.test(tokens[end]?.word ?? '') && measureOf(tokens[end + 1]?.word ?? '')
          ? (tokens[end + 1]?.word ?? '')
          : (tokens[end]?.word ?? '');
      const measure = measureOf(name);
      const cents = measure?.of === 'money' ? tokens[end + 1]?.word : undefined;
      const small = /^\d\d$/.test(cents ?? '') ? Number(cents) : (SMALL.get(cents ?? '') ?? 0);
      // "63 dollars 40" and "two pounds fifty"
      if (small > 9 && measureOf(tokens[end + 2]?.word ?? '') === undefined && tokens[end + 2]?.word !== 'of') {
        found.push({ value: value + small / 100, from, to: end + 2, bare: end, ...(measure && { measure }) });
        from = end + 1;
        continue;
      }
      const length = percent || measure === undefined ? 0 : name === tokens[end]?.word ? 1 : 2;
      found.push({ value, from, to: end + length, bare: end, ...(measure && { measure }) });
    } else if (follows && last.unit !== undefined && last.unit > unit) {
      found[found.length - 1] = {
        value: (last.value * last.unit) / unit + value,
        from: last.from,
        to: at + 1,
        bare: end,
        unit,
      };
    } else {
      const [one, two, three] = [1, 2, 3].map((far) => tokens[at + far]?.word);
      const isMore = one === 'and' && two === 'a' && three === 'half';
      found.push({ value: isMore ? value + 0.5 : value, from, to: isMore ? at + 4 : at + 1, bare: end, unit });
    }
    from = (found.at(-1)?.to ?? from + 1) - 1;
  }
  return found;
}

/** Which of `count` things `the first`, `3rd` or `the last one` means, from 0. */
export function ordinal(tokens: readonly Token[], count: number): number | undefined {
  for (const [index, token] of tokens.entries()) {
    const isCounted = /^(?:st|nd|rd|th)$/.test(tokens[index + 1]?.word ?? '');
    const at = token.word === 'last' ? count - 1 : (isCounted ? Number(token.word) : ordinalOf(token.word)) - 1;
    if (at >= 0 && at < count) return at;
  }
  return undefined;
}
