import { expect } from 'chai';
import { eraseIndexedDb, openIndexedDb } from '../../src/checkpoint/index.ts';
import {
  append,
  Command,
  createMemoryCheckpointer,
  END,
  last,
  local,
  Overwrite,
  Send,
  START,
  StateGraph,
} from '../../src/engine.ts';
import type { Checkpointer } from '../../src/engine.ts';
import { deferred } from '../helpers/deferred.ts';
import { rejection } from '../helpers/rejection.ts';

interface Plan {
  readonly title: string;
  readonly steps: readonly { readonly id: number; readonly done: boolean }[];
}

const plan = (): Plan => ({
  title: 'A plan that is long enough for its changes to be told one by one. '.repeat(8),
  steps: Array.from({ length: 20 }, (_, id) => ({ id, done: false })),
});

const build = () => new StateGraph({ id: 'edges', version: '1', channels: { log: append<string>() } });

let threads = 0;
const fresh = (): string => `edges-${threads++}`;
const bytesOf = async (checkpointer: Checkpointer): Promise<number> => {
  let bytes = 0;
  for await (const thread of checkpointer.threads()) bytes += thread.bytes;
  return bytes;
};

/** One node has finished step 15 of the plan, the one beside it asks. */
const planned = (checkpointer: Checkpointer) =>
  new StateGraph({ id: 'plan', version: '1', channels: { plan: last(plan), log: append<string>() } })
    .addNode('work', (state) => ({
      plan: { ...state.plan, steps: state.plan.steps.map((step) => (step.id === 15 ? { ...step, done: true } : step)) },
    }))
    .addNode('ask', async (_, ctx) => ({ log: [await ctx.interrupt<string>('?')] }))
    .addEdge(START, 'work')
    .addEdge(START, 'ask')
    .compile({ checkpointer });

describe('updateState() while questions are open', () => {
  it('is refused where it writes what a finished node has changed, and leaves a thread that can go on', async () => {
    const checkpointer = createMemoryCheckpointer();
    const threadId = fresh();
    const graph = planned(checkpointer);
    const { interrupts, version } = await graph.invoke({}, { threadId });
    const { title, steps } = plan();
    for (const other of [
      { title: '', steps: [] },
      { title, steps: [...steps].reverse() },
    ]) {
      const refused = await rejection(graph.updateState(threadId, { plan: other }, { version }));
      expect(refused).to.include({ code: 'write-conflict' });
    }
    const { status, state } = await graph.resume(threadId, { [interrupts[0]?.id ?? '']: 'yes' }).result;
    expect(status).to.equal('completed');
    expect(state.plan.steps.filter(({ done }) => done).map(({ id }) => id)).to.deep.equal([15]);
  });

  it('is heard where it writes anything else, also in IndexedDB', async () => {
    const namespace = fresh();
    const { checkpointer } = await openIndexedDb(namespace);
    try {
      const threadId = fresh();
      const { interrupts, version } = await planned(checkpointer).invoke({}, { threadId });
      await planned(checkpointer).updateState(threadId, { log: ['by hand'] }, { version });
      const { state } = await planned(checkpointer).resume(threadId, { [interrupts[0]?.id ?? '']: 'yes' }).result;
      expect(state.log).to.deep.equal(['by hand', 'yes']);
    } finally {
      await eraseIndexedDb(namespace);
    }
  });

  it('is refused where it writes what an open subgraph has in hand', async () => {
    const channels = { plan: last(plan) };
    const child = new StateGraph({ id: 'child', version: '1', channels })
      .addNode('work', (state) => ({ plan: { ...state.plan, title: 'done' } }))
      .addNode('ask', async (_, ctx) => {
        await ctx.interrupt('?');
      })
      .addEdge(START, 'work')
      .addEdge('work', 'ask')
      .compile();
    const graph = new StateGraph({ id: 'parent', version: '1', channels: { plan: last<Plan | null>(plan) } })
      .addNode('child', child)
      .addEdge(START, 'child')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const { interrupts, version } = await graph.invoke({}, { threadId });
    expect(await rejection(graph.updateState(threadId, { plan: null }, { version }))).to.include({
      code: 'write-conflict',
    });
    const { status } = await graph.resume(threadId, { [interrupts[0]?.id ?? '']: 'yes' }).result;
    expect(status).to.equal('completed');
  });
});

describe('odd questions', () => {
  it('keeps a breakpoint after the last node of a subgraph closed while another question is answered', async () => {
    const child = build()
      .addNode('x', () => ({ log: ['x'] }))
      .addEdge(START, 'x')
      .compile({ interruptAfter: ['x'] });
    const graph = build()
      .addNode('child', child)
      .addNode('ask', async (_, ctx) => ({ log: [await ctx.interrupt<string>('?')] }))
      .addNode('after', () => ({ log: ['after'] }))
      .addEdge(START, 'child')
      .addEdge(START, 'ask')
      .addEdge(['child', 'ask'], 'after')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const { interrupts } = await graph.invoke({}, { threadId });
    const question = interrupts.find(({ kind }) => kind === 'input');
    const { status, interrupts: open } = await graph.resume(threadId, { [question?.id ?? '']: 'yes' }).result;
    expect(status).to.equal('interrupted');
    expect(open.map(({ kind }) => kind)).to.deep.equal(['breakpoint']);
  });

  it('are the same in a copy of their thread when they hold ctx.random()', async () => {
    const graph = build()
      .addNode('ask', async (_, ctx) => ({ log: [await ctx.interrupt<string>({ code: ctx.random() })] }))
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const { interrupts, version } = await graph.invoke({}, { threadId });
    const copy = await graph.fork(threadId, version);
    const { status, state } = await graph.resume(copy, { [interrupts[0]?.id ?? '']: 'yes' }).result;
    expect([status, state.log]).to.deep.equal(['completed', ['yes']]);
  });

  it('are listed once when a node asks the same twice under one key', async () => {
    const graph = build()
      .addNode('ask', async (_, ctx) => {
        await Promise.all([ctx.interrupt('?', { key: 'k' }), ctx.interrupt('?', { key: 'k' })]);
      })
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const { interrupts } = await graph.invoke({}, { threadId: fresh() });
    expect(interrupts).to.have.length(1);
  });

  it('of subgraphs take bytes in proportion to their number', async () => {
    const bytes = async (count: number): Promise<number> => {
      const checkpointer = createMemoryCheckpointer();
      const child = build()
        .addNode('ask', async (_, ctx) => {
          await ctx.interrupt('?');
        })
        .addEdge(START, 'ask')
        .compile();
      const graph = build()
        .addNode('child', child)
        .addConditionalEdges(START, () => Array.from({ length: count }, () => new Send('child', {})), ['child'])
        .compile({ checkpointer });
      await graph.invoke({}, { threadId: fresh() });
      return bytesOf(checkpointer);
    };
    expect((await bytes(400)) / (await bytes(100))).to.be.below(6);
  });
});

describe('failures', () => {
  it('are seen by a deferred node that handles them, whatever else is due before it', async () => {
    const graph = build()
      .addNode(
        'fails',
        () => {
          throw new Error('boom');
        },
        { onError: 'handle' },
      )
      .addNode('b', () => ({ log: ['b'] }))
      .addNode('c', () => ({ log: ['c'] }))
      .addNode('handle', (_, ctx) => ({ log: ctx.failures.map(({ node }) => node) }), { defer: true })
      .addEdge(START, 'fails')
      .addEdge(START, 'b')
      .addEdge('b', 'c')
      .compile();
    expect((await graph.invoke({})).state.log).to.deep.equal(['b', 'c', 'fails']);
  });

  for (const name of ['toString', 'constructor']) {
    it(`are seen by a node named ${name}, which handles them`, async () => {
      const graph = build()
        .addNode(
          'fails',
          () => {
            throw new Error('boom');
          },
          { onError: name },
        )
        .addNode(name, (_, ctx) => ({ log: ctx.failures.map(({ node }) => node) }))
        .addEdge(START, 'fails')
        .compile({ checkpointer: createMemoryCheckpointer() });
      const { status, state } = await graph.invoke({}, { threadId: fresh() });
      expect([status, state.log]).to.deep.equal(['completed', ['fails']]);
    });
  }

  it('are empty in a node named toString that nothing has failed for', async () => {
    const graph = build()
      .addNode('toString', (_, ctx) => ({ log: [String(ctx.failures.length)] }))
      .addEdge(START, 'toString')
      .compile();
    expect((await graph.invoke({})).state.log).to.deep.equal(['0']);
  });

  it('name the input when the input is at fault, and no node', async () => {
    const result = await build()
      .addNode('a', () => undefined)
      .addEdge(START, 'a')
      .compile()
      .invoke({ bogus: 1 } as never);
    expect(result.status === 'failed' ? result.error.message : '')
      .to.match(/input/)
      .and.not.to.match(/Node/);
  });
});

describe('once()', () => {
  it('gives the next try what an effect brings that the try before has begun', async () => {
    const gate = deferred<string>();
    let effects = 0;
    const graph = build()
      .addNode(
        'a',
        async (_, ctx) => {
          if (ctx.attempt === 2) gate.resolve('done');
          const effect = (): Promise<string> => {
            effects++;
            return gate.promise;
          };
          return { log: [await ctx.once('key', effect)] };
        },
        { timeout: 20, retry: { attempts: 2, delay: 1 } },
      )
      .addEdge(START, 'a')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const { status, state } = await graph.invoke({}, { threadId: fresh() });
    expect([status, state.log, effects]).to.deep.equal(['completed', ['done'], 1]);
  });
});

describe('streams', () => {
  it('give every event to a reader who has asked for the result first', async () => {
    const graph = build()
      .addNode('a', () => ({ log: ['a'] }))
      .addEdge(START, 'a')
      .compile();
    const { runId, result, ...run } = graph.stream({});
    const types: string[] = [];
    for await (const event of run) types.push(event.type);
    await result;
    expect([typeof runId, types[0]]).to.deep.equal(['string', 'run-start']);
  });
});

describe('values', () => {
  it('are cleared by an Overwrite, for undefined leaves a channel as it is', async () => {
    const seen: unknown[] = [];
    const channels = { name: last<string | undefined>(() => 'set'), socket: local<string>() };
    const graph = new StateGraph({ id: 'undefined', version: '1', channels })
      .addNode('open', () => ({ socket: 'open' }))
      .addNode('keep', () => ({ name: undefined, socket: undefined }))
      .addNode('look', ({ name, socket }) => {
        seen.push(name, socket);
      })
      .addNode('clear', () => ({ name: new Overwrite(undefined), socket: new Overwrite(undefined) }))
      .addEdge(START, 'open')
      .addEdge('open', 'keep')
      .addEdge('keep', 'look')
      .addEdge('look', 'clear')
      .compile();
    const { state } = await graph.invoke({});
    expect(seen).to.deep.equal(['set', 'open']);
    expect([state.name, state.socket]).to.deep.equal([undefined, undefined]);
  });

  it('of local channels are in no event', async () => {
    const socket = { send: () => undefined };
    const channels = { socket: local<typeof socket>(), log: append<string>() };
    const graph = new StateGraph({ id: 'local', version: '1', channels })
      .addNode('open', () => ({ socket, log: ['open'] }))
      .addEdge(START, 'open')
      .compile();
    for await (const event of graph.stream({}, { modes: ['events', 'values', 'updates'] })) {
      expect(() => structuredClone(event), event.type).not.to.throw();
    }
  });

  it('are refused when they are computed as they are read, for they would change after they have been stored', async () => {
    const box = {
      get count() {
        return 1;
      },
    };
    const graph = new StateGraph({ id: 'getter', version: '1', channels: { box: last(() => ({ count: 0 })) } })
      .addNode('a', () => ({ box }))
      .addEdge(START, 'a')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const result = await graph.invoke({}, { threadId: fresh() });
    expect(result.status === 'failed' && result.error.code).to.equal('unstorable-value');
  });
});

describe('results that contradict each other', () => {
  it('are made anew, so that the thread is not stuck with them', async () => {
    let first = 1;
    const graph = new StateGraph({ id: 'pinned', version: '1', channels: { n: last(() => 0), m: last(() => 0) } })
      .addNode('a', () => (first === 1 ? { n: 1 } : { m: 1 }))
      .addNode('b', async (_, ctx) => ({ n: await ctx.interrupt<number>('?') }))
      .addEdge(START, 'a')
      .addEdge(START, 'b')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const { interrupts } = await graph.invoke({}, { threadId });
    const conflict = await graph.resume(threadId, { [interrupts[0]?.id ?? '']: 2 }).result;
    expect(conflict.status === 'failed' && conflict.error.code).to.equal('write-conflict');
    first = 2;
    const { status, state } = await graph.invoke(null, { threadId });
    expect([status, state]).to.deep.equal(['completed', { n: 2, m: 1 }]);
  });
});

describe('a run that nobody reads', () => {
  it('goes on to its end', async () => {
    const graph = new StateGraph({ id: 'unread', version: '1', channels: { n: last(() => 0) } })
      .addNode('a', ({ n }) => ({ n: n + 1 }))
      .addEdge(START, 'a')
      .addConditionalEdges('a', ({ n }) => (n < 900 ? 'a' : END), ['a', END])
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    graph.stream({}, { threadId });
    await graph.invoke(null, { threadId }).catch(() => undefined);
    expect((await graph.getState(threadId))?.state.n).to.equal(900);
  });
});

describe('where it goes', () => {
  it('names the node whose route has failed', async () => {
    const graph = build()
      .addNode('a', () => undefined)
      .addEdge(START, 'a')
      .addConditionalEdges('a', () => {
        throw new Error('lost');
      })
      .compile();
    const result = await graph.invoke({});
    expect(result.status === 'failed' && result.error.message).to.equal('The route that leaves "a" failed: lost');
  });

  it('awaits what a route of another realm promises', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    try {
      const { Promise: Foreign } = frame.contentWindow as unknown as { Promise: PromiseConstructor };
      const graph = build()
        .addNode('a', () => ({ log: ['a'] }))
        .addNode('b', () => ({ log: ['b'] }))
        .addEdge(START, 'a')
        .addConditionalEdges('a', () => Foreign.resolve('b'), ['b'])
        .compile();
      const { status, state } = await graph.invoke({});
      expect([status, state.log]).to.deep.equal(['completed', ['a', 'b']]);
    } finally {
      frame.remove();
    }
  });

  it('says what is wrong with a route that returns nothing', async () => {
    const graph = build()
      .addNode('a', () => ({ log: ['a'] }))
      .addEdge(START, 'a')
      .addConditionalEdges('a', () => undefined as never, ['a', END])
      .compile();
    const result = await graph.invoke({});
    expect(result.status === 'failed' ? result.error.code : result.status).to.equal('invalid-goto');
  });

  it('waits for all nodes of a join in every round, also when the edge was added twice', async () => {
    const graph = build()
      .addNode('a', () => ({ log: ['a'] }))
      .addNode('first', () => undefined)
      .addNode('b', () => ({ log: ['b'] }))
      .addNode('c', ({ log }) => new Command({ update: { log: ['c'] }, goto: log.length > 4 ? END : ['a', 'first'] }), {
        ends: ['a', 'first', END],
      })
      .addEdge(START, 'a')
      .addEdge(START, 'first')
      .addEdge('first', 'b')
      .addEdge(['a', 'b'], 'c')
      .addEdge(['a', 'b'], 'c')
      .compile();
    expect((await graph.invoke({})).state.log.join('')).to.equal('abcabc');
  });
});
