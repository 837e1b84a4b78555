import { expect } from 'chai';
import { calculate } from '../../demo/calculate.ts';

describe('calculate', () => {
  const values: Readonly<Record<string, number>> = {
    '2 + 3 * 4': 14,
    '2 * (3 + 4)': 14,
    '10 - 4 - 3': 3,
    '100 / 10 / 5': 2,
    '-2 ^ 2': -4,
    '2 ^ 3 ^ 2': 512,
    '2 ^ -1': 0.5,
    '0.1 + 0.2': 0.3,
    '.5 * 4': 2,
    '1,250 + 1': 1251,
    '3,5 * 2': 7,
    '18% of 64.50': 11.61,
    '80 - 15%': 68,
    '200 + 10%': 220,
    '200 * 10%': 20,
    '12 times 4': 48,
    '129 divided by 6': 21.5,
    '7 squared': 49,
    '3 × 4 ÷ 2': 6,
    '3x4': 12,
    '€12.90 + €4.50 =': 17.4,
  };
  for (const [expression, value] of Object.entries(values)) {
    it(`reads ${expression}`, () => {
      expect(calculate(expression)).to.equal(value);
    });
  }

  it('refuses what is not arithmetic', () => {
    for (const text of ['', 'alert(1)', '2 +', '(2 + 3', '2 + 3)', '2 3', '1..2', 'a + b']) {
      expect(() => calculate(text), text).to.throw('is not arithmetic');
    }
  });

  it('says when there is no value', () => {
    expect(() => calculate('1 / 0')).to.throw('has no value');
    expect(() => calculate('9 ^ 9 ^ 9')).to.throw('has no value');
  });
});
