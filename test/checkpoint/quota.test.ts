import { expect } from 'chai';
import { createCheckpointer } from '../../src/checkpoint/checkpointer.ts';
import type { RecordStore } from '../../src/checkpoint/store.ts';
import type { Checkpointer, Retention, ThreadLog } from '../../src/core/index.ts';
import { bounded } from '../helpers/bounded-store.ts';
import { rejection } from '../helpers/rejection.ts';

const { signal } = new AbortController();

describe('a store that is full', () => {
  let limit: { bytes: number };
  let store: RecordStore;
  let time = 0;
  const create = (retention?: Retention): Checkpointer => createCheckpointer(store, () => ++time, retention);
  const open = (checkpointer: Checkpointer, id: string): Promise<ThreadLog> => checkpointer.open(id, 'g@1', { signal });
  const append = (log: ThreadLog, n: number): number =>
    log.append({
      ns: '',
      runId: 'r',
      step: n,
      writes: [
        ['n', 'set', n],
        ['bytes', 'append', [new Uint8Array(1000)]],
      ],
    });

  beforeEach(async () => {
    limit = { bytes: 3500 };
    store = bounded(limit);
    for (const id of ['old', 'newer']) {
      const log = await open(create(), id);
      append(log, 1);
      await log.flushed(1);
    }
  });

  it('is pruned by the policy, and the write is tried again', async () => {
    const checkpointer = create({ keepLast: 2 });
    const log = await open(checkpointer, 't');
    for (const n of [1, 2]) {
      append(log, n);
      await log.flushed(n);
    }
    const left = (await store.list()).map(({ id }) => id).sort();
    expect(left).to.deep.equal(['newer', 't']);
    expect((await (await open(create(), 't')).fold()).get('n')).to.equal(2);
  });

  it('is no reason to stop: it is told typed, and the log goes on in memory', async () => {
    const log = await open(create(), 't');
    append(log, 1);
    await log.flushed(1);
    append(log, 2);
    expect(await rejection(log.flushed(2))).to.include({ code: 'quota-exceeded' });
    expect([append(log, 3), log.full(), (await log.fold()).get('n')]).to.deep.equal([3, undefined, 3]);
    expect(await rejection(log.flushed(3))).to.include({ code: 'quota-exceeded' });
    expect((await open(create(), 't')).head).to.equal(1);
  });

  it('is the only thing that is told where pruning fails, whatever it fails for', async () => {
    const list = store.list.bind(store);
    const checkpointer = createCheckpointer(
      { ...store, list: () => Promise.reject(new Error('unreadable')) },
      () => ++time,
      { keepLast: 2 },
    );
    const log = await open(checkpointer, 't');
    for (const n of [1, 2]) append(log, n);
    expect(await rejection(log.flushed(2))).to.include({ code: 'quota-exceeded' });
    expect((await list()).map(({ id }) => id).sort()).to.deep.equal(['newer', 'old']);
    expect(append(log, 3)).to.equal(3);
  });

  it('takes what was held back as soon as there is room', async () => {
    const checkpointer = create();
    const log = await open(checkpointer, 't');
    for (const n of [1, 2, 3]) {
      append(log, n);
      await rejection(log.flushed(n).then(() => Promise.reject(new Error('stored'))));
    }
    await checkpointer.delete('old');
    await checkpointer.delete('newer');
    await log.flushed(3);
    const again = await open(create(), 't');
    expect([again.head, (await again.fold(2)).get('n'), (await again.fold()).get('n')]).to.deep.equal([3, 2, 3]);
  });

  it('has the thread opened with what it has refused, until somebody else has written it', async () => {
    const checkpointer = create();
    const log = await open(checkpointer, 't');
    for (const n of [1, 2]) append(log, n);
    expect(await rejection(log.flushed(2))).to.include({ code: 'quota-exceeded' });
    const again = await open(checkpointer, 't');
    expect([again.head, (await again.fold()).get('n')]).to.deep.equal([2, 2]);
    limit.bytes = 4000;
    const other = await open(create(), 't');
    append(other, 9);
    await other.flushed(1);
    expect([...(await (await open(checkpointer, 't')).fold()).entries()][0]).to.deep.equal(['n', 9]);
    expect(await rejection(log.flushed(2))).to.include({ code: 'fenced' });
  });

  it('does not bring back a thread that was deleted meanwhile', async () => {
    const checkpointer = create();
    const log = await open(checkpointer, 't');
    for (const n of [1, 2]) append(log, n);
    await rejection(log.flushed(2));
    await checkpointer.delete('t');
    limit.bytes = 10_000;
    expect((await open(checkpointer, 't')).head).to.equal(0);
  });
});
