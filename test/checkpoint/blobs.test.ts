import { expect } from 'chai';
import { hashOf } from '../../src/checkpoint/blobs.ts';
import type { BlobRef } from '../../src/checkpoint/blobs.ts';
import { eraseIndexedDb, openIndexedDb } from '../../src/checkpoint/index.ts';
import type { IndexedDbCheckpointer } from '../../src/checkpoint/index.ts';
import { decodeSegment } from '../../src/checkpoint/segment.ts';
import type { StoredSegment } from '../../src/checkpoint/segment.ts';
import { sizeOf, tableOf, unpackSnapshot } from '../../src/checkpoint/snapshot.ts';
import type { StoredChunk, StoredSnapshot } from '../../src/checkpoint/snapshot.ts';
import type { ThreadMeta } from '../../src/checkpoint/store.ts';
import type { LogEntry, ThreadLog, Write } from '../../src/core/index.ts';
import { openRaw } from '../helpers/raw-database.ts';
import type { RawDatabase } from '../helpers/raw-database.ts';
import { rejection } from '../helpers/rejection.ts';

const { signal } = new AbortController();
const namespace = 'blobs';

const entry = (...writes: Write[]): LogEntry => ({ ns: '', runId: 'r', step: 0, writes });

const textOf = (value: unknown): Promise<string> => (value as Blob).text();

describe('Blobs on the disk', () => {
  let database: IndexedDbCheckpointer;
  let db: RawDatabase;
  const open = (id = 't'): Promise<ThreadLog> => database.checkpointer.open(id, 'g@1', { signal });
  /** Opens the storage as another process would. */
  const reopen = async (): Promise<void> => {
    await database.close();
    database = await openIndexedDb(namespace);
  };
  const write = async (id: string, ...writes: Write[]): Promise<ThreadLog> => {
    const log = await open(id);
    log.append(entry(...writes));
    await log.flushed(log.head);
    return log;
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

  it('are stored once for all threads and names, and go with the last of them', async () => {
    await write('a', ['x', 'set', new Blob(['same'], { type: 'text/plain' })]);
    await write('b', ['x', 'set', [new File(['same'], 'a.txt'), new Blob(['same'])]]);
    await write('b', ['y', 'set', new Blob(['other'])]);
    expect([await db.count('blobRefs'), await db.count('blobs')]).to.deep.equal([4, 2]);
    await reopen();
    const x = (await (await open('b')).fold()).get('x') as [File, Blob];
    expect([x[0].name, x[0].type, await textOf(x[0]), x[1] instanceof File]).to.deep.equal([
      'a.txt',
      '',
      'same',
      false,
    ]);
    await database.checkpointer.delete('b');
    expect([await db.count('blobRefs'), await db.count('blobs')]).to.deep.equal([1, 1]);
    expect(await textOf((await (await open('a')).fold()).get('x'))).to.equal('same');
    await database.checkpointer.delete('a');
    expect([await db.count('blobRefs'), await db.count('blobs')]).to.deep.equal([0, 0]);
  });

  it('that were read are named again without being stored again', async () => {
    await write('a', ['x', 'set', new Blob(['once'])]);
    await reopen();
    const blob = (await (await open('a')).fold()).get('x');
    await write('a', ['y', 'append', [blob, blob]]);
    await write('b', ['x', 'set', blob]);
    expect([await db.count('blobRefs'), await db.count('blobs')]).to.deep.equal([2, 1]);
  });

  it('whose bytes are gone are empty and told, and the rest is kept', async () => {
    await write('t', ['photo', 'set', new File(['lost'], 'a.png', { type: 'image/png' })], ['n', 'set', 1]);
    await write('t', ['other', 'set', new Blob(['kept'])]);
    const lost = await hashOf(new Blob(['lost']));
    await db.delete('blobs', lost);
    await reopen();
    const log = await open();
    expect(log.head).to.equal(2);
    expect(log.damage).to.include({ code: 'corrupt-record' });
    const state = await log.fold();
    const photo = state.get('photo') as File;
    expect([photo.size, photo.type, photo.name, state.get('n')]).to.deep.equal([0, 'image/png', 'a.png', 1]);
    expect(await textOf(state.get('other'))).to.equal('kept');
    // What stands for it is not taken for it, however often it is written.
    await write('t', ['again', 'set', photo]);
    expect((await open()).damage).to.include({ code: 'corrupt-record' });
    await reopen();
    expect([(await open()).head, (await open()).damage?.code]).to.deep.equal([3, 'corrupt-record']);
    expect(await db.count('blobs')).to.equal(1);
  });

  it('are told as lost when another one lies in their place', async () => {
    await write('t', ['photo', 'set', new Blob(['right'])]);
    await db.put('blobs', { hash: await hashOf(new Blob(['right'])), bytes: new Uint8Array(9).buffer });
    await reopen();
    const log = await open();
    expect([log.damage?.code, ((await log.fold()).get('photo') as Blob).size]).to.deep.equal(['corrupt-record', 0]);
  });

  it('that only lost versions named go when somebody writes', async () => {
    await write('t', ['x', 'set', new Blob(['first'])]);
    await write('t', ['y', 'set', [new Blob(['second']), new Blob(['first'])]]);
    await db.put('segments', { ...((await db.get('segments', ['t', 2])) as object), crc: 1 });
    await reopen();
    const log = await write('t', ['z', 'set', new Blob(['second'])]);
    expect(await textOf((await log.fold()).get('z'))).to.equal('second');
    await write('t', ['z', 'set', new Blob(['third'])]);
    expect([await db.count('blobRefs'), await db.count('blobs')]).to.deep.equal([3, 3]);
    await reopen();
    const state = await (await open()).fold(2);
    expect([await textOf(state.get('x')), await textOf(state.get('z'))]).to.deep.equal(['first', 'second']);
  });

  it('are stored as bytes where the browser stores no Blob', async () => {
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put') ?? {};
    Object.defineProperty(IDBObjectStore.prototype, 'put', {
      ...put,
      value(this: IDBObjectStore, record: { bytes?: unknown }): IDBRequest {
        if (record.bytes instanceof Blob) throw new DOMException('no Blobs here', 'DataCloneError');
        return Reflect.apply(put.value as IDBObjectStore['put'], this, [record]);
      },
    });
    try {
      await write('t', ['x', 'set', new File(['bytes'], 'a.txt', { type: 'text/plain' })]);
    } finally {
      Object.defineProperty(IDBObjectStore.prototype, 'put', put);
    }
    await reopen();
    const log = await open();
    const x = (await log.fold()).get('x') as File;
    expect([log.damage, x.name, x.type, await x.text()]).to.deep.equal([undefined, 'a.txt', 'text/plain', 'bytes']);
  });

  it('are stored as Blobs, where the browser stores any, also by who has found the disk full before', async () => {
    await write('before', ['x', 'set', new Blob(['there'])]);
    const [before] = (await db.getAll('blobs')) as { hash: string; bytes: unknown }[];
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put') ?? {};
    const full = (): never => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    Object.defineProperty(IDBObjectStore.prototype, 'put', { ...put, value: full });
    const log = await open();
    try {
      log.append(entry(['x', 'set', new Blob(['kept'])]));
      expect(await rejection(log.flushed(1))).to.include({ code: 'quota-exceeded' });
    } finally {
      Object.defineProperty(IDBObjectStore.prototype, 'put', put);
    }
    await log.flushed(1);
    const stored = (await db.getAll('blobs')) as { hash: string; bytes: unknown }[];
    const after = stored.find(({ hash }) => hash !== before?.hash);
    // In a private window WebKit stores the bytes alone.
    expect(after?.bytes).to.be.instanceOf(before?.bytes instanceof Blob ? Blob : ArrayBuffer);
  });

  it('that are large are hashed in slices, each by its contents', async function () {
    this.timeout(20_000);
    const bytes = new Uint8Array(17_000_000);
    const [one, same] = [new Blob([bytes]), new Blob([bytes.slice(0, 9), bytes.slice(9)])];
    bytes[16_900_000] = 1;
    const hashes = await Promise.all([one, same, new Blob([bytes])].map(hashOf));
    expect([hashes[0] === hashes[1], hashes[0] === hashes[2]]).to.deep.equal([true, false]);
  });

  /** Looks at every record, and compares what is referenced with what is there. */
  const recount = async (): Promise<void> => {
    const [metas, segments, snapshots, chunks, refs, blobs] = (await Promise.all(
      ['threads', 'segments', 'snapshots', 'chunks', 'blobRefs', 'blobs'].map((store) => db.getAll(store)),
    )) as [ThreadMeta[], StoredSegment[], StoredSnapshot[], StoredChunk[], BlobRef[], { hash: string }[]];
    const named = new Set<string>();
    for (const { id, bytes } of metas) {
      const own = <T extends { readonly thread: string }>(list: readonly T[]): T[] =>
        list.filter(({ thread }) => thread === id);
      const note = (blob: string): Blob => {
        named.add(`${id} ${blob}`);
        return new Blob();
      };
      for (const segment of own(segments)) decodeSegment(segment, note);
      const chunk = (hash: string) => Promise.resolve(own(chunks).find((each) => each.hash === hash));
      for (const snapshot of own(snapshots)) await unpackSnapshot(snapshot, chunk, note);
      // Chunks of a snapshot that was cut off count for nothing: the next one sweeps them away.
      const sizes = [sizeOf(...own(snapshots).map(tableOf)), ...own(refs).map(({ size }) => size)];
      for (const record of [...own(segments), ...own(snapshots)]) sizes.push(record.bytes.length);
      expect(bytes, `bytes of ${id}`).to.equal(sizes.reduce((a, b) => a + b, 0));
    }
    expect(refs.map(({ thread, id }) => `${thread} ${id}`).sort()).to.deep.equal([...named].sort());
    const hashes = new Set(refs.map(({ hash }) => hash));
    expect(blobs.map(({ hash }) => hash).sort()).to.deep.equal([...hashes].sort());
  };

  it('are there as long as something names them and not longer, after 300 random operations', async function () {
    this.timeout(60_000);
    let seed = 7;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const pick = <T>(list: readonly T[]): T | undefined => list[random(list.length)];
    const ids = async (): Promise<string[]> => {
      const found = [];
      for await (const { id } of database.checkpointer.threads()) found.push(id);
      return found.sort();
    };
    const used: Blob[] = [];
    const blob = (): Blob => {
      const made = new Blob([`content ${random(8)}`], { type: pick(['', 'a/b']) ?? '' });
      const chosen = random(3) > 0 ? made : (pick(used) ?? made);
      used.push(chosen);
      return chosen;
    };
    const values: readonly (() => Write)[] = [
      () => ['x', 'set', blob()],
      () => ['x', 'set', random(9)],
      () => ['list', 'append', [blob(), { deep: new Map([['k', blob()]]) }]],
      () => ['map', 'put', { [`k${random(3)}`]: new Set([blob()]) }],
      () => ['list', 'set', []],
    ];
    const operations: readonly ((id: string) => Promise<unknown>)[] = [
      ...values.map((make) => (id: string) => write(id, make())),
      ...values.map((make) => (id: string) => write(id, make(), ['filler', 'append', ['.'.repeat(40_000)]])),
      async (id) => (await open(id)).tidy(),
      async (id) => (await open(id)).tidy(),
      async (id) => {
        const log = await open(id);
        // What was pruned cannot be forked; that is said, and changes nothing.
        if (log.head > 0) await log.fork(1 + random(log.head)).catch(() => undefined);
      },
      async (id) => {
        if ((await ids()).includes(id)) await database.checkpointer.import(await database.checkpointer.export(id));
      },
      async () => database.checkpointer.prune({ maxBytes: (await database.checkpointer.usage()).bytes - 1 }),
      () => database.checkpointer.prune({ keepLast: 6 }),
      (id) => database.checkpointer.delete(id),
      reopen,
      async (id) => {
        const log = await open(id);
        await log.flushed(log.head);
        const begins = (await db.getAllKeys('segments')) as [string, number][];
        const last = begins.filter(([thread]) => thread === id).at(-1);
        const tables = (await db.getAllKeys('snapshots')) as [string, number][];
        const snapshot = tables.filter(([thread]) => thread === id).at(-1)?.[1] ?? 0;
        if (!last || last[1] <= snapshot) return;
        await db.put('segments', { ...((await db.get('segments', last)) as object), crc: 1 });
        await reopen();
        await write(id, ['n', 'set', 0]);
      },
    ];
    for (let count = 0; count < 300; count++) {
      const id = pick([...(await ids()), 'one', 'two', 'three']) ?? 'one';
      await pick(operations)?.(id);
      if (count % 5 === 0) await recount();
    }
    await recount();
    for (const id of await ids()) {
      const log = await open(id);
      expect(log.damage).to.equal(undefined);
    }
    for (const id of await ids()) await database.checkpointer.delete(id);
    expect([await db.count('blobRefs'), await db.count('blobs')]).to.deep.equal([0, 0]);
  });
});
