/** Results of workflows on disk, in a real IndexedDB. */
import { expect } from 'chai';
import fc from 'fast-check';
import { createMemoryCheckpointer } from '../../src/checkpoint/index.ts';
import { RESULTS, storedResults } from '../../src/results/index.ts';
import type { StoredResultsOptions } from '../../src/results/index.ts';
import { ResultCache, WorkflowEngine } from '../../src/workflow/index.ts';
import type { Data } from '../../src/workflow/index.ts';
import { deferred } from '../helpers/deferred.ts';
import { flow, read } from '../workflow/reading.ts';

const pure = (): number => 0;
const node = (key = 'k', workflow = 'w'): { workflow: string; key: string; run: unknown } => ({
  ...{ workflow, key },
  run: pure,
});
const open = (options: Partial<StoredResultsOptions> = {}, ttl = 1000): ResultCache => {
  const { now } = options;
  const store = storedResults({ version: '1', ...options });
  return new ResultCache({ store, ttl, ...(now ? { now } : {}) });
};

/** Asks a cache; gives the answer, and whether it was worked out for it. */
async function ask(cache: ResultCache, data: Data, give: unknown = 'new', of = node()): Promise<unknown> {
  let calls = 0;
  const got = await cache.get(of, null, data, ({ a }) => {
    calls++;
    return [give, a];
  });
  return [got, calls];
}

/** All that is stored, once what was begun is done. */
async function rows(
  change?: (store: IDBObjectStore, row: Record<string, unknown>) => void,
): Promise<Record<string, unknown>[]> {
  const request = indexedDB.open(RESULTS, 1);
  const db = await new Promise<IDBDatabase>((resolve) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
  });
  const tx = db.transaction('rows', 'readwrite');
  const store = tx.objectStore('rows');
  const all = store.getAll() as IDBRequest<Record<string, unknown>[]>;
  all.onsuccess = () => {
    for (const row of all.result) change?.(store, row);
  };
  await new Promise((resolve) => {
    tx.oncomplete = resolve;
  });
  db.close();
  return all.result;
}

/** Waits until so much is stored. */
async function untilRows(count: number): Promise<void> {
  const deadline = performance.now() + 5000;
  while ((await rows()).length !== count) {
    if (performance.now() > deadline) throw new Error(`There are never ${String(count)} rows.`);
  }
}

describe('results that are kept on disk', () => {
  beforeEach(() => storedResults({ version: '1' }).clear());

  it('are there after a reload and in another tab, for what reads the same', async () => {
    expect(await ask(open(), { a: 1, b: 1 })).to.deep.equal([['new', 1], 1]);
    await untilRows(1);
    expect(await ask(open(), { a: 1, b: 2 }, 'newer')).to.deep.equal([['new', 1], 0]);
    expect(await ask(open(), { a: 2, b: 1 }, 'newer')).to.deep.equal([['newer', 2], 1]);
  });

  it('are not there for another version, another user, another node, or another function of the same name', async () => {
    await ask(open(), { a: 1 });
    await untilRows(1);
    const [[, other], [, user], [, key]] = (await Promise.all([
      ask(open({ version: '2' }), { a: 1 }),
      ask(open({ scope: 'ada' }), { a: 1 }),
      ask(open(), { a: 1 }, 'new', node('l')),
    ])) as [unknown[], unknown[], unknown[]];
    expect([other, user, key]).to.deep.equal([1, 1, 1]);
    const cache = open();
    await ask(cache, { a: 1 });
    expect(await ask(cache, { a: 1 }, 'other', { ...node(), run: () => 1 })).to.deep.equal([['other', 1], 1]);
  });

  it('end with their time, and are tidied away', async () => {
    let time = 1000;
    const now = (): number => time;
    await ask(open({ now }), { a: 1 });
    await untilRows(1);
    time = 2001;
    expect(await ask(open({ now }), { a: 1 }, 'newer')).to.deep.equal([['newer', 1], 1]);
    await untilRows(1);
    expect((await rows())[0]?.['until']).to.equal(3001);
  });

  it('take so many bytes of the site, and those that were not used for the longest go first', async () => {
    let time = 0;
    const now = (): number => ++time;
    const big = 'x'.repeat(1000);
    const options = { now, bytes: 3800 };
    const cache = open(options, 1e6);
    for (const a of [1, 2, 3]) await ask(cache, { a }, big);
    await untilRows(3);
    // It is used by another tab.
    expect(await ask(open(options, 1e6), { a: 1 })).to.deep.equal([[big, 1], 0]);
    await ask(open(options, 1e6), { a: 4 }, big);
    const deadline = performance.now() + 5000;
    let kept: number[] = [];
    while (!kept.includes(4) && performance.now() < deadline) {
      const stored = (await rows()).map(({ text }) => JSON.parse(text as string) as { result: [string, number] });
      kept = stored.map(({ result }) => result[1]);
    }
    expect(kept.toSorted()).to.deep.equal([1, 3, 4]);
  });

  it('are worked out anew where a row is damaged, which then goes', async () => {
    for (const damage of [{ text: '{"inputs":' }, { text: '{"result":["forged",1]}' }, { text: 7 }, { sum: '' }]) {
      await storedResults({ version: '1' }).clear();
      await ask(open(), { a: 1 });
      await untilRows(1);
      await rows((store, row) => store.put({ ...row, ...damage }));
      expect(await ask(open(), { a: 1 }, 'newer')).to.deep.equal([['newer', 1], 1]);
    }
  });

  it('are forgotten with their workflow, here, in other tabs and on disk, also what is under way', async () => {
    const [one, other] = [open(), open()];
    await ask(one, { a: 1 });
    await untilRows(1);
    await ask(other, { a: 1 });
    const gate = deferred<undefined>();
    const late = one.get(node(), null, { a: 5 }, async () => {
      await gate.promise;
      return 'old';
    });
    one.invalidate('w');
    await untilRows(0);
    gate.resolve(undefined);
    await late;
    expect(one.size).to.equal(0);
    expect(await ask(one, { a: 1 }, 'newer')).to.deep.equal([['newer', 1], 1]);
    expect(await ask(one, { a: 5 }, 'newer')).to.deep.equal([['newer', 5], 1]);
    const deadline = performance.now() + 5000;
    while (other.size > 0 && performance.now() < deadline) await new Promise(requestAnimationFrame);
    expect(other.size).to.equal(0);
  });

  it('are kept in memory alone where they would come back as something else', async () => {
    const cache = open();
    for (const [at, odd] of [undefined, -0, NaN, new Date(0), new Map(), [undefined], 1n, { f: () => 1 }].entries()) {
      await cache.get(node(`odd ${String(at)}`), null, { a: 1 }, () => odd);
    }
    expect(cache.size).to.equal(8);
    await ask(cache, { a: 1 });
    await untilRows(1);
  });

  it('fail no run where the browser keeps nothing, which is said once', async () => {
    const { warn } = console;
    const said: unknown[] = [];
    console.warn = (...words: unknown[]) => said.push(words);
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'add') ?? {};
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      const cache = open();
      for (const a of [1, 2, 3]) expect(await ask(cache, { a })).to.deep.equal([['new', a], 1]);
      expect(await ask(cache, { a: 3 })).to.deep.equal([['new', 3], 0]);
      const deadline = performance.now() + 5000;
      while (said.length === 0 && performance.now() < deadline) await new Promise(requestAnimationFrame);
      await ask(cache, { a: 4 });
      expect(said).to.have.length(1);
    } finally {
      Object.assign(console, { warn });
      Object.defineProperty(IDBObjectStore.prototype, 'add', put);
    }
  });

  it('give what a run without them gives, over any states and functions', async () => {
    const value = fc.oneof(fc.nat(2), fc.constant(null), fc.record({ deep: fc.nat(1) }), fc.constant('x'));
    const state = fc.dictionary(fc.constantFrom('a', 'b', 'x'), value);
    const t = (data: Data): Data => ({ x: JSON.stringify(['a' in data ? data['a'] : 'none', data['x'] ?? 0]) });
    const document = await read(flow('{id: t, type: transform, transform: t, pure: v1}'));
    const run = async (data: Data, results?: ResultCache): Promise<Data> =>
      (
        await new WorkflowEngine({
          checkpointer: createMemoryCheckpointer(),
          transforms: { t },
          ...(results ? { results } : {}),
        }).execute(document, data)
      ).data;
    await fc.assert(
      fc.asyncProperty(fc.array(state, { minLength: 2, maxLength: 6 }), async (states) => {
        // Each run is in a tab of its own, with little room.
        for (const data of states) expect(await run(data, open({ bytes: 1500 }))).to.deep.equal(await run(data));
      }),
      { numRuns: 20 },
    );
  });
});
