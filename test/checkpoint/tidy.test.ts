import { expect } from 'chai';
import { createCheckpointer } from '../../src/checkpoint/checkpointer.ts';
import { createMemoryStore } from '../../src/checkpoint/memory.ts';
import type { RecordStore, ThreadRecords } from '../../src/checkpoint/store.ts';
import type { ThreadLog, Write } from '../../src/core/index.ts';
import { entryOf, fill, stateAt } from './sample.ts';

const { signal } = new AbortController();

describe('housekeeping', () => {
  let store: RecordStore;
  const open = (id = 't'): Promise<ThreadLog> => createCheckpointer(store, Date.now).open(id, 'g@1', { signal });
  const read = <T>(work: (records: ThreadRecords) => Promise<T>): Promise<T> => store.read('t', work);
  const versions = async (): Promise<number[]> =>
    (await read((records) => records.snapshots())).map(({ version }) => version);
  const begins = async (): Promise<number[]> => (await read((records) => records.segments())).map(({ seq0 }) => seq0);
  const counted = async (): Promise<number> => {
    const bytes = await read(async (records) => {
      const [segments, snapshots] = await Promise.all([records.segments(), records.snapshots()]);
      return [...segments, ...snapshots].reduce((sum, each) => sum + each.bytes.length, 0);
    });
    return bytes + [...chunks.values()].reduce((sum, size) => sum + size, 0);
  };
  /** What is stored by hash, seen from outside. */
  const chunks = new Map<string, number>();

  beforeEach(() => {
    chunks.clear();
    const memory = createMemoryStore();
    store = {
      ...memory,
      change: (thread, scope, decide, blobs) => {
        const watched: typeof decide = (...now) => {
          const change = decide(...now);
          for (const hash of chunks.keys()) if (change?.keep?.chunks?.(hash) === false) chunks.delete(hash);
          for (const { hash, bytes } of change?.chunks ?? []) chunks.set(hash, bytes.length);
          return change;
        };
        return memory.change(thread, scope, watched, blobs);
      },
    };
  });

  it('takes no snapshot of a small thread', async () => {
    const log = await open();
    await fill(log, 20);
    await log.tidy();
    expect([await versions(), await begins()]).to.deep.equal([[], [1]]);
  });

  it('takes a snapshot after 1,000 versions, from which the thread opens as it was', async () => {
    const log = await open();
    await fill(log, 1000);
    await log.tidy();
    expect(await versions()).to.deep.equal([1000]);
    await fill(log, 1010);
    const again = await open();
    expect(again.head).to.equal(1010);
    expect(await again.fold()).to.deep.equal(stateAt(1010));
  });

  it('takes a snapshot when as much is behind the last one as it has to write, and keeps two', async () => {
    const takenOf = async (id: string, change: (n: number) => Write): Promise<number[]> => {
      const log = await open(id);
      const record = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`k${n}`, '.'.repeat(1000)]));
      log.append({ ns: '', runId: 'r', step: 0, writes: [['record', 'set', record]] });
      const taken = new Set<number>();
      while (log.head < 900) {
        for (let n = 0; n < 10; n++) log.append({ ns: '', runId: 'r', step: 0, writes: [change(log.head)] });
        await log.tidy();
        const found = (await store.read(id, (records) => records.snapshots())).map(({ version }) => version);
        expect(found.length).to.be.below(3);
        taken.add(found.at(-1) ?? 0);
      }
      return [...taken];
    };
    expect(await takenOf('beside', (n) => ['n', 'set', n])).to.deep.equal([11, 141, 271, 401, 531, 661, 791]);
    expect(await takenOf('within', (n) => ['record', 'patch', ['k7'], n])).to.deep.equal([11, 401, 791]);
  });

  it('writes what has not changed once, and removes what no snapshot names any more', async () => {
    const log = await open();
    log.append({ ns: '', runId: 'r', step: 0, writes: [['fixed', 'set', new Uint8Array(300_000)]] });
    for (let round = 1; round <= 4; round++) {
      await fill(log, 1000 * round);
      await log.tidy();
    }
    expect(await versions()).to.deep.equal([3000, 4000]);
    const sizes = [...chunks.values()];
    expect(sizes.filter((size) => size === 262_144)).to.have.length(1);
    expect(sizes.length).to.be.below(10);
    expect((await read((records) => records.meta()))?.bytes).to.equal(await counted());
  });

  it('gives the state at every version, before, between and behind snapshots', async () => {
    const log = await open();
    for (const round of [1, 2, 3]) {
      await fill(log, 1100 * round);
      await log.tidy();
    }
    for (const at of [0, 1, 1099, 1100, 1101, 2200, 2500, 3300]) {
      expect(await (await open()).fold(at)).to.deep.equal(stateAt(at));
    }
  });

  it('merges many small segments into few, and loses nothing', async () => {
    const log = await open();
    await fill(log, 65, { apart: true });
    expect(await begins()).to.have.length(65);
    await log.tidy();
    expect(await begins()).to.deep.equal([1]);
    await fill(log, 200, { apart: true });
    await log.tidy();
    expect((await begins()).length).to.be.below(3);
    const found: number[] = [];
    for await (const { version, writes } of (await open()).entries()) {
      found.push(version);
      expect(writes).to.deep.equal(entryOf(version).writes);
    }
    expect(found).to.deep.equal(Array.from({ length: 200 }, (_, index) => index + 1));
    expect((await read((records) => records.meta()))?.bytes).to.equal(await counted());
  });

  it('does not merge over a version that a snapshot stands for', async () => {
    const log = await open();
    await fill(log, 1000);
    await log.tidy();
    await fill(log, 1100, { apart: true });
    await log.tidy();
    expect(await begins()).to.deep.equal([1, 1001]);
  });

  it('leaves a thread alone that somebody else has written to', async () => {
    const log = await open();
    await fill(log, 1000);
    const other = await open();
    await fill(other, 1001);
    await log.tidy();
    expect(await versions()).to.deep.equal([]);
    await other.tidy();
    expect(await versions()).to.deep.equal([1001]);
  });

  it('is done by who has only read the thread, when it is asked to, and known to who wrote it', async () => {
    const writer = await open();
    for (let round = 1; round <= 3; round++) {
      await fill(writer, 1000 * round);
      await (await open()).tidy();
    }
    expect(await versions()).to.deep.equal([2000, 3000]);
    await fill(writer, 4000);
    await writer.tidy();
    expect(await versions()).to.deep.equal([3000, 4000]);
    expect(await (await open()).fold()).to.deep.equal(stateAt(4000));
  });

  it('is not done when a thread that was only read is closed', async () => {
    await fill(await open(), 1500);
    await (await open()).close();
    expect(await versions()).to.deep.equal([]);
  });

  it('stops for a write, and leaves the snapshot to the next time', async () => {
    const log = await open();
    await fill(log, 1200, { length: 3000 });
    const tidying = log.tidy();
    await new Promise((resolve) => setTimeout(resolve));
    log.append(entryOf(1201, 3000));
    await log.flushed(1201);
    await tidying;
    expect(await versions()).to.deep.equal([]);
    await log.tidy();
    expect(await versions()).to.deep.equal([1201]);
    expect(await (await open()).fold()).to.deep.equal(stateAt(1201, 3000));
  });

  it('happens by itself when a thread with nothing to do is left alone', async () => {
    const log = await open();
    const isTidy = new Promise<void>((resolve) => {
      const change: RecordStore['change'] = store.change.bind(store);
      store.change = async (thread, scope, decide) => {
        const done = await change(thread, scope, decide);
        if ((await read((records) => records.meta()))?.snapshot) resolve();
        return done;
      };
    });
    await fill(log, 1000);
    await isTidy;
    expect(await versions()).to.deep.equal([1000]);
  });

  it('keeps the state of the last threads, and reads a thread again that somebody else has written to', async () => {
    const checkpointer = createCheckpointer(store, Date.now);
    const log = await checkpointer.open('t', 'g@1', { signal });
    await fill(log, 10);
    let reads = 0;
    const whole: RecordStore['read'] = store.read.bind(store);
    store.read = (thread, work) =>
      whole(thread, (records) => work({ ...records, segments: (...range) => (reads++, records.segments(...range)) }));
    const warm = await checkpointer.open('t', 'g@1', { signal });
    expect([await warm.fold(), reads]).to.deep.equal([stateAt(10), 0]);
    await fill(await open(), 11);
    reads = 0;
    const cold = await checkpointer.open('t', 'g@1', { signal });
    expect([await cold.fold(), reads]).to.deep.equal([stateAt(11), 1]);
  });
});
