import { expect } from 'chai';
import { nearest } from '../../src/workflow/did-you-mean.ts';
import { contentHash } from '../../src/workflow/hash.ts';

describe('the hash of a content', () => {
  it('tells texts apart that differ in a letter, an order or an end', () => {
    const text = 'x'.repeat(500);
    const texts = ['', '\0', '\0\0', 'a', 'a\0', 'ab', 'ba', 'abab', 'baba', text, `${text}x`];
    for (let at = 0; at < 500; at++) texts.push(`${text.slice(0, at)}y${text.slice(at + 1)}`);
    for (let at = 0; at < 499; at++)
      texts.push(`${text.slice(0, at)}yz${text.slice(at + 2)}`, `${text.slice(0, at)}zy${text.slice(at + 2)}`);
    expect(new Set(texts.map(contentHash)).size).to.equal(texts.length);
  });

  it('is the same each time, and short', () => {
    expect(contentHash('workflow')).to.equal(contentHash('workflow'));
    expect(contentHash('x'.repeat(10_000)).length).to.be.within(8, 14);
  });
});

describe('the name that was meant', () => {
  for (const [written, meant] of [
    ['tool_buget', 'tool_budget'],
    ['toolBudget', 'tool_budget'],
    ['fail_fats', 'fail_fast'],
    ['nmae', 'name'],
    ['x', undefined],
    ['something else', undefined],
  ] as const) {
    it(`is ${meant ?? 'none'} for ${written}`, () => {
      expect(nearest(written, ['name', 'tool_budget', 'fail_fast', 'y'])).to.equal(meant);
    });
  }
});
