import { expect } from 'chai';
import { eraseIndexedDb, openIndexedDb } from '../../src/checkpoint/index.ts';
import type { IndexedDbCheckpointer } from '../../src/checkpoint/index.ts';
import type { Checkpointer, ThreadLog } from '../../src/core/index.ts';
import { rejection } from '../helpers/rejection.ts';

const { signal } = new AbortController();
const namespace = 'anew';

describe('a thread that was deleted and begun anew, as long and as often written as before', () => {
  let here: IndexedDbCheckpointer;
  let there: IndexedDbCheckpointer;
  let time = 0;
  const open = ({ checkpointer }: { checkpointer: Checkpointer }): Promise<ThreadLog> =>
    checkpointer.open('main', 'g@1', { signal });
  const write = async (database: IndexedDbCheckpointer, text: string): Promise<ThreadLog> => {
    const log = await open(database);
    log.append({ ns: '', runId: 'r', step: 0, writes: [['text', 'set', text]] });
    await log.flushed(log.head);
    return log;
  };

  beforeEach(async () => {
    await eraseIndexedDb(namespace);
    [here, there] = [await openIndexedDb(namespace, () => ++time), await openIndexedDb(namespace, () => ++time)];
  });
  afterEach(async () => {
    await here.close();
    await there.close();
    await eraseIndexedDb(namespace);
  });

  it('is not taken for what it was by a tab that knew it', async () => {
    await write(there, 'forgotten');
    await here.checkpointer.delete('main');
    await write(here, 'new');
    expect((await (await open(there)).fold()).get('text')).to.equal('new');
  });

  it('is not written by who still has the old one', async () => {
    const old = await write(there, 'forgotten');
    await here.checkpointer.delete('main');
    await write(here, 'new');
    old.append({ ns: '', runId: 'r', step: 0, writes: [['more', 'set', 1]] });
    expect(await rejection(old.flushed(2))).to.include({ code: 'fenced' });
  });

  it('is not there for who had it open when it was deleted, rather than damaged', async () => {
    await write(here, 'one');
    const log = await write(there, 'two');
    await here.checkpointer.delete('main');
    for (const work of [() => log.fork(1), () => log.fold(1)])
      expect(await rejection(work())).to.include({ code: 'unknown-thread' });
  });

  it('gets no snapshot of what it was', async () => {
    const old = await write(here, 'forgotten'.repeat(20_000));
    await here.checkpointer.delete('main');
    await write(here, 'new'.repeat(40_000));
    await old.tidy();
    await there.close();
    there = await openIndexedDb(namespace);
    expect((await (await open(there)).fold()).get('text')).to.equal('new'.repeat(40_000));
  });
});
