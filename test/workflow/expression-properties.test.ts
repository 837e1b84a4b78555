import { expect } from 'chai';
import fc from 'fast-check';
import { isAgentError } from '../../src/core/index.ts';
import { SyntaxFault } from '../../src/workflow/expression/fault.ts';
import { FUEL, parseExpression } from '../../src/workflow/expression/parse.ts';
import { parseTemplate } from '../../src/workflow/expression/template.ts';
import { FAILED, OPERATORS, reference, sums, textOf, values } from './expression-reference.ts';

const datas = fc.record({ a: values, b: values, c: fc.array(values, { maxLength: 3 }) });

/** What a text comes to: a value, FAILED, or where it cannot be read. */
function outcome(text: string, data: Readonly<Record<string, unknown>>): unknown {
  try {
    return parseExpression(text).evaluate({ data, errors: {}, fuel: FUEL });
  } catch (error) {
    if (isAgentError(error) && error.code === 'expression-failed') return FAILED;
    if (error instanceof SyntaxFault) {
      expect(error.offset).to.be.within(0, text.length);
      return error;
    }
    throw error;
  }
}

describe('any expression', () => {
  it('gives what a plain walk over its tree gives', () => {
    fc.assert(
      fc.property(sums, datas, (sum, data) => {
        expect(outcome(textOf(sum), data)).to.deep.equal(reference(sum, data));
      }),
      { numRuns: 2000 },
    );
  });

  it('binds its operators as arithmetic and logic do', () => {
    const levels: readonly (readonly string[])[] = [
      ['or'],
      ['and'],
      ['<', '<=', '>', '>=', '==', '!=', 'in'],
      ['+', '-'],
      ['*', '/', '%'],
    ];
    const levelOf = (op: string): number => levels.findIndex((level) => level.includes(op));
    fc.assert(
      fc.property(
        fc.constantFrom(...OPERATORS),
        fc.constantFrom(...OPERATORS),
        fc.tuple(values, values, values),
        (first, second, [x, y, z]) => {
          const [a, b, c] = [x, y, z].map((value) => JSON.stringify(value));
          const [one, two] = [levelOf(first), levelOf(second)];
          // Two comparisons in a row are refused.
          fc.pre(!(one === 2 && two === 2));
          const bracketed = one >= two ? `(${a} ${first} ${b}) ${second} ${c}` : `${a} ${first} (${b} ${second} ${c})`;
          expect(outcome(`${a} ${first} ${b} ${second} ${c}`, {})).to.deep.equal(outcome(bracketed, {}));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is read or refused at a place, whatever its text', () => {
    const words = fc.constantFrom(
      'a',
      'ctx',
      '.',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ',',
      '"',
      "'",
      '\\',
      'and',
      'not',
      'in',
      '==',
      '<',
      '-',
      '1',
      '.5',
      '1e9',
      'len',
      'map',
      'filter',
      'it',
      '__proto__',
      '$',
      '$ctx',
      ':',
      ';',
      '\n',
      ' ',
      'é',
      '💥',
      '=',
      '%',
      '{{',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 60 }),
          fc.array(words, { maxLength: 40 }).map((all) => all.join(' ')),
          fc.array(words, { maxLength: 60 }).map((all) => all.join('')),
        ),
        (text) => {
          outcome(text, { a: [1, 2, 3] });
          try {
            parseTemplate(text).render({ data: { a: 1 }, errors: {}, fuel: FUEL });
          } catch (error) {
            if (!(error instanceof SyntaxFault)) expect(error).to.have.property('code', 'expression-failed');
          }
        },
      ),
      { numRuns: 5000 },
    );
  });
});
