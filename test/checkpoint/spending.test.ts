import { expect } from 'chai';
import { createMemorySpending, eraseIndexedDb, openIndexedDb } from '../../src/checkpoint/index.ts';
import type { SpendingStore } from '../../src/core/index.ts';

const stores: Record<string, (work: (store: SpendingStore) => Promise<void>) => Promise<void>> = {
  memory: (work) => work(createMemorySpending()),
  async 'the database'(work) {
    const database = await openIndexedDb('spending');
    try {
      await work(database.spending);
    } finally {
      await database.close();
      await eraseIndexedDb('spending');
    }
  },
};

for (const [name, open] of Object.entries(stores)) {
  describe(`what a day has taken, in ${name}`, () => {
    it('is nothing before anything was added', () =>
      open(async (store) => {
        expect(await store.of('2026-11-28')).to.deep.equal({ inputTokens: 0, outputTokens: 0 });
      }));

    it('adds up, also when it is added at once', () =>
      open(async (store) => {
        const add = () => store.add('2026-11-28', { inputTokens: 3, outputTokens: 1 });
        await Promise.all([add(), add(), add()]);
        expect(await store.of('2026-11-28')).to.deep.equal({ inputTokens: 9, outputTokens: 3 });
      }));

    it('begins anew with another day', () =>
      open(async (store) => {
        await store.add('2026-11-28', { inputTokens: 3, outputTokens: 1 });
        await store.add('2026-11-29', { inputTokens: 1, outputTokens: 1 });
        expect(await store.of('2026-11-29')).to.deep.equal({ inputTokens: 1, outputTokens: 1 });
      }));
  });
}
