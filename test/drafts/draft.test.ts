import { expect } from 'chai';
import { createDraft } from '../../src/drafts/index.ts';
import { append, apply, last, local, map, plain, reduce, text } from '../../src/state/index.ts';
import type { Draft, State, Values } from '../../src/state/index.ts';

interface Doc {
  a?: { b?: { c: number; self?: unknown }; n?: number };
  list: unknown[];
  map: Map<string, { v: number }>;
  set: Set<string>;
  moved?: unknown;
}

const channels = {
  n: last(() => 0),
  doc: last<Doc>(() => ({ list: [], map: new Map(), set: new Set() })),
  list: append<{ id: number }>(),
  map: map<number | { v: number }>(),
  text: text(),
  sum: reduce(
    (a: number, b: number) => a + b,
    () => 0,
  ),
  live: local<unknown>(),
};

type Loose = Draft<State<typeof channels>>;

const start = (): Values =>
  apply({}, [
    ['n', 'set', 1],
    [
      'doc',
      'set',
      { a: { b: { c: 1 } }, list: [1, { x: 1 }, 3], map: new Map([['k', { v: 1 }]]), set: new Set(['s']) },
    ],
    ['list', 'append', [{ id: 1 }, { id: 2 }]],
    ['map', 'put', { one: { v: 1 }, two: 2 }],
    ['text', 'text', 'hi'],
    ['sum', 'set', 3],
  ]);

/** The writes that a program leads to, from the values above. */
function writesOf(program: (draft: Loose) => unknown, values = start()): unknown {
  const { draft, finish } = createDraft(channels, values);
  program(draft as unknown as Loose);
  return finish().writes;
}

describe('a draft', () => {
  const lowerings: readonly (readonly [string, (draft: Loose) => unknown, unknown])[] = [
    ['an assignment to a channel a set', (d) => Object.assign(d, { n: 2 }), [['n', 'set', 2]]],
    ['text that grows a text', (d) => Object.assign(d, { text: `${d.text}!` }), [['text', 'text', '!']]],
    ['text that differs a set', (d) => Object.assign(d, { text: 'ho' }), [['text', 'set', 'ho']]],
    ['a property a patch', (d) => Object.assign(d.doc.a?.b ?? {}, { c: 2 }), [['doc', 'patch', ['a', 'b', 'c'], 2]]],
    ['a deleted property a delete', (d) => delete d.doc.a?.b, [['doc', 'delete', ['a', 'b']]]],
    ['a push to a channel an append', (d) => d.list.push({ id: 3 }), [['list', 'append', [{ id: 3 }]]]],
    ['a push to a list in a value a patch', (d) => d.doc.list.push(4), [['doc', 'patch', ['list', 3], 4]]],
    ['an item a patch', (d) => Object.assign(d.list[0] ?? {}, { id: 9 }), [['list', 'patch', [0, 'id'], 9]]],
    ['a splice the list', (d) => d.doc.list.splice(0, 2), [['doc', 'patch', ['list'], [3]]]],
    ['a put a put', (d) => d.map.set('three', 3), [['map', 'put', { three: 3 }]]],
    ['a deleted entry a put', (d) => d.map.delete('two'), [['map', 'put', { two: undefined }]]],
    [
      'a change in an entry a patch',
      (d) => Object.assign(d.map.get('one') ?? {}, { v: 2 }),
      [['map', 'patch', ['one', 'v'], 2]],
    ],
    [
      'a cleared map a set',
      (d) => {
        d.map.clear();
      },
      [['map', 'set', new Map()]],
    ],
    [
      'a change in a Map a patch',
      (d) => Object.assign(d.doc.map.get('k') ?? {}, { v: 2 }),
      [['doc', 'patch', ['map', 'k', 'v'], 2]],
    ],
    [
      'a key of a Map that is no path the Map',
      (d) => {
        d.doc.map.clear();
      },
      [['doc', 'patch', ['map'], new Map()]],
    ],
    ['a change of a Set the Set', (d) => d.doc.set.add('t'), [['doc', 'patch', ['set'], new Set(['s', 't'])]]],
    ['a reduced value a set', (d) => Object.assign(d, { sum: 4 }), [['sum', 'set', 4]]],
    ['a list that goes on an append', (d) => Object.assign(d, { list: [...d.list, 5] }), [['list', 'append', [5]]]],
  ];
  for (const [what, program, writes] of lowerings) {
    it(`makes ${what}`, () => {
      expect(writesOf(program)).to.deep.equal(writes);
    });
  }

  it('writes a key once however often it was written, and not at all when it is what it was', () => {
    const often = writesOf((draft) => {
      for (let n = 0; n < 1000; n++) Object.assign(draft.doc.a ?? {}, { n });
    });
    expect(often).to.deep.equal([['doc', 'patch', ['a', 'n'], 999]]);
    const back = writesOf((draft) => {
      Object.assign(draft.doc.a?.b ?? {}, { c: 5 });
      Object.assign(draft.doc.a?.b ?? {}, { c: 1 });
      Object.assign(draft, { n: 5 });
      Object.assign(draft, { n: 1 });
    });
    expect(back).to.deep.equal([]);
  });

  it('moves a part of itself, with what changes in it afterwards', () => {
    const values = start();
    const { draft, finish } = createDraft(channels, values);
    const doc = (draft as unknown as Loose).doc;
    const part = doc.a?.b;
    Object.assign(doc, { moved: { deep: [part] } });
    delete doc.a;
    Object.assign(part ?? {}, { c: 7 });
    const { doc: after } = plain(apply(values, finish().writes)) as { doc: { moved: unknown; a?: unknown } };
    expect(after.moved).to.deep.equal({ deep: [{ c: 7 }] });
    expect(after).to.not.have.property('a');
  });

  it('refuses to hold itself, a key called __proto__, an unknown channel and a hole', () => {
    const codes = (
      [
        (d: Loose) => Object.assign(d.doc.a?.b ?? {}, { self: d.doc.a }),
        (d: Loose) => Reflect.set(d.doc, '__proto__', {}),
        (d: Loose) => Reflect.set(d, 'other', 1),
        (d: Loose) => Reflect.set(d.doc.list, 9, 1),
        (d: Loose) => Reflect.set(d, 'list', 'text'),
        (d: Loose) => Reflect.deleteProperty(d, 'n'),
        (d: Loose) => Object.freeze(d.doc),
      ] as const
    ).map((program) => {
      try {
        return writesOf(program);
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    });
    expect(codes).to.deep.equal([
      'unstorable-value',
      'unstorable-value',
      'unknown-channel',
      'unstorable-value',
      'invalid-update',
      'invalid-update',
      'invalid-update',
    ]);
  });

  it('reads like plain data', () => {
    const { draft } = createDraft(channels, start());
    const { doc, list, map: entries } = draft as unknown as Loose;
    expect(JSON.stringify(list)).to.equal('[{"id":1},{"id":2}]');
    expect(Array.isArray(list) && entries instanceof Map).to.equal(true);
    expect(Object.keys(doc)).to.deep.equal(['a', 'list', 'map', 'set']);
    expect('a' in doc && !('z' in doc)).to.equal(true);
    expect({ ...doc.a?.b }).to.deep.equal({ c: 1 });
    const items: unknown[] = list;
    expect(items.includes(list[1])).to.equal(true);
    expect(items.find((item) => (item as { id: number }).id === 2)).to.equal(list[1]);
    expect([...entries.keys()]).to.deep.equal(['one', 'two']);
    expect(doc.set.has('s')).to.equal(true);
  });

  it('gives back what was put in, and hands out local values as they are', () => {
    const live = { open: true };
    const { draft, finish } = createDraft(channels, { ...start(), live });
    const put = { x: { y: 1 } };
    Object.assign(draft, { doc: put });
    expect(draft.doc).to.equal(put);
    expect(draft['live']).to.equal(live);
    Object.assign(draft, { live: console });
    expect(finish().writes[1]).to.deep.equal(['live', 'set', console]);
  });

  it('throws draft-revoked everywhere once it has ended', () => {
    const { draft, finish } = createDraft(channels, start());
    const { doc, list, map: entries } = draft as unknown as Loose;
    const set = doc.set;
    const inner = doc.a ?? {};
    const push = list.push.bind(list);
    finish();
    const accesses: readonly (() => unknown)[] = [
      () => draft['n'],
      () => Reflect.set(draft, 'n', 2),
      () => Object.keys(draft),
      () => 'n' in draft,
      () => inner.b,
      () => Reflect.set(inner, 'b', 1),
      () => delete inner.b,
      () => JSON.stringify(doc),
      () => ({ ...inner }),
      () => list[0],
      () => list.length,
      () => [...list],
      () => push({ id: 1 }),
      () => entries.get('one'),
      () => entries.set('one', 1),
      () => entries.size,
      () => [...entries],
      () => {
        entries.clear();
      },
      () => set.has('s'),
      () => set.add('t'),
      () => set.size,
      () => [...set],
      () => finish(),
    ];
    for (const access of accesses) expect(access, access.toString()).to.throw().with.property('code', 'draft-revoked');
  });

  it('does not see what another draft of the same values does', () => {
    const values = start();
    const [one, two] = [createDraft(channels, values), createDraft(channels, values)];
    (one.draft as unknown as Loose).list.push({ id: 1 });
    Object.assign((two.draft as unknown as Loose).doc.a?.b ?? {}, { c: 2 });
    expect((two.draft as unknown as Loose).list.length).to.equal(2);
    expect((one.draft as unknown as Loose).doc.a?.b?.c).to.equal(1);
    expect(plain(values)).to.deep.equal(plain(start()));
    expect(one.finish().writes).to.deep.equal([['list', 'append', [{ id: 1 }]]]);
    expect(two.finish().writes).to.deep.equal([['doc', 'patch', ['a', 'b', 'c'], 2]]);
  });
});
