/** What compaction costs: it comes between a message and its answer. */
import { expect } from 'chai';
import { planCompaction } from '../../src/agent/compaction/plan.ts';
import { createTokenCounter } from '../../src/agent/compaction/token-counter.ts';
import { applyView, WHOLE } from '../../src/agent/compaction/view.ts';
import { judge } from '../../src/agent/guards/judge.ts';
import { DEFAULT_LIMITS } from '../../src/agent/guards/limits.ts';
import { screenCalls } from '../../src/agent/guards/screen.ts';
import { messageCalls } from '../../src/core/index.ts';
import type { Message } from '../../src/core/index.ts';
import { round, says, toolOf, user } from './messages.ts';

const WORDS =
  'teapot kettle ceramic blue green delivery price stock warehouse order colour kitchen water handle spout'.split(' ');
const text = (count: number, from: number): string =>
  Array.from({ length: count }, (_, index) => WORDS[(from * 7 + index * 11) % WORDS.length]).join(' ');

/** Turns of four messages each. */
const conversation = (turns: number): readonly Message[] =>
  Array.from({ length: turns }, (_, turn) => {
    const items = Array.from({ length: 8 }, (__, item) => ({
      id: 10_000 + turn * 8 + item,
      about: text(12, turn + item),
    }));
    return [
      user(`Question ${turn}: ${text(15, turn)}`),
      ...round('look', { q: text(3, turn) }, { items }),
      says(text(40, turn)),
    ];
  }).flat();

/** Milliseconds of the best of some tries; what is not to be measured is done before each. */
function best<T>(tries: number, prepare: () => T, work: (prepared: T) => void): number {
  let least = Infinity;
  for (let index = 0; index < tries; index++) {
    const prepared = prepare();
    const begun = performance.now();
    work(prepared);
    least = Math.min(least, performance.now() - begun);
  }
  return least;
}

describe('compaction of 1,000 messages', () => {
  it('takes no more than 10 ms', () => {
    const prepare = () => {
      const [messages, counter] = [conversation(250), createTokenCounter()];
      return { messages, counter, used: counter.total(messages) };
    };
    const milliseconds = best(15, prepare, ({ messages, counter, used }) => {
      const options = { contextTokens: used / 0.8, used, counter, toolOf, summarise: 'extract' } as const;
      const { view, utilisation } = planCompaction(messages, WHOLE, options);
      expect(utilisation).to.be.below(0.46);
      expect(applyView(messages, view).length).to.be.below(700);
    });
    console.log(`compaction of 1,000 messages: ${milliseconds.toFixed(2)} ms`);
    expect(milliseconds).to.be.below(10);
  });

  it('leaves a view that costs little from turn to turn, and a count that does', () => {
    const messages = conversation(300);
    const counter = createTokenCounter();
    const used = counter.total(messages.slice(0, 1000));
    const options = { contextTokens: used / 0.8, used, counter, toolOf, summarise: 'extract' } as const;
    const { view } = planCompaction(messages.slice(0, 1000), WHOLE, options);
    const prepare = () => {
      counter.total(applyView(messages.slice(0, 1000), view));
      return Array.from({ length: 200 }, (_, more) => messages.slice(0, 1001 + more));
    };
    const milliseconds = best(15, prepare, (grown) => {
      for (const all of grown) counter.total(applyView(all, view));
    });
    console.log(`view and count of one more message after 1,000: ${(milliseconds * 5).toFixed(1)} µs`);
    expect(milliseconds * 5).to.be.below(50);
  });
});

describe('the guards of a turn of 50 calls', () => {
  it('take some microseconds for each', () => {
    const next = messageCalls(says('', ['look', { id: 3 }]));
    const prepare = () => {
      const turn = [
        user(),
        ...Array.from({ length: 50 }, (_, id) =>
          round(id % 2 ? 'add' : 'look', { id, q: 'tea' }, { ok: true, id }),
        ).flat(),
      ];
      return Array.from({ length: 50 }, (_, index) => turn.slice(0, 2 * index + 3));
    };
    const limits = { ...DEFAULT_LIMITS, roundsPerTurn: Infinity };
    const milliseconds = best(200, prepare, (turns) => {
      for (const turn of turns) {
        judge(turn, limits, toolOf);
        screenCalls(next, turn, limits, toolOf);
      }
    });
    console.log(`guards: ${(milliseconds * 20).toFixed(1)} µs for each call of a turn of 50`);
    expect(milliseconds * 20).to.be.below(20);
  });
});
