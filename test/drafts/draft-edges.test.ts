import { expect } from 'chai';
import { createDraft } from '../../src/drafts/index.ts';
import { append, apply, last, local, map, Overwrite, plain, text, view } from '../../src/state/index.ts';
import type { Channels, Draft, State, Values } from '../../src/state/index.ts';

type Bag = Record<string, unknown>;

const spec = { doc: last<Bag>(() => ({})), list: append<unknown>(), map: map<unknown>(), live: local<unknown>() };
type Loose = Draft<State<typeof spec>>;

/** What a program leads to, from a document. */
function run(doc: unknown, program: (draft: Loose) => unknown): { writes: unknown; after: Bag } {
  const base = apply({}, [
    ['doc', 'set', doc],
    ['list', 'append', [1]],
    ['map', 'put', { a: { n: 1 } }],
  ]);
  const { draft, finish } = createDraft(spec, base);
  program(draft as unknown as Loose);
  const { writes } = finish();
  return { writes, after: plain(apply(base, writes)) };
}

function codeOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return 'no error';
}

describe('a draft of odd names', () => {
  it('keeps channels that are called as what every object has, also before they have a value', () => {
    const odd: Channels = { constructor: last<unknown>(() => 0), toString: append<unknown>(), valueOf: text() };
    const { draft, finish } = createDraft(odd, {});
    for (const name of Object.keys(odd)) expect(draft[name], name).to.equal(undefined);
    draft['constructor'] = 1;
    draft['toString'] = [1];
    draft['valueOf'] = 'x';
    const values = apply({}, finish().writes);
    expect({ ...plain(values) }).to.deep.equal({ constructor: 1, toString: [1], valueOf: 'x' });
    const written = apply({}, [
      ['toString', 'append', [1]],
      ['constructor', 'put', { a: 1 }],
      ['valueOf', 'text', 'x'],
    ]);
    expect({ ...plain(written) }).to.deep.equal({ toString: [1], constructor: new Map([['a', 1]]), valueOf: 'x' });
  });

  it('keeps keys that are called as what every object has', () => {
    const { after } = run({ constructor: { n: 1 } }, ({ doc }) => {
      Object.assign(doc['constructor'] as Bag, { n: 2 });
      doc['toString'] = 'mine';
      expect(Object.keys(doc)).to.deep.equal(['constructor', 'toString']);
      expect(doc).to.have.property('valueOf').that.is.a('function');
    });
    expect(after['doc']).to.deep.equal({ constructor: { n: 2 }, toString: 'mine' });
  });

  it('puts entries of a map channel that are called so', () => {
    const { after } = run({}, ({ map: entries }) => {
      entries.set('constructor', 1);
      entries.set('__proto__', 2);
    });
    expect([...(after['map'] as Map<string, unknown>)].slice(1)).to.deep.equal([
      ['constructor', 1],
      ['__proto__', 2],
    ]);
  });
});

describe('a draft of odd values', () => {
  it('tells 0 from -0, and takes NaN for what it was', () => {
    expect(run({ n: NaN, z: 0 }, ({ doc }) => Object.assign(doc, { n: NaN, z: -0 })).writes).to.deep.equal([
      ['doc', 'patch', ['z'], -0],
    ]);
  });

  it('works on Maps with keys of any kind, which it writes whole where a key is no path', () => {
    const key = { id: 1 };
    const { after, writes } = run(
      {
        m: new Map<unknown, unknown>([
          [key, { n: 1 }],
          [NaN, 1],
        ]),
      },
      ({ doc }) => {
        const entries = doc['m'] as Map<unknown, unknown>;
        Object.assign(entries.get(key) as Bag, { n: 2 });
        entries.set(NaN, 2);
        expect([entries.size, entries.has(key), entries.get(NaN)]).to.deep.equal([2, true, 2]);
      },
    );
    const expected = new Map<unknown, unknown>([
      [key, { n: 2 }],
      [NaN, 2],
    ]);
    expect([...((after['doc'] as Bag)['m'] as Map<unknown, unknown>)]).to.deep.equal([...expected]);
    expect(writes).to.have.nested.property('[0][2]').that.deep.equals(['m']);
    const patched = run({ m: new Map([[NaN, 1]]) }, ({ doc }) => (doc['m'] as Map<unknown, unknown>).set(NaN, 2));
    expect(patched.writes).to.deep.equal([['doc', 'patch', ['m', NaN], 2]]);
  });

  it('counts the entries of a Map through every change', () => {
    run(
      {
        m: new Map([
          ['a', 1],
          ['b', 2],
        ]),
      },
      ({ doc }) => {
        const entries = doc['m'] as Map<string, number>;
        const sizes = [entries.size];
        const note = (): unknown => sizes.push(entries.size);
        (entries.set('a', 5), note());
        (entries.set('c', 3), note());
        (entries.delete('a'), note());
        (entries.set('a', 1), note());
        (entries.clear(), note());
        (entries.set('z', 1), note());
        expect(sizes).to.deep.equal([2, 2, 3, 2, 3, 0, 1]);
        expect([...entries]).to.deep.equal([['z', 1]]);
      },
    );
  });

  it('hands Dates and typed arrays out as they are, and moves them', () => {
    const [date, bytes] = [new Date(5), new Uint8Array([1, 2])];
    const { after } = run({ date, bytes }, ({ doc }) => {
      expect(doc['date']).to.equal(date);
      expect((doc['date'] as Date).getTime()).to.equal(5);
      doc['moved'] = [doc['bytes'], doc['date']];
    });
    expect((after['doc'] as Bag)['moved']).to.deep.equal([bytes, date]);
  });

  it('refuses a hole, the whole state inside itself, and an Overwrite', () => {
    const code = (program: (draft: Loose) => unknown): unknown => codeOf(() => run({ l: [1, 2, 3], a: {} }, program));
    expect(code(({ doc }) => Reflect.deleteProperty(doc['l'] as unknown[], 0))).to.equal('unstorable-value');
    expect(code((draft) => (draft.doc = draft as unknown as Bag))).to.equal('unstorable-value');
    expect(code((draft) => (draft.doc['a'] = { draft }))).to.equal('unstorable-value');
    expect(code((draft) => Reflect.set(draft, 'live', draft))).to.equal('unstorable-value');
    expect(code((draft) => Reflect.set(draft, 'list', new Overwrite([])))).to.equal('invalid-update');
    expect(code((draft) => Reflect.set(draft, 'live', new Overwrite([])))).to.equal('invalid-update');
  });

  it('leaves an object alone that answers to every key', () => {
    const anything: object = new Proxy({}, { get: () => () => 'remote' });
    const { after } = run({}, (draft) => (draft.live = anything));
    expect(after['live']).to.equal(anything);
  });

  it('stores what a node read of a state before: its lists and maps', () => {
    const base = apply({}, [
      ['list', 'append', [{ id: 1 }]],
      ['map', 'put', { a: { n: 1 } }],
    ]);
    const state = view(base) as unknown as { list: readonly unknown[]; map: ReadonlyMap<string, unknown> };
    const { after } = run({}, ({ doc }) => Object.assign(doc, { list: state.list, deep: [state.map] }));
    expect(after['doc']).to.deep.equal({ list: [{ id: 1 }], deep: [new Map([['a', { n: 1 }]])] });
  });

  it('can be made of a view, with the same writes', () => {
    const base = apply({}, [
      ['list', 'append', [{ id: 1 }]],
      ['map', 'put', { a: { n: 1 } }],
    ]);
    const writesOf = (values: Values): unknown => {
      const { draft, finish } = createDraft(spec, values);
      const { list, map: entries } = draft as unknown as Loose;
      list.push(2);
      Object.assign(entries.get('a') as Bag, { n: 2 });
      return finish().writes;
    };
    expect(writesOf(view(base))).to.deep.equal([
      ['list', 'append', [2]],
      ['map', 'patch', ['a', 'n'], 2],
    ]);
    expect(writesOf(view(base))).to.deep.equal(writesOf(base));
  });

  it('tells a long list whole when most of it is added', () => {
    const added = Array.from({ length: 100 }, (_, id) => id);
    const { writes } = run({ l: [-1] }, ({ doc }) => (doc['l'] as unknown[]).push(...added));
    expect(writes).to.deep.equal([['doc', 'patch', ['l'], [-1, ...added]]]);
  });
});

describe('a draft that a node goes on with', () => {
  it('changes across awaits until the node ends, and throws afterwards, also out of iterators', async () => {
    const base = apply({}, [
      ['doc', 'set', { l: [1], s: new Set(['x']) }],
      ['map', 'put', { a: { n: 1 }, b: { n: 2 } }],
    ]);
    const { draft, finish } = createDraft(spec, base);
    const { doc, map: entries } = draft as unknown as Loose;
    await Promise.resolve();
    (doc['l'] as unknown[]).push(2);
    const iterators = [entries.values(), entries.entries(), (doc['l'] as unknown[]).values()];
    for (const iterator of iterators) iterator.next();
    const late = Promise.resolve().then(() => (doc['l'] as unknown[]).push(3));
    expect(finish().writes).to.deep.equal([['doc', 'patch', ['l', 1], 2]]);
    expect(await late.catch((error: unknown) => (error as { code: unknown }).code)).to.equal('draft-revoked');
    for (const iterator of iterators) expect(codeOf(() => iterator.next())).to.equal('draft-revoked');
  });

  it('shows itself and not the state to the callback of a Set', () => {
    const { after } = run({ s: new Set([1, 2, 3]) }, ({ doc }) => {
      (doc['s'] as Set<number>).forEach((member, _, set) => {
        if (member > 1) set.delete(member);
      });
    });
    expect((after['doc'] as Bag)['s']).to.deep.equal(new Set([1]));
  });
});
