import { expect } from 'chai';
import fc from 'fast-check';
import {
  append,
  apply,
  foldUpdates,
  initialWrites,
  last,
  local,
  lower,
  map,
  Overwrite,
  plain,
  reduce,
  text,
} from '../../src/state/index.ts';
import type { Values } from '../../src/state/index.ts';
import { same } from '../helpers/same.ts';
import { entries, value } from './arbitrary.ts';

const channels = {
  doc: last<unknown>(() => ({ a: { b: [1, 2, 3] }, c: 'c' })),
  list: append<unknown>(),
  map: map<unknown>(),
  text: text(),
  log: reduce(
    (log: readonly unknown[], item: unknown) => [...log, item],
    () => [] as readonly unknown[],
  ),
  live: local<unknown>(),
};

/** What one update does: to the channels and to the model alike. */
interface Step {
  readonly update: Record<string, unknown>;
  /** Where the document is changed, next to what the update gives: all else of it is kept as it is. */
  readonly edit: readonly [key: string, value: unknown] | undefined;
}

const optional = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.option(arbitrary, { nil: undefined });
const whole = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => arbitrary.map((all) => new Overwrite(all));
const list = fc.array(value, { maxLength: 3 });
const full = fc.dictionary(fc.constantFrom('a', 'b', '1', '0'), fc.nat(3), { noNullPrototype: true });

const step: fc.Arbitrary<Step> = fc.record({
  update: fc.record(
    {
      doc: fc.oneof(value, whole(value), fc.constant(undefined)),
      list: optional(fc.oneof(list, whole(list))),
      map: optional(fc.oneof(entries, whole(full), whole(full.map((record) => new Map(Object.entries(record)))))),
      text: optional(fc.oneof(fc.string(), whole(fc.string()))),
      log: optional(fc.oneof(value, whole(list))),
      live: optional(fc.oneof(fc.constant(globalThis), fc.func(fc.nat()), value)),
    },
    { requiredKeys: [] },
  ),
  edit: fc.option(fc.tuple(fc.constantFrom('a', 'x', '1'), value), { nil: undefined }),
});

type Model = Record<keyof typeof channels, unknown>;

const RULES: Readonly<Record<keyof typeof channels, (before: unknown, update: unknown) => unknown>> = {
  doc: (_, update) => update,
  list: (before, update) => [...(before as unknown[]), ...(update as unknown[])],
  map: (before, update) => {
    const after = new Map(before as Map<string, unknown>);
    for (const [key, item] of Object.entries(update as object)) {
      if (item === undefined) after.delete(key);
      else after.set(key, item);
    }
    return after;
  },
  text: (before, update) => `${before as string}${update as string}`,
  log: (before, update) => [...(before as unknown[]), update],
  live: (_, update) => update,
};

/** The state after an update, by the rule of each channel. */
function modelled(before: Model, update: Readonly<Record<string, unknown>>): Model {
  const after = { ...before };
  for (const name of Object.keys(RULES) as (keyof Model)[]) {
    const given = update[name];
    if (given === undefined) continue;
    const over = given instanceof Overwrite ? given['~overwrite'] : undefined;
    if (!(given instanceof Overwrite)) after[name] = RULES[name](before[name], given);
    else after[name] = name === 'map' && !(over instanceof Map) ? new Map(Object.entries(over as object)) : over;
  }
  return after;
}

/** The update of a step, given the document that it edits. */
function updateOf({ update, edit }: Step, doc: unknown): Record<string, unknown> {
  const isEdited = edit && update['doc'] === undefined && typeof doc === 'object' && doc !== null;
  if (!isEdited || Array.isArray(doc) || doc instanceof Map || doc instanceof Set) return update;
  return { ...update, doc: { ...doc, [edit[0]]: edit[1] } };
}

describe('updates of any kind', () => {
  it('lead to what the rules of their channels say, step after step, and leave older values as they were', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        let values: Values = apply({}, initialWrites(channels));
        let model = first();
        const older: { values: Values; model: Model }[] = [];
        for (const each of steps) {
          older.push({ values, model });
          const update = updateOf(each, values['doc']);
          model = modelled(model, update);
          const { writes, updates } = lower(channels, values, update, 'node');
          values = apply(values, writes);
          values = apply(values, foldUpdates(channels, values, updates));
          older.push({ values, model });
        }
        for (const each of older) {
          const { live, ...state } = { live: undefined, ...plain(each.values) };
          const { live: expected, ...rest } = each.model;
          expect(Object.is(live, expected), 'live').to.equal(true);
          for (const name of Object.keys(rest) as (keyof typeof rest)[]) {
            expect(same((state as Model)[name], rest[name]), name).to.equal(true);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});

/** The first value of each channel. */
function first(): Model {
  const pairs = Object.entries(channels).map(([name, channel]) => [name, channel.initial()]);
  // The names are those of the channels.
  return Object.fromEntries(pairs) as Model;
}
