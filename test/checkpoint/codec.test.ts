import { expect } from 'chai';
import fc from 'fast-check';
import { Decoder } from '../../src/checkpoint/decode.ts';
import { Encoder } from '../../src/checkpoint/encode.ts';
import { same } from '../helpers/same.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new Encoder();

function pack(value: unknown): Bytes {
  try {
    encoder.value(value);
    encoder.keep();
  } finally {
    encoder.drop();
  }
  return encoder.take();
}

function unpack(bytes: Bytes): unknown {
  const decoder = new Decoder(bytes, Object);
  const value = decoder.value();
  if (!decoder.isDone) throw new Error('Something is left.');
  return value;
}

const roundTrip = (value: unknown): unknown => unpack(pack(value));

const hex = (bytes: Bytes): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const bytes = (...parts: (number | string)[]): Bytes =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])));

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value };
  return value;
};

/** What reading costs at most may not depend on what damaged bytes say, so nothing larger than this may be made. */
const isSmall = (value: unknown, limit: number): boolean => {
  if (typeof value === 'string') return value.length <= limit;
  if (ArrayBuffer.isView(value)) return value.byteLength <= limit;
  if (Array.isArray(value)) return value.length <= limit && value.every((item) => isSmall(item, limit));
  if (value instanceof Map || value instanceof Set) return value.size <= limit;
  return typeof value !== 'object' || value === null || Object.keys(value).length <= limit;
};

const SAMPLES: readonly unknown[] = [
  [
    { id: 'a', n: 1 },
    { id: 'b', n: 300 },
    { n: -70_000, id: 'é 漢 🙂' },
  ],
  new Map<unknown, unknown>([
    [{ key: 1 }, new Set([1, 'x', undefined])],
    ['big', 2n ** 70n],
  ]),
  [new Date(86_400_000), -0, 0.5, 70_000, -200, 2 ** 40, null, true, false],
  ['x'.repeat(40), 'x'.repeat(90), '\ud800', 'é'.repeat(200)],
  [new Uint8Array(300), new Float64Array([0.5, -1]), new BigInt64Array([-1n]), new Uint8Array()],
  Array.from({ length: 40 }, (_, n) => ({ [`k${n % 9}`]: n })),
];

describe('the codec', () => {
  it('brings back every value of any shape exactly', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      // Any code units, so that there are lone surrogates, and enough of them to leave the short paths.
      fc.array(fc.integer({ max: 0xffff, min: 0 }), { maxLength: 100 }).map((units) => String.fromCharCode(...units)),
      fc.string({ maxLength: 300 }),
    );
    const key = text.filter((name) => name !== '__proto__');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        tie('leaf'),
        fc.array(tie('tree')),
        fc.dictionary(key, tie('tree')),
        fc.array(fc.record({ id: text, n: tie('tree') }, { requiredKeys: ['id'] })),
        fc.array(fc.tuple(tie('tree'), tie('tree'))).map((entries) => new Map(entries)),
        fc.array(tie('tree')).map((items) => new Set(items)),
      ),
      leaf: fc.oneof(
        text,
        fc.double(),
        fc.integer(),
        fc.maxSafeInteger(),
        fc.bigInt(),
        fc.boolean(),
        fc.constantFrom(null, undefined, -0, Number.NaN, Infinity, -Infinity, 2 ** 53, 2 ** 64, -(2 ** 53)),
        fc.date({ noInvalidDate: true }),
        fc.uint8Array(),
        fc.float64Array(),
        fc.bigUint64Array(),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(same(roundTrip(value), value)).to.equal(true);
      }),
      { numRuns: 500, interruptAfterTimeLimit: 5000 },
    );
  });

  it('brings back numbers on both sides of every width', () => {
    const edges = [0x20, 0x80, 0x100, 0x8000, 0x10000, 2 ** 31, 2 ** 32, 2 ** 53];
    const numbers = edges.flatMap((edge) => [edge - 1, edge, edge + 1, 1 - edge, -edge, -edge - 1]);
    expect(roundTrip(numbers)).to.deep.equal(numbers);
  });

  it('brings back texts, bytes and lists on both sides of every width', () => {
    for (const length of [0, 15, 16, 31, 32, 63, 85, 86, 255, 256, 65_535, 65_536]) {
      const values = [
        ...['a', 'é', '漢', '🙂'].map((character) => character.repeat(length)),
        `${'a'.repeat(length)}\udfff`,
        `\ufeff${'a'.repeat(length)}`,
        new Uint8Array(length).fill(7),
        new Float32Array(length).fill(0.5),
        Array<number>(length).fill(1),
      ];
      for (const value of values) expect(same(roundTrip(value), value), `${typeof value} ${length}`).to.equal(true);
    }
  });

  it('brings back every kind of typed array in a buffer of its own, of a view the part alone', () => {
    const buffer = new ArrayBuffer(1024);
    new Uint8Array(buffer).forEach((_, index, all) => (all[index] = index % 64));
    const kinds = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array];
    const floats = [Float32Array, Float64Array, BigInt64Array, BigUint64Array];
    const half = (globalThis as { Float16Array?: typeof Float32Array }).Float16Array;
    for (const Kind of [...kinds, ...floats, ...(half ? [half] : [])]) {
      const value = new Kind(buffer, 16, 3);
      // The text before it moves it to a place that is not aligned.
      const [, found] = roundTrip(['x', value]) as [string, typeof value];
      expect(same(found, value), Kind.name).to.equal(true);
      expect(found.buffer.byteLength).to.equal(value.byteLength);
      expect(pack(value).length).to.be.below(value.byteLength + 8);
    }
  });

  it('reads typed arrays on shared buffers and on buffers that have changed their size', () => {
    // A page that is not isolated has shared buffers of this kind only.
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const shared = new Uint8Array(memory.buffer, 8, 4).fill(3);
    const found = roundTrip(shared) as Uint8Array;
    expect([[...found], found.buffer instanceof ArrayBuffer]).to.deep.equal([[3, 3, 3, 3], true]);
    type Resizable = ArrayBuffer & { resize(length: number): void };
    const Sized = ArrayBuffer as unknown as new (length: number, options: { maxByteLength: number }) => Resizable;
    const buffer = new Sized(8, { maxByteLength: 16 });
    const views = [new Uint16Array(buffer), new Uint8Array(buffer, 4, 4)];
    buffer.resize(6);
    expect((roundTrip(views) as ArrayBufferView[]).map((view) => view.byteLength)).to.deep.equal([6, 0]);
  });

  it('stores the keys of records that are alike once', () => {
    const record = { 'a rather long key': 1, 'another rather long key': 2 };
    expect(pack([record, record, record]).length - pack([record]).length).to.equal(8);
  });

  it('keeps the order of keys, and takes keys that look like numbers for keys', () => {
    const value = { z: 1, 10: 2, a: 3, 9: 4, '-1': 5, 4294967296: 6, '': 7 };
    expect(Object.entries(roundTrip(value) as object)).to.deep.equal(Object.entries(value));
  });

  it('gives plain objects back for records without a prototype', () => {
    const value = Object.assign(Object.create(null) as object, { a: 1 });
    expect(Object.getPrototypeOf(roundTrip(value))).to.equal(Object.prototype);
  });

  it('tells apart lists of names that begin or end alike', () => {
    const value = [{ a: 1, b: 2 }, { a: 1 }, { b: 1 }, { b: 1, a: 2 }, {}, { a: 1, c: 2 }, { ab: 1 }, { a: 1, b: 2 }];
    expect(same(roundTrip(value), value)).to.equal(true);
  });

  it('forgets what was dropped, names included', () => {
    encoder.names(['kept']);
    encoder.keep();
    encoder.names(['dropped']);
    encoder.value({ dropped: 1 });
    encoder.drop();
    encoder.value({ dropped: 2 });
    encoder.value({ kept: 3 });
    encoder.keep();
    const decoder = new Decoder(encoder.take(), Object);
    expect([decoder.names(), decoder.value(), decoder.value(), decoder.isDone]).to.deep.equal([
      ['kept'],
      { dropped: 2 },
      { kept: 3 },
      true,
    ]);
  });

  it('seals each container after its contents', () => {
    const value = new Map([['list', [{ a: 1 }]]]);
    const sealed: unknown[] = [];
    const decoder = new Decoder(pack(value), (container) => sealed.push(structuredClone(container)));
    decoder.value();
    expect(sealed).to.deep.equal([{ a: 1 }, [{ a: 1 }], value]);
  });

  it('packs 500 levels and reads them again, and refuses one more in both directions', () => {
    expect(roundTrip(nested(500))).to.deep.equal(nested(500));
    expect(() => pack(nested(501))).to.throw(DOMException, '500 levels');
    expect(() => unpack(bytes(...Array<number>(501).fill(0x91), 1))).to.throw(DOMException, '500 levels');
    expect(unpack(bytes(...Array<number>(500).fill(0x91), 1))).to.be.an('array');
  });

  it('refuses what it has no form for', () => {
    const changed = new Date(0);
    changed.setTime(Number.NaN);
    const values = [
      () => 1,
      Symbol('s'),
      changed,
      Object.create(Uint8Array.prototype) as unknown,
      new DataView(new ArrayBuffer(1)),
    ];
    for (const value of values) expect(() => pack({ value })).to.throw(DOMException);
  });

  it('writes the bytes of format 1', () => {
    const cases: readonly (readonly [unknown, string])[] = [
      [null, 'c0'],
      [true, 'c3'],
      [false, 'c2'],
      [undefined, 'd400'],
      [127, '7f'],
      [-32, 'e0'],
      [200, 'ccc8'],
      [-128, 'd080'],
      [65_535, 'cdffff'],
      [-129, 'd1ff7f'],
      [65_536, 'ce00010000'],
      [-32_769, 'd2ffff7fff'],
      [2 ** 32, 'cb41f0000000000000'],
      [-0, 'cb8000000000000000'],
      ['aé', 'a361c3a9'],
      ['a'.repeat(32), `d920${'61'.repeat(32)}`],
      ['a'.repeat(86), `da0056${'61'.repeat(86)}`],
      ['a'.repeat(30_000), `db00007530${'61'.repeat(30_000)}`],
      ['\ud83d', 'd405023dd8'],
      [new Uint8Array([1, 2]), 'c4020102'],
      [new Uint16Array([1, 2]), 'd4130401000200'],
      [new Date(1), 'd4013ff0000000000000'],
      [-255n, 'd402a32d6666'],
      [[1, [2]], '92019102'],
      [Array<number>(16).fill(1), `dc0010${'01'.repeat(16)}`],
      [[{ a: 1, b: 2 }, { a: 3, b: 4 }, {}], `93 c10002a161a162 0102 c100 0304 c10100`.replaceAll(' ', '')],
      [new Map([['k', 1]]), 'd40301a16b01'],
      [new Set([1]), 'd4040101'],
    ];
    for (const [value, expected] of cases) expect(hex(pack(value))).to.equal(expected);
  });

  it('throws or gives a small value when the end is missing or a byte is another one', () => {
    for (const sample of SAMPLES) {
      const packed = pack(sample);
      const attempt = (damaged: Bytes): void => {
        try {
          expect(isSmall(unpack(damaged), packed.length)).to.equal(true);
        } catch (error) {
          if (error instanceof Error && error.name === 'AssertionError') throw error;
        }
      };
      for (let length = 0; length < packed.length; length++) {
        expect(() => unpack(packed.slice(0, length))).to.throw();
      }
      const damaged = packed.slice();
      for (const [index, byte] of packed.entries()) {
        for (const other of [byte ^ 1, byte ^ 0x80, 0xff, 0xdd, 0xdb, 0xc1, 0xd4, 0]) {
          damaged[index] = other;
          attempt(damaged);
        }
        damaged[index] = byte;
      }
    }
  });

  it('refuses bytes that nobody packed, whatever they promise', () => {
    const promises = [
      bytes(0xdd, 0xff, 0xff, 0xff, 0xff),
      bytes(0xdb, 0xff, 0xff, 0xff, 0xff, 'x'),
      bytes(0xc6, 0xff, 0xff, 0xff, 0xff, 'x'),
      bytes(0xd4, 3, 0xff, 0xff, 0xff, 0xff, 0x0f, 1),
      bytes(0xd4, 4, 0xff, 0xff, 0xff, 0xff, 0x0f, 1),
      bytes(0xd4, 22, 0xff, 0xff, 0xff, 0xff, 0x0f, 1),
      bytes(0xd4, 3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
      bytes(0xc1, 0, 0xff, 0xff, 0xff, 0xff, 0x0f),
      bytes(0xc1, 1, 0),
      bytes(0xc1, 0, 1, 1, 1),
      bytes(0xc1, 0, 1, 0xa9, '__proto__', 0xc0),
      bytes(0xd4, 2, 0xa1, 'g'),
      bytes(0xd4, 2, 0xa0),
      bytes(0xd4, 2, 1),
      bytes(0xd4, 1, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0),
      bytes(0xd4, 22, 3, 1, 2, 3),
      bytes(0xd4, 99, 0),
      bytes(0xa2, 0xff, 0xff),
      bytes(0xd9, 40, 0xff, 'x'.repeat(39)),
      bytes(0x80),
      bytes(0xca, 0, 0, 0, 0),
      bytes(1, 1),
      bytes(),
      // Each name and each bigint begins another one.
      Uint8Array.from({ length: 300_000 }, (_, index) => [0xc1, index / 3, 1][index % 3] ?? 0),
      Uint8Array.from({ length: 300_000 }, (_, index) => (index % 2 ? 2 : 0xd4)),
    ];
    for (const promise of promises) expect(() => unpack(promise), hex(promise.slice(0, 20))).to.throw();
  });
});
