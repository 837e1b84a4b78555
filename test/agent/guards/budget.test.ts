import { expect } from 'chai';
import { checkBudget, costOf, isOver, spent } from '../../../src/agent/guards/budget.ts';
import type { Budget } from '../../../src/core/index.ts';
import type { Usage } from '../../../src/core/index.ts';
import { says, user } from '../messages.ts';

const used = (inputTokens: number, outputTokens = 0): Usage => ({ inputTokens, outputTokens });
const prices = { inputPerMillion: 3, outputPerMillion: 15, currency: 'USD' };

const TABLE: readonly (readonly [what: string, budget: Budget, run: Usage, day: Usage, message: string])[] = [
  ['no limit', {}, used(1e9), used(1e9), ''],
  ['less than a limit', { tokensPerRun: 100 }, used(60, 39), used(1e9), ''],
  ['a limit of the run', { tokensPerRun: 100 }, used(60, 40), used(0), 'This run has taken 100 of 100 tokens.'],
  ['a limit of the day', { tokensPerDay: 100 }, used(1), used(120), 'Today has taken 120 of 100 tokens.'],
  ['less than a price', { moneyPerRun: 1, prices }, used(1000, 1000), used(1e9), ''],
  [
    'a price of the run',
    { moneyPerRun: 0.01, prices },
    used(1000, 500),
    used(0),
    'This run has taken 0.0105 of 0.01 USD.',
  ],
  ['a price of the day', { moneyPerDay: 2, prices }, used(0), used(1e6), 'Today has taken 3 of 2 USD.'],
  ['a price of nothing', { moneyPerDay: 2, prices: { ...prices, inputPerMillion: 0 } }, used(0), used(1e9), ''],
];

describe('a budget', () => {
  for (const [what, budget, run, day, message] of TABLE) {
    it(`${message === '' ? 'has more' : 'is used up'} at ${what}`, () => {
      expect(isOver(budget, run, day)?.message ?? '').to.equal(message);
    });
  }

  it('says what is used up, how much, and what to do', () => {
    const error = isOver({ tokensPerRun: 10, tokensPerDay: 20 }, used(4), used(21));
    expect(error).to.include({
      code: 'budget-exhausted',
      fix: 'Go on tomorrow, or raise `tokensPerDay` of the budget.',
    });
    expect(error?.details).to.deep.equal({ limit: 'tokensPerDay', used: 21, allowed: 20 });
  });

  it('adds up what the answers took, as far as it is known', () => {
    const messages = [user(), { ...says('a'), usage: used(5, 1) }, says('b'), { ...says('c'), usage: used(7, 2) }];
    expect(spent(messages)).to.deep.equal(used(12, 3));
    expect(costOf(used(1e6, 1e6), prices)).to.equal(18);
  });

  it('refuses what cannot be watched', () => {
    expect(checkBudget({ tokensPerDay: 5 })).to.deep.equal({ tokensPerDay: 5 });
    for (const budget of [{ tokensPerRun: 0 }, { moneyPerRun: 1 }, { moneyPerDay: 1, prices: {} }]) {
      expect(() => checkBudget(budget as Budget))
        .to.throw()
        .with.property('code', 'invalid-option');
    }
  });
});
