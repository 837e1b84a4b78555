import { expect } from 'chai';
import fc from 'fast-check';
import type { Write } from '../../src/core/index.ts';
import { apply, plain, view } from '../../src/state/index.ts';
import type { Values } from '../../src/state/index.ts';

describe('apply', () => {
  it('performs each operation', () => {
    const before = { n: 1, list: ['a'], map: new Map([['k', 1]]), text: 'ab', deep: { list: [{ x: 1 }, { x: 2 }] } };
    const writes: Write[] = [
      ['n', 'set', 2],
      ['list', 'append', ['b']],
      ['map', 'put', { k: undefined, j: 3 }],
      ['text', 'text', 'c'],
      ['deep', 'patch', ['list', 0, 'x'], 9],
      ['deep', 'delete', ['list', 1]],
    ];
    expect(plain(apply(before, writes))).to.deep.equal({
      n: 2,
      list: ['a', 'b'],
      map: new Map([['j', 3]]),
      text: 'abc',
      deep: { list: [{ x: 9 }] },
    });
  });

  it('leaves what it was given as it was, and shares what it did not touch', () => {
    const before = { deep: { a: { n: 1 }, b: { n: 2 } }, other: { kept: true } };
    const copy = structuredClone(before);
    const after = apply(before, [['deep', 'patch', ['a', 'n'], 5]]);
    expect(before).to.deep.equal(copy);
    expect(after['other']).to.equal(before.other);
    expect((after['deep'] as typeof before.deep).b).to.equal(before.deep.b);
  });

  it('reaches into maps and removes keys of objects and maps', () => {
    const before = { map: new Map([['k', { n: 1, m: 2 }]]), object: { a: 1, b: 2 } };
    const after = apply(before, [
      ['map', 'patch', ['k', 'n'], 7],
      ['map', 'delete', ['k', 'm']],
      ['object', 'delete', ['a']],
    ]);
    expect(after).to.deep.equal({ map: new Map([['k', { n: 7 }]]), object: { b: 2 } });
  });

  it('copies a channel as it is at that moment, whatever happens to it later in the same list', () => {
    const after = apply({ a: { n: 1, m: 1 } }, [
      ['a', 'patch', ['n'], 2],
      ['b', 'copy', 'a'],
      ['a', 'patch', ['n'], 3],
    ]);
    expect(after).to.deep.equal({ a: { n: 3, m: 1 }, b: { n: 2, m: 1 } });
  });

  it('takes channels away, one or all below a name, and keeps the order of the others', () => {
    const before = { b: 1, 'sub/x': 2, a: 3, 'sub/y': 4, sub: 5 };
    expect(Object.keys(apply(before, [['sub/', 'delete', []]]))).to.deep.equal(['b', 'a', 'sub']);
    expect(Object.keys(apply(before, [['a', 'delete', []]]))).to.deep.equal(['b', 'sub/x', 'sub/y', 'sub']);
    expect(before).to.have.property('a');
  });

  it('takes a name literally: what only begins alike, or lies above, stays', () => {
    const before = { '3:child/n': 1, '3:child/': 2, '3:child': 3, '3:child/4:x/m': 4, '13:child/n': 5 };
    expect(apply(before, [['3:child/', 'delete', []]])).to.deep.equal({ '3:child': 3, '13:child/n': 5 });
    expect(apply(before, [['3:child/n', 'delete', []]])).to.have.all.keys(
      '3:child/',
      '3:child',
      '3:child/4:x/m',
      '13:child/n',
    );
    expect(apply(before, [['none/', 'delete', []]])).to.deep.equal(before);
  });

  it('copies what a list or a map has grown to, and lets both grow on apart', () => {
    const after = apply({}, [
      ['l', 'append', [1]],
      ['3:child/l', 'copy', 'l'],
      ['l', 'append', [2]],
      ['3:child/l', 'append', [3]],
      ['m', 'put', { a: 1 }],
      ['3:child/m', 'copy', 'm'],
      ['3:child/m', 'put', { b: 2 }],
      ['m', 'put', { a: undefined }],
      ['none', 'copy', 'toString'],
    ]);
    expect(plain(after)).to.deep.equal({
      l: [1, 2],
      '3:child/l': [1, 3],
      m: new Map(),
      '3:child/m': new Map([
        ['a', 1],
        ['b', 2],
      ]),
      none: undefined,
    });
  });

  it('changes one key of a wide record and leaves the order of its keys, and all other values, as they are', () => {
    const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`key${i}`, { i }]));
    const after = apply({ wide }, [['wide', 'patch', ['key500', 'i'], -1]])['wide'] as typeof wide;
    expect(Object.keys(after)).to.deep.equal(Object.keys(wide));
    for (const [key, item] of Object.entries(wide)) if (key !== 'key500') expect(after[key]).to.equal(item);
    expect([after['key500'], wide['key500']]).to.deep.equal([{ i: -1 }, { i: 500 }]);
    const less = apply({ wide: after }, [['wide', 'delete', ['key1']]])['wide'] as typeof wide;
    expect(Object.keys(less)).to.deep.equal(Object.keys(wide).filter((key) => key !== 'key1'));
  });

  it('copies a container once for all patches of a list of writes, also when there are many', () => {
    const list = Array.from({ length: 100 }, (_, i) => ({ i, n: 0 }));
    const patches = list.flatMap((_, i): Write[] => [
      ['c', 'patch', ['list', i, 'i'], -i],
      ['c', 'patch', ['list', 99 - i, 'n'], 1],
    ]);
    const after = apply({ c: { list } }, patches)['c'] as { list: typeof list };
    expect(after.list).to.deep.equal(list.map((_, i) => ({ i: -i, n: 1 })));
    expect(after.list.every((item) => Object.isFrozen(item)) && Object.isFrozen(after.list)).to.equal(true);
    expect(list[5]).to.deep.equal({ i: 5, n: 0 });
  });

  it('freezes the containers that it copies and appends an item that is patched in behind the last', () => {
    const after = apply({ c: { list: [1] as number[] } }, [['c', 'patch', ['list', 1], 2]]) as {
      c: { list: number[] };
    };
    expect(after.c.list).to.deep.equal([1, 2]);
    expect(Object.isFrozen(after.c) && Object.isFrozen(after.c.list)).to.equal(true);
  });

  it('reads a grown list as one real frozen array, also after the list has grown on and branched', () => {
    const one = apply({}, [['l', 'append', [1]]]);
    const two = apply(one, [['l', 'append', [2]]]);
    const other = apply(one, [['l', 'append', [3]]]);
    const list = view(two)['l'];
    expect(Array.isArray(list) && Object.isFrozen(list)).to.equal(true);
    expect(view(two)['l']).to.equal(list);
    expect([view(one)['l'], list, view(other)['l']]).to.deep.equal([[1], [1, 2], [1, 3]]);
  });

  const misfits: readonly (readonly [string, unknown, Write])[] = [
    ['an append to text', 'text', ['c', 'append', ['x']]],
    ['an append of no list', [], ['c', 'append', 'x']],
    ['a put into a list', [], ['c', 'put', {}]],
    ['text onto a number', 1, ['c', 'text', 'x']],
    ['a patch below a number', 1, ['c', 'patch', ['a'], 1]],
    ['a patch beyond the end of a list', [1], ['c', 'patch', [2], 1]],
    ['a patch before its first item', [1], ['c', 'patch', [-1], 1]],
    ['a patch of no item of a list', [1], ['c', 'patch', ['a'], 1]],
    ['a delete beyond the end of a list', [1], ['c', 'delete', [1]]],
    ['a delete before its first item', [1], ['c', 'delete', [-1]]],
    ['a patch of a key called __proto__', {}, ['c', 'patch', ['__proto__'], {}]],
    ['a channel called __proto__', 1, ['__proto__', 'set', { polluted: true }]],
  ];
  for (const [what, value, write] of misfits) {
    it(`refuses ${what}`, () => {
      expect(() => apply({ c: value }, [write]))
        .to.throw()
        .with.property('code', 'corrupt-record');
    });
  }

  it('gives the same whether writes come one by one or together', () => {
    const write = fc.oneof(
      fc.tuple(fc.constantFrom('a', 'b'), fc.constant('append' as const), fc.array(fc.integer())),
      fc.tuple(fc.constantFrom('a', 'b'), fc.constant('set' as const), fc.array(fc.integer())),
    );
    fc.assert(
      fc.property(fc.array(write), (writes) => {
        const together = plain(apply({}, writes));
        const single = plain(writes.reduce<Values>((values, each) => apply(values, [each]), {}));
        expect(together).to.deep.equal(single);
      }),
    );
  });
});
