import { expect } from 'chai';
import { createMemoryCheckpointer } from '../../src/checkpoint/index.ts';
import { same } from '../helpers/same.ts';
import { everyKind } from './fixture.ts';

const { signal } = new AbortController();

/** Exported from a pruned thread of 421 versions, so that it has records of every kind: format 1 of all of them. */
const FILE = new URL('../fixtures/thread-of-format-1.inpage', import.meta.url);

describe('a thread that was stored in format 1', () => {
  it('is read as it was written', async () => {
    const file = new Uint8Array(await (await fetch(FILE)).arrayBuffer());
    const checkpointer = createMemoryCheckpointer();
    const log = await checkpointer.open(await checkpointer.import(file), 'other@1', { signal });
    expect([log.head, log.graph, log.damage]).to.deep.equal([421, 'g@1', undefined]);
    const state = await log.fold();
    expect(same(state.get('values'), everyKind())).to.equal(true);
    expect([state.get('title'), state.get('n'), state.get('copy')]).to.deep.equal(['A fixture', 421, 421]);
    expect((state.get('list') as unknown[]).length).to.equal(419);
    expect((state.get('map') as ReadonlyMap<string, number>).get('k5')).to.equal(420);
    expect(state.get('said')).to.equal('more, '.repeat(419));
    let first = 0;
    for await (const { version, runId, step } of log.entries()) {
      first ||= version;
      expect([runId, step]).to.deep.equal(['run', version]);
    }
    expect(((await log.fold(first)).get('values') as { changed: number }).changed).to.equal(first);
  });
});
