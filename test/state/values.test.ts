import { expect } from 'chai';
import fc from 'fast-check';
import { apply, plain, view } from '../../src/state/index.ts';
import type { Values } from '../../src/state/index.ts';

describe('view', () => {
  const values = apply({ n: 1 }, [
    ['l', 'append', [1]],
    ['m', 'put', { a: 1 }],
  ]);

  it('behaves as a record of plain values', () => {
    const state = view(values);
    const { n, l } = state;
    expect([n, l]).to.deep.equal([1, [1]]);
    expect(Object.keys(state)).to.deep.equal(['n', 'l', 'm']);
    expect({ ...state }).to.deep.equal({ n: 1, l: [1], m: new Map([['a', 1]]) });
    expect(JSON.stringify(state)).to.equal('{"n":1,"l":[1],"m":{}}');
    expect(state).to.deep.equal(plain(values));
    expect('n' in state && !('z' in state)).to.equal(true);
  });

  it('refuses every change', () => {
    const state = view(values);
    const changes = [
      () => Reflect.set(state, 'n', 2),
      () => Reflect.deleteProperty(state, 'n'),
      () => Object.defineProperty(state, 'n', { value: 2 }),
      () => Object.freeze(state),
    ];
    for (const change of changes) expect(change).to.throw().with.property('code', 'invalid-update');
  });
});

describe('the values of map channels', () => {
  const entries = fc.array(fc.tuple(fc.nat(6), fc.option(fc.nat(3), { nil: undefined })), { maxLength: 300 });

  it('are what a Map would be, on every version and on branches from any of them', () => {
    fc.assert(
      fc.property(entries, fc.array(fc.nat(300), { maxLength: 3 }), (puts, branches) => {
        const versions: { values: Values; model: Map<string, number> }[] = [{ values: {}, model: new Map() }];
        const put = (from: number, key: number, value: number | undefined): void => {
          const base = versions[from % versions.length] ?? { values: {}, model: new Map<string, number>() };
          const model = new Map(base.model);
          if (value === undefined) model.delete(`k${key}`);
          else model.set(`k${key}`, value);
          versions.push({ values: apply(base.values, [['m', 'put', { [`k${key}`]: value }]]), model });
        };
        for (const [key, value] of puts) put(versions.length - 1, key, value);
        for (const from of branches) put(from, from % 7, from);
        for (const { values, model } of versions.slice(1)) {
          const map = values['m'] as ReadonlyMap<string, unknown>;
          expect(map.size).to.equal(model.size);
          for (let key = 0; key < 7; key++) expect(map.get(`k${key}`)).to.equal(model.get(`k${key}`));
          expect([...map]).to.deep.equal([...model]);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are plain as real Maps that cannot be changed, made once', () => {
    const values = apply({}, [['m', 'put', { a: 1 }]]);
    const map = plain(values)['m'] as Map<string, number>;
    expect(map).to.be.an.instanceOf(Map);
    expect(plain(values)['m']).to.equal(map);
    expect(() => map.set('b', 2))
      .to.throw()
      .with.property('code', 'invalid-update');
  });
});
