import { expect } from 'chai';
import { moments } from '../../src/models/planner/dates.ts';
import { arithmetic } from '../../src/models/planner/math.ts';
import { ordinal, quantities } from '../../src/models/planner/numbers.ts';
import { stem, tokenise } from '../../src/models/planner/tokens.ts';
import { local } from './planner-talk.ts';

describe('words', () => {
  it('give the same stem in every form', () => {
    for (const forms of ['add adds added adding', 'drop dropped dropping', 'copy copies copied', 'box boxes']) {
      expect(new Set(forms.split(' ').map(stem)).size, forms).to.equal(1);
    }
    expect(stem('reservation')).to.equal(stem('reserve'));
  });
  it('part digits from units, and keep “to-do” whole', () => {
    expect(tokenise("Mum's to-do: 2.5kg deep-sea fish").map((token) => token.word)).to.deep.equal([
      'mum',
      'todo',
      '2.5',
      'kg',
      'deep',
      'sea',
      'fish',
    ]);
  });
});

describe('quantities', () => {
  const values = (text: string): readonly number[] => quantities(text, tokenise(text)).map(({ value }) => value);

  it('are read in digits and in words', () => {
    const said: Record<string, number[]> = {
      '2 and 1,000 and 2.5': [2, 1000, 2.5],
      'twenty-five': [25],
      'two hundred and fifty': [250],
      'three thousand': [3000],
      'a dozen, half a dozen, two dozen': [12, 6, 24],
      'a couple of bags': [2],
      'two and a half': [2.5],
      'from -5 to 3': [-5, 3],
    };
    for (const [text, expected] of Object.entries(said)) expect(values(text), text).to.deep.equal(expected);
  });
  it('are neither ordinals nor “one” for a thing', () => {
    for (const text of ['the 2nd', 'the second one', 'a small one', 'my first']) expect(values(text), text).to.be.empty;
  });
  it('join lengths of time', () => {
    expect(quantities('1 hour and 30 minutes', tokenise('1 hour and 30 minutes'))[0]).to.include({
      value: 90,
      unit: 60,
    });
    expect(quantities('half an hour', tokenise('half an hour'))[0]).to.include({ value: 0.5, unit: 3600 });
  });
  it('tell which one of some things is meant', () => {
    expect(ordinal(tokenise('the third'), 3)).to.equal(2);
    expect(ordinal(tokenise('2nd please'), 3)).to.equal(1);
    expect(ordinal(tokenise('the last one'), 3)).to.equal(2);
    expect(ordinal(tokenise('the fourth'), 3)).to.equal(undefined);
  });
});

describe('moments', () => {
  const at = (text: string, hour = 10): readonly string[] =>
    moments(text, new Date(2026, 10, 24, hour).getTime()).map(({ value }) => value);

  it('take an hour from 1 to 7 as the afternoon, unless it is said otherwise', () => {
    expect(at('tomorrow at 5')).to.deep.equal([local('2026-11-25T17:00')]);
    expect(at('tomorrow at 7:30')).to.deep.equal([local('2026-11-25T19:30')]);
    expect(at('tomorrow at 8')).to.deep.equal([local('2026-11-25T08:00')]);
    expect(at('tomorrow at 5 am')).to.deep.equal([local('2026-11-25T05:00')]);
    expect(at('tomorrow at 05:00')).to.deep.equal([local('2026-11-25T05:00')]);
    expect(at('in 2 hours', 1)).to.deep.equal([local('2026-11-24T03:00')]);
  });
  it('are still to come', () => {
    expect(at('at 5', 16)).to.deep.equal([local('2026-11-24T17:00')]);
    expect(at('at 5', 18)).to.deep.equal([local('2026-11-25T17:00')]);
    expect(at('on friday')).to.deep.equal([local('2026-11-27T09:00')]);
  });
  it('are two for a range, and none for a length of time or a word that only looks like a day', () => {
    expect(at('from monday to friday')).to.deep.equal([local('2026-11-30T09:00'), local('2026-12-04T09:00')]);
    for (const text of ['for 2 hours', 'a minute', '2 to 4', 'sun cream', 'a night train'])
      expect(at(text), text).to.be.empty;
  });
});

describe('arithmetic', () => {
  const symbols = (text: string): string | undefined => arithmetic(text, tokenise(text))?.symbol;

  it('is read in signs and in words', () => {
    const said: Record<string, string> = {
      'what is 12 times 7?': '12 * 7',
      '12x7': '12 * 7',
      'three plus four, please': '3 + 4',
      'calculate (2 + 3) * 4': '(2 + 3) * 4',
      '15 percent of 80': '15 / 100 * 80',
      '9 squared': '9 ^ 2',
      '144 divided by twelve': '144 / 12',
      'minus 5 plus 3': '- 5 + 3',
      'half of 90': '0.5 * 90',
    };
    for (const [text, expected] of Object.entries(said)) expect(symbols(text), text).to.equal(expected);
  });
  it('needs two operands and paired parentheses', () => {
    for (const text of ['room 5', 'the 3rd of May', '1 + ', '((2 + 3)', 'plus', ''])
      expect(symbols(text), text).to.equal(undefined);
  });
});
