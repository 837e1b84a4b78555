import { expect } from 'chai';
import { eraseIndexedDb, openIndexedDb } from '../../src/checkpoint/index.ts';
import type { IndexedDbCheckpointer } from '../../src/checkpoint/index.ts';
import type { AgentError, ThreadLog } from '../../src/core/index.ts';
import { testCheckpointer } from '../conformance/checkpointer.ts';
import { openRaw } from '../helpers/raw-database.ts';
import { rejection } from '../helpers/rejection.ts';

const { signal } = new AbortController();
let count = 0;

testCheckpointer('IndexedDB', async (now) => {
  const namespace = `conformance-${count++}`;
  const opened: IndexedDbCheckpointer[] = [];
  const open = async () => {
    const database = await openIndexedDb(namespace, now);
    opened.push(database);
    return database.checkpointer;
  };
  return {
    checkpointer: await open(),
    reopen: open,
    async dispose() {
      for (const database of opened) await database.close();
      await eraseIndexedDb(namespace);
    },
  };
});

describe('the IndexedDB checkpointer', () => {
  let database: IndexedDbCheckpointer;
  let namespace: string;
  const raw = () => openRaw(`inpage:${namespace}`);
  /** Opens the thread as another process would, which knows nothing of it yet. */
  const reopened = async (id = 't'): Promise<ThreadLog> => {
    await database.close();
    database = await openIndexedDb(namespace);
    return database.checkpointer.open(id, 'g@1', { signal });
  };

  const write = async (...versions: number[]): Promise<ThreadLog> => {
    const log = await database.checkpointer.open('t', 'g@1', { signal });
    for (const n of versions) {
      log.append({ ns: '', runId: 'r', step: n, writes: [['n', 'set', n]] });
      await log.flushed(n);
    }
    return log;
  };

  beforeEach(async () => {
    namespace = `own-${count++}`;
    database = await openIndexedDb(namespace);
  });
  afterEach(async () => {
    await database.close();
    await eraseIndexedDb(namespace);
  });

  it('stores one segment for all that is appended in one turn of the loop', async () => {
    const log = await database.checkpointer.open('t', 'g@1', { signal });
    for (let n = 1; n <= 100; n++) log.append({ ns: '', runId: 'r', step: n, writes: [['n', 'set', n]] });
    await log.close();
    const db = await raw();
    expect(await db.count('segments')).to.equal(1);
    db.close();
  });

  it('stores little more than the change, whatever the codec had packed before', async () => {
    const log = await write(1);
    log.append({ ns: '', runId: 'r', step: 2, writes: [['big', 'set', 'x'.repeat(1_000_000)]] });
    await log.flushed(2);
    log.append({ ns: '', runId: 'r', step: 3, writes: [['n', 'set', 3]] });
    await log.flushed(3);
    const db = await raw();
    const segment = (await db.get('segments', ['t', 3])) as { bytes: Uint8Array };
    expect(segment.bytes.buffer.byteLength).to.be.below(100);
    db.close();
  });

  for (const [how, damage] of [
    ['a flipped bit', (bytes: Uint8Array) => bytes.map((byte, index) => (index === 4 ? byte ^ 1 : byte))],
    ['a truncated record', (bytes: Uint8Array) => bytes.slice(0, -2)],
  ] as const) {
    it(`keeps the good prefix before ${how}, says what is lost, and goes on from there`, async () => {
      await write(1, 2, 3);
      const db = await raw();
      const segment = (await db.get('segments', ['t', 2])) as { bytes: Uint8Array };
      await db.put('segments', { ...segment, bytes: damage(segment.bytes) });
      db.close();
      const log = await reopened();
      expect([log.head, (await log.fold()).get('n')]).to.deep.equal([1, 1]);
      expect(log.damage).to.include({ code: 'corrupt-record' });
      log.append({ ns: '', runId: 'r', step: 2, writes: [['n', 'set', 20]] });
      await log.close();
      const again = await reopened();
      expect([again.head, (await again.fold()).get('n'), again.damage]).to.deep.equal([2, 20, undefined]);
    });
  }

  it('notices a record that is missing in the middle or at the end', async () => {
    for (const lost of [2, 3]) {
      await write(1, 2, 3);
      const db = await raw();
      await db.delete('segments', ['t', lost]);
      db.close();
      const log = await reopened();
      expect([log.head, log.damage?.code]).to.deep.equal([lost - 1, 'corrupt-record']);
      await database.checkpointer.delete('t');
    }
  });

  it('does not touch a record of a later version', async () => {
    await write(1);
    const db = await raw();
    const segment = { ...((await db.get('segments', ['t', 1])) as object), format: 99 };
    await db.put('segments', segment);
    expect(await rejection(reopened())).to.include({ code: 'unknown-format' });
    expect(await db.getAll('segments')).to.deep.equal([segment]);
    db.close();
  });

  it('opens again when somebody else made it let go of the database', async () => {
    const log = await write(1);
    await eraseIndexedDb(namespace);
    log.append({ ns: '', runId: 'r', step: 2, writes: [['n', 'set', 2]] });
    expect(await rejection(log.flushed(2))).to.include({ code: 'fenced' });
    await write(1);
    expect((await (await database.checkpointer.open('t', 'g@1', { signal })).fold()).get('n')).to.equal(1);
  });

  it('works on a database that a later version has added to', async () => {
    await write(1);
    await database.close();
    const later = await openRaw(`inpage:${namespace}`, 99, (db) => {
      db.createObjectStore('later');
    });
    later.close();
    database = await openIndexedDb(namespace);
    const log = await database.checkpointer.open('t', 'g@1', { signal });
    log.append({ ns: '', runId: 'r', step: 2, writes: [['n', 'set', 2]] });
    await log.close();
    expect((await (await database.checkpointer.open('t', 'g@1', { signal })).fold()).get('n')).to.equal(2);
  });

  it('says that another tab holds a database of an earlier version, and works once it does not', async () => {
    await database.close();
    namespace = `held-${namespace}`;
    const holder = await openRaw(`inpage:${namespace}`, 1);
    const error = await rejection(openIndexedDb(namespace));
    expect(error).to.include({ code: 'storage-blocked' });
    expect((error as AgentError).fix).to.include('Close the other tabs');
    holder.close();
    database = await openIndexedDb(namespace);
    expect((await write(1)).head).to.equal(1);
  });

  it('has erased what it held even where another connection does not let go', async () => {
    await write(1);
    const holder = await raw();
    await eraseIndexedDb(namespace);
    expect(await holder.count('segments')).to.equal(0);
    holder.close();
  });

  it('says typed that there is no room when a write fails for that, and keeps what was stored', async () => {
    const log = await write(1);
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put') ?? {};
    const full = (): never => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    Object.defineProperty(IDBObjectStore.prototype, 'put', { ...put, value: full });
    try {
      log.append({ ns: '', runId: 'r', step: 2, writes: [['n', 'set', 2]] });
      expect(await rejection(log.flushed(2))).to.include({ code: 'quota-exceeded' });
    } finally {
      Object.defineProperty(IDBObjectStore.prototype, 'put', put);
    }
    expect((await (await reopened()).fold()).get('n')).to.equal(1);
  });

  it('keeps namespaces apart and erases one whole', async () => {
    await write(1);
    const other = await openIndexedDb(`${namespace}-other`);
    expect((await other.checkpointer.open('t', 'g@1', { signal })).head).to.equal(0);
    await eraseIndexedDb(`${namespace}-other`);
    await eraseIndexedDb(namespace);
    expect((await database.checkpointer.open('t', 'g@1', { signal })).head).to.equal(0);
  });
});
