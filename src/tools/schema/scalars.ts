/** The keywords for values that are compared as they are, for numbers and for text. */
import { stableText } from '../../core/index.ts';
import type { Check, Maker, Makers } from './check.ts';
import { FORMATS } from './formats.ts';
import { counted, expression, refuse } from './kinds.ts';

/** How many values a sentence names. */
const MOST_NAMED = 20;

const named = (value: unknown): string => (typeof value === 'string' ? value : stableText(value));

/** Whether a value is one of some. */
function among(values: readonly unknown[], message: string): Check {
  const texts = new Set(values.map(stableText));
  return (value, run) =>
    values.includes(value) || (typeof value === 'object' && texts.has(stableText(value))) || run.fail(message);
}

export const VALUES: Makers = {
  const: (given: unknown) => among([given], `It must be ${named(given)}.`),
  enum: (given: readonly unknown[]) => {
    const names = given.slice(0, MOST_NAMED).map(named).join(', ');
    return among(given, `It must be one of: ${names}${given.length > MOST_NAMED ? ', …' : '.'}`);
  },
};

type Comparison = (value: number, given: number) => boolean;

const least: Comparison = (value, given) => value >= given;
const most: Comparison = (value, given) => value <= given;

/** Whether one number is a multiple of another as they are written: 0.3 is one of 0.1. */
function isMultiple(value: number, given: number): boolean {
  if (value % given === 0 || (Number.isInteger(value) && Number.isInteger(given))) return value % given === 0;
  // What has no exact form in the machine is equal in the 15 digits that it holds for sure.
  return (Math.round(value / given) * given).toPrecision(15) === value.toPrecision(15);
}

/** Compares a number, or how much there is of something, with a number. */
const compared =
  (words: string, holds: Comparison, noun?: string, size = (value: never): number => value): Maker<number> =>
  (given) => {
    if (typeof given !== 'number') throw refuse('it is no number.');
    const message = `It must ${words} ${noun === undefined ? given : counted(given, noun)}.`;
    return (value, run) => holds(size(value as never), given) || run.fail(message);
  };

export const NUMBERS: Makers = {
  minimum: compared('be at least', least),
  maximum: compared('be at most', most),
  exclusiveMinimum: compared('be more than', (value, given) => value > given),
  exclusiveMaximum: compared('be less than', (value, given) => value < given),
  multipleOf: compared('be a multiple of', isMultiple),
};

/** The keywords for how much there is of something. */
export const sized = (plural: string, noun: string, size: (value: never) => number): Makers => ({
  [`min${plural}`]: compared('have at least', least, noun, size),
  [`max${plural}`]: compared('have at most', most, noun, size),
});

export const TEXTS: Makers = {
  // Some characters take two places.
  ...sized('Length', 'character', (text: string) => text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '.').length),
  pattern: (given: string) => {
    const pattern = expression(given);
    return (value, run) => pattern.test(value as string) || run.fail(`It must match the pattern ${given}`);
  },
  format: (given: string) => {
    const isOne = Object.hasOwn(FORMATS, given) && FORMATS[given];
    return (value, run) => !isOne || isOne(value as string) || run.fail(`It must be of the format ${given}.`);
  },
};
