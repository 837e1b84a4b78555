/** Every public option, proven to be read: the tables below do not compile when one of them lacks its proof. */
import { expect } from 'chai';
import { createCheckpointer } from '../../src/checkpoint/checkpointer.ts';
import { createMemoryStore } from '../../src/checkpoint/memory.ts';
import {
  append,
  Command,
  createMemoryCheckpointer,
  END,
  last,
  migration,
  profiler,
  Send,
  START,
  StateGraph,
} from '../../src/engine.ts';
import type {
  Context,
  GraphSpec,
  InterruptOptions,
  NodeOptions,
  Ports,
  RetryPolicy,
  RunEvent,
  RunOptions,
  StreamOptions,
} from '../../src/engine.ts';
import { deferred } from '../helpers/deferred.ts';
import { rejection } from '../helpers/rejection.ts';

const channels = { n: last(() => 0), log: append<string>() };
const builder = <X = unknown>() => new StateGraph<typeof channels, X>({ id: 'options', version: '1', channels });
const stored = { checkpointer: createMemoryCheckpointer() };
let threads = 0;
const fresh = () => `t${threads++}`;

/** For each option, the proof that a run with it is another than a run without it. */
type Proofs<T> = { readonly [K in keyof Required<T>]: () => Promise<void> };

const prove = (name: string, proofs: Readonly<Record<string, () => Promise<void>>>): void => {
  describe(name, () => {
    for (const [option, proof] of Object.entries(proofs)) it(`reads \`${option}\``, proof);
  });
};

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

const untilStopped = ({ signal }: Context): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });

const single = () =>
  builder()
    .addNode('a', ({ n }) => ({ n: n + 1 }))
    .addEdge(START, 'a');
const loop = () =>
  builder()
    .addNode('a', ({ n }) => ({ n: n + 1 }))
    .addEdge(START, 'a')
    .addConditionalEdges('a', ({ n }) => (n < 10 ? 'a' : END), ['a', END]);

/** A thread that a run holds until it is let go. */
const busy = () => {
  const begun = deferred();
  const gate = deferred();
  const graph = builder()
    .addNode('a', async ({ n }) => {
      begun.resolve();
      await gate.promise;
      return { n: n + 1 };
    })
    .addEdge(START, 'a')
    .compile(stored);
  const threadId = fresh();
  const first = graph.invoke({}, { threadId });
  return { graph, threadId, first, begun, gate };
};

const runOptions: Proofs<RunOptions> = {
  async threadId() {
    const graph = single().compile(stored);
    const threadId = fresh();
    await graph.invoke({}, { threadId });
    expect(await graph.invoke({}, { threadId })).to.deep.include({ threadId, state: { n: 2, log: [] } });
    const [one, two] = [await graph.invoke({}), await graph.invoke({})];
    expect(one.threadId).not.to.equal(two.threadId);
    expect([one.state.n, two.state.n]).to.deep.equal([1, 1]);
  },
  async context() {
    const graph = builder<string>()
      .addNode('a', (_, { context }) => ({ log: [`for ${context}`] }))
      .addEdge(START, 'a')
      .compile();
    expect((await graph.invoke({}, { context: 'Ada' })).state.log).to.deep.equal(['for Ada']);
    expect((await graph.invoke({})).state.log).to.deep.equal(['for undefined']);
  },
  async signal() {
    const graph = single().compile();
    expect((await graph.invoke({}, { signal: AbortSignal.abort() })).status).to.equal('cancelled');
    expect((await graph.invoke({})).status).to.equal('completed');
    const stop = new AbortController();
    const waiting = builder()
      .addNode('a', async (_, ctx) => {
        stop.abort();
        await untilStopped(ctx);
      })
      .addEdge(START, 'a')
      .compile();
    expect((await waiting.invoke({}, { signal: stop.signal })).status).to.equal('cancelled');
  },
  async stepLimit() {
    const graph = loop().compile();
    const limited = await graph.invoke({}, { stepLimit: 4 });
    expect([limited.status, limited.state.n]).to.deep.equal(['limit', 4]);
    expect(limited.status === 'limit' && limited.limit.kind).to.equal('steps');
    expect((await graph.invoke({})).state.n).to.equal(10);
  },
  async visitLimit() {
    const graph = loop().compile();
    const limited = await graph.invoke({}, { visitLimit: 3 });
    expect([limited.status, limited.state.n]).to.deep.equal(['limit', 3]);
    expect(limited.status === 'limit' && limited.limit).to.include({ kind: 'visits', node: 'a' });
    expect((await graph.invoke({})).state.n).to.equal(10);
  },
  async concurrency() {
    // Tasks wait for as many as should run together, so that no turn of the loop lets one end too early.
    const most = async (together: number, options: RunOptions) => {
      let running = 0;
      let max = 0;
      const met = deferred();
      const graph = builder()
        .addSendNode('work', async () => {
          max = Math.max(max, ++running);
          if (running === together) met.resolve();
          await met.promise;
          await turn();
          running--;
        })
        .addConditionalEdges(START, () => [1, 2, 3, 4].map((n) => new Send('work', n)), ['work'])
        .compile();
      await graph.invoke({}, options);
      return max;
    };
    expect(await most(4, {})).to.equal(4);
    expect(await most(1, { concurrency: 1 })).to.equal(1);
    expect(await most(3, { concurrency: 3 })).to.equal(3);
  },
  async whenBusy() {
    const queued = busy();
    await queued.begun.promise;
    const second = queued.graph.invoke({}, { threadId: queued.threadId });
    queued.gate.resolve();
    expect([(await queued.first).state.n, (await second).state.n]).to.deep.equal([1, 2]);

    const refusing = busy();
    await refusing.begun.promise;
    const refused = refusing.graph.invoke({}, { threadId: refusing.threadId, whenBusy: 'reject' });
    expect(await rejection(refused)).to.include({ code: 'thread-busy' });
    refusing.gate.resolve();
    expect((await refusing.first).status).to.equal('completed');

    const replaced = busy();
    await replaced.begun.promise;
    const instead = replaced.graph.invoke({}, { threadId: replaced.threadId, whenBusy: 'replace' });
    expect((await replaced.first).status).to.equal('cancelled');
    replaced.gate.resolve();
    expect(await instead).to.deep.include({ status: 'completed', state: { n: 1, log: [] } });
  },
  async durability() {
    // What is stored when each node begins, and in how many versions it ends.
    const observe = async (options: RunOptions) => {
      const store = createMemoryStore();
      let storedHead = 0;
      const checkpointer = createCheckpointer(
        {
          ...store,
          change: (thread, scope, decide, blobs) =>
            store.change(
              thread,
              scope,
              (...now) => {
                const change = decide(...now);
                storedHead = change?.meta.head ?? storedHead;
                return change;
              },
              blobs,
            ),
        },
        () => 0,
      );
      const heads: number[] = [];
      const graph = builder()
        .addNode('a', ({ n }) => {
          heads.push(storedHead);
          return { n: n + 1 };
        })
        .addEdge(START, 'a')
        .addConditionalEdges('a', ({ n }) => (n < 3 ? 'a' : END), ['a', END])
        .compile({ checkpointer });
      const { threadId } = await graph.invoke({}, options);
      return { heads, versions: (await graph.getState(threadId))?.version };
    };
    expect(await observe({ durability: 'sync' })).to.deep.equal({ heads: [1, 2, 3], versions: 4 });
    // Nodes that never await leave the store no turn, so that it stays behind.
    for (const options of [{ durability: 'async' }, {}] as const) {
      const { heads, versions } = await observe(options);
      expect([(heads.at(-1) ?? 3) < 3, versions]).to.deep.equal([true, 4]);
    }
    expect(await observe({ durability: 'exit' })).to.deep.equal({ heads: [0, 0, 0], versions: 1 });
  },
  async onEvent() {
    const seen: RunEvent[] = [];
    const graph = single().compile();
    await graph.invoke({}, { onEvent: (event) => seen.push(event) });
    const { length } = seen;
    expect(seen.at(-1)).to.include({ type: 'run-end', status: 'completed' });
    await graph.invoke({});
    expect(seen).to.have.length(length);
  },
  async profile() {
    const graph = single().compile(stored);
    const profileOf = async (options: RunOptions) => {
      const seen: RunEvent[] = [];
      const before = performance.getEntriesByName('inpage:run').length;
      await graph.invoke({}, { ...options, onEvent: (event) => seen.push(event) });
      const measures = performance.getEntriesByName('inpage:run').length - before;
      return { phases: seen.flatMap((event) => (event.type === 'profile' ? Object.keys(event.phases) : [])), measures };
    };
    expect(await profileOf({})).to.deep.equal({ phases: [], measures: 0 });
    const { phases, measures } = await profileOf({ profile: profiler });
    expect(phases).to.include.members(['node', 'reduce', 'route', 'events', 'checkpoint', 'limits', 'interrupts']);
    expect(measures).to.equal(1);
  },
};

const streamOptions: Proofs<Omit<StreamOptions, keyof RunOptions>> = {
  async modes() {
    const graph = builder()
      .addNode('a', (_, ctx) => {
        ctx.write('custom');
        ctx.emit({ type: 'text-delta', id: '1', text: 'hi' });
        return { n: 1 };
      })
      .addEdge(START, 'a')
      .compile();
    const typesOf = async (options: StreamOptions) => {
      const types: string[] = [];
      for await (const { type } of graph.stream({}, options)) types.push(type);
      return types;
    };
    expect(await typesOf({ modes: ['values'] })).to.deep.equal(['values', 'run-end']);
    expect(await typesOf({ modes: ['updates'] })).to.deep.equal(['update', 'run-end']);
    expect(await typesOf({ modes: ['messages'] })).to.deep.equal(['text-delta', 'run-end']);
    expect(await typesOf({ modes: ['custom'] })).to.deep.equal(['custom', 'run-end']);
    const all = await typesOf({ modes: ['events'] });
    expect(await typesOf({})).to.deep.equal(all);
    expect(all).to.include.members(['run-start', 'step-start', 'node-start', 'custom', 'text-delta', 'state-delta']);
    expect(all).not.to.include.members(['values']);
    expect(all).not.to.include.members(['update']);
  },
};

const failing = (attempts: number[]) => (_: unknown, ctx: Context) => {
  attempts.push(ctx.attempt);
  throw new Error('no luck');
};
const withNode = (node: Parameters<ReturnType<typeof builder>['addNode']>[1], options: NodeOptions) =>
  builder().addNode('a', node, options).addEdge(START, 'a');
const codeOf = async (graph: { invoke(input: object): Promise<{ status: string; error?: unknown }> }) => {
  const { status, error } = await graph.invoke({});
  return status === 'failed' ? (error as { code: string }).code : status;
};

const nodeOptions: Proofs<NodeOptions> = {
  async race() {
    const slow = (): Promise<never> => new Promise(() => undefined);
    const graph = builder()
      .addNode('slow', slow, { race: { name: 'r', enough: 1 } })
      .addNode('quick', () => ({ log: ['quick'] }), { race: { name: 'r', enough: 1 } })
      .addEdge(START, 'slow')
      .addEdge(START, 'quick')
      .compile();
    const { status, state } = await graph.invoke({});
    expect({ status, log: state.log }).to.deep.equal({ status: 'completed', log: ['quick'] });
  },
  async ends() {
    const make = (options: NodeOptions) =>
      builder()
        .addNode('a', () => new Command({ goto: 'b' }), options)
        .addNode('b', () => ({ log: ['b'] }))
        .addEdge(START, 'a');
    expect(() => make({}).compile()).to.throw(/nothing leads to "b"/);
    const graph = make({ ends: ['b'] }).compile();
    expect(graph.describe().edges).to.deep.include({ from: 'a', to: 'b', kind: 'maybe' });
    expect((await graph.invoke({})).state.log).to.deep.equal(['b']);
  },
  async retry() {
    const [once, often]: [number[], number[]] = [[], []];
    await withNode(failing(once), {}).compile().invoke({});
    await withNode(failing(often), { retry: { attempts: 3, delay: 1 } })
      .compile()
      .invoke({});
    expect([once, often]).to.deep.equal([[1], [1, 2, 3]]);
  },
  async timeout() {
    const gate = deferred();
    const slow = (timeout: NodeOptions) => withNode(async () => gate.promise, timeout).compile();
    const without = codeOf(slow({}));
    expect(await codeOf(slow({ timeout: 10 }))).to.equal('node-timeout');
    gate.resolve();
    expect(await without).to.equal('completed');
  },
  async idleTimeout() {
    const gate = deferred();
    const slow = (timeout: NodeOptions) => withNode(async () => gate.promise, timeout).compile();
    const without = codeOf(slow({}));
    expect(await codeOf(slow({ idleTimeout: 10 }))).to.equal('node-timeout');
    gate.resolve();
    expect(await without).to.equal('completed');
  },
  async onError() {
    const make = (options: NodeOptions) =>
      withNode(failing([]), options)
        .addNode('b', (_, { failures }) => ({ log: failures.map(({ node }) => node) }))
        .addConditionalEdges('a', () => 'b');
    expect(await codeOf(make({}).compile())).to.equal('node-failed');
    const { status, state } = await make({ onError: 'b' }).compile().invoke({});
    expect([status, state.log]).to.deep.equal(['completed', ['a']]);
  },
  async defer() {
    const order = async (options: NodeOptions) => {
      const graph = builder()
        .addNode('split', () => undefined)
        .addNode('late', () => ({ log: ['late'] }), options)
        .addNode('a', () => ({ log: ['a'] }))
        .addNode('b', () => ({ log: ['b'] }))
        .addEdge(START, 'split')
        .addEdge('split', 'late')
        .addEdge('split', 'a')
        .addEdge('a', 'b')
        .compile();
      return (await graph.invoke({})).state.log;
    };
    expect(await order({})).to.deep.equal(['late', 'a', 'b']);
    expect(await order({ defer: true })).to.deep.equal(['a', 'b', 'late']);
  },
};

const retryPolicy: Proofs<RetryPolicy> = {
  async attempts() {
    for (const attempts of [1, 2, 4]) {
      const seen: number[] = [];
      await withNode(failing(seen), { retry: { attempts, delay: 1 } })
        .compile()
        .invoke({});
      expect(seen).to.have.length(attempts);
    }
  },
  async delay() {
    // By the time that the short wait is over twice, the wait of the default is not.
    const [short, byDefault]: [number[], number[]] = [[], []];
    const stop = new AbortController();
    const waiting = withNode(failing(byDefault), { retry: { attempts: 3 } })
      .compile()
      .invoke({}, { signal: stop.signal });
    await withNode(failing(short), { retry: { attempts: 3, delay: 5 } })
      .compile()
      .invoke({});
    expect([short, byDefault]).to.deep.equal([[1, 2, 3], [1]]);
    stop.abort();
    expect((await waiting).status).to.equal('cancelled');
  },
  async when() {
    const [all, some]: [number[], number[]] = [[], []];
    await withNode(failing(all), { retry: { attempts: 3, delay: 1 } })
      .compile()
      .invoke({});
    const asked: unknown[] = [];
    const when: Required<RetryPolicy>['when'] = ({ code, message }) => {
      asked.push([code, message]);
      return asked.length < 2;
    };
    await withNode(failing(some), { retry: { attempts: 3, delay: 1, when } })
      .compile()
      .invoke({});
    expect([all, some]).to.deep.equal([
      [1, 2, 3],
      [1, 2],
    ]);
    expect(asked[0]).to.deep.equal(['node-failed', 'Node "a" failed: no luck']);
  },
};

const ports: Proofs<Ports> = {
  async checkpointer() {
    const { threadId } = await single().compile().invoke({});
    expect(await rejection(single().compile().getState(threadId))).to.include({ code: 'checkpointer-missing' });
    const graph = single().compile({ checkpointer: createMemoryCheckpointer() });
    const kept = await graph.invoke({});
    expect((await graph.getState(kept.threadId))?.state.n).to.equal(1);
    const moved = graph.with({ checkpointer: createMemoryCheckpointer() });
    expect(await moved.getState(kept.threadId)).to.equal(undefined);
  },
  async clock() {
    const telling = builder()
      .addNode('a', (_, ctx) => ({ n: ctx.now() }))
      .addEdge(START, 'a')
      .compile({ clock: { now: () => 42 } });
    expect((await telling.invoke({})).state.n).to.equal(42);
    const before = Date.now();
    const byDefault = (await telling.with({ clock: Date }).invoke({})).state.n;
    expect(byDefault).to.be.within(before, Date.now());
  },
  async ids() {
    let count = 0;
    const graph = single().compile({ ids: () => `id ${count++}` });
    expect(await graph.invoke({})).to.include({ runId: 'id 0', threadId: 'id 1' });
    const run = graph.stream({});
    expect(run).to.include({ runId: 'id 2', threadId: 'id 3' });
    expect((await run.result).threadId).to.equal('id 3');
    expect((await single().compile().invoke({})).runId).to.match(/^\S{16,}$/);
  },
};

type CompileOptions = NonNullable<Parameters<StateGraph<typeof channels>['compile']>[0]>;

const stops = (option: 'interruptBefore' | 'interruptAfter') => async () => {
  const node = (name: string) => () => ({ log: [name] });
  const make = () =>
    builder()
      .addSequence([
        ['a', node('a')],
        ['b', node('b')],
      ])
      .addEdge(START, 'a');
  expect((await make().compile(stored).invoke({})).status).to.equal('completed');
  const graph = make().compile({ ...stored, [option]: ['b'] });
  const { status, state, interrupts, threadId } = await graph.invoke({});
  const isBefore = option === 'interruptBefore';
  expect([status, state.log]).to.deep.equal(['interrupted', isBefore ? ['a'] : ['a', 'b']]);
  expect(interrupts.map(({ kind, payload }) => [kind, payload])).to.deep.equal([
    ['breakpoint', { node: 'b', when: isBefore ? 'before' : 'after' }],
  ]);
  expect((await graph.invoke(null, { threadId })).status).to.equal('completed');
};

const compileOptions: Proofs<Omit<CompileOptions, keyof Ports>> = {
  interruptBefore: stops('interruptBefore'),
  interruptAfter: stops('interruptAfter'),
};

const ask = async (...questions: (InterruptOptions | undefined)[]) => {
  const graph = builder()
    .addNode('a', async (_, ctx) => {
      await Promise.all(questions.map((options) => ctx.interrupt('?', options)));
    })
    .addEdge(START, 'a')
    .compile(stored);
  const { interrupts } = await graph.invoke({});
  return interrupts;
};

const interruptOptions: Proofs<InterruptOptions> = {
  async key() {
    const idsOf = async (...questions: (InterruptOptions | undefined)[]) =>
      (await ask(...questions)).map(({ id }) => id.slice(0, id.lastIndexOf('#')));
    expect(await idsOf(undefined, undefined)).to.deep.equal(['1:a/0', '1:a/1']);
    expect(await idsOf({ key: 'first' }, { key: 'second' })).to.deep.equal(['1:a/first', '1:a/second']);
    // What a key is for: the answer finds its question when the order has changed.
    let isTurned = false;
    const graph = builder()
      .addNode('a', async (_, ctx) => {
        const keys = isTurned ? ['y', 'x'] : ['x', 'y'];
        const answers = new Map<string, unknown>();
        await Promise.all(keys.map(async (key) => answers.set(key, await ctx.interrupt('?', { key }))));
        return { log: [String(answers.get('x')), String(answers.get('y'))] };
      })
      .addEdge(START, 'a')
      .compile(stored);
    const threadId = fresh();
    const [x, y] = (await graph.invoke({}, { threadId })).interrupts;
    isTurned = true;
    const { state } = await graph.resume(threadId, { [x?.id ?? '']: 'X', [y?.id ?? '']: 'Y' }).result;
    expect(state.log).to.deep.equal(['X', 'Y']);
  },
  async kind() {
    const kinds = (await ask(undefined, { kind: 'approval' })).map(({ kind }) => kind);
    expect(kinds).to.deep.equal(['input', 'approval']);
  },
  async schema() {
    const schema = { type: 'boolean' };
    const [without, withOne] = await ask(undefined, { schema });
    expect(without).not.to.have.property('schema');
    expect(withOne?.schema).to.deep.equal(schema);
  },
};

const graphSpec: Proofs<GraphSpec<typeof channels>> = {
  async id() {
    const make = (id: string) =>
      new StateGraph({ id, version: '1', channels })
        .addNode('a', () => undefined)
        .addEdge(START, 'a')
        .compile(stored);
    const { threadId } = await make('one').invoke({});
    expect((await make('one').getState(threadId))?.graph).to.equal('one@1');
    expect(make('one').describe().id).to.equal('one');
    expect(await rejection(make('two').invoke({}, { threadId }))).to.include({ code: 'graph-mismatch' });
  },
  async version() {
    const make = (version: string) =>
      new StateGraph({ id: 'versioned', version, channels })
        .addNode('a', () => undefined)
        .addEdge(START, 'a')
        .compile(stored);
    const { threadId } = await make('1').invoke({});
    expect((await make('1').getState(threadId))?.graph).to.equal('versioned@1');
    expect(await rejection(make('2').invoke({}, { threadId }))).to.include({ code: 'graph-changed' });
  },
  async migrate() {
    const make = (version: string) =>
      new StateGraph({
        id: 'migrated',
        version,
        channels,
        migrate: migration((from, old) => new Map([...old, ['n', Number(from)]])),
      })
        .addNode('a', () => undefined)
        .addEdge(START, 'a')
        .compile(stored);
    const { threadId } = await make('7').invoke({});
    expect((await make('8').invoke({}, { threadId })).state.n).to.equal(7);
  },
  async channels() {
    const graph = new StateGraph({ id: 'channels', version: '1', channels: { one: last(() => 'first') } })
      .addNode('a', ({ one }) => ({ one: `${one} and last` }))
      .addEdge(START, 'a')
      .compile();
    expect((await graph.invoke({})).state).to.deep.equal({ one: 'first and last' });
    const other = await graph.invoke({ two: 1 } as never);
    expect(other.status === 'failed' && other.error.code).to.equal('unknown-channel');
  },
};

prove('a run', runOptions);
prove('a stream', streamOptions);
prove('a node', nodeOptions);
prove('a retry policy', retryPolicy);
prove('the ports', ports);
prove('compile()', compileOptions);
prove('interrupt()', interruptOptions);
prove('the spec of a graph', graphSpec);

describe('options', () => {
  it('are refused when they have no meaning, with the option named', async () => {
    const graph = single().compile(stored);
    const bad: RunOptions[] = [
      { stepLimit: 0 },
      { stepLimit: NaN },
      { visitLimit: 0 },
      { concurrency: 0 },
      { concurrency: -1 },
      { whenBusy: 'wait' as never },
      { durability: 'never' as never },
    ];
    for (const options of bad) {
      const error = await rejection(graph.invoke({}, options));
      expect(error).to.deep.include({ code: 'invalid-option', details: { option: Object.keys(options)[0] } });
      // Without a checkpointer they are refused as well.
      expect(await rejection(single().compile().invoke({}, options))).to.include({ code: 'invalid-option' });
    }
    expect(() => graph.stream({}, { modes: ['debug' as never] })).to.throw(/modes/);
    const compile = (options: NodeOptions) => () =>
      builder()
        .addNode('a', () => undefined, options)
        .addEdge(START, 'a')
        .compile();
    for (const [option, options] of [
      ['timeout', { timeout: 0 }],
      ['idleTimeout', { idleTimeout: NaN }],
      ['retry.attempts', { retry: { attempts: 0 } }],
      ['retry.attempts', { retry: { attempts: 1.5 } }],
      ['retry.delay', { retry: { attempts: 2, delay: -1 } }],
      ['onError', { onError: 'nobody' }],
    ] as const) {
      expect(compile(options), option).to.throw(option);
    }
    expect(() => single().compile({ interruptBefore: ['nobody'] })).to.throw(/interruptBefore/);
  });
});
