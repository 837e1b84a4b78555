/** What was pasted costs no more than what was typed: nothing grows with the square of a message. */
import { expect } from 'chai';
import type { ModelTool } from '../../../src/core/index.ts';
import { tool } from '../planner-tools.ts';
import { market } from '../planner-market.ts';
import { say } from '../planner-talk.ts';
import { harbour } from './harbour.ts';

const LONGEST = 2000;
const PIECES = [
  'a@',
  'add 8 Ab Cd, ',
  '1+',
  '2x ',
  '$5 ',
  'T-1 ',
  'no ',
  'great, ',
  '(',
  'שלום ',
  '👩‍👩‍👧 ',
  'if it is ',
  '1/1/',
];

const text = { type: 'string' };
const address = { type: 'object', properties: { street: text, city: text }, required: ['street', 'city'] };
const sending: ModelTool = tool({
  name: 'parcel_send',
  description: 'Send a parcel to an address',
  examples: ['send it to 8 Orchard Close, Linden'],
  input: { type: 'object', properties: { address }, required: ['address'] },
});

/** Milliseconds of the fastest of three tries. */
async function fastest(tools: readonly ModelTool[], said: string): Promise<number> {
  let least = Infinity;
  for (let tries = 0; tries < 3; tries++) {
    await say(tools, 'hello');
    const start = performance.now();
    await say(tools, said);
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

describe('planner with what was pasted', () => {
  for (const piece of PIECES) {
    it(`reads “${piece}” again and again in a quarter of a second, tools included`, async () => {
      for (const tools of [market(), harbour]) {
        expect(await fastest(tools, `remind me to ${piece.repeat(LONGEST)}`.slice(0, LONGEST))).to.be.lessThan(250);
      }
    });
  }
  it('looks for an address in a long word at once', async () => {
    expect(await fastest([sending], `send it to 8 ${'a'.repeat(1900)}`)).to.be.lessThan(100);
  });
});
