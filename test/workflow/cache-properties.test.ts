import { expect } from 'chai';
import fc from 'fast-check';
import { createMemoryCheckpointer } from '../../src/checkpoint/index.ts';
import { ResultCache, WorkflowEngine } from '../../src/workflow/index.ts';
import type { Data } from '../../src/workflow/index.ts';
import { flow, read } from './reading.ts';

const NAMES = ['a', 'b', '_c', 'x'] as const;

/** A function that reads some names, or all, and maybe closes over something. */
const functions = fc.record({ reads: fc.subarray([...NAMES]), all: fc.boolean(), closure: fc.nat(2) });
type Shape = typeof functions extends fc.Arbitrary<infer T> ? T : never;

const make =
  ({ reads, all, closure }: Shape) =>
  (data: Data): Data => {
    const seen = all
      ? { ...data }
      : Object.fromEntries(reads.map((name) => [name, name in data ? data[name] : 'none']));
    return { x: JSON.stringify([closure, seen]) };
  };

const states = fc.dictionary(
  fc.constantFrom(...NAMES),
  fc.oneof(fc.nat(2), fc.constant(null), fc.record({ deep: fc.nat(1) }), fc.array(fc.nat(1), { maxLength: 2 })),
);

describe('a run with kept results', () => {
  it('gives what one without them gives, over any states, functions and edits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(functions, { minLength: 1, maxLength: 3 }),
        fc.array(fc.record({ state: states, chosen: fc.nat(2), tag: fc.nat(1), edited: fc.boolean() }), {
          minLength: 2,
          maxLength: 12,
        }),
        async (shapes, runs) => {
          const results = new ResultCache({ entries: 5 });
          const made = shapes.map(make);
          for (const { state, chosen, tag, edited } of runs) {
            const t = made[chosen % made.length] ?? make({ reads: [], all: false, closure: 0 });
            const document = await read(
              flow(
                `{id: t, type: transform, transform: t, pure: v${tag}}`,
                `{id: u, type: transform, transform: '${edited ? 'y = x' : 'y = 1'}'}`,
                '{id: v, type: transform, transform: t, pure: v0}',
              ),
            );
            const run = async (more: { results?: ResultCache }): Promise<Data> =>
              (
                await new WorkflowEngine({
                  checkpointer: createMemoryCheckpointer(),
                  transforms: { t },
                  ...more,
                }).execute(document, state)
              ).data;
            expect(await run({ results })).to.deep.equal(await run({}));
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
