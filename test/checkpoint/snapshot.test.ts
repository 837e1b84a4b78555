import { expect } from 'chai';
import { chunkSizes, packSnapshot, snapshotRecord, unpackSnapshot } from '../../src/checkpoint/snapshot.ts';
import type { Packed, Rows } from '../../src/checkpoint/snapshot.ts';
import { admit, apply, isAdmitted, NO_VALUES, plain } from '../../src/state/index.ts';
import type { Values } from '../../src/state/index.ts';
import { rejection } from '../helpers/rejection.ts';
import { same } from '../helpers/same.ts';

const NO_ROWS: Rows = new Map();

function pack(values: Values, before = NO_ROWS): Packed & { readonly pauses: number } {
  const packing = packSnapshot(values, before);
  for (let pauses = 0; ; pauses++) {
    const step = packing.next();
    if (step.done) return { ...step.value, pauses };
  }
}

const unpack = ({ bytes }: Packed, chunks: ReadonlyMap<string, Uint8Array<ArrayBuffer>>) =>
  unpackSnapshot(snapshotRecord('t', 1, bytes), (hash) => {
    const found = chunks.get(hash);
    return Promise.resolve(found && { thread: 't', hash, bytes: found });
  });

const message = (id: number) => admit({ id, text: `message ${id} `.padEnd(1000, '.') }, ['m']);
const messages = (count: number) => Array.from({ length: count }, (_, id) => message(id));
const text = 'a line of text with é and 🙂 in it\n'.repeat(10_000);

/** One channel of each form, small and large. */
const full = (): Values =>
  apply(NO_VALUES, [
    ['n', 'set', -0],
    ['nothing', 'set', undefined],
    ['text', 'set', text],
    ['short', 'text', 'x'],
    ['list', 'append', messages(1000)],
    ['few', 'append', [1, { a: 1 }]],
    ['map', 'put', Object.fromEntries(messages(500).map((each) => [`key${each.id}`, each]))],
    ['tiny', 'put', { a: undefined, b: 1 }],
    ['bytes', 'set', new Uint8Array(700_000).map((_, index) => index * index)],
    ['record', 'set', Object.fromEntries(messages(700).map((each) => [each.id, each]))],
    ['set', 'set', new Set([1, new Date(5)])],
    ['big', 'set', 5n],
  ]);

describe('a snapshot', () => {
  it('brings back channels of every form, frozen and admitted', async () => {
    const values = full();
    const packed = pack(values);
    const { values: found } = await unpack(packed, packed.chunks);
    expect(same(plain(found), plain(values))).to.equal(true);
    for (const name of ['list', 'map', 'record', 'few']) expect(isAdmitted(found[name] as object)).to.equal(true);
    expect(Object.isFrozen(found['list'])).to.equal(true);
  });

  it('keeps chunks within 256 KB, and small values in its table', () => {
    const { chunks, rows } = pack(full());
    for (const bytes of chunks.values()) expect(bytes.length).to.be.at.most(262_144);
    const whole = [...rows].filter(([, { groups }]) => groups.length > 0).map(([name]) => name);
    expect(whole).to.deep.equal(['text', 'list', 'map', 'bytes', 'record']);
    expect([...chunkSizes(rows)].map(([hash, size]) => [hash, size])).to.have.deep.members(
      [...chunks].map(([hash, bytes]) => [hash, bytes.length]),
    );
  });

  it('pauses after each group', () => {
    expect(pack(full()).pauses).to.be.above(10);
  });

  it('packs only the end of what has grown there, and nothing of what is the same', () => {
    const values = full();
    const before = pack(values);
    expect(pack(values, before.rows).chunks.size).to.equal(0);
    const grown = pack(apply(values, [['list', 'append', [message(7)]]]), before.rows);
    expect(grown.chunks.size).to.equal(1);
    const written = [...pack(apply(values, [['text', 'text', 'more']])).chunks.keys()];
    expect(written.filter((hash) => !before.chunks.has(hash))).to.have.length(1);
  });

  it('packs what has changed in the middle, and brings it back', async () => {
    const before = pack(full());
    const values = apply(full(), [['list', 'patch', [500], message(-1)]]);
    const { bytes, chunks, rows } = pack(values, before.rows);
    const { values: found } = await unpack({ bytes, chunks, rows }, new Map([...before.chunks, ...chunks]));
    expect(same(plain(found), plain(values))).to.equal(true);
  });

  it('goes on from what was read as from what was packed', async () => {
    const before = pack(full());
    const { values, rows } = await unpack(before, before.chunks);
    const next = apply(values, [['list', 'append', [message(7)]]]);
    expect(pack(next, rows).chunks.size).to.equal(1);
  });

  it('brings back a text that is cut between the halves of a character', async () => {
    for (const shift of [0, 1]) {
      const values = { text: 'x'.repeat(32_767 + shift) + '🙂🙂' + 'y'.repeat(200_000), lone: '\ud83d'.repeat(40_000) };
      const packed = pack(values);
      expect((await unpack(packed, packed.chunks)).values).to.deep.equal(values);
    }
  });

  it('is damaged when its table or a chunk is not what it was', async () => {
    const packed = pack(full());
    const [hash = '', bytes = new Uint8Array()] = [...packed.chunks][0] ?? [];
    const flipped = bytes.map((byte, index) => (index === 9 ? byte ^ 1 : byte));
    const cases = [
      unpack(packed, new Map([...packed.chunks, [hash, flipped]])),
      unpack(packed, new Map([...packed.chunks].slice(1))),
      unpackSnapshot({ ...snapshotRecord('t', 1, packed.bytes), crc: 1 }, () => Promise.resolve(undefined)),
      unpackSnapshot(snapshotRecord('t', 1, packed.bytes.slice(0, 5)), () => Promise.resolve(undefined)),
      unpackSnapshot(snapshotRecord('t', 1, packed.bytes.slice(0, -5)), () => Promise.resolve(undefined)),
    ];
    for (const each of cases) expect(await rejection(each)).to.include({ code: 'corrupt-record' });
    const later = unpackSnapshot({ ...snapshotRecord('t', 1, packed.bytes), format: 99 }, () =>
      Promise.resolve(undefined),
    );
    expect(await rejection(later)).to.include({ code: 'unknown-format' });
  });
});
