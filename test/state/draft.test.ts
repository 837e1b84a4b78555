import { expect } from 'chai';
import fc from 'fast-check';
import { append, apply, createDraft, last, local, map, plain, reduce, text } from '../../src/state/index.ts';
import type { Draft, State, Values } from '../../src/state/index.ts';
import { same } from '../helpers/same.ts';

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

/** One act of a program: where it walks to, what it does there, and with which numbers. */
interface Act {
  readonly walk: readonly number[];
  readonly act: number;
  readonly a: number;
  readonly b: number;
}

const act: fc.Arbitrary<Act> = fc.record({
  walk: fc.array(fc.nat(7), { maxLength: 4 }),
  act: fc.nat(7),
  a: fc.nat(5),
  b: fc.nat(5),
});

const NAMES = ['a', 'b', '1', '0', 'c', 'd'] as const;
const nameOf = (n: number): string => NAMES[n % NAMES.length] ?? 'a';

function fresh(n: number): unknown {
  const values = [n, `t${n}`, { a: n, b: { c: n } }, [n, { a: n }], new Map([['a', { a: n }]]), new Set([n, 'x'])];
  return values[n % values.length];
}

const childrenOf = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value as unknown[];
  if (value instanceof Map) return [...(value as Map<unknown, unknown>).values()];
  return typeof value === 'object' && value !== null && !(value instanceof Set) ? Object.values(value) : [];
};

function at(root: unknown, walk: readonly number[]): unknown {
  let here = root;
  for (const step of walk) {
    const inner = childrenOf(here).filter((child) => typeof child === 'object' && child !== null);
    if (inner.length === 0) break;
    here = inner[step % inner.length];
  }
  return here;
}

const holds = (value: unknown, part: unknown): boolean =>
  value === part || childrenOf(value).some((child) => holds(child, part));

/** Does one act, the same to a draft and to plain data. */
function perform(root: Record<string, unknown>, { walk, act: kind, a, b }: Act): void {
  const target = at(root, [a, ...walk]);
  const found = kind === 6 ? at(root, [b, ...walk.slice(1)]) : fresh(b);
  const value = kind === 6 && holds(found, target) ? b : found;
  if (Array.isArray(target)) {
    const list: unknown[] = target;
    if (kind <= 1) list.push(value);
    else if (kind === 2) list.splice(a, 1, value);
    else if (kind === 3) list.pop();
    else if (kind === 4) list.reverse();
    else if (kind === 5) list.sort((x, y) => (typeof x < typeof y ? -1 : 1));
    else if (kind === 6) list.unshift(value);
    else if (list.length > 0) list[a % list.length] = value;
  } else if (target instanceof Map) {
    const entries: Map<unknown, unknown> = target;
    if (kind === 3) entries.delete(nameOf(a));
    else if (kind === 4 && a === 0) entries.clear();
    else entries.set(nameOf(a), value);
  } else if (target instanceof Set) {
    if (kind === 3) target.delete(b);
    else target.add(b);
  } else if (target !== root) {
    const record = target as Record<string, unknown>;
    if (kind === 3) Reflect.deleteProperty(record, nameOf(a));
    else record[nameOf(a)] = value;
  }
}

const initial = (): Record<string, unknown> => ({
  doc: { a: { b: { c: 1 } }, list: [1, { a: 1 }, 3], map: new Map([['a', { v: 1 }]]), set: new Set(['s']) },
  list: [{ id: 1 }, [1, 2], 'x'],
  map: new Map<string, unknown>([
    ['b', { v: 1 }],
    ['a', 2],
  ]),
});

describe('drafts of any program', () => {
  it('lead to what the program makes of plain data, step after step, and leave older values as they were', () => {
    const spec = { doc: last<unknown>(() => 0), list: append<unknown>(), map: map<unknown>() };
    fc.assert(
      fc.property(fc.array(fc.array(act, { maxLength: 6 }), { maxLength: 4 }), (steps) => {
        const first = initial();
        let values = apply({}, [
          ['doc', 'set', first['doc']],
          ['list', 'append', first['list']],
          ['map', 'put', Object.fromEntries(first['map'] as Map<string, unknown>)],
        ]);
        const model = initial();
        const older: { values: Values; then: unknown }[] = [];
        for (const step of steps) {
          older.push({ values, then: structuredClone(plain(values)) });
          const { draft, finish } = createDraft(spec, values);
          for (const each of step) {
            perform(draft, each);
            perform(model, each);
          }
          values = apply(values, finish().writes);
          // What was one object in two places is two from here on, as it is in the state.
          Object.assign(model, unshared(model));
          expect(same(plain(values), model), 'the state is the model').to.equal(true);
        }
        for (const each of older) expect(same(plain(each.values), each.then), 'an older state stayed').to.equal(true);
      }),
      { numRuns: 500 },
    );
  });
});

function unshared(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unshared);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, unshared(item)]));
  if (value instanceof Set) return new Set(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unshared(item)]));
}
