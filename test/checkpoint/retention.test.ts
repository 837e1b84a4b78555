import { expect } from 'chai';
import { createCheckpointer } from '../../src/checkpoint/checkpointer.ts';
import { Database } from '../../src/checkpoint/database.ts';
import { eraseIndexedDb } from '../../src/checkpoint/index.ts';
import { recordStore } from '../../src/checkpoint/records.ts';
import type { Checkpointer, ThreadLog, Write } from '../../src/core/index.ts';
import { openRaw } from '../helpers/raw-database.ts';
import { fill, stateAt } from './sample.ts';

const { signal } = new AbortController();
const namespace = 'retention';

describe('pruning while another tab writes', () => {
  let here: Checkpointer;
  let there: Checkpointer;
  let databases: Database[];
  /** What the other tab does once this one has looked at what there is. */
  let meanwhile: () => Promise<unknown>;
  let time = 0;

  const write = async (checkpointer: Checkpointer, id: string, ...writes: Write[]): Promise<ThreadLog> => {
    const log = await checkpointer.open(id, 'g@1', { signal });
    log.append({ ns: '', runId: 'r', step: 0, writes });
    await log.flushed(log.head);
    return log;
  };
  const ids = async (): Promise<string[]> => {
    const found = [];
    for await (const { id } of here.threads()) found.push(id);
    return found.sort();
  };

  beforeEach(() => {
    databases = [new Database(namespace), new Database(namespace)];
    const [mine, others] = databases.map(recordStore);
    if (!mine || !others) throw new Error('There are two.');
    meanwhile = () => Promise.resolve();
    const list = async () => {
      const metas = await mine.list();
      await meanwhile();
      return metas;
    };
    here = createCheckpointer({ ...mine, list }, () => ++time);
    there = createCheckpointer(others, () => ++time);
  });
  afterEach(async () => {
    for (const database of databases) await database.close();
    await eraseIndexedDb(namespace);
  });

  it('leaves alone what was written since it was chosen, whatever it was chosen for', async () => {
    for (const policy of [{ maxAge: 0 }, { keepLast: 0 }, { maxBytes: 0 }]) {
      for (const id of ['a', 'b']) await write(here, id, ['n', 'set', 1]);
      const log = await there.open('a', 'g@1', { signal });
      meanwhile = async () => {
        meanwhile = () => Promise.resolve();
        log.append({ ns: '', runId: 'r', step: 0, writes: [['n', 'set', 2]] });
        await log.flushed(log.head);
      };
      time += 10;
      await here.prune(policy);
      expect(await ids()).to.deep.equal(['a']);
      await write(there, 'a', ['n', 'set', 3]);
      const found = await here.open('a', 'g@1', { signal });
      expect([found.damage, (await found.fold()).get('n')]).to.deep.equal([undefined, 3]);
      await here.delete('a');
    }
  });

  it('leaves alone a run under way in another tab but for its age', async () => {
    await write(there, 'a', ['~next', 'set', { step: 1, nodes: ['a'] }]);
    await here.prune({ keepLast: 0, maxBytes: 0 });
    expect(await ids()).to.deep.equal(['a']);
    time += 10;
    await here.prune({ maxAge: 5 });
    expect(await ids()).to.deep.equal([]);
  });

  it('leaves alone the history that a later version of inpage has written, and goes on with the other threads', async () => {
    for (const id of ['a', 'b']) {
      const log = await there.open(id, 'g@1', { signal });
      for (const at of [1000, 2000]) {
        await fill(log, at);
        await log.tidy();
      }
    }
    const db = await openRaw(`inpage:${namespace}`);
    await db.put('snapshots', { ...((await db.get('snapshots', ['a', 2000])) as object), format: 99 });
    const { bytes } = await here.usage();
    const gone = await here.prune({ maxBytes: bytes - 1 });
    expect([gone.threads, gone.bytes > 0]).to.deep.equal([0, true]);
    expect(await db.get('segments', ['a', 1])).to.be.an('object');
    db.close();
  });

  it('takes no history of a thread that grows at that moment', async () => {
    const log = await there.open('t', 'g@1', { signal });
    for (const at of [1000, 2000]) {
      await fill(log, at);
      await log.tidy();
    }
    meanwhile = async () => {
      meanwhile = () => Promise.resolve();
      await fill(log, 2001);
    };
    const { bytes } = await there.usage();
    expect(await here.prune({ maxBytes: bytes - 1 })).to.deep.equal({ threads: 0, bytes: 0 });
    expect(await (await there.open('t', 'g@1', { signal })).fold(500)).to.deep.equal(stateAt(500));
    expect((await here.prune({ maxBytes: bytes - 1 })).bytes).to.be.above(0);
    await fill(log, 2010);
    expect(await (await here.open('t', 'g@1', { signal })).fold()).to.deep.equal(stateAt(2010));
  });
});
