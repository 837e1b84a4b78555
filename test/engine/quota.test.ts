import { expect } from 'chai';
import { createCheckpointer } from '../../src/checkpoint/checkpointer.ts';
import { append, last, START, StateGraph } from '../../src/engine.ts';
import type { Checkpointer, CompiledGraph, Context, RunEvent } from '../../src/engine.ts';
import { bounded } from '../helpers/bounded-store.ts';
import { rejection } from '../helpers/rejection.ts';

const channels = { n: last(() => 0), log: append<unknown>() };
type Chans = typeof channels;

const noticesOf = (events: readonly RunEvent[]): readonly unknown[] =>
  events.flatMap((event) => (event.type === 'notice' ? event.code : []));
const typesOf = (events: readonly RunEvent[]): readonly string[] => events.map(({ type }) => type);

describe('a run whose store is full', () => {
  let limit: { bytes: number };
  let checkpointer: Checkpointer;
  const build = (
    node: (state: { n: number }, ctx: Context) => Promise<{ n: number; log?: unknown[] }>,
  ): CompiledGraph<Chans> =>
    new StateGraph({ id: 'g', version: '1', channels })
      .addNode('first', () => ({ log: [new Uint8Array(200)] }))
      .addNode('second', node)
      .addEdge(START, 'first')
      .addEdge('first', 'second')
      .compile({ checkpointer });

  beforeEach(() => {
    limit = { bytes: 100 };
    checkpointer = createCheckpointer(bounded(limit), () => 0);
  });

  for (const durability of ['async', 'sync', 'exit'] as const) {
    it(`completes in memory and says so once (${durability})`, async () => {
      const graph = build(({ n }) => Promise.resolve({ n: n + 1 }));
      const events: RunEvent[] = [];
      const onEvent = (event: RunEvent): unknown => events.push(event);
      const options = { threadId: 't', durability, onEvent };
      expect(await graph.invoke({}, options)).to.deep.include({
        status: 'completed',
        version: durability === 'exit' ? 1 : 3,
      });
      expect(noticesOf(events)).to.deep.equal(['quota-exceeded']);
      expect(typesOf(events)).not.to.include('checkpoint');
      // The next one sees what is in memory.
      const { status, state } = await graph.invoke({}, options);
      expect([status, state.n]).to.deep.equal(['completed', 2]);
      expect(noticesOf(events)).to.have.length(2);
      limit.bytes = 10_000;
      const { version } = await graph.invoke({}, options);
      expect(events.at(-2)).to.include({ type: 'checkpoint', version });
      expect(noticesOf(events)).to.have.length(2);
      const other = await graph.getState('t');
      expect(other).to.deep.include({ version, state: (await graph.getState('t', version))?.state });
    });
  }

  it('is interrupted with its questions, which can be answered as long as the realm lives', async () => {
    const graph = build(async ({ n }, { interrupt }) => ({ n: n + (await interrupt<number>('how many?')) }));
    const events: RunEvent[] = [];
    const { status, interrupts } = await graph.invoke({}, { threadId: 't', onEvent: (event) => events.push(event) });
    expect([status, interrupts.length]).to.deep.equal(['interrupted', 1]);
    expect(typesOf(events).filter((type) => ['notice', 'interrupt', 'checkpoint'].includes(type))).to.deep.equal([
      'notice',
      'interrupt',
    ]);
    expect((await graph.getState('t'))?.interrupts).to.deep.equal(interrupts);
    const answers = Object.fromEntries(interrupts.map(({ id }) => [id, 5]));
    const ended = await graph.resume('t', answers).result;
    expect([ended.status, ended.state.n]).to.deep.equal(['completed', 5]);
  });

  it('does not begin an effect whose intent cannot be noted, and begins it once there is room', async () => {
    const noted: unknown[] = [];
    const graph = build(async ({ n }, { intent, intended }) => {
      expect(intended('pay')).to.equal(false);
      noted.push(await intent('pay').catch((error: unknown) => error));
      if (noted.at(-1) !== true) throw noted.at(-1);
      return { n: n + 1 };
    });
    const failed = await graph.invoke({}, { threadId: 't' });
    expect(failed).to.have.nested.property('error.code', 'quota-exceeded');
    limit.bytes = 10_000;
    expect(await graph.invoke(null, { threadId: 't' })).to.include({ status: 'completed' });
    expect(noted).to.have.length(2);
    expect([(noted[0] as { code: string }).code, noted[1]]).to.deep.equal(['quota-exceeded', true]);
  });

  it('begins no effect of once() whose end could not be stored', async () => {
    let effects = 0;
    const graph = build(async (_, { once }) => ({ n: await once('a', () => ++effects) }));
    const failed = await graph.invoke({}, { threadId: 't' });
    expect(failed).to.have.nested.property('error.code', 'quota-exceeded');
    expect(effects).to.equal(0);
    limit.bytes = 10_000;
    const { status, state } = await graph.invoke(null, { threadId: 't' });
    expect([status, state.n]).to.deep.equal(['completed', 1]);
  });

  it('does not give what once() did before it is stored, and does it once', async () => {
    let effects = 0;
    limit.bytes = 10_000;
    const fill = (): number => {
      limit.bytes = 100;
      return ++effects;
    };
    const graph = build(async (_, { once }) => {
      await rejection(once('a', fill)).catch(() => undefined);
      return { n: await once('a', fill) };
    });
    const failed = await graph.invoke({}, { threadId: 't' });
    expect(failed).to.have.nested.property('error.code', 'quota-exceeded');
    expect(effects).to.equal(1);
    limit.bytes = 10_000;
    const { status, state } = await graph.invoke(null, { threadId: 't' });
    expect([status, state.n, effects]).to.deep.equal(['completed', 1, 1]);
  });

  it('says of a change from outside that it is in memory alone', async () => {
    const graph = build(({ n }) => Promise.resolve({ n: n + 1 }));
    const { version } = await graph.invoke({}, { threadId: 't' });
    expect(await rejection(graph.updateState('t', { n: 7 }, { version }))).to.include({ code: 'quota-exceeded' });
    expect((await graph.getState('t'))?.state.n).to.equal(7);
  });
});
