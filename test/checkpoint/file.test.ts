import { expect } from 'chai';
import { crc32 } from '../../src/checkpoint/crc32.ts';
import { Decoder } from '../../src/checkpoint/decode.ts';
import { Encoder } from '../../src/checkpoint/encode.ts';
import { hashOf } from '../../src/checkpoint/blobs.ts';
import { eraseIndexedDb, openIndexedDb } from '../../src/checkpoint/index.ts';
import type { IndexedDbCheckpointer } from '../../src/checkpoint/index.ts';
import { SegmentWriter } from '../../src/checkpoint/segment.ts';
import { contentHash } from '../../src/checkpoint/hash.ts';
import { packedRecord } from '../../src/checkpoint/record.ts';
import type { ThreadLog, Write } from '../../src/core/index.ts';
import { openRaw } from '../helpers/raw-database.ts';
import type { RawDatabase } from '../helpers/raw-database.ts';
import { rejection } from '../helpers/rejection.ts';
import { fill, stateAt } from './sample.ts';

const { signal } = new AbortController();
const namespace = 'hostile-file';
const HEADER = 11;

type Parts = [
  meta: Record<string, unknown>,
  segments: unknown[],
  snapshots: unknown[],
  chunks: unknown[],
  blobs: unknown[],
];

/** A file of some parts, with the right checksum: it says nothing of who has made it. */
function fileOf(parts: Parts): Uint8Array {
  const encoder = new Encoder();
  encoder.value(parts);
  encoder.keep();
  const packed = encoder.take();
  const file = new Uint8Array(HEADER + packed.length);
  file.set(new TextEncoder().encode('inpage'));
  file[6] = 1;
  new DataView(file.buffer).setUint32(7, crc32(packed));
  file.set(packed, HEADER);
  return file;
}

const partsOf = (file: Uint8Array): Parts =>
  new Decoder(new Uint8Array(file.slice(HEADER)), () => undefined).value() as Parts;

/** The parts of a file of a thread with one version of these writes. */
function made(...writes: Write[]): Parts {
  const writer = new SegmentWriter();
  writer.add({ ns: '', runId: 'r', step: 0, writes });
  const meta = { graph: 'g@1', title: '', head: 1, status: 'idle' };
  return [meta, [writer.take('x', 1, 1)], [], [], []];
}

describe('a file that somebody has made up', () => {
  let database: IndexedDbCheckpointer;
  const open = (id: string): Promise<ThreadLog> => database.checkpointer.open(id, 'g@1', { signal });
  const imported = (parts: Parts): Promise<string> => database.checkpointer.import(fileOf(parts));

  beforeEach(async () => {
    await eraseIndexedDb(namespace);
    database = await openIndexedDb(namespace);
  });
  afterEach(async () => {
    await database.close();
    await eraseIndexedDb(namespace);
  });

  it('puts no bytes in the place of those of a file that another thread gets later', async () => {
    const terms = new Blob(['the real terms']);
    const from = await open('from');
    from.append({ ns: '', runId: 'r', step: 0, writes: [['file', 'set', new Blob(['the fake terms'])]] });
    await from.close();
    const parts = partsOf(await database.checkpointer.export('from'));
    const hash = await hashOf(terms);
    await imported([parts[0], parts[1], [], [], parts[4].map((blob) => ({ ...(blob as object), hash }))]);
    const log = await open('later');
    log.append({ ns: '', runId: 'r', step: 0, writes: [['file', 'set', terms]] });
    await log.close();
    await database.close();
    database = await openIndexedDb(namespace);
    const file = (await (await open('later')).fold()).get('file') as Blob;
    expect(await file.text()).to.equal('the real terms');
  });

  it('comes in as what its records say, or not at all', async () => {
    for (const head of [Number.NaN, -1, 0.5, 0]) {
      const [meta, ...rest] = made(['n', 'set', 1]);
      const id = await imported([{ ...meta, head, status: 'strange', base: 'x', named: 'x' }, ...rest]);
      const log = await open(id);
      expect(log.head, String(head)).to.equal(1);
      log.append({ ns: '', runId: 'r', step: 0, writes: [['n', 'set', 2]] });
      await log.close();
      for await (const thread of database.checkpointer.threads())
        if (thread.id === id) expect(thread.status).to.equal('idle');
    }
  });

  it('is refused typed when its records are none', async () => {
    const [meta, segments] = made(['n', 'set', 1]);
    const [segment] = segments as [object];
    for (const seq0 of [Number.NaN, 0, -1, 1.5, Infinity]) {
      const file = imported([meta, [segment, { ...segment, seq0 }], [], [], []]);
      expect(await rejection(file), String(seq0)).to.include({ code: 'corrupt-record' });
    }
    for (const writes of [[['n', 'delete', null]], [['~next', 'set', 5]]] as unknown as Write[][]) {
      expect(await rejection(imported(made(...writes))), JSON.stringify(writes)).to.include({ code: 'corrupt-record' });
    }
    expect((await database.checkpointer.usage()).threads).to.equal(0);
  });

  it('does not make the worker read more than there is', async () => {
    const chunk = new Uint8Array([1]);
    const table = new Encoder();
    table.names(['list', 'list']);
    table.value([[1, 2 ** 31, contentHash(chunk)]]);
    table.keep();
    const [meta, segments] = made(['n', 'set', 1]);
    const snapshots = [{ ...packedRecord('x', table.take()), version: 1 }];
    const began = performance.now();
    const id = await imported([
      meta,
      segments,
      snapshots,
      [{ thread: 'x', hash: contentHash(chunk), bytes: chunk }],
      [],
    ]);
    expect(performance.now() - began).to.be.below(1000);
    expect(await (await open(id)).fold()).to.deep.equal(new Map([['list', [1]]]));
  });
});

describe('a file of a thread that is damaged', () => {
  let database: IndexedDbCheckpointer;
  let db: RawDatabase;
  const open = (id: string): Promise<ThreadLog> => database.checkpointer.open(id, 'g@1', { signal });
  const copied = async (id: string): Promise<ThreadLog> => {
    await database.close();
    database = await openIndexedDb(namespace);
    return open(await database.checkpointer.import(await database.checkpointer.export(id)));
  };

  beforeEach(async () => {
    await eraseIndexedDb(namespace);
    database = await openIndexedDb(namespace);
    db = await openRaw(`inpage:${namespace}`);
  });
  afterEach(async () => {
    db.close();
    await database.close();
    await eraseIndexedDb(namespace);
  });

  it('brings all of it back whose older versions alone cannot be read', async () => {
    const log = await open('t');
    await fill(log, 500);
    await fill(log, 1000);
    await log.tidy();
    await fill(log, 1010);
    const [first] = (await db.getAllKeys('segments')) as [string, number][];
    await db.put('segments', { ...((await db.get('segments', first ?? '')) as object), crc: 1 });
    const copy = await copied('t');
    expect([copy.damage, await copy.fold()]).to.deep.equal([undefined, stateAt(1010)]);
  });

  it('brings back what can be read', async () => {
    const log = await open('t');
    await fill(log, 20, { apart: true });
    await db.put('segments', { ...((await db.get('segments', ['t', 15])) as object), crc: 1 });
    const copy = await copied('t');
    expect([copy.head, copy.damage, await copy.fold()]).to.deep.equal([14, undefined, stateAt(14)]);
  });

  it('still says of a Blob without its bytes that they are gone', async () => {
    const log = await open('t');
    log.append({ ns: '', runId: 'r', step: 0, writes: [['photo', 'set', new Blob(['lost'])]] });
    await log.close();
    await db.delete('blobs', await hashOf(new Blob(['lost'])));
    expect((await copied('t')).damage).to.include({ code: 'corrupt-record' });
  });
});
