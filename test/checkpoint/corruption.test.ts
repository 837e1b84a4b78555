import { expect } from 'chai';
import { eraseIndexedDb, openIndexedDb } from '../../src/checkpoint/index.ts';
import type { ThreadLog } from '../../src/core/index.ts';
import { isAgentError } from '../../src/core/index.ts';
import { openRaw } from '../helpers/raw-database.ts';
import type { RawDatabase } from '../helpers/raw-database.ts';
import { entryOf, fill, stateAt } from './sample.ts';

const { signal } = new AbortController();
const namespace = 'corruption';

/** Versions of the two snapshots, and the newest one. */
const [OLDER, NEWER, HEAD] = [140, 280, 320];
const LENGTH = 1000;

interface Stored {
  readonly bytes: Uint8Array;
}

type Damage = (record: Stored) => Stored | undefined;

const DAMAGES: Readonly<Record<string, Damage>> = {
  flipped: (record) => {
    const bytes = record.bytes.slice();
    const at = bytes.length >> 1;
    bytes[at] = (bytes[at] ?? 0) ^ 4;
    return { ...record, bytes };
  },
  truncated: (record) => ({ ...record, bytes: record.bytes.slice(0, -3) }),
  empty: (record) => ({ ...record, bytes: new Uint8Array() }),
  deleted: () => undefined,
};

describe('a damaged record', () => {
  let db: RawDatabase;
  let states: ReadonlyMap<number, ReadonlyMap<string, unknown>>;

  before(async function () {
    this.timeout(20_000);
    await eraseIndexedDb(namespace);
    const database = await openIndexedDb(namespace);
    const log = await database.checkpointer.open('t', 'g@1', { signal });
    for (let version = 10; version <= HEAD; version += 10) {
      await fill(log, version, { length: LENGTH });
      if (version === OLDER || version === NEWER || version === 70) await log.tidy();
    }
    await database.close();
    db = await openRaw(`inpage:${namespace}`);
    expect(await db.getAllKeys('snapshots')).to.deep.equal([
      ['t', OLDER],
      ['t', NEWER],
    ]);
    states = new Map([0, 9, 75, OLDER, 145, NEWER, 281, HEAD].map((at) => [at, stateAt(at, LENGTH)]));
  });
  after(async () => {
    db.close();
    await eraseIndexedDb(namespace);
  });

  /** Opens the thread as a process that knows nothing of it. */
  const opened = async (work: (log: ThreadLog) => Promise<void>): Promise<void> => {
    const database = await openIndexedDb(namespace);
    try {
      await work(await database.checkpointer.open('t', 'g@1', { signal }));
    } finally {
      await database.close();
    }
  };

  /** Looks at every version that is left: it is right, or refused. Returns those that are refused. */
  const refused = async (log: ThreadLog): Promise<number[]> => {
    const found: number[] = [];
    for (const [at, state] of states) {
      if (at > log.head) continue;
      try {
        expect(await log.fold(at)).to.deep.equal(state);
      } catch (error) {
        if (!isAgentError(error) || error.code !== 'corrupt-record') throw error;
        found.push(at);
      }
    }
    return found;
  };

  /** Damages every record of a store in turn, and puts each back. */
  const each = async (store: string, damage: Damage, work: (key: IDBValidKey) => Promise<void>): Promise<void> => {
    for (const key of await db.getAllKeys(store)) {
      const record = (await db.get(store, key)) as Stored;
      const damaged = damage(record);
      await (damaged ? db.put(store, damaged) : db.delete(store, key));
      try {
        await work(key);
      } finally {
        await db.put(store, record);
      }
    }
  };

  for (const [how, damage] of Object.entries(DAMAGES)) {
    it(`of a snapshot costs nothing but time: ${how}`, async function () {
      this.timeout(20_000);
      for (const store of ['snapshots', 'chunks']) {
        await each(store, damage, () =>
          opened(async (log) => {
            expect([log.head, log.damage]).to.deep.equal([HEAD, undefined]);
            expect(await refused(log)).to.deep.equal([]);
          }),
        );
      }
    });

    it(`of the log ends it there, or takes the versions up to the next snapshot: ${how}`, async function () {
      this.timeout(20_000);
      const begins = (await db.getAllKeys('segments')).map((key) => (key as [string, number])[1]);
      await each('segments', damage, (key) => {
        const [, seq0] = key as [string, number];
        const end = begins.find((begin) => begin > seq0) ?? HEAD + 1;
        return opened(async (log) => {
          const isNewest = seq0 > NEWER;
          expect(log.head).to.equal(isNewest ? seq0 - 1 : HEAD);
          if (isNewest) expect(log.damage).to.deep.include({ code: 'corrupt-record' });
          else expect(log.damage).to.equal(undefined);
          const next = seq0 <= OLDER ? OLDER : NEWER;
          const gone = (at: number): boolean => at >= seq0 && at < next;
          expect(await refused(log)).to.deep.equal([...states.keys()].filter((at) => at <= log.head && gone(at)));
          const versions = [];
          for await (const { version, writes } of log.entries()) {
            versions.push(version);
            expect(writes).to.deep.equal(entryOf(version, LENGTH).writes);
          }
          const left = Array.from({ length: log.head }, (_, index) => index + 1);
          expect(versions).to.deep.equal(left.filter((version) => version < seq0 || version >= end));
        });
      });
    });
  }

  it('that says where the thread stands is made anew of the others', async () => {
    const meta: unknown = await db.get('threads', 't');
    await db.delete('threads', 't');
    await opened(async (log) => {
      expect([log.head, log.damage?.code]).to.deep.equal([HEAD, 'corrupt-record']);
      expect(await refused(log)).to.deep.equal([]);
    });
    await db.put('threads', meta);
  });

  it('too many leaves the log, which the state is made of', async () => {
    const keys = await db.getAllKeys('snapshots');
    const tables = (await db.getAll('snapshots')) as object[];
    for (const key of keys) await db.delete('snapshots', key);
    await opened(async (log) => {
      expect([log.head, log.damage]).to.deep.equal([HEAD, undefined]);
      expect(await refused(log)).to.deep.equal([]);
    });
    for (const table of tables) await db.put('snapshots', table);
  });

  it('stays with what follows it until somebody writes, who goes on before it', async () => {
    const key = ['t', 301];
    const before = await db.getAllKeys('segments');
    await db.put('segments', { ...((await db.get('segments', key)) as object), crc: 1 });
    await opened(async (log) => {
      expect(log.head).to.equal(300);
      expect(await db.getAllKeys('segments')).to.deep.equal(before);
      await fill(log, 301, { length: LENGTH });
    });
    expect((await db.getAllKeys('segments')).at(-1)).to.deep.equal(key);
    await opened(async (log) => {
      expect([log.head, log.damage]).to.deep.equal([301, undefined]);
      expect(await log.fold()).to.deep.equal(stateAt(301, LENGTH));
    });
  });
});
