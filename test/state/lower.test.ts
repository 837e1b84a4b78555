import { expect } from 'chai';
import { append, initialWrites, last, lower, mergeWrites } from '../../src/state/index.ts';

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
});

describe('mergeWrites', () => {
  it('lets parallel nodes append to one channel, in the order given', () => {
    const merged = mergeWrites([
      { node: 'a', writes: [['list', 'append', ['1']]] },
      { node: 'b', writes: [['list', 'append', ['2']]] },
    ]);
    expect(merged).to.deep.equal([
      ['list', 'append', ['1']],
      ['list', 'append', ['2']],
    ]);
  });

  it('names both nodes and the channel when two set it', () => {
    const merge = () =>
      mergeWrites([
        { node: 'a', writes: [['n', 'set', 1]] },
        { node: 'b', writes: [['n', 'set', 2]] },
      ]);
    expect(merge)
      .to.throw(/"a" and "b".*"n"/)
      .with.property('code', 'write-conflict');
  });

  it('refuses a set beside an append, whichever comes first', () => {
    const set = { node: 'a', writes: [['list', 'set', []]] } as const;
    const add = { node: 'b', writes: [['list', 'append', ['x']]] } as const;
    expect(() => mergeWrites([set, add]))
      .to.throw()
      .with.property('code', 'write-conflict');
    expect(() => mergeWrites([add, set]))
      .to.throw()
      .with.property('code', 'write-conflict');
  });
});
