import { expect } from 'chai';
import fc from 'fast-check';
import {
  append,
  apply,
  diff,
  difference,
  initialWrites,
  last,
  lower,
  map,
  Overwrite,
  plain,
  text,
} from '../../src/state/index.ts';
import type { Values } from '../../src/state/index.ts';
import { same } from '../helpers/same.ts';
import { entries as puts, value } from './arbitrary.ts';

describe('diff', () => {
  it('leads from any value to any other, in every detail', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, shared) => {
        const [before, after] = [
          { shared, a, both: [shared, a, shared] },
          { shared, a: b, both: [shared, b] },
        ];
        expect(same(apply({ c: before }, diff('c', before, after))['c'], after)).to.equal(true);
        expect(same(apply({ c: a }, diff('c', a, b))['c'], b)).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });

  it('sets what has nothing in common, and what would take more room as patches', () => {
    expect(diff('c', { a: 1 }, { b: 2 })).to.deep.equal([['c', 'set', { b: 2 }]]);
    expect(diff('c', [1], 2)).to.deep.equal([['c', 'set', 2]]);
  });

  it('tells a record by its parts, however little of it stays, where it is asked to', () => {
    expect(diff('d', {}, { a: 1 })).to.deep.equal([['d', 'set', { a: 1 }]]);
    expect(diff('d', {}, { a: 1 }, true)).to.deep.equal([['d', 'patch', ['a'], 1]]);
    expect(diff('d', { a: 1 }, { b: { c: 2 } }, true)).to.deep.equal([
      ['d', 'delete', ['a']],
      ['d', 'patch', ['b'], { c: 2 }],
    ]);
    expect(difference({ kind: 'last', byParts: true }, 'd', { a: 1 }, { a: 2 })).to.deep.equal([
      ['d', 'patch', ['a'], 2],
    ]);
  });

  it('deletes an item that was taken out of a long list', () => {
    const list = Array.from({ length: 50 }, (_, id) => ({ id }));
    expect(diff('c', list, list.toSpliced(7, 1))).to.deep.equal([['c', 'delete', [7]]]);
  });
});

describe('difference', () => {
  const entries = fc.array(
    fc.tuple(fc.constantFrom('a', 'b', '1', '0', 'c'), fc.option(fc.nat(2), { nil: undefined })),
    {
      maxLength: 8,
    },
  );

  it('leads a map from any values to any others, with their order', () => {
    fc.assert(
      fc.property(entries, entries, (first, second) => {
        const put = (values: Values, list: typeof first) =>
          list.reduce<Values>((each, [key, item]) => apply(each, [['m', 'put', { [key]: item }]]), values);
        const base = put({}, first);
        const final = put(base, second);
        const writes = difference({ kind: 'map' }, 'm', base['m'] ?? new Map(), final['m'] ?? new Map());
        const reached = apply({ m: base['m'] ?? new Map() }, writes);
        expect(same(plain(reached), plain({ m: final['m'] ?? new Map() }))).to.equal(true);
        expect(writes.every(([, op]) => op === 'put')).to.equal(true);
      }),
    );
  });

  it('appends what a list or a text has more, and sets what does not go on', () => {
    const base = apply({}, [['l', 'append', [1]]]);
    const final = apply(base, [['l', 'append', [2, 3]]]);
    expect(difference({ kind: 'append' }, 'l', base['l'], final['l'])).to.deep.equal([['l', 'append', [2, 3]]]);
    expect(difference({ kind: 'append' }, 'l', [{ a: 1 }], [{ a: 1 }, 2])).to.deep.equal([['l', 'append', [2]]]);
    expect(difference({ kind: 'append' }, 'l', [1], [2])).to.deep.equal([['l', 'set', [2]]]);
    expect(difference({ kind: 'text' }, 't', 'ab', 'abc')).to.deep.equal([['t', 'text', 'c']]);
    expect(difference({ kind: 'text' }, 't', 'ab', 'b')).to.deep.equal([['t', 'set', 'b']]);
  });

  it('keeps a local value as it is, whatever it holds', () => {
    const [before, after] = [
      { a: 1, b: { c: 1 } },
      { a: 1, b: { c: 2 } },
    ];
    expect(difference({ kind: 'local' }, 'c', before, after)).to.deep.equal([['c', 'set', after]]);
    expect(apply({ c: before }, difference({ kind: 'local' }, 'c', before, after))['c']).to.equal(after);
  });

  const updates = fc.array(
    fc.record(
      {
        last: value,
        append: fc.array(value, { maxLength: 3 }),
        map: puts,
        text: fc.string(),
        over: fc.array(value, { maxLength: 3 }),
      },
      { requiredKeys: [] },
    ),
    { maxLength: 4 },
  );
  const kinds = { last: 'last', append: 'append', map: 'map', text: 'text', over: 'append' } as const;

  it('leads the channels of a parent to those of its subgraph, and only adds where the subgraph only added', () => {
    const channels = { last: last<unknown>(() => 0), append: append(), map: map(), text: text(), over: append() };
    fc.assert(
      fc.property(updates, updates, (before, after) => {
        const written = (values: Values, list: typeof before, overwrites: boolean): Values =>
          list.reduce<Values>((each, { over, ...update }) => {
            const replaced = overwrites && over ? { over: new Overwrite(over) } : {};
            return apply(each, lower(channels, each, { ...update, ...replaced }, 'node').writes);
          }, values);
        const base = written(apply({}, initialWrites(channels)), before, true);
        const final = written(base, after, true);
        const writes = Object.entries(kinds).flatMap(([name, kind]) =>
          difference({ kind }, name, base[name], final[name]),
        );
        expect(same(plain(apply(base, writes)), plain(final))).to.equal(true);
        const added = writes.filter(([name]) => name === 'append' || name === 'text');
        expect(added.every(([, op]) => op === 'append' || op === 'text')).to.equal(true);
        const put = writes.filter(([name]) => name === 'map');
        expect(put.every(([, op]) => op === 'put')).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });
});
