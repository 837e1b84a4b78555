import { expect } from 'chai';
import fc from 'fast-check';
import { nextStage, STAGE_LIMITS } from '../../src/agent/stages.ts';
import type { StageSignals } from '../../src/agent/stages.ts';
import type { Stage } from '../../src/core/index.ts';

/** A shop. */
const STAGES: readonly Stage[] = [
  { name: 'browse', keywords: ['look', 'show', 'search', 'compare'], tools: ['search', 'find_product'] },
  {
    name: 'choose',
    keywords: ['add', 'cart', 'take'],
    tools: ['add_to_cart', 'commerce'],
    next: ['checkout', 'browse'],
  },
  { name: 'checkout', keywords: ['pay', 'buy', 'order', 'check out', '付款'], tools: ['set_address', 'place_order'] },
  { name: 'service', keywords: ['return', 'refund', 'broken'], tools: ['account'] },
];

const calls = (...names: readonly string[]) =>
  names.map((one) => {
    const [category = '', name] = one.split('/');
    return name === undefined ? { name: category } : { name, category };
  });

const TABLE: readonly (readonly [what: string, from: string, text: string, calls: readonly string[], to: string])[] = [
  ['nothing that speaks for another', 'browse', 'Hello', [], 'browse'],
  ['a keyword of a later stage', 'browse', 'Please add it', [], 'choose'],
  ['a keyword within another word', 'browse', 'My address?', [], 'browse'],
  ['a phrase', 'browse', 'Let us CHECK OUT!', [], 'checkout'],
  ['a keyword in a script without spaces', 'browse', '我要付款了', [], 'checkout'],
  ['as many keywords of the stage it is in', 'browse', 'Show me what I can add', [], 'browse'],
  ['more keywords of another', 'browse', 'Show it, then add it to the cart', [], 'choose'],
  ['two calls of the same tool of a later stage', 'browse', 'Go on', ['add_to_cart', 'add_to_cart'], 'choose'],
  ['one call of it', 'browse', 'Go on', ['add_to_cart'], 'browse'],
  ['calls of a category', 'browse', 'Go on', ['account/orders', 'account/invoices', 'x/look'], 'service'],
  ['one call and a keyword', 'browse', 'Refund it', ['account/orders'], 'service'],
  ['calls that are long past', 'browse', 'Go on', ['place_order', 'place_order', 'a', 'b', 'c', 'd', 'e'], 'browse'],
  ['a keyword of an earlier stage', 'checkout', 'Show me more', [], 'checkout'],
  ['three keywords of an earlier stage', 'checkout', 'Show me more to look at and compare', [], 'browse'],
  ['calls of an earlier stage alone', 'checkout', 'Go on', ['search', 'search', 'search', 'search'], 'browse'],
  ['a keyword of an earlier stage that may well follow', 'choose', 'Show me more', [], 'browse'],
  ['a keyword of a later stage that may not', 'choose', 'I want a refund', [], 'choose'],
  ['a stage that the site has no more', 'gone', 'Please add it', [], 'choose'],
];

const signals = (text: string, names: readonly string[] = [], turn = 0): StageSignals => ({
  text,
  calls: calls(...names),
  turn,
});

describe('nextStage', () => {
  for (const [what, from, text, names, to] of TABLE) {
    it(`${from === to ? 'stays in' : `goes from ${from} to`} ${to} by ${what}`, () => {
      expect(nextStage(STAGES, { stage: from, moves: [] }, signals(text, names)).stage).to.equal(to);
    });
  }

  it('begins in the first stage, or where the first message leads', () => {
    expect(nextStage(STAGES, undefined, signals('Hello'))).to.deep.equal({ stage: 'browse', moves: [] });
    expect(nextStage(STAGES, undefined, signals('A refund, please'))).to.deep.equal({ stage: 'service', moves: [0] });
    expect(nextStage([], undefined, signals('Hello'))).to.deep.equal({ stage: '', moves: [] });
  });

  it('stays where it is for the rest of a turn in which it has changed', () => {
    const moved = nextStage(STAGES, undefined, signals('Add it', [], 3));
    expect(nextStage(STAGES, moved, signals('Pay', [], 3))).to.equal(moved);
    expect(nextStage(STAGES, moved, signals('Pay', [], 4))).to.deep.equal({ stage: 'checkout', moves: [3, 4] });
  });

  it('stays where it is for a while after it has changed too often', () => {
    const state = { stage: 'choose', moves: [1, 2, 3] };
    expect(nextStage(STAGES, state, signals('Pay', [], 4))).to.equal(state);
    expect(nextStage(STAGES, state, signals('Pay', [], 8))).to.equal(state);
    expect(nextStage(STAGES, state, signals('Pay', [], 9))).to.deep.equal({ stage: 'checkout', moves: [2, 3, 9] });
  });

  it('gives the same state where nothing changes, and a stage of the list always', () => {
    const text = fc
      .array(fc.constantFrom('show', 'add', 'pay', 'refund', 'x', '(', '\\b'))
      .map((words) => words.join(' '));
    const names = fc.array(fc.constantFrom('search', 'add_to_cart', 'place_order', 'account/a', 'x'));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, names), { maxLength: 40 }), (turns) => {
        let state = nextStage(STAGES, undefined, signals('Hello'));
        turns.forEach(([said, called], turn) => {
          const next = nextStage(STAGES, state, signals(said, called, turn));
          expect(STAGES.map(({ name }) => name)).to.include(next.stage);
          if (next.stage === state.stage) expect(next).to.equal(state);
          state = next;
          expect(state.moves.length).to.be.at.most(STAGE_LIMITS.mostMoves);
        });
      }),
    );
  });
});
