/** Faults that graph engines are known for, each told as the behaviour that must hold in its place. */
import { expect } from 'chai';
import fc from 'fast-check';
import {
  append,
  Command,
  createMemoryCheckpointer,
  draftNode,
  END,
  last,
  local,
  map,
  reduce,
  Send,
  START,
  StateGraph,
} from '../../src/engine.ts';
import type { Context, Interrupt, RunEvent } from '../../src/engine.ts';
import { deferred } from '../helpers/deferred.ts';
import { rejection } from '../helpers/rejection.ts';
import { same } from '../helpers/same.ts';

const channels = { n: last(() => 0), log: append<string>() };
const builder = (id = 'faults') => new StateGraph({ id, version: '1', channels });
let threads = 0;
const fresh = () => `t${threads++}`;

/** One turn of the realm's message loop. */
const turn = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** An answer for every open question, made from its payload. */
const answersTo = (open: readonly Interrupt[], answer: (payload: unknown) => unknown) =>
  Object.fromEntries(open.map(({ id, payload }) => [id, answer(payload)]));

/** Every event of a run, also of one whose stream throws its failure at the end. */
const eventsOf = async (run: AsyncIterable<RunEvent>): Promise<readonly RunEvent[]> => {
  const all: RunEvent[] = [];
  try {
    for await (const event of run) all.push(event);
  } catch {
    // The `run-end` before it says the same.
  }
  return all;
};

/** Waits until told to stop, and rejects with the reason. */
const untilStopped = ({ signal }: Context): Promise<never> =>
  new Promise((_, reject) => {
    const stop = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

describe('a node without ambient context', () => {
  it('asks in this browser, also after it has awaited other tasks of the realm', async () => {
    const graph = builder()
      .addNode('ask', async (_, ctx) => {
        await turn();
        const answer = await ctx.interrupt<string>('Sure?');
        await turn();
        return { log: [answer] };
      })
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const asked = await graph.invoke({}, { threadId });
    expect([asked.status, asked.interrupts.map(({ payload }) => payload)]).to.deep.equal(['interrupted', ['Sure?']]);
    const { state } = await graph.resume(
      threadId,
      answersTo(asked.interrupts, () => 'yes'),
    ).result;
    expect(state.log).to.deep.equal(['yes']);
  });

  it('asks in a subgraph, and the answer reaches the parent', async () => {
    const inner = builder('inner')
      .addNode('ask', async (_, ctx) => ({ log: [await ctx.interrupt<string>('inside?')] }))
      .addEdge(START, 'ask')
      .compile();
    const graph = builder()
      .addNode('sub', inner)
      .addNode('after', ({ log }) => ({ log: [`after ${log.join()}`] }))
      .addEdge(START, 'sub')
      .addEdge('sub', 'after')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const { interrupts } = await graph.invoke({}, { threadId });
    const { status, state } = await graph.resume(
      threadId,
      answersTo(interrupts, () => 'yes'),
    ).result;
    expect([status, state.log]).to.deep.equal(['completed', ['yes', 'after yes']]);
  });

  it('writes from a helper that was handed the context, in two runs side by side, each to its own stream', async () => {
    const helper = async (ctx: Context<string>) => {
      await turn();
      ctx.write(ctx.context);
    };
    const graph = new StateGraph<typeof channels, string>({ id: 'writer', version: '1', channels })
      .addNode('a', async (_, ctx) => helper(ctx))
      .addEdge(START, 'a')
      .compile();
    const customs = async (context: string) => {
      const run = graph.stream({}, { context, modes: ['custom'] });
      return (await eventsOf(run)).flatMap((event) =>
        event.type === 'custom' && event.runId === run.runId ? [event.value] : [],
      );
    };
    expect(await Promise.all([customs('one'), customs('two')])).to.deep.equal([['one'], ['two']]);
  });

  it('may take the methods out of its context', async () => {
    const graph = builder()
      .addNode('a', (_, ctx) => {
        const taken = ['now', 'random', 'heartbeat'].map((name) => Reflect.get(ctx, name) as () => unknown);
        const results = taken.map((method) => typeof method());
        return { log: results };
      })
      .addEdge(START, 'a')
      .compile();
    expect((await graph.invoke({})).state.log).to.deep.equal(['number', 'number', 'undefined']);
  });

  it('asks from a tool that it calls, and what catches the errors of tools does not swallow the question', async () => {
    let effects = 0;
    const remove = async (ctx: Context) => {
      if ((await ctx.interrupt('Remove it?')) !== true) return 'refused';
      effects++;
      return 'removed';
    };
    const graph = builder()
      .addNode('tools', async (_, ctx) => {
        const results = await Promise.all(
          [remove, remove].map(async (tool) => {
            try {
              return await tool(ctx);
            } catch (error) {
              return `Error: ${String(error)}`;
            }
          }),
        );
        return { log: results };
      })
      .addEdge(START, 'tools')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const first = await graph.invoke({}, { threadId });
    expect([first.status, first.interrupts.length, effects, first.state.log]).to.deep.equal(['interrupted', 2, 0, []]);
    const [one, two] = first.interrupts;
    const answers = { [one?.id ?? '']: true, [two?.id ?? '']: false };
    const { state } = await graph.resume(threadId, answers).result;
    expect([state.log, effects]).to.deep.equal([['removed', 'refused'], 1]);
  });

  it('asks with a map of the state for its payload', async () => {
    const graph = new StateGraph({ id: 'map', version: '1', channels: { cart: map<number>() } })
      .addNode('ask', async ({ cart }, ctx) => {
        await ctx.interrupt(cart);
      })
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const { status, interrupts } = await graph.invoke({ cart: { pear: 2 } }, { threadId });
    expect(status).to.equal('interrupted');
    expect(interrupts[0]?.payload).to.deep.equal(new Map([['pear', 2]]));
    expect((await graph.getState(threadId))?.interrupts[0]?.payload).to.deep.equal(new Map([['pear', 2]]));
  });
});

describe('a fan-out', () => {
  it('runs every task under every limit of concurrency, and never more of them at a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 10 }),
        async (awaits, concurrency) => {
          let running = 0;
          let most = 0;
          const graph = builder()
            .addSendNode<{ at: number; awaits: number }>('work', (input) => {
              const result = { log: [String(input.at)] };
              most = Math.max(most, ++running);
              if (input.awaits === 0) {
                running--;
                return result;
              }
              return (async () => {
                for (let left = input.awaits; left > 0; left--) await Promise.resolve();
                running--;
                return result;
              })();
            })
            .addConditionalEdges(START, () => awaits.map((count, at) => new Send('work', { at, awaits: count })), [
              'work',
            ])
            .compile();
          const { status, state } = await graph.invoke({}, { concurrency });
          expect([status, state.log]).to.deep.equal(['completed', awaits.map((_, at) => String(at))]);
          expect(most).to.be.at.most(concurrency);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('runs a step of a hundred tasks with a limit of one', async () => {
    const graph = builder()
      .addSendNode<number>('work', async (input) => Promise.resolve({ log: [String(input)] }))
      .addConditionalEdges(START, () => Array.from({ length: 100 }, (_, n) => new Send('work', n)), ['work'])
      .compile();
    const { status, state } = await graph.invoke({}, { concurrency: 1 });
    expect([status, state.log.length]).to.deep.equal(['completed', 100]);
  });

  it('merges what parallel nodes write to different channels, and none takes back what another wrote', async () => {
    const graph = new StateGraph({
      id: 'xy',
      version: '1',
      channels: { x: last(() => 0), y: last(() => 0), o: last(() => ({ a: 0, b: 0 })) },
    })
      .addNode('x', ({ o }) => ({ x: 1, o: { ...o, a: 1 } }))
      .addNode('y', ({ o }) => ({ y: 2, o: { ...o, b: 2 } }))
      .addEdge(START, 'x')
      .addEdge(START, 'y')
      .compile();
    expect((await graph.invoke({})).state).to.deep.equal({ x: 1, y: 2, o: { a: 1, b: 2 } });
  });

  it('names the nodes and the place of a conflict', async () => {
    const graph = new StateGraph({ id: 'conflict', version: '1', channels: { o: last(() => ({ a: 0, b: 0 })) } })
      .addNode('left', ({ o }) => ({ o: { ...o, a: 1 } }))
      .addNode('right', ({ o }) => ({ o: { ...o, a: 2 } }))
      .addEdge(START, 'left')
      .addEdge(START, 'right')
      .compile();
    const result = await graph.invoke({});
    const { error } = result as Extract<typeof result, { status: 'failed' }>;
    expect(error.code).to.equal('write-conflict');
    expect(error.message)
      .to.match(/"left"/)
      .and.to.match(/"right"/)
      .and.to.match(/o\.a/);
    expect(error.details).to.deep.equal({ nodes: ['left', 'right'], path: ['o', 'a'] });
  });

  it('follows branches of several nodes, reached by several edges, to where they meet', async () => {
    const say = (name: string) => () => ({ log: [name] });
    const graph = builder()
      .addNode('a1', say('a1'))
      .addNode('a2', say('a2'))
      .addNode('b1', say('b1'))
      .addNode('b2', say('b2'))
      .addNode('end', ({ log }) => ({ n: log.length }))
      .addEdge(START, 'a1')
      .addEdge(START, 'b1')
      .addEdge('a1', 'a2')
      .addEdge('b1', 'b2')
      .addEdge('a2', 'end')
      .addEdge('b2', 'end')
      .compile();
    expect((await graph.invoke({})).state).to.deep.equal({ n: 4, log: ['a1', 'b1', 'a2', 'b2'] });
  });

  it('follows the edges of a node that sends have reached', async () => {
    const graph = builder()
      .addSendNode<string>('work', (input) => ({ log: [input] }))
      .addNode('next', ({ log }) => ({ log: [`next ${log.length}`] }))
      .addNode('last', ({ log }) => ({ n: log.length }))
      .addConditionalEdges(START, () => ['a', 'b'].map((input) => new Send('work', input)), ['work'])
      .addEdge('work', 'next')
      .addEdge('next', 'last')
      .compile();
    expect((await graph.invoke({})).state).to.deep.equal({ n: 3, log: ['a', 'b', 'next 2'] });
  });

  it('runs a node once that a route names twice, or a route and a Command', async () => {
    const route = builder()
      .addNode('split', () => undefined)
      .addNode('b', () => ({ log: ['b'] }))
      .addEdge(START, 'split')
      .addConditionalEdges('split', () => ['b', 'b'], ['b'])
      .compile();
    expect((await route.invoke({})).state.log).to.deep.equal(['b']);
    const command = builder()
      .addNode('split', () => new Command({ goto: ['b', 'b'] }), { ends: ['b'] })
      .addNode('b', () => ({ log: ['b'] }))
      .addEdge(START, 'split')
      .addEdge('split', 'b')
      .compile();
    expect((await command.invoke({})).state.log).to.deep.equal(['b']);
    const onlyCommand = builder()
      .addNode('split', () => new Command({ goto: ['b', 'b'] }), { ends: ['b'] })
      .addNode('b', () => ({ log: ['b'] }))
      .addEdge(START, 'split')
      .compile();
    expect((await onlyCommand.invoke({})).state.log).to.deep.equal(['b']);
  });

  it('merges in the order of the graph, whatever the order in which a route names the nodes', async () => {
    const graph = builder()
      .addNode('split', () => undefined)
      .addNode('a', () => ({ log: ['a'] }))
      .addNode('b', () => ({ log: ['b'] }))
      .addEdge(START, 'split')
      .addConditionalEdges('split', () => ['b', 'a'], ['a', 'b'])
      .compile();
    expect((await graph.invoke({})).state.log).to.deep.equal(['a', 'b']);
  });

  it('tells of every branch by itself', async () => {
    const graph = builder()
      .addSendNode<string>('work', (input, ctx) => {
        ctx.write(input);
      })
      .addConditionalEdges(START, () => ['a', 'b'].map((input) => new Send('work', input)), ['work'])
      .compile();
    const events = await eventsOf(graph.stream({}, { modes: ['events', 'custom', 'updates'] }));
    const of = (type: string) =>
      events.flatMap((event) => (event.type === type && 'task' in event ? [event.task] : []));
    expect(of('node-start')).to.deep.equal(['1:work:0', '1:work:1']);
    expect(of('node-end').sort()).to.deep.equal(['1:work:0', '1:work:1']);
    expect(of('update')).to.deep.equal(['1:work:0', '1:work:1']);
  });

  it('keeps what has finished when one task fails, and runs only the others again', async () => {
    let isBroken = true;
    const runs: string[] = [];
    const graph = builder()
      .addSendNode<string>('work', async (input) => {
        runs.push(input);
        await Promise.resolve();
        if (input === 'b' && isBroken) throw new Error('no luck');
        return { log: [input] };
      })
      .addConditionalEdges(START, () => ['a', 'b', 'c'].map((input) => new Send('work', input)), ['work'])
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const failed = await graph.invoke({}, { threadId });
    expect([failed.status, failed.state.log]).to.deep.equal(['failed', []]);
    isBroken = false;
    const { status, state } = await graph.invoke(null, { threadId });
    expect([status, state.log]).to.deep.equal(['completed', ['a', 'b', 'c']]);
    expect(runs.sort()).to.deep.equal(['a', 'b', 'b', 'c']);
  });

  it('tells the node beside one that failed to stop', async () => {
    const reasons: unknown[] = [];
    const graph = builder()
      .addNode('waits', async (_, ctx) => {
        reasons.push(await rejection(untilStopped(ctx)));
        throw new Error('stopped');
      })
      .addNode('fails', async () => {
        await turn();
        throw new Error('no luck');
      })
      .addEdge(START, 'waits')
      .addEdge(START, 'fails')
      .compile();
    const events = await eventsOf(graph.stream({}));
    expect(reasons).to.have.length(1);
    expect(reasons[0]).to.include({ code: 'aborted' });
    const ends = events.flatMap((event) => (event.type === 'node-end' ? [[event.node, event.outcome]] : []));
    expect(ends).to.deep.equal([
      ['fails', 'failed'],
      ['waits', 'cancelled'],
    ]);
    expect(events.at(-1)).to.include({ type: 'run-end', status: 'failed' });
  });

  it('tells the nodes of a subgraph beside one that failed to stop', async () => {
    let reason: unknown;
    const gate = deferred();
    const inner = builder('inner')
      .addNode('waits', async (_, { signal }) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
        });
        await gate.promise;
      })
      .addEdge(START, 'waits')
      .compile();
    const graph = builder()
      .addNode('sub', inner)
      .addNode('fails', async () => {
        await turn();
        throw new Error('no luck');
      })
      .addEdge(START, 'sub')
      .addEdge(START, 'fails')
      .compile();
    const run = graph.stream({});
    const reading = rejection(
      (async () => {
        for await (const event of run) {
          if (event.type !== 'node-end' || event.node !== 'fails') continue;
          await turn();
          gate.resolve();
        }
      })(),
    );
    expect(await reading).to.include({ code: 'node-failed' });
    expect(reason).to.include({ code: 'aborted' });
  });
});

describe('two runs of one thread at a time', () => {
  it('lose no update, also by two graphs that share a checkpointer', async () => {
    const checkpointer = createMemoryCheckpointer();
    const make = () =>
      builder()
        .addNode('count', async ({ n }) => {
          await turn();
          return { n: n + 1, log: [String(n)] };
        })
        .addEdge(START, 'count')
        .compile({ checkpointer });
    const [one, two] = [make(), make()];
    const threadId = fresh();
    const runs = Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? one : two).invoke({}, { threadId }));
    expect((await Promise.all(runs)).map(({ status }) => status)).to.deep.equal(runs.map(() => 'completed'));
    const { n, log } = (await one.getState(threadId))?.state ?? {};
    expect([n, log]).to.deep.equal([10, runs.map((_, at) => String(at))]);
  });
});

describe('the state of a thread', () => {
  interface Item {
    deep: { n: number };
  }
  const shapes = {
    item: last((): Item => ({ deep: { n: 0 } })),
    list: append<Item>(),
    byName: map<Item>(),
  };

  it('cannot be changed in place by a node that reads it, at any depth', async () => {
    const tries: ((state: Record<string, never>) => void)[] = [];
    const attempt = (change: (state: { item: Item; list: Item[]; byName: Map<string, Item> }) => void) => {
      tries.push(change as unknown as (state: Record<string, never>) => void);
    };
    const other: Item = { deep: { n: 9 } };
    attempt((state) => (state.item.deep.n = 1));
    attempt((state) => (state.item = other));
    attempt((state) => state.list.push(other));
    attempt((state) => ((state.list[0] ?? other).deep.n = 1));
    attempt((state) => state.byName.set('b', other));
    attempt((state) => state.byName.delete('a'));
    attempt((state) => ((state.byName.get('a') ?? other).deep.n = 1));
    for (const change of tries) {
      const graph = new StateGraph({ id: 'frozen', version: '1', channels: shapes })
        .addNode('a', (state) => {
          change(state as unknown as Record<string, never>);
        })
        .addEdge(START, 'a')
        .compile({ checkpointer: createMemoryCheckpointer() });
      const threadId = fresh();
      const input = { list: [{ deep: { n: 0 } }], byName: { a: { deep: { n: 0 } } } };
      expect((await graph.invoke(input, { threadId })).status).to.equal('failed');
      expect((await graph.getState(threadId))?.state).to.deep.equal({
        item: { deep: { n: 0 } },
        list: [{ deep: { n: 0 } }],
        byName: new Map([['a', { deep: { n: 0 } }]]),
      });
    }
  });

  it('does not follow what its author does later to the objects of an input, an update or a result', async () => {
    const given: Item = { deep: { n: 1 } };
    const returned: Item = { deep: { n: 2 } };
    const graph = new StateGraph({ id: 'later', version: '1', channels: shapes })
      .addNode('a', () => ({ item: returned }))
      .addEdge(START, 'a')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const { state } = await graph.invoke({ list: [given] }, { threadId });
    const objects: Item[] = [given, returned, state.item, ...state.list];
    for (const item of objects) expect(() => (item.deep.n = 99)).to.throw(TypeError);
    const stored = (await graph.getState(threadId))?.state;
    expect([stored?.item.deep.n, stored?.list[0]?.deep.n]).to.deep.equal([2, 1]);
  });

  it('is the same at an older version after later steps have changed what lies deep in it', async () => {
    const graph = new StateGraph({ id: 'history', version: '1', channels: shapes })
      .addNode(
        'deepen',
        draftNode((draft) => {
          draft.item.deep.n++;
          draft.list.push({ deep: { n: draft.item.deep.n } });
          for (const item of draft.list) item.deep.n += 10;
          draft.byName.set(String(draft.item.deep.n), { deep: { n: 0 } });
        }),
      )
      .addEdge(START, 'deepen')
      .addConditionalEdges('deepen', ({ item }) => (item.deep.n < 5 ? 'deepen' : END), ['deepen', END])
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const seen = new Map<number, unknown>();
    for await (const event of graph.stream({}, { threadId, modes: ['values'] })) {
      if (event.type === 'values') seen.set(event.version, structuredClone(event.state));
    }
    expect(seen.size).to.equal(5);
    for (const [version, state] of seen) {
      expect((await graph.getState(threadId, version))?.state, `version ${version}`).to.deep.equal(state);
    }
  });

  it('comes back as it was: bigint, Date, NaN, -0, undefined, Map, Set and bytes', async () => {
    const values = (): unknown[] => [
      12345678901234567890n,
      -(2n ** 70n),
      new Date(8.64e15),
      NaN,
      -0,
      Infinity,
      undefined,
      null,
      false,
      '',
      '\ud83d\ude00\u0000',
      new Map<unknown, unknown>([
        [1n, -0],
        ['k', new Set([0, undefined])],
      ]),
      new Set([NaN]),
      new Map([[NaN, NaN]]),
      new Uint8Array([0, 255]),
      { a: undefined, b: [-0, { c: 0n }] },
    ];
    const faults: string[] = [];
    for (const at of values().keys()) {
      const graph = new StateGraph({
        id: 'values',
        version: '1',
        channels: { v: last<unknown>(() => null), all: append<unknown>() },
      })
        .addNode('a', () => ({ v: { in: values()[at] }, all: [values()[at]] }))
        .addEdge(START, 'a')
        .compile({ checkpointer: createMemoryCheckpointer() });
      const threadId = fresh();
      const result = await graph.invoke({}, { threadId });
      const stored = (await graph.getState(threadId))?.state;
      if (result.status === 'failed') faults.push(`${at}: ${result.error.message}`);
      else if (!same(stored?.v, { in: values()[at] })) faults.push(`${at} in a last channel`);
      else if (!same(stored?.all, [values()[at]])) faults.push(`${at} in an append channel`);
    }
    expect(faults).to.deep.equal([]);
  });

  it('has every channel in the result, however the run ends', async () => {
    const graph = builder()
      .addNode('a', () => undefined)
      .addEdge(START, 'a')
      .compile();
    const empty = { n: 0, log: [] };
    expect((await graph.invoke({}, { signal: AbortSignal.abort() })).state).to.deep.equal(empty);
    const bad = await graph.invoke({ log: 'no list' as unknown as string[] });
    expect([bad.status, bad.state]).to.deep.equal(['failed', empty]);
  });

  it('never holds a local channel, also when it is changed between runs', async () => {
    const graph = new StateGraph({
      id: 'local',
      version: '1',
      channels: { here: local<() => number>(), n: last(() => 0) },
    })
      .addNode('a', ({ here }) => ({ here: () => 2, n: here?.() ?? 0 }))
      .addEdge(START, 'a')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const { state, version } = await graph.invoke({ here: () => 1 }, { threadId });
    expect([state.n, state.here?.()]).to.deep.equal([1, 2]);
    expect((await graph.getState(threadId))?.state).to.deep.equal({ n: 1 });
    await graph.updateState(threadId, { here: () => 3, n: 7 }, { version });
    expect((await graph.getState(threadId))?.state).to.deep.equal({ n: 7 });
  });
});

describe('the step counter', () => {
  it('is counted by the engine, over runs, whatever the options say', async () => {
    const steps: number[] = [];
    const graph = builder()
      .addNode('a', ({ n }, { step }) => {
        steps.push(step);
        return { n: n + 1 };
      })
      .addEdge(START, 'a')
      .addConditionalEdges('a', ({ n }) => (n < 6 ? 'a' : END), ['a', END])
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    await graph.invoke({}, { threadId, stepLimit: 2 });
    await graph.invoke(null, { threadId, stepLimit: 3, concurrency: 1 });
    await graph.invoke(null, { threadId });
    expect(steps).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('ends a run after 1,000 steps with what it has, and the thread goes on from there', async () => {
    const graph = builder()
      .addNode('a', ({ n }) => ({ n: n + 1 }))
      .addEdge(START, 'a')
      .addEdge('a', 'a')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const first = await graph.invoke({}, { threadId });
    expect([first.status, first.state.n]).to.deep.equal(['limit', 1000]);
    expect(first.status === 'limit' && first.limit.kind).to.equal('steps');
    expect((await graph.getState(threadId))?.next).to.deep.equal(['a']);
    expect((await graph.invoke(null, { threadId })).state.n).to.equal(2000);
  });
});

describe('questions', () => {
  it('of a node that asks twice in a subgraph go on in the innermost frame, and nothing that finished runs again', async () => {
    const runs: string[] = [];
    const note = (name: string) => () => {
      runs.push(name);
    };
    const inner = builder('inner')
      .addNode('before', note('inner before'))
      .addNode('ask', async (_, ctx) => {
        runs.push('inner ask');
        const first = await ctx.interrupt<string>('first');
        const second = await ctx.interrupt<string>('second');
        return { log: [first, second] };
      })
      .addNode('after', note('inner after'))
      .addEdge(START, 'before')
      .addEdge('before', 'ask')
      .addEdge('ask', 'after')
      .compile();
    const graph = builder()
      .addNode('before', note('before'))
      .addNode('sub', inner)
      .addNode('after', note('after'))
      .addEdge(START, 'before')
      .addEdge('before', 'sub')
      .addEdge('sub', 'after')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    let result = await graph.invoke({}, { threadId });
    const payloads: unknown[] = [];
    while (result.status === 'interrupted') {
      payloads.push(...result.interrupts.map(({ payload }) => payload));
      result = await graph.resume(
        threadId,
        answersTo(result.interrupts, (payload) => `${String(payload)}!`),
      ).result;
    }
    expect([result.status, result.state.log]).to.deep.equal(['completed', ['first!', 'second!']]);
    expect(payloads).to.deep.equal(['first', 'second']);
    expect(runs).to.deep.equal([
      'before',
      'inner before',
      ...Array<string>(3).fill('inner ask'),
      'inner after',
      'after',
    ]);
  });

  it('of parallel tasks of one node have ids of their own, and one that was answered is not asked again', async () => {
    const graph = builder()
      .addSendNode<string>('ask', async (input, ctx) => ({
        log: [`${input} ${await ctx.interrupt<string>('Which?')}`],
      }))
      .addConditionalEdges(START, () => ['a', 'b', 'c'].map((input) => new Send('ask', input)), ['ask'])
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    let { interrupts } = await graph.invoke({}, { threadId });
    expect(new Set(interrupts.map(({ id }) => id)).size).to.equal(3);
    for (const [left, word] of [
      [2, 'x'],
      [1, 'y'],
      [0, 'z'],
    ] as const) {
      const [first, ...others] = interrupts;
      const result = await graph.resume(threadId, { [first?.id ?? '']: word }).result;
      expect(result.interrupts).to.deep.equal(others);
      expect(result.interrupts).to.have.length(left);
      ({ interrupts } = result);
    }
    expect((await graph.getState(threadId))?.state.log).to.deep.equal(['a x', 'b y', 'c z']);
  });

  it('let an effect before them happen once, where once() guards it', async () => {
    let paid = 0;
    let unguarded = 0;
    const keys = new Set<string>();
    const graph = builder()
      .addNode('pay', async (_, ctx) => {
        unguarded++;
        const receipt = await ctx.once('pay', (key) => {
          keys.add(key);
          return ++paid;
        });
        const answer = await ctx.interrupt<string>('Send it?');
        const mail = await ctx.interrupt<string>('Where to?');
        return { log: [`${receipt} ${answer} ${mail}`] };
      })
      .addEdge(START, 'pay')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    let result = await graph.invoke({}, { threadId });
    while (result.status === 'interrupted') {
      result = await graph.resume(
        threadId,
        answersTo(result.interrupts, () => 'yes'),
      ).result;
    }
    expect([result.state.log, paid, keys.size, unguarded]).to.deep.equal([['1 yes yes'], 1, 1, 3]);
  });
});

describe('a shared AbortSignal', () => {
  /** A signal that counts its listeners. */
  const counted = () => {
    const { signal } = new AbortController();
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    const count = { open: 0, most: 0, added: 0 };
    Object.defineProperty(signal, 'addEventListener', {
      value: (...args: Parameters<typeof add>) => {
        count.added++;
        count.most = Math.max(count.most, ++count.open);
        add(...args);
      },
    });
    Object.defineProperty(signal, 'removeEventListener', {
      value: (...args: Parameters<typeof remove>) => {
        count.open--;
        remove(...args);
      },
    });
    return { signal, count };
  };
  const touching = (_: unknown, { signal }: Context): void => {
    signal.throwIfAborted();
  };

  it('has no listener left after 1,000 runs', async () => {
    const graph = builder()
      .addNode('a', touching)
      .addEdge(START, 'a')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const { signal, count } = counted();
    for (let run = 0; run < 1000; run++) await graph.invoke({}, { signal, threadId: `run ${run % 10}` });
    expect(count).to.deep.equal({ open: 0, most: 1, added: 1000 });
  });

  it('has no more listeners in a run of 1,000 steps than in one of one', async () => {
    const graph = builder()
      .addNode('a', ({ n }, ctx) => {
        touching(n, ctx);
        return { n: n + 1 };
      })
      .addEdge(START, 'a')
      .addEdge('a', 'a')
      .compile();
    const { signal, count } = counted();
    expect((await graph.invoke({}, { signal })).state.n).to.equal(1000);
    expect(count).to.deep.equal({ open: 0, most: 1, added: 1 });
  });

  it('has no more listeners in a fan-out of 1,000 tasks, with tries, deadlines and subgraphs', async () => {
    const inner = builder('inner').addNode('a', touching).addEdge(START, 'a').compile();
    const graph = builder()
      .addSendNode<number>(
        'work',
        async (_, ctx) => {
          await Promise.resolve();
          touching(undefined, ctx);
          if (ctx.attempt === 1) throw new Error('again');
        },
        { retry: { attempts: 2, delay: 1 }, timeout: 5000 },
      )
      .addNode('sub', inner)
      .addConditionalEdges(START, () => [...Array.from({ length: 1000 }, (_, n) => new Send('work', n)), 'sub'], [
        'work',
        'sub',
      ])
      .compile();
    const { signal, count } = counted();
    expect((await graph.invoke({}, { signal })).status).to.equal('completed');
    expect(count).to.deep.equal({ open: 0, most: 1, added: 1 });
  });
});

describe('a thread that goes on', () => {
  const counting = (breakpoints: { interruptBefore?: readonly string[]; interruptAfter?: readonly string[] } = {}) => {
    const runs: string[] = [];
    const node = (name: string) => () => {
      runs.push(name);
      return { log: [name] };
    };
    const graph = builder()
      .addSequence([
        ['a', node('a')],
        ['b', node('b')],
        ['c', node('c')],
      ])
      .addEdge(START, 'a')
      .compile({ checkpointer: createMemoryCheckpointer(), ...breakpoints });
    return { runs, graph };
  };

  it('runs nothing again when it had finished', async () => {
    const { graph, runs } = counting();
    const threadId = fresh();
    const { version } = await graph.invoke({}, { threadId });
    const again = await graph.invoke(null, { threadId });
    expect([again.status, again.state.log, runs.length, again.version]).to.deep.equal([
      'completed',
      ['a', 'b', 'c'],
      3,
      version,
    ]);
  });

  for (const when of ['interruptBefore', 'interruptAfter'] as const) {
    it(`goes past a breakpoint of ${when}, and runs every node once`, async () => {
      const { graph, runs } = counting({ [when]: ['b'] });
      const threadId = fresh();
      const stopped = await graph.invoke({}, { threadId });
      expect(stopped.status).to.equal('interrupted');
      expect(runs).to.deep.equal(when === 'interruptBefore' ? ['a'] : ['a', 'b']);
      const { status, interrupts } = await graph.invoke(null, { threadId });
      expect([status, interrupts, runs]).to.deep.equal(['completed', [], ['a', 'b', 'c']]);
    });
  }

  it('hears a second input', async () => {
    const graph = new StateGraph({ id: 'q', version: '1', channels: { q: last(() => 0), a: last(() => 0) } })
      .addNode('answer', ({ q }) => ({ a: q * 10 }))
      .addEdge(START, 'answer')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    await graph.invoke({ q: 1 }, { threadId });
    expect((await graph.invoke({ q: 2 }, { threadId })).state).to.deep.equal({ q: 2, a: 20 });
  });

  it('says of itself whether it was interrupted or has completed', async () => {
    const { graph } = counting({ interruptBefore: ['b'] });
    const threadId = fresh();
    const events = await eventsOf(graph.stream({}, { threadId }));
    expect(events.at(-1)).to.include({ type: 'run-end', status: 'interrupted' });
    expect((await graph.getState(threadId))?.next).to.deep.equal(['b']);
    expect((await graph.getState(threadId))?.interrupts).to.have.length(1);
    await graph.invoke(null, { threadId });
    expect((await graph.getState(threadId))?.next).to.deep.equal([]);
    expect((await graph.getState(threadId))?.interrupts).to.deep.equal([]);
  });

  it('comes to the same end from each of its versions, as after a crash there', async () => {
    const inner = builder('inner')
      .addSequence([
        ['x', () => ({ log: ['x'] })],
        ['y', async () => Promise.resolve({ log: ['y'] })],
      ])
      .addEdge(START, 'x')
      .compile();
    const make = () =>
      builder()
        .addNode('a', async ({ n }, ctx) => ({ n: n + 1, log: [`a${await ctx.once('k', () => n)}`] }))
        .addNode('sub', inner)
        .addSendNode<string>('work', (input) => ({ log: [input] }))
        .addNode('end', ({ log }) => ({ n: log.length }))
        .addEdge(START, 'a')
        .addEdge('a', 'sub')
        .addConditionalEdges('sub', () => ['s', 't'].map((input) => new Send('work', input)), ['work'])
        .addEdge('work', 'end');
    const checkpointer = createMemoryCheckpointer();
    const threadId = fresh();
    const whole = await make().compile({ checkpointer }).invoke({}, { threadId });
    expect(whole.status).to.equal('completed');
    for (let version = 1; version <= whole.version; version++) {
      const copy = await make().compile({ checkpointer }).fork(threadId, version);
      const { status, state } = await make().compile({ checkpointer }).invoke(null, { threadId: copy });
      expect([status, state], `version ${version}`).to.deep.equal(['completed', whole.state]);
    }
  });

  it('is not written to by a run that was cancelled while it waited for where it begins', async () => {
    const asked = deferred();
    const way = deferred();
    const routed = deferred();
    let isFirst = true;
    const graph = builder()
      .addNode('a', ({ n }) => ({ log: [`a${n}`] }))
      .addConditionalEdges(START, async () => {
        if (!isFirst) return 'a';
        isFirst = false;
        asked.resolve();
        await way.promise;
        routed.resolve();
        return 'a';
      }, ['a'])
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const run = graph.stream({ n: 1 }, { threadId });
    const { result } = run;
    await asked.promise;
    run.cancel();
    const { status, version } = await result;
    expect([status, version]).to.deep.equal(['cancelled', 0]);
    way.resolve();
    await routed.promise;
    await turn();
    expect(await graph.getState(threadId)).to.equal(undefined);
    expect((await graph.invoke({ n: 2 }, { threadId })).state).to.deep.equal({ n: 2, log: ['a2'] });
  });

  it('does not run a node again that had finished when a cancel came while its route was awaited', async () => {
    let paid = 0;
    const asked = deferred();
    const way = deferred();
    const graph = builder()
      .addNode('pay', () => ({ n: ++paid }))
      .addEdge(START, 'pay')
      .addConditionalEdges(
        'pay',
        async () => {
          asked.resolve();
          await way.promise;
          return END;
        },
        [END],
      )
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const run = graph.stream({}, { threadId });
    const { result } = run;
    await asked.promise;
    run.cancel();
    expect((await result).status).to.equal('cancelled');
    way.resolve();
    const { status, state } = await graph.invoke(null, { threadId });
    expect([status, state.n, paid]).to.deep.equal(['completed', 1, 1]);
  });
});

describe('a failure, a deadline and a condition', () => {
  it('of a node that takes too long is told with its name, and the others are not held up', async () => {
    const graph = builder()
      .addNode('slow', (_, ctx) => untilStopped(ctx), { timeout: 15 })
      .addEdge(START, 'slow')
      .compile();
    const result = await graph.invoke({});
    const { error } = result as Extract<typeof result, { status: 'failed' }>;
    expect([error.code, error.details]).to.deep.equal(['node-timeout', { node: 'slow', ms: 15 }]);
  });

  it('is tried again, and handled by another node in the end', async () => {
    const graph = builder()
      .addNode(
        'flaky',
        (_, { attempt }) => {
          throw new Error(`try ${attempt}`);
        },
        { retry: { attempts: 3, delay: 1 }, onError: 'mend' },
      )
      .addNode('mend', (_, { failures }) => ({ log: failures.map(({ node, error }) => `${node}: ${error.message}`) }))
      .addEdge(START, 'flaky')
      .compile();
    const { status, state } = await graph.invoke({});
    expect([status, state.log]).to.deep.equal(['completed', ['flaky: Node "flaky" failed: try 3']]);
  });

  it('ends a stream with an item that tells it, then with an exception', async () => {
    const graph = builder()
      .addNode('a', () => {
        throw new Error('no luck');
      })
      .addEdge(START, 'a')
      .compile();
    for (const mode of ['values', 'updates', 'messages', 'custom', 'events'] as const) {
      const seen: RunEvent[] = [];
      const reading = async () => {
        for await (const event of graph.stream({}, { modes: [mode] })) seen.push(event);
      };
      expect(await rejection(reading()), mode).to.include({ code: 'node-failed' });
      const end = seen.at(-1);
      expect(end?.type === 'run-end' && [end.status, end.error?.code]).to.deep.equal(['failed', 'node-failed']);
    }
  });

  it('does not keep a run going whose reader has left', async () => {
    let runs = 0;
    const graph = builder()
      .addNode('a', async ({ n }) => {
        runs++;
        await turn();
        return { n: n + 1 };
      })
      .addEdge(START, 'a')
      .addEdge('a', 'a')
      .compile();
    const run = graph.stream({}, { modes: ['values'] });
    for await (const event of run) if (event.type === 'values' && event.state['n'] === 3) break;
    expect((await run.result).status).to.equal('cancelled');
    expect(runs).to.be.at.most(4);
  });

  it('waits for a reader that is behind, and loses nothing', async () => {
    const steps = 5000;
    let runs = 0;
    const graph = builder()
      .addNode('a', ({ n }) => {
        runs++;
        return { n: n + 1 };
      })
      .addEdge(START, 'a')
      .addConditionalEdges('a', ({ n }) => (n < steps ? 'a' : END), ['a', END])
      .compile();
    let ends = 0;
    let isBehind = true;
    for await (const event of graph.stream({}, { stepLimit: steps })) {
      if (isBehind) {
        isBehind = false;
        for (let turns = 0; turns < 100; turns++) await turn();
        expect(runs).to.be.within(1, 1100);
      }
      if (event.type === 'node-end') ends++;
    }
    expect([runs, ends]).to.deep.equal([steps, steps]);
  });

  it('of a route: what it awaits decides, and an empty list ends', async () => {
    const make = (targets: readonly string[]) =>
      builder()
        .addNode('a', () => ({ log: ['a'] }))
        .addNode('b', () => ({ log: ['b'] }))
        .addEdge(START, 'a')
        .addConditionalEdges(
          'a',
          async () => {
            await turn();
            return targets;
          },
          ['b', END],
        )
        .compile();
    expect(await make(['b']).invoke({})).to.deep.include({ status: 'completed', state: { n: 0, log: ['a', 'b'] } });
    expect(await make([]).invoke({})).to.deep.include({ status: 'completed', state: { n: 0, log: ['a'] } });
    expect(await make([END]).invoke({})).to.deep.include({ status: 'completed', state: { n: 0, log: ['a'] } });
  });

  it('does not keep a cancel out that comes by a timer while nodes compute', async () => {
    const graph = builder()
      .addNode('busy', () => {
        const end = performance.now() + 3;
        while (performance.now() < end);
        return { log: ['done'] };
      })
      .addEdge(START, 'busy')
      .addEdge('busy', 'busy')
      .compile();
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 0);
    expect((await graph.invoke({}, { signal: stop.signal, stepLimit: 300 })).status).to.equal('cancelled');
  });
});

describe('every way to end', () => {
  const total = reduce(
    (sum: number, n: number) => sum + n,
    () => 0,
  );
  const make = (id = 'ways') => new StateGraph({ id, version: '1', channels: { ...channels, total } });
  const failing = () => {
    throw new Error('no luck');
  };
  const checkpointer = createMemoryCheckpointer();

  /** Events of a run that is steered by what it says. */
  const observe = async (
    graph: ReturnType<ReturnType<typeof make>['compile']>,
    options: Parameters<typeof graph.stream>[1] = {},
    steer: (event: RunEvent, run: ReturnType<typeof graph.stream>) => void = () => undefined,
  ): Promise<readonly RunEvent[]> => {
    const seen: RunEvent[] = [];
    const run = graph.stream({}, { ...options, onEvent: (event) => seen.push(event) });
    try {
      for await (const event of run) steer(event, run);
    } catch {
      // The `run-end` before it says the same.
    }
    await run.result;
    // What a node says after its run has ended is not heard.
    await turn();
    return seen;
  };

  const assertPairs = (events: readonly RunEvent[], status: string): void => {
    expect(events.filter(({ type }) => type === 'run-start')).to.have.length(1);
    expect(events.filter(({ type }) => type === 'run-end')).to.have.length(1);
    expect(events.at(-1)).to.include({ type: 'run-end', status });
    expect(events.map(({ seq }) => seq)).to.deep.equal(events.map((_, at) => at));
    const open = new Map<string, number>();
    for (const event of events) {
      if (event.type !== 'node-start' && event.type !== 'node-end') continue;
      const now = (open.get(event.task) ?? 0) + (event.type === 'node-start' ? 1 : -1);
      expect(now, `${event.type} of ${event.task}`).to.be.within(0, 1);
      open.set(event.task, now);
    }
    expect([...open].filter(([, count]) => count !== 0)).to.deep.equal([]);
  };

  const subOf = (inner: ReturnType<typeof make>) =>
    make()
      .addNode('sub', inner.compile())
      .addNode('beside', () => ({ log: ['beside'] }))
      .addEdge(START, 'sub')
      .addEdge(START, 'beside')
      .compile({ checkpointer });
  const alone = (node: Parameters<ReturnType<typeof make>['addNode']>[1], options = {}) =>
    make('alone').addNode('a', node, options).addEdge(START, 'a');

  it('completes', async () => {
    assertPairs(await observe(alone(() => ({ total: 1 })).compile()), 'completed');
    assertPairs(await observe(subOf(alone(() => ({ total: 1 })))), 'completed');
  });

  it('fails, at once, after tries, by a deadline, in a subgraph', async () => {
    assertPairs(await observe(alone(failing).compile()), 'failed');
    assertPairs(await observe(alone(failing, { retry: { attempts: 3, delay: 1 } }).compile()), 'failed');
    assertPairs(await observe(alone((_, ctx) => untilStopped(ctx), { timeout: 10 }).compile()), 'failed');
    const slow = alone((_, ctx) => untilStopped(ctx), { timeout: 10, retry: { attempts: 2, delay: 1 } });
    assertPairs(await observe(slow.compile()), 'failed');
    assertPairs(await observe(subOf(alone(failing))), 'failed');
    assertPairs(await observe(subOf(slow)), 'failed');
    assertPairs(await observe(alone(() => ({ bogus: 1 }) as never).compile()), 'failed');
  });

  it('fails for what it is given, and for what storing it says', async () => {
    const graph = alone(() => undefined).compile({ checkpointer });
    const events = await eventsOf(graph.stream({ n: (() => 1) as never }, { threadId: fresh() }));
    assertPairs(events, 'failed');
  });

  it('goes on over an error edge', async () => {
    const graph = make()
      .addNode('a', failing, { onError: 'b' })
      .addNode('b', () => undefined)
      .addEdge(START, 'a')
      .compile();
    assertPairs(await observe(graph), 'completed');
  });

  it('reaches a limit, also in a subgraph', async () => {
    const loop = () => alone(() => ({ total: 1 })).addEdge('a', 'a');
    assertPairs(await observe(loop().compile(), { stepLimit: 3 }), 'limit');
    assertPairs(await observe(loop().compile(), { visitLimit: 3 }), 'limit');
    assertPairs(await observe(subOf(loop()), { stepLimit: 3 }), 'limit');
    assertPairs(
      await observe(
        alone(() => undefined)
          .addEdge('a', 'a')
          .compile(),
      ),
      'limit',
    );
  });

  it('is interrupted, by a node, in a subgraph, by a breakpoint, beside a failure', async () => {
    const asking = () => alone(async (_, ctx) => ctx.interrupt('?'));
    assertPairs(await observe(asking().compile({ checkpointer })), 'interrupted');
    assertPairs(await observe(subOf(asking())), 'interrupted');
    assertPairs(await observe(asking().compile({ checkpointer, interruptBefore: ['a'] })), 'interrupted');
    const beside = asking().addNode('b', failing).addEdge(START, 'b').compile({ checkpointer });
    assertPairs(await observe(beside), 'failed');
  });

  it('is cancelled at every event that it can be cancelled at, with and without a subgraph', async () => {
    const two = () =>
      make('two')
        .addNode('x', async () => {
          await turn();
          return { total: 1 };
        })
        .addNode('y', () => ({ log: ['y'] }))
        .addNode('z', () => ({ log: ['z'] }))
        .addEdge(START, 'x')
        .addEdge(START, 'y')
        .addEdge('x', 'z');
    for (const graph of [two().compile({ checkpointer }), subOf(two())]) {
      const whole = await observe(graph);
      assertPairs(whole, 'completed');
      for (let at = 0; at < whole.length - 3; at++) {
        for (const how of ['cancel', 'pause'] as const) {
          const events = await observe(graph, {}, (event, run) => {
            if (event.seq === at) run[how]();
          });
          const { status } = events.at(-1) as Extract<RunEvent, { type: 'run-end' }>;
          assertPairs(events, status);
        }
      }
    }
  });

  it('is cancelled from within what hears its events', async () => {
    const graph = alone(async () => {
      await turn();
      return { total: 1 };
    })
      .addEdge('a', 'a')
      .compile({ checkpointer });
    for (let at = 0; at < 12; at++) {
      const stop = new AbortController();
      const seen: RunEvent[] = [];
      const { status } = await graph.invoke(
        {},
        {
          signal: stop.signal,
          onEvent: (event) => {
            seen.push(event);
            if (event.seq === at) stop.abort();
          },
        },
      );
      expect(status, `at ${at}`).to.equal('cancelled');
      assertPairs(seen, 'cancelled');
    }
  });

  it('is cancelled while a node waits for its next try', async () => {
    const graph = alone(failing, { retry: { attempts: 2, delay: 5000 } }).compile();
    const events = await observe(graph, {}, (event, run) => {
      if (event.type === 'node-end') run.cancel();
    });
    assertPairs(events, 'cancelled');
  });

  it('fails beside a node that waits for its next try', async () => {
    const failed = deferred();
    const graph = make()
      .addNode(
        'again',
        () => {
          failed.resolve();
          throw new Error('once more');
        },
        { retry: { attempts: 2, delay: 5000 } },
      )
      .addNode('fails', async () => {
        await failed.promise;
        await turn();
        throw new Error('for good');
      })
      .addEdge(START, 'again')
      .addEdge(START, 'fails')
      .compile();
    assertPairs(await observe(graph), 'failed');
  });

  it('is cancelled with a node that ignores it, and hears nothing more of it', async () => {
    const gate = deferred();
    const graph = alone(async (_, ctx) => {
      await gate.promise;
      ctx.write('late');
      return { total: 1 };
    }).compile({ checkpointer });
    const threadId = fresh();
    const events = await observe(graph, { threadId }, (event, run) => {
      if (event.type !== 'node-start') return;
      run.cancel();
      gate.resolve();
    });
    assertPairs(events, 'cancelled');
    expect(events.some(({ type }) => type === 'custom')).to.equal(false);
    expect((await graph.getState(threadId))?.state.total).to.equal(0);
  });

  it('is stopped before it has begun', async () => {
    const graph = alone(() => undefined).compile({ checkpointer });
    const events: RunEvent[] = [];
    await graph.invoke({}, { signal: AbortSignal.abort(), onEvent: (event) => events.push(event) });
    assertPairs(events, 'cancelled');
  });
});
