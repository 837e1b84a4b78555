import { expect } from 'chai';
import type { Write } from '../../src/core/index.ts';
import {
  append,
  apply,
  foldUpdates,
  initialWrites,
  last,
  local,
  lower as lowerUpdate,
  map,
  Overwrite,
  reduce,
  storedWrites,
  text,
} from '../../src/state/index.ts';
import type { Channels, Values } from '../../src/state/index.ts';

const lower = (spec: Channels, update: unknown, node: string, base: Values = {}): readonly Write[] =>
  lowerUpdate(spec, base, update, node).writes;

const channels = { n: last(() => 0), list: append<string>() };

describe('lower', () => {
  it('turns an update into one write for each channel', () => {
    expect(lower(channels, { n: 3, list: ['a'] }, 'node')).to.deep.equal([
      ['n', 'set', 3],
      ['list', 'append', ['a']],
    ]);
  });

  it('writes nothing for nothing, for undefined and for an empty list', () => {
    expect(lower(channels, undefined, 'node')).to.deep.equal([]);
    expect(lower(channels, { n: undefined, list: [] }, 'node')).to.deep.equal([]);
  });

  it('keeps false, 0, null and empty text', () => {
    const values = { a: last(() => true), b: last(() => 1), c: last<unknown>(() => 1), d: last(() => 'x') };
    const writes = lower(values, { a: false, b: 0, c: null, d: '' }, 'node');
    expect(writes.map((write) => write[2])).to.deep.equal([false, 0, null, '']);
  });

  it('freezes what enters the state, so that history cannot be changed later', () => {
    const update = { list: [{ text: 'a' }] };
    lower({ list: append<{ text: string }>() }, update, 'node');
    expect(() => {
      (update.list[0] as { text: string }).text = 'b';
    }).to.throw(TypeError);
  });

  it('names the node and the channels that exist when a channel is unknown', () => {
    expect(() => lower(channels, { m: 1 }, 'counter'))
      .to.throw(/"counter".*"m"/)
      .with.property('code', 'unknown-channel');
    expect(() => lower(channels, { toString: 1 }, 'counter'))
      .to.throw()
      .with.property('code', 'unknown-channel');
  });

  it('refuses an update that is no object, and a list channel that gets no list', () => {
    expect(() => lower(channels, 'text', 'node'))
      .to.throw()
      .with.property('code', 'invalid-update');
    expect(() => lower(channels, { list: 'a' }, 'node'))
      .to.throw()
      .with.property('code', 'invalid-update');
  });

  it('gives every channel its first value', () => {
    expect(initialWrites(channels)).to.deep.equal([
      ['n', 'set', 0],
      ['list', 'set', []],
    ]);
  });

  const all = {
    doc: last<unknown>(() => ({})),
    list: append<number>(),
    map: map<number>(),
    text: text(),
    sum: reduce(
      (a: number, b: number) => a + b,
      () => 0,
    ),
    live: local<unknown>(),
  };

  it('writes entries, text and what reducers are given in their own ways', () => {
    const { writes, updates } = lowerUpdate(all, {}, { map: { a: 1, b: undefined }, text: 'x', sum: 2 }, 'node');
    expect(writes).to.deep.equal([
      ['map', 'put', { a: 1, b: undefined }],
      ['text', 'text', 'x'],
    ]);
    expect(updates).to.deep.equal([['sum', 2]]);
    expect(lower(all, { map: {}, text: '' }, 'node')).to.deep.equal([]);
  });

  it('lets anything into a local channel, which is not stored', () => {
    const live = { run: () => 1 };
    const writes = lower(all, { live, text: 'x' }, 'node');
    expect(writes[0]?.[2]).to.equal(live);
    expect(storedWrites(all, writes)).to.deep.equal([['text', 'text', 'x']]);
    const stored = lower(all, { text: 'x' }, 'node');
    expect(storedWrites(all, stored)).to.equal(stored);
    expect(initialWrites(all).map(([name]) => name)).to.not.include('live');
  });

  it('patches what changed in a value that shares the rest', () => {
    const kept = { big: [1, 2, 3, 4, 5, 6] };
    const doc = { kept, step: 1, more: { a: 1, b: 2, c: 3 } };
    const update = { doc: { kept, step: 1, more: { a: 1, b: 5, c: 3 } } };
    expect(lower(all, update, 'node', { doc })).to.deep.equal([['doc', 'patch', ['more', 'b'], 5]]);
    expect(lower(all, { doc }, 'node', { doc })).to.deep.equal([]);
  });

  it('overwrites a whole channel, checked for its kind', () => {
    const whole = (update: unknown) => lower(all, update, 'node');
    expect(whole({ list: new Overwrite([1]) })).to.deep.equal([['list', 'set', [1]]]);
    expect(whole({ map: new Overwrite({ a: 1 }) })).to.deep.equal([['map', 'set', new Map([['a', 1]])]]);
    expect(whole({ sum: new Overwrite(9) })).to.deep.equal([['sum', 'set', 9]]);
    for (const wrong of [{ list: 1 }, { map: [] }, { text: 1 }]) {
      const [[name, value] = ['', 0]] = Object.entries(wrong);
      expect(() => whole({ [name]: new Overwrite(value) }))
        .to.throw()
        .with.property('code', 'invalid-update');
      expect(() => whole(wrong))
        .to.throw()
        .with.property('code', 'invalid-update');
    }
  });

  it('stores the map that a node reads as a map of its own', () => {
    const values = apply({}, [['map', 'put', { a: 1 }]]);
    const [write] = lower(all, { doc: { of: values['map'] } }, 'node');
    expect((write?.[2] as { of: unknown }).of).to.be.an.instanceOf(Map);
  });

  it('folds the updates of a channel in order and writes the result once', () => {
    const spec = {
      log: reduce(
        (log: readonly string[], word: string) => (Object.isFrozen(log) ? [...log, word] : ['open']),
        () => [] as readonly string[],
      ),
    };
    const updates = [
      ['log', 'a'],
      ['log', 'b'],
    ] as const;
    expect(foldUpdates(spec, { log: [] }, updates)).to.deep.equal([['log', 'set', ['a', 'b']]]);
    const failing = {
      log: reduce(
        () => (undefined as unknown as () => string)(),
        () => '',
      ),
    };
    expect(() => foldUpdates(failing, { log: '' }, [['log', 1]]))
      .to.throw(/"log"/)
      .with.property('code', 'node-failed');
  });
});
