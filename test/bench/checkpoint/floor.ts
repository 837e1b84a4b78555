/**
 * The floors. For a run: the write log of the same run, packed in one go when it ends and put as one record. For a
 * restore: one record with the whole state.
 */
import { Decoder } from '../../../src/checkpoint/decode.ts';
import { Encoder } from '../../../src/checkpoint/encode.ts';
import { SegmentWriter } from '../../../src/checkpoint/segment.ts';
import type { LogEntry, ThreadLog } from '../../../src/core/index.ts';
import type { Checkpointer } from '../../../src/engine.ts';
import { apply, NO_VALUES, plain, seal } from '../../../src/state/index.ts';
import { contender, verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { BEGIN, filling, NAMES } from './data.ts';
import type { Size } from './data.ts';
import { clear, get, openRaw, put } from './database.ts';
import { createRunner } from './graph.ts';

const NAME = 'bench-floor';

function packed(entries: readonly LogEntry[], from: number): object {
  const writer = new SegmentWriter();
  for (const entry of entries) writer.add(entry);
  return writer.take('t', from, 1);
}

/** A checkpointer of one thread that only remembers what is appended, until it is asked for. */
function createFloor(db: IDBDatabase): { checkpointer: Checkpointer; entries: LogEntry[] } {
  const entries: LogEntry[] = [];
  let durable = 0;
  const log: Pick<ThreadLog, 'append' | 'full' | 'flushed' | 'fold' | 'epoch' | 'graph' | 'damage'> = {
    epoch: 1,
    graph: 'bench@1',
    damage: undefined,
    append: (entry) => entries.push(entry),
    full: () => undefined,
    async flushed(version) {
      if (version <= durable) return;
      await put(db, durable + 1, packed(entries.slice(durable), durable + 1));
      durable = entries.length;
    },
    fold: () => {
      const writes = entries.flatMap((entry) => entry.writes);
      return Promise.resolve(new Map(Object.entries(plain(apply(NO_VALUES, writes)))));
    },
  };
  const open = {
    ...log,
    get head() {
      return entries.length;
    },
  } as ThreadLog;
  return { checkpointer: { open: () => Promise.resolve(open) } as unknown as Checkpointer, entries };
}

async function withDatabase<T>(work: (db: IDBDatabase) => Promise<T>): Promise<T> {
  const db = await openRaw(NAME);
  try {
    return await work(db);
  } finally {
    await clear(db);
    db.close();
  }
}

const run =
  (size: Size): Scenario =>
  (steps) =>
    withDatabase(async (db) => {
      const { checkpointer } = createFloor(db);
      const runner = createRunner(checkpointer);
      await runner.fill('t', size);
      return runner.run('t', steps);
    });

/** The packing and the put alone, of a log that is there. */
const bare =
  (size: Size): Scenario =>
  (steps) =>
    withDatabase(async (db) => {
      const { checkpointer, entries } = createFloor(db);
      const runner = createRunner(checkpointer);
      await runner.fill('t', size);
      const from = entries.length;
      await runner.run('t', steps);
      const start = performance.now();
      await put(db, 'again', packed(entries.slice(from), from + 1));
      return performance.now() - start;
    });

/** Opens a database, gets one record and unpacks it. */
const restore =
  (size: Size): Scenario =>
  (units) =>
    withDatabase(async (db) => {
      const encoder = new Encoder();
      encoder.value({ ...filling(size), ...BEGIN, n: 50 });
      encoder.keep();
      await put(db, 't', { version: 1000, bytes: encoder.take() });
      let ms = 0;
      for (let i = 0; i < units; i++) {
        const start = performance.now();
        const fresh = await openRaw(NAME);
        const { bytes } = (await get(fresh, 't')) as { bytes: Uint8Array<ArrayBuffer> };
        const state = new Decoder(bytes, seal).value() as { n: number };
        ms += performance.now() - start;
        verify(state.n, 50, 'n');
        fresh.close();
      }
      return ms;
    });

contender({
  ...Object.fromEntries(NAMES.flatMap((size) => [[`run ${size}`, run(size)] as const, [`bare ${size}`, bare(size)]])),
  'restore 100 KB': restore('100 KB'),
  'restore 1 MB': restore('1 MB'),
});
