import { expect } from 'chai';
import fc from 'fast-check';
import { MapLog } from '../../src/state/map-log.ts';
import { entries } from './arbitrary.ts';

const KEYS = ['a', 'b', 'c', '1', '2', 'toString', '__proto__'];

type Step =
  | { readonly op: 'put'; readonly entries: Record<string, number | undefined> }
  | { readonly op: 'with'; readonly key: string; readonly value: number | undefined }
  | { readonly op: 'without'; readonly key: string };

const key = fc.constantFrom(...KEYS);
const step: fc.Arbitrary<Step> = fc.oneof(
  entries.map((put): Step => ({ op: 'put', entries: put })),
  fc.tuple(key, fc.option(fc.nat(3), { nil: undefined })).map(([at, value]): Step => ({ op: 'with', key: at, value })),
  key.map((at): Step => ({ op: 'without', key: at })),
);

function stepped(
  log: MapLog,
  model: ReadonlyMap<string, unknown>,
  each: Step,
): { log: MapLog; model: Map<string, unknown> } {
  const next = new Map(model);
  switch (each.op) {
    case 'put':
      for (const [at, value] of Object.entries(each.entries)) {
        if (value === undefined) next.delete(at);
        else next.set(at, value);
      }
      return { log: log.put(each.entries), model: next };
    case 'with':
      return { log: log.with(each.key, each.value), model: next.set(each.key, each.value) };
    default:
      next.delete(each.key);
      return { log: log.without(each.key), model: next };
  }
}

describe('MapLog', () => {
  it('is a Map at every version, whichever of them it goes on from', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), step), { maxLength: 150 }), (steps) => {
        const first = new Map<string, unknown>([['b', 0]]);
        const versions = [{ log: MapLog.of(first), model: first }];
        for (const [back, each] of steps) {
          // Mostly from the newest, sometimes from one shortly before.
          const base = versions[Math.max(0, versions.length - 1 - (back === 3 ? 5 : 0))];
          if (base) versions.push(stepped(base.log, base.model, each));
        }
        for (const { log, model } of versions) {
          expect(log.size).to.equal(model.size);
          for (const at of KEYS) expect([log.has(at), log.get(at)]).to.deep.equal([model.has(at), model.get(at)]);
          expect([...log]).to.deep.equal([...model]);
          expect([[...log.keys()], [...log.values()]]).to.deep.equal([[...model.keys()], [...model.values()]]);
          expect([...log.plain()]).to.deep.equal([...model]);
          const seen: unknown[] = [];
          log.forEach((item, at, map) => seen.push([at, item, map === log]));
          expect(seen).to.deep.equal([...model].map(([at, item]) => [at, item, true]));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keeps its values apart from its past after it was written anew', () => {
    let log = MapLog.of(new Map());
    const early = log.put({ a: 'early' });
    for (let n = 0; n < 500; n++) log = (n === 0 ? early : log).put({ a: n });
    expect([log.get('a'), early.get('a'), log.size, early.size]).to.deep.equal([499, 'early', 1, 1]);
    expect([...log, ...early]).to.deep.equal([
      ['a', 499],
      ['a', 'early'],
    ]);
  });
});
