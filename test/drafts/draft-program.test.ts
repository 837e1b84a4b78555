import { expect } from 'chai';
import fc from 'fast-check';
import { isAgentError } from '../../src/core/index.ts';
import type { Write } from '../../src/core/index.ts';
import { createDraft } from '../../src/drafts/index.ts';
import { apply, mergeWrites, plain } from '../../src/state/index.ts';
import type { TaskWrites, Values } from '../../src/state/index.ts';
import { same } from '../helpers/same.ts';
import { act, channels, initial, perform, unshared, values } from './draft-program.ts';

describe('drafts of any program', () => {
  it('lead to what the program makes of plain data, step after step, and leave older values as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.array(act, { maxLength: 6 }), { maxLength: 4 }), (steps) => {
        let state = values();
        const model = initial();
        const older: { state: Values; then: unknown }[] = [];
        for (const step of steps) {
          older.push({ state, then: structuredClone(plain(state)) });
          const { draft, finish } = createDraft(channels, state);
          for (const each of step) {
            perform(draft, each);
            perform(model, each);
          }
          state = apply(state, finish().writes);
          // What was one object in two places is two from here on, as it is in the state.
          Object.assign(model, unshared(model));
          expect(same(plain(state), model), 'the state is the model').to.equal(true);
        }
        for (const each of older) expect(same(plain(each.state), each.then), 'an older state stayed').to.equal(true);
      }),
      { numRuns: 500 },
    );
  });

  it('stay apart when several drafts of one state change in turns and end in any order', () => {
    const turns = fc.array(fc.tuple(fc.nat(2), act), { maxLength: 15 });
    const order = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
    fc.assert(
      fc.property(turns, turns, order, (before, after, [first = 0, ...others]) => {
        const state = values();
        const drafts = [0, 1, 2].map(() => ({ model: initial(), ...createDraft(channels, state) }));
        const perform3 = (acts: typeof before, ended?: number): void => {
          for (const [who, each] of acts) {
            const one = drafts[who];
            if (!one || who === ended) continue;
            perform(one.draft, each);
            perform(one.model, each);
          }
        };
        const end = (who: number): void => {
          const one = drafts[who];
          expect(one && same(plain(apply(state, one.finish().writes)), one.model)).to.equal(true);
        };
        perform3(before);
        end(first);
        perform3(after, first);
        others.forEach(end);
        expect(same(plain(state), initial()), 'the state stayed').to.equal(true);
      }),
      { numRuns: 300 },
    );
  });

  it('merge to what they make one after the other in any order, where they do not conflict', () => {
    let merges = 0;
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 3 }),
        fc.array(act, { maxLength: 3 }),
        fc.array(act, { maxLength: 3 }),
        (...all) => {
          const state = values();
          const tasks: TaskWrites[] = all.map((acts, index) => {
            const { draft, finish } = createDraft(channels, state);
            for (const each of acts) perform(draft, each);
            return { node: String(index), ...finish() };
          });
          const merged = mergedOf(tasks);
          if (!merged) return;
          merges++;
          const together = plain(apply(state, merged));
          const serial = (order: readonly number[]): Record<string, unknown> =>
            plain(order.reduce<Values>((each, index) => apply(each, tasks[index]?.writes ?? []), state));
          expect(same(together, serial([0, 1, 2]))).to.equal(true);
          // What is added to one list or map comes in the order of the tasks.
          for (const order of ORDERS) expect(serial(order)['doc']).to.deep.equal(together['doc']);
        },
      ),
      { numRuns: 500 },
    );
    expect(merges).to.be.greaterThan(50);
  });
});

const ORDERS = [
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

/** The merged writes; undefined where the tasks conflict. */
function mergedOf(tasks: readonly TaskWrites[]): readonly Write[] | undefined {
  try {
    return mergeWrites(tasks);
  } catch (error) {
    if (isAgentError(error) && error.code === 'write-conflict') return undefined;
    throw error;
  }
}
