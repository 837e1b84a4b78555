/** The real engine on the real IndexedDB. */
import { databaseName } from '../../../src/checkpoint/database.ts';
import { eraseIndexedDb, openIndexedDb } from '../../../src/checkpoint/index.ts';
import type { Checkpointer } from '../../../src/engine.ts';
import { contender, verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { NAMES, payload, sizeOf } from './data.ts';
import type { Size } from './data.ts';
import { dump } from './database.ts';
import { createRunner } from './graph.ts';

const NEVER = new AbortController().signal;

let count = 0;

/** Does something with an empty database, which goes afterwards: nothing may go on in it while others are measured. */
async function withStorage<T>(work: (checkpointer: Checkpointer, name: string) => Promise<T>): Promise<T> {
  const namespace = `bench-${count++}`;
  const database = await openIndexedDb(namespace);
  try {
    return await work(database.checkpointer, namespace);
  } finally {
    await database.close();
    await eraseIndexedDb(namespace);
  }
}

/** The bytes of everything that is stored. */
async function stored(namespace: string): Promise<number> {
  return Object.values(await dump(databaseName(namespace)))
    .flat()
    .reduce<number>((sum, record) => sum + sizeOf(record), 0);
}

const tidy = async (checkpointer: Checkpointer): Promise<void> => {
  const log = await checkpointer.open('t', '', { signal: NEVER });
  await log.tidy();
};

/** One run of many steps on a thread with a state of some size. */
const durable =
  (size: Size): Scenario =>
  (steps) =>
    withStorage(async (checkpointer, namespace) => {
      const runner = createRunner(checkpointer);
      await runner.fill('t', size);
      await tidy(checkpointer);
      const before = await stored(namespace);
      const ms = await runner.run('t', steps);
      const bytes = (await stored(namespace)) - before;
      const other = await openIndexedDb(namespace);
      const log = await other.checkpointer.open('t', '', { signal: NEVER });
      verify((await log.fold()).get('n'), steps, 'the stored n');
      await other.close();
      return { ms, bytes, payload: payload(steps) };
    });

const loop =
  (size: Size): Scenario =>
  (steps) =>
    createRunner().loop(size, steps);

/** Turns of a few steps each, as of an agent. */
const turns: Scenario = (units) =>
  withStorage(async (checkpointer) => {
    const runner = createRunner(checkpointer);
    await runner.fill('t', '1 MB');
    await tidy(checkpointer);
    let ms = 0;
    for (let i = 0; i < units; i++) ms += await runner.run('t', 5);
    return ms;
  });

/** Many turns with housekeeping after each; with growth, each says as much as it does. */
const disk =
  (grows: boolean): Scenario =>
  () =>
    withStorage(async (checkpointer, namespace) => {
      const runner = createRunner(checkpointer);
      await runner.fill('t', '1 MB');
      const start = performance.now();
      for (let turn = 0; turn < 100; turn++) {
        const messages = Array.from({ length: 40 }, (_, id) => ({ id, content: `turn ${turn} `.padEnd(500, '.') }));
        await runner.run('t', 50, grows ? { messages } : {});
        await tidy(checkpointer);
      }
      const { segments = [] } = await dump(databaseName(namespace));
      const log = segments.reduce<number>((sum, each) => sum + (each as { bytes: Uint8Array }).bytes.length, 0);
      return { ms: performance.now() - start, bytes: await stored(namespace), log };
    });

/** A thread of 1,000 steps in turns of 50, opened by somebody who knows nothing of it. */
const restore =
  (size: Size): Scenario =>
  async (units) =>
    withStorage(async (checkpointer, namespace) => {
      const runner = createRunner(checkpointer);
      await runner.fill('t', size);
      for (let turn = 0; turn < 20; turn++) {
        await runner.run('t', 50);
        await tidy(checkpointer);
      }
      let ms = 0;
      for (let i = 0; i < units; i++) {
        const start = performance.now();
        const fresh = await openIndexedDb(namespace);
        const log = await fresh.checkpointer.open('t', '', { signal: NEVER });
        const state = await log.fold();
        ms += performance.now() - start;
        verify(state.get('n'), 50, 'n');
        await fresh.close();
      }
      return ms;
    });

contender({
  ...Object.fromEntries(
    NAMES.flatMap((size) => [[`durable ${size}`, durable(size)] as const, [`loop ${size}`, loop(size)]]),
  ),
  turns,
  'disk, the same': disk(false),
  'disk, growing': disk(true),
  'restore 100 KB': restore('100 KB'),
  'restore 1 MB': restore('1 MB'),
});
