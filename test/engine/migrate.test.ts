import { expect } from 'chai';
import { append, createMemoryCheckpointer, last, map, migration, START, StateGraph } from '../../src/engine.ts';
import type { AnyGraph, Checkpointer, CompiledGraph, Context } from '../../src/engine.ts';
import { rejection } from '../helpers/rejection.ts';

const old = { n: last(() => 0), log: append<string>(), gone: last(() => 'x') };
const now = { n: last(() => 0), log: append<string>(), more: last(() => 'first'), marks: map<number>() };

type Migrate = Parameters<typeof migration>[0];

const threadId = 't';
let checkpointer: Checkpointer;

/** The graph that began the thread; it asks in its second node. */
const first = (): CompiledGraph<typeof old> =>
  new StateGraph({ id: 'g', version: '1', channels: old })
    .addNode('a', () => ({ n: 1, log: ['a'] }))
    .addNode('b', async (_, { interrupt }: Context) => ({ log: [await interrupt<string>('?')] }))
    .addEdge(START, 'a')
    .addEdge('a', 'b')
    .compile({ checkpointer });

/** The graph after a redeploy. */
const second = (migrate?: Migrate, { id = 'g', node = 'b', version = '2' } = {}): CompiledGraph<typeof now> =>
  new StateGraph({ id, version, channels: now, ...(migrate && { migrate: migration(migrate) }) })
    .addNode(node, async ({ more }, { interrupt }: Context) => ({ log: [`${await interrupt<string>('?')} ${more}`] }))
    .addEdge(START, node)
    .compile({ checkpointer });

const without = (_: string, channels: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> =>
  new Map([...channels].filter(([name]) => name !== 'gone'));

/** A thread that waits for an answer, and the answers. */
async function begin(): Promise<Record<string, string>> {
  const { interrupts } = await first().invoke({}, { threadId });
  return Object.fromEntries(interrupts.map(({ id }) => [id, 'yes']));
}

describe('a thread after a redeploy', () => {
  beforeEach(() => {
    checkpointer = createMemoryCheckpointer(() => 0);
  });

  it('goes on where the version of its graph is the same', async () => {
    const answers = await begin();
    const { status, state } = await first().resume(threadId, answers).result;
    expect([status, state.log]).to.deep.equal(['completed', ['a', 'yes']]);
  });

  it('is taken over once, as one version, where the new one knows how', async () => {
    const answers = await begin();
    const calls: unknown[] = [];
    const graph = second((from, channels) => {
      calls.push([from, Object.fromEntries(channels)]);
      return new Map([...without(from, channels), ['n', 5], ['marks', new Map([['one', 1]])]]);
    });
    const before = await graph.getState(threadId);
    expect(before).to.include({ graph: 'g@1' });
    const { status, state, version } = await graph.resume(threadId, answers).result;
    expect(status).to.equal('completed');
    expect(state).to.deep.equal({ n: 5, log: ['a', 'yes first'], more: 'first', marks: new Map([['one', 1]]) });
    expect(calls).to.deep.equal([['1', { n: 1, log: ['a'], gone: 'x' }]]);
    const taken = await graph.getState(threadId, (before?.version ?? 0) + 1);
    expect(taken).to.deep.include({ graph: 'g@2', next: ['b'], interrupts: before?.interrupts });
    expect(taken?.state).to.deep.equal({ ...state, log: ['a'] });
    // The answer and the step come behind it.
    expect(version).to.equal((taken?.version ?? 0) + 2);
    const again = await graph.invoke({}, { threadId });
    expect([again.status, calls.length]).to.deep.equal(['interrupted', 1]);
    expect(await rejection(first().invoke(null, { threadId }))).to.include({ code: 'graph-changed' });
  });

  it('is taken over as well for a new message and for a change from outside', async () => {
    const answers = await begin();
    await first().resume(threadId, answers).result;
    const copy = await first().fork(threadId, (await first().getState(threadId))?.version ?? 0);
    const graph = second(without);
    expect(await graph.invoke({ n: 9 }, { threadId })).to.deep.include({ status: 'interrupted' });
    const version = (await graph.getState(copy))?.version ?? 0;
    expect(await graph.updateState(copy, { more: 'new' }, { version })).to.equal(version + 2);
    expect((await graph.getState(copy))?.state).to.include({ n: 1, more: 'new' });
  });

  it('can be read, copied and exported, but goes on only with a graph that can take it over', async () => {
    const answers = await begin();
    const graph = second();
    const state = await graph.getState(threadId);
    for (const work of [
      graph.resume(threadId, answers).result,
      graph.invoke(null, { threadId }),
      graph.updateState(threadId, { n: 2 }, { version: state?.version ?? 0 }),
    ]) {
      expect(await rejection(work)).to.include({ code: 'graph-changed' });
    }
    expect(await rejection(second(without, { id: 'h' }).invoke(null, { threadId }))).to.include({
      code: 'graph-mismatch',
    });
    expect(await graph.getState(threadId)).to.deep.equal(state);
    expect(state).to.deep.include({ graph: 'g@1', next: ['b'] });
    const versions: number[] = [];
    for await (const { version } of graph.getStateHistory(threadId)) versions.push(version);
    expect(versions).to.have.length(state?.version ?? 0);
    const copies = [await graph.fork(threadId, 2), await checkpointer.import(await checkpointer.export(threadId))];
    for (const copy of copies) expect((await graph.getState(copy))?.graph).to.equal('g@1');
    // The version that wrote it still can.
    expect(await first().resume(threadId, answers).result).to.include({ status: 'completed' });
  });

  it('does not go on at a node that is not there any more, and loses nothing', async () => {
    const answers = await begin();
    const state = await first().getState(threadId);
    const work = second(without, { node: 'c' }).resume(threadId, answers).result;
    const error = (await rejection(work)) as Error;
    expect(error).to.include({ code: 'graph-changed' });
    expect(error.message).to.contain('"b"');
    expect(await first().getState(threadId)).to.deep.equal(state);
  });

  it('begins a node anew that was a subgraph, and does not go on within one at a node that is not there', async () => {
    const make = (version: string, sub: AnyGraph | (() => { n: number })): CompiledGraph<typeof now> =>
      new StateGraph({ id: 'deep', version, channels: now, migrate: migration((_, channels) => channels) })
        .addNode('sub', sub)
        .addEdge(START, 'sub')
        .compile({ checkpointer });
    const { status, version } = await make('1', second()).invoke({}, { threadId });
    expect(status).to.equal('interrupted');
    const other = make('2', second(undefined, { node: 'c' }));
    expect(await rejection(other.invoke(null, { threadId }))).to.include({ code: 'graph-changed' });
    const copy = await other.fork(threadId, version);
    expect(await make('2', second()).invoke(null, { threadId })).to.include({ status: 'interrupted' });
    const ended = await make('2', () => ({ n: 1 })).invoke(null, { threadId: copy });
    expect([ended.status, ended.state.n, ended.interrupts]).to.deep.equal(['completed', 1, []]);
  });

  it('stays as it was when what takes it over fails', async () => {
    const answers = await begin();
    const state = await first().getState(threadId);
    const boom = new Error('boom');
    const wrong: readonly (readonly [code: string, migrate: () => unknown])[] = [
      ['graph-changed', () => Promise.reject(boom).catch(() => undefined)],
      [
        'graph-changed',
        () => {
          throw boom;
        },
      ],
      ['unknown-channel', () => new Map([['nothing', 1]])],
      ['unknown-channel', () => new Map([['constructor', 1]])],
      ['invalid-update', () => new Map([['log', 'text']])],
      ['unstorable-value', () => new Map([['n', () => 1]])],
    ];
    for (const [code, migrate] of wrong) {
      const graph = second(migrate as Migrate);
      expect(await rejection(graph.resume(threadId, answers).result)).to.include({ code });
    }
    expect(await first().getState(threadId)).to.deep.equal(state);
    expect(await second(without).resume(threadId, answers).result).to.include({ status: 'completed' });
  });
});
