import { expect } from 'chai';
import fc from 'fast-check';
import { crc32 } from '../../src/checkpoint/crc32.ts';
import { same } from '../helpers/same.ts';
import { decodeSegment, SegmentWriter } from '../../src/checkpoint/segment.ts';
import type { StoredSegment } from '../../src/checkpoint/segment.ts';
import type { LogEntry } from '../../src/core/index.ts';
import { admit, isAdmitted } from '../../src/state/index.ts';

const set = (value: unknown): LogEntry => ({ ns: '', runId: 'r', step: 0, writes: [['c', 'set', value]] });

const segmentOf = (...entries: LogEntry[]): StoredSegment => {
  const writer = new SegmentWriter();
  for (const entry of entries) writer.add(entry);
  return writer.take('t', 1, 1);
};

const roundTrip = (value: unknown): unknown => decodeSegment(segmentOf(set(value)))[0]?.writes[0]?.[2];

const refused = (value: unknown): unknown => {
  try {
    return roundTrip(value);
  } catch (error) {
    return error;
  }
};

describe('the segment record', () => {
  it('has the checksum of the standard', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).to.equal(0xcbf43926);
  });

  it('brings back every value of any shape exactly', () => {
    const key = fc.string().filter((text) => text !== '__proto__');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, tie('leaf'), fc.array(tie('tree')), tie('record'), tie('map'), tie('set')),
      record: fc.dictionary(key, tie('tree')),
      map: fc.array(fc.tuple(key, tie('tree'))).map((entries) => new Map(entries)),
      set: fc.array(tie('leaf')).map((items) => new Set(items)),
      leaf: fc.oneof(
        fc.double(),
        fc.integer(),
        fc.bigInt(),
        fc.string(),
        fc.boolean(),
        fc.constantFrom(null, undefined, -0, Number.NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER),
        fc.date({ noInvalidDate: true }),
        fc.uint8Array(),
        fc.float32Array(),
        fc.bigInt64Array(),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(same(roundTrip(value), structuredClone(value))).to.equal(true);
      }),
      { numRuns: 500, examples: [[new Map([['', [{ toString: 0n }]]])]] },
    );
  });

  it('is compared by a test that can tell values apart', () => {
    const pairs: readonly (readonly [unknown, unknown])[] = [
      [0, -0],
      [{ a: undefined }, {}],
      [new Map([['a', 1]]), new Map([['a', 2]])],
      [new Set([1, 2]), new Set([2, 1])],
      [new Date(1), new Date(2)],
      [new Uint8Array([1]), new Int8Array([1])],
      [[1], { 0: 1 }],
      [1n, 1],
    ];
    for (const [a, b] of pairs) expect([same(a, b), same(a, structuredClone(a))]).to.deep.equal([false, true]);
  });

  it('brings back lists of many records with different keys', () => {
    const records = Array.from({ length: 500 }, (_, n) => ({ [`k${n % 90}`]: n, same: { x: n, y: [n] } }));
    expect(roundTrip(records)).to.deep.equal(records);
  });

  it('brings back keys that mean something to others', () => {
    const value = { constructor: 1, toJSON: 2, then: 3, length: 4 };
    expect(roundTrip({ ...value })).to.deep.equal(value);
  });

  it('refuses what could not come back, with the path', () => {
    class Money {
      readonly amount = 1;
    }
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const cases: readonly (readonly [unknown, string])[] = [
      [{ a: () => 1 }, 'c.a'],
      [{ a: [Symbol('s')] }, 'c.a.0'],
      [{ m: new Map([['k', new Money()]]) }, 'c.m.k'],
      [cycle, 'c.self'],
      [Array(2), 'c.0'],
      [JSON.parse('{"__proto__": 1}'), 'c.__proto__'],
      [{ d: new Date(Number.NaN) }, 'c.d'],
      [{ e: new Error('x') }, 'c.e'],
      [{ b: new (class Photo extends Blob {})([]) }, 'c.b'],
      [{ [Symbol('s')]: 1 }, 'c'],
      [new Map([[() => 1, 1]]), 'c.(key)'],
      [{ m: Object.freeze(new Map()) }, 'c.m'],
      [Object.assign([1], { extra: 2 }), 'c'],
      [new (class List extends Array<number> {})(), 'c'],
      [new Map([[Object.create(null), () => 1]]), 'c.(object)'],
    ];
    for (const [value, path] of cases) {
      expect(refused(value)).to.deep.include({ code: 'unstorable-value', details: { path } });
    }
  });

  it('carries channel names itself, so that a graph with other channels reads it', () => {
    const entry = { ns: '', runId: 'r', step: 3, writes: [['gone', 'append', [1]]] } as const;
    expect(decodeSegment(segmentOf(entry))).to.deep.equal([entry]);
  });

  it('is written without an entry that was refused, and without the half of it that was packed', () => {
    let deep: unknown = 1;
    // Each level is let in by itself, so the door never sees how deep it has become.
    for (let level = 0; level < 501; level++) deep = admit([deep], ['c']);
    const writer = new SegmentWriter();
    writer.add(set({ a: 1 }));
    const { size } = writer;
    const half: LogEntry = { ...set(0), writes: [...set({ other: 1 }).writes, ['d', 'set', { deep }]] };
    expect(() => {
      writer.add(half);
    })
      .to.throw(/"d".*500 levels/)
      .that.deep.includes({ code: 'unstorable-value', details: { path: 'd' } });
    expect([writer.count, writer.size]).to.deep.equal([1, size]);
    writer.add(set({ other: 2 }));
    expect(decodeSegment(writer.take('t', 1, 1))).to.deep.equal([set({ a: 1 }), set({ other: 2 })]);
  });

  it('stores names and keys once for all its entries', () => {
    const entry = set({ 'a rather long key': 1 });
    expect(segmentOf(entry, entry, entry).bytes.length - segmentOf(entry, entry).bytes.length).to.equal(9);
  });

  it('brings back values that are frozen and admitted as they were when they were written', () => {
    const value = roundTrip({ list: [new Map([['k', new Set([1])]])] }) as { list: [Map<string, Set<number>>] };
    expect([Object.isFrozen(value), Object.isFrozen(value.list), isAdmitted(value.list[0])]).to.deep.equal([
      true,
      true,
      true,
    ]);
    expect(() => {
      value.list[0].clear();
    })
      .to.throw()
      .with.property('code', 'invalid-update');
    expect(() => value.list[0].get('k')?.add(2))
      .to.throw()
      .with.property('code', 'invalid-update');
  });

  it('is corrupt when its bytes fit the checksum and are none of the codec', () => {
    const segment = segmentOf(set(1));
    for (const bytes of [segment.bytes.slice(0, -1), Uint8Array.of(...segment.bytes, 0), Uint8Array.of(0xc1, 1)]) {
      expect(() => decodeSegment({ ...segment, bytes, crc: crc32(bytes) }))
        .to.throw()
        .that.deep.includes({ code: 'corrupt-record', details: { thread: 't', version: 1 } });
    }
  });
});
