/** Graphs as nodes of graphs: what they share, what is theirs, and that they stop, fail and go on like any other node. */
import { expect } from 'chai';
import {
  append,
  Command,
  createMemoryCheckpointer,
  draftNode,
  END,
  last,
  local,
  map,
  Overwrite,
  reduce,
  Send,
  START,
  StateGraph,
  text,
} from '../../src/engine.ts';
import type { Channel, Context, Interrupt, RunEvent } from '../../src/engine.ts';
import { deferred } from '../helpers/deferred.ts';

const channels = { n: last(() => 0), log: append<string>() };
const builder = (id = 'subgraph') => new StateGraph({ id, version: '1', channels });
const checkpointer = createMemoryCheckpointer();
let threads = 0;
const fresh = () => `t${threads++}`;
const say = (name: string) => () => ({ log: [name] });

const sum = () =>
  reduce(
    (total: number, n: number) => total + n,
    () => 0,
  );

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

/** A graph with one node, which is `inner`. */
const parentOf = (inner: ReturnType<typeof builder>, id = 'parent') =>
  builder(id).addNode('sub', inner.compile()).addEdge(START, 'sub');

const eventsOf = async (run: AsyncIterable<RunEvent>): Promise<readonly RunEvent[]> => {
  const all: RunEvent[] = [];
  try {
    for await (const event of run) all.push(event);
  } catch {
    // The `run-end` before it says the same.
  }
  return all;
};

/** The names of a thread's channels, the engine's own and those of subgraphs among them. */
const namesIn = async (threadId: string): Promise<readonly string[]> => {
  const log = await checkpointer.open(threadId, '', { signal: new AbortController().signal });
  return [...(await log.fold()).keys()];
};
const assertNothingLeft = async (threadId: string): Promise<void> => {
  expect((await namesIn(threadId)).filter((name) => name.includes('/') || name.startsWith('='))).to.deep.equal([]);
};

const byPayload = (open: readonly Interrupt[], payload: unknown): string => {
  const found = open.find((interrupt) => interrupt.payload === payload);
  if (found) return found.id;
  throw new Error(`Nothing asks ${String(payload)}.`);
};

describe('what a subgraph shares with its parent', () => {
  const all = {
    last: last(() => ({ a: 0, b: 0 })),
    list: append<string>(),
    byName: map<number>(),
    words: text(),
    total: sum(),
  };
  const input = { list: ['given'], byName: { x: 1, y: 2 }, words: 'given ', total: 10 };
  const change = () =>
    new StateGraph({ id: 'change', version: '1', channels: { ...all, own: last(() => 'mine') } })
      .addNode('one', (state) => ({
        last: { ...state.last, a: state.last.a + 1 },
        list: [`saw ${state.list.length}`],
        byName: { x: undefined, z: 3 },
        words: `saw ${state.words.length} `,
        total: 1,
        own: 'changed',
      }))
      .addNode(
        'two',
        draftNode((draft) => {
          draft.list.push('drafted');
          draft.byName.set('w', 4);
          draft.words += 'drafted ';
        }),
      )
      .addNode('three', ({ own }) => ({ total: 100, list: [own] }))
      .addEdge(START, 'one')
      .addEdge('one', 'two')
      .addEdge('two', 'three')
      .compile();
  const expected = {
    last: { a: 1, b: 0 },
    list: ['given', 'saw 1', 'drafted', 'changed'],
    byName: new Map([
      ['y', 2],
      ['z', 3],
      ['w', 4],
    ]),
    words: 'given saw 6 drafted ',
    total: 111,
  };

  it('are the channels of the same name, of every kind, of which it hands back what it changed', async () => {
    for (const ports of [{}, { checkpointer }]) {
      const graph = new StateGraph({ id: 'all', version: '1', channels: all })
        .addNode('sub', change())
        .addEdge(START, 'sub')
        .compile(ports);
      const { status, state } = await graph.invoke(input);
      expect([status, state]).to.deep.equal(['completed', expected]);
    }
  });

  it('is changed beside a node of the parent without a conflict where both add', async () => {
    const graph = new StateGraph({ id: 'beside', version: '1', channels: all })
      .addNode('sub', change())
      .addNode('beside', ({ last: { a, b } }) => ({
        last: { a, b: b + 5 },
        list: ['beside'],
        byName: { v: 5 },
        words: 'beside',
      }))
      .addEdge(START, 'sub')
      .addEdge(START, 'beside')
      .compile();
    const { status, state } = await graph.invoke(input);
    expect(status).to.equal('completed');
    expect(state).to.deep.equal({
      last: { a: 1, b: 5 },
      list: [...expected.list, 'beside'],
      byName: new Map([...expected.byName, ['v', 5]]),
      words: `${expected.words}beside`,
      total: 111,
    });
  });

  it('adds only its own items to a list, also when it is used twice in a step', async () => {
    const inner = builder('inner').addSequence([
      ['x', say('x')],
      ['y', say('y')],
    ]);
    const graph = builder()
      .addNode('one', inner.addEdge(START, 'x').compile())
      .addNode('two', inner.compile())
      .addEdge(START, 'one')
      .addEdge(START, 'two')
      .compile();
    expect((await graph.invoke({ log: ['given'] })).state.log).to.deep.equal(['given', 'x', 'y', 'x', 'y']);
  });

  it('is replaced by what it overwrites', async () => {
    const inner = builder('inner')
      .addNode('x', () => ({ log: new Overwrite(['all new']) }))
      .addEdge(START, 'x');
    expect(
      (
        await parentOf(inner)
          .compile()
          .invoke({ log: ['given'] })
      ).state.log,
    ).to.deep.equal(['all new']);
  });

  it('is in conflict, by name, when two subgraphs of a step set it', async () => {
    const inner = (n: number) =>
      builder('inner')
        .addNode('x', () => ({ n }))
        .addEdge(START, 'x')
        .compile();
    const graph = builder()
      .addNode('one', inner(1))
      .addNode('two', inner(2))
      .addEdge(START, 'one')
      .addEdge(START, 'two')
      .compile();
    const result = await graph.invoke({});
    expect(result.status === 'failed' && [result.error.code, result.error.details]).to.deep.equal([
      'write-conflict',
      { nodes: ['one', 'two'], path: ['n'] },
    ]);
  });

  it('holds nothing of its own channels, nor it of the others of the parent', async () => {
    const inner = new StateGraph({ id: 'inner', version: '1', channels: { mine: last(() => 1), n: last(() => 0) } })
      .addNode('x', (state) => ({ mine: 2, n: Object.keys(state).length }))
      .addEdge(START, 'x')
      .compile();
    const graph = builder().addNode('sub', inner).addEdge(START, 'sub').compile({ checkpointer });
    const { state, threadId } = await graph.invoke({});
    expect(state).to.deep.equal({ n: 2, log: [] });
    expect((await graph.getState(threadId))?.state).to.deep.equal(state);
  });

  it('may be local, and is then not stored', async () => {
    const here = { here: local<() => number>(), n: last(() => 0) };
    const inner = new StateGraph({ id: 'inner', version: '1', channels: here })
      .addNode('x', (state) => ({ n: state.here?.() ?? -1, here: () => 2 }))
      .addEdge(START, 'x')
      .compile();
    const graph = new StateGraph({ id: 'local', version: '1', channels: here })
      .addNode('sub', inner)
      .addNode('after', (state) => ({ n: state.n * 10 + (state.here?.() ?? 0) }))
      .addEdge(START, 'sub')
      .addEdge('sub', 'after')
      .compile({ checkpointer });
    const { state, threadId } = await graph.invoke({ here: () => 1 });
    expect(state.n).to.equal(12);
    expect(await namesIn(threadId)).not.to.include('here');
  });

  it('is of one kind in both, or the graph does not compile, with every such channel named', () => {
    // Only the kinds count here, so the types of the values are left open.
    const kinds: Readonly<Record<string, Channel<unknown, unknown>>> = {
      last: last<unknown>(() => 0),
      append: append<unknown>(),
      map: map<unknown>(),
      text: text(),
      reduce: reduce<unknown>(
        (value) => value,
        () => 0,
      ),
      local: local<unknown>(),
    };
    const graphOf = (one: string, two: string) =>
      new StateGraph({
        id: 'g',
        version: '1',
        channels: { one: kinds[one] ?? last<unknown>(() => 0), two: kinds[two] ?? last<unknown>(() => 0) },
      });
    for (const kind of Object.keys(kinds)) {
      const inner = graphOf(kind, 'last')
        .addNode('x', () => undefined)
        .addEdge(START, 'x')
        .compile();
      const parent = (one: string, two: string) => graphOf(one, two).addNode('sub', inner).addEdge(START, 'sub');
      expect(() => parent(kind, 'last').compile()).not.to.throw();
      for (const other of Object.keys(kinds)) {
        if (other === kind) continue;
        expect(() => parent(other, 'append').compile())
          .to.throw(new RegExp(`"one" is of kind ${other} here and of kind ${kind} in the subgraph "sub"`))
          .with.property('message')
          .that.matches(/"two" is of kind append here and of kind last/);
      }
    }
  });
});

describe('the events of a subgraph', () => {
  it('have its own namespace, two deep, and stand within those of its node', async () => {
    const inner = builder('inner')
      .addNode('leaf', (_, ctx) => {
        ctx.write(ctx.task);
        return { n: 1 };
      })
      .addEdge(START, 'leaf');
    const graph = builder()
      .addNode('outer', parentOf(inner).compile())
      .addEdge(START, 'outer')
      .compile({ checkpointer });
    const events = await eventsOf(graph.stream({}));
    const nodes = events.flatMap((event) =>
      event.type === 'node-start' || event.type === 'node-end' ? [[event.type, event.ns, event.task]] : [],
    );
    expect(nodes).to.deep.equal([
      ['node-start', '', '1:outer'],
      ['node-start', '1:outer', '1:outer/1:sub'],
      ['node-start', '1:outer/1:sub', '1:outer/1:sub/1:leaf'],
      ['node-end', '1:outer/1:sub', '1:outer/1:sub/1:leaf'],
      ['node-end', '1:outer', '1:outer/1:sub'],
      ['node-end', '', '1:outer'],
    ]);
    const custom = events.find(({ type }) => type === 'custom');
    expect(custom).to.include({ ns: '1:outer/1:sub', value: '1:outer/1:sub/1:leaf' });
    const steps = events.flatMap((event) => (event.type === 'step-start' ? [[event.ns, event.step]] : []));
    expect(steps).to.deep.equal([
      ['', 1],
      ['1:outer', 1],
      ['1:outer/1:sub', 1],
    ]);
    expect(new Set(events.map(({ runId }) => runId)).size).to.equal(1);
  });

  it('give a mirror that applies the writes of all of them the state of the thread', async () => {
    const inner = builder('inner').addSequence([
      ['x', say('x')],
      ['y', ({ n }) => ({ n: n + 1 })],
    ]);
    const graph = parentOf(inner.addEdge(START, 'x')).compile({ checkpointer });
    const versions: number[] = [];
    const run = graph.stream({ n: 1 });
    for (const event of await eventsOf(run)) if (event.type === 'state-delta') versions.push(event.version);
    const { version } = await run.result;
    expect(versions).to.deep.equal(Array.from({ length: version }, (_, at) => at + 1));
  });

  it('come in the modes that were asked for: its updates too, and the state of the graph that was asked', async () => {
    const inner = builder('inner').addNode('x', say('x')).addEdge(START, 'x');
    const run = parentOf(inner)
      .compile()
      .stream({}, { modes: ['updates', 'values'] });
    const seen = (await eventsOf(run)).map((event) => [event.type, event.ns, 'node' in event ? event.node : '']);
    expect(seen).to.deep.equal([
      ['update', '1:sub', 'x'],
      ['update', '', 'sub'],
      ['values', '', ''],
      ['run-end', '', ''],
    ]);
  });
});

describe('a subgraph that asks', () => {
  const asking = (name: string, runs: string[]) =>
    builder('asking')
      .addNode('before', () => {
        runs.push(`${name} before`);
        return { log: [`${name} before`] };
      })
      .addNode('ask', async (_, ctx) => {
        runs.push(`${name} ask`);
        return { log: [`${name} ${await ctx.interrupt<string>(name)}`] };
      })
      .addEdge(START, 'before')
      .addEdge('before', 'ask')
      .compile();

  it('beside others is answered one by one, in any order, and nothing that finished runs again', async () => {
    for (const order of [
      ['a', 'b', 'c'],
      ['c', 'a', 'b'],
      ['b', 'c', 'a'],
    ]) {
      const runs: string[] = [];
      const make = () =>
        builder()
          .addNode('a', asking('a', runs))
          .addNode('b', asking('b', runs))
          .addNode('c', asking('c', runs))
          .addNode('end', say('end'))
          .addEdge(START, 'a')
          .addEdge(START, 'b')
          .addEdge(START, 'c')
          .addEdge(['a', 'b', 'c'], 'end')
          .compile({ checkpointer });
      const threadId = fresh();
      let result = await make().invoke({}, { threadId });
      expect(result.interrupts.map(({ payload }) => payload)).to.have.members(['a', 'b', 'c']);
      for (const [at, name] of order.entries()) {
        expect([result.status, result.interrupts.length]).to.deep.equal(['interrupted', 3 - at]);
        result = await make().resume(threadId, { [byPayload(result.interrupts, name)]: 'yes' }).result;
      }
      expect([result.status, result.state.log]).to.deep.equal([
        'completed',
        ['a before', 'a yes', 'b before', 'b yes', 'c before', 'c yes', 'end'],
      ]);
      expect(runs.filter((run) => run.endsWith('before'))).to.have.length(3);
      expect(runs.filter((run) => run.endsWith('ask'))).to.have.length(6);
      await assertNothingLeft(threadId);
    }
  });

  it('two deep goes on in the innermost graph', async () => {
    const runs: string[] = [];
    const middle = builder('middle')
      .addNode('first', () => {
        runs.push('first');
      })
      .addNode('deep', asking('deep', runs))
      .addEdge(START, 'first')
      .addEdge('first', 'deep')
      .compile();
    const make = () => builder().addNode('sub', middle).addEdge(START, 'sub').compile({ checkpointer });
    const threadId = fresh();
    const { interrupts } = await make().invoke({}, { threadId });
    expect(interrupts.map(({ task }) => task)).to.deep.equal(['1:sub/2:deep/2:ask']);
    const { status, state } = await make().resume(threadId, { [byPayload(interrupts, 'deep')]: 'yes' }).result;
    expect([status, state.log]).to.deep.equal(['completed', ['deep before', 'deep yes']]);
    expect(runs).to.deep.equal(['first', 'deep before', 'deep ask', 'deep ask']);
    await assertNothingLeft(threadId);
  });

  it('by sends has a question for each, with an answer for each', async () => {
    const inner = builder('inner')
      .addNode('ask', async ({ n }, ctx) => ({ log: [`${n} ${await ctx.interrupt<string>('Which?')}`] }))
      .addEdge(START, 'ask')
      .compile();
    const graph = builder()
      .addNode('sub', inner)
      .addConditionalEdges(START, () => [1, 2, 3].map((n) => new Send('sub', { n })), ['sub'])
      .compile({ checkpointer });
    const threadId = fresh();
    const { interrupts } = await graph.invoke({}, { threadId });
    expect(new Set(interrupts.map(({ id }) => id)).size).to.equal(3);
    const answers = Object.fromEntries(interrupts.map(({ id, task }) => [id, task]));
    const { state } = await graph.resume(threadId, answers).result;
    expect(state.log).to.deep.equal(['1 1:sub:0/1:ask', '2 1:sub:1/1:ask', '3 1:sub:2/1:ask']);
  });

  for (const option of ['interruptBefore', 'interruptAfter'] as const) {
    it(`by a breakpoint of ${option} of its own goes on by invoke(null)`, async () => {
      const inner = builder('inner')
        .addSequence([
          ['x', say('x')],
          ['y', say('y')],
          ['z', say('z')],
        ])
        .addEdge(START, 'x')
        .compile({ [option]: ['x', 'z'] });
      const graph = builder()
        .addNode('sub', inner)
        .addNode('end', say('end'))
        .addEdge(START, 'sub')
        .addEdge('sub', 'end')
        .compile({ checkpointer });
      const threadId = fresh();
      const statuses = [(await graph.invoke({}, { threadId })).status];
      for (let more = 0; more < 2; more++) statuses.push((await graph.with({}).invoke(null, { threadId })).status);
      expect(statuses).to.deep.equal(['interrupted', 'interrupted', 'completed']);
      expect((await graph.getState(threadId))?.state.log).to.deep.equal(['x', 'y', 'z', 'end']);
      await assertNothingLeft(threadId);
    });
  }
});

describe('a subgraph that fails', () => {
  const failing = (runs: string[], isBroken: () => boolean) =>
    builder('failing')
      .addNode('first', () => {
        runs.push('first');
        return { log: ['first'] };
      })
      .addNode('good', async () => {
        runs.push('good');
        await turn();
        return { log: ['good'] };
      })
      .addNode('bad', async () => {
        runs.push('bad');
        await turn();
        await turn();
        if (isBroken()) throw new Error('no luck');
        return { log: ['bad'] };
      })
      .addNode('end', ({ log }) => ({ n: log.length }))
      .addEdge(START, 'first')
      .addEdge('first', 'good')
      .addEdge('first', 'bad')
      .addEdge(['good', 'bad'], 'end');

  it('fails the run with the error of its node, keeps what finished inside, and goes on there', async () => {
    const runs: string[] = [];
    let isBroken = true;
    const make = () => parentOf(failing(runs, () => isBroken)).compile({ checkpointer });
    const threadId = fresh();
    const failed = await make().invoke({ log: ['given'] }, { threadId });
    expect(failed.status === 'failed' && failed.error).to.include({
      code: 'node-failed',
      message: 'Node "bad" failed: no luck',
    });
    isBroken = false;
    const { status, state } = await make().invoke(null, { threadId });
    expect([status, state]).to.deep.equal(['completed', { n: 4, log: ['given', 'first', 'good', 'bad'] }]);
    expect(runs).to.deep.equal(['first', 'good', 'bad', 'bad']);
    await assertNothingLeft(threadId);
  });

  it('is tried again as its node may be', async () => {
    const runs: string[] = [];
    const graph = builder()
      .addNode('sub', failing(runs, () => runs.filter((run) => run === 'bad').length < 3).compile(), {
        retry: { attempts: 3, delay: 1 },
      })
      .addEdge(START, 'sub')
      .compile({ checkpointer });
    const { status, state, threadId } = await graph.invoke({});
    expect([status, state]).to.deep.equal(['completed', { n: 3, log: ['first', 'good', 'bad'] }]);
    await assertNothingLeft(threadId);
  });

  it('leads to the node that handles it, and leaves nothing behind', async () => {
    const runs: string[] = [];
    const graph = builder()
      .addNode('sub', failing(runs, () => true).compile(), { onError: 'mend' })
      .addNode('mend', (_, { failures }) => ({ log: failures.map(({ node, error }) => `${node} ${error.message}`) }))
      .addEdge(START, 'sub')
      .compile({ checkpointer });
    const { status, state, threadId } = await graph.invoke({});
    expect([status, state.log.at(-1)]).to.deep.equal(['completed', 'sub Node "bad" failed: no luck']);
    await assertNothingLeft(threadId);
  });

  it('is given up by another input, which loses nothing that had finished in it', async () => {
    const runs: string[] = [];
    let isBroken = true;
    const graph = parentOf(failing(runs, () => isBroken)).compile({ checkpointer });
    const threadId = fresh();
    expect((await graph.invoke({ log: ['given'] }, { threadId })).status).to.equal('failed');
    isBroken = false;
    const { state } = await graph.invoke({ log: ['again'] }, { threadId });
    expect(state.log).to.deep.equal(['given', 'first', 'good', 'again', 'first', 'good', 'bad']);
    await assertNothingLeft(threadId);
  });

  it('in one of several sends keeps what the others gave', async () => {
    const runs: number[] = [];
    let isBroken = true;
    const inner = builder('inner')
      .addNode('x', async ({ n }) => {
        runs.push(n);
        await turn();
        if (n === 2 && isBroken) {
          await turn();
          throw new Error('no luck');
        }
        return { log: [`x${n}`] };
      })
      .addEdge(START, 'x')
      .compile();
    const graph = builder()
      .addNode('sub', inner)
      .addConditionalEdges(START, () => [1, 2, 3].map((n) => new Send('sub', { n })), ['sub'])
      .compile({ checkpointer });
    const threadId = fresh();
    expect((await graph.invoke({}, { threadId })).status).to.equal('failed');
    isBroken = false;
    const { state } = await graph.with({}).invoke(null, { threadId });
    expect(state.log).to.deep.equal(['x1', 'x2', 'x3']);
    expect(runs.sort()).to.deep.equal([1, 2, 2, 3]);
    await assertNothingLeft(threadId);
  });
});

describe('a Send to a subgraph', () => {
  it('has its input for an update of the channels of the subgraph, of every kind', async () => {
    const all = { last: last(() => 0), list: append<string>(), byName: map<number>(), words: text(), total: sum() };
    const inner = new StateGraph({
      id: 'inner',
      version: '1',
      channels: { ...all, own: last(() => 0), seen: last(() => '') },
    })
      .addNode('x', (state) => ({
        list: [JSON.stringify([state.last, state.list, [...state.byName], state.words, state.total, state.own])],
      }))
      .addEdge(START, 'x')
      .compile();
    const graph = new StateGraph({ id: 'parent', version: '1', channels: all })
      .addNode('sub', inner)
      .addConditionalEdges(
        START,
        () => new Send('sub', { last: 1, list: ['sent'], byName: { a: 1 }, words: 'sent', total: 5, own: 7 }),
        ['sub'],
      )
      .compile({ checkpointer });
    const { status, state } = await graph.invoke({ list: ['given'], words: 'given ', total: 10 });
    expect(status).to.equal('completed');
    expect(state.list.slice(1)).to.deep.equal(['[1,["given","sent"],[["a",1]],"given sent",15,7]']);
    // What was sent is no change that the subgraph made.
    expect([state.last, state.list[0], state.words, state.total]).to.deep.equal([0, 'given', 'given ', 10]);
  });

  it('of something that is no update fails typed', async () => {
    const inner = builder('inner').addNode('x', say('x')).addEdge(START, 'x').compile();
    for (const [input, code] of [
      ['text', 'invalid-update'],
      [{ nothing: 1 }, 'unknown-channel'],
      [{ log: 'no list' }, 'invalid-update'],
    ] as const) {
      const graph = builder()
        .addNode('sub', inner)
        .addConditionalEdges(START, () => new Send('sub', input), ['sub'])
        .compile();
      const result = await graph.invoke({});
      expect(result.status === 'failed' && result.error.code).to.equal(code);
    }
  });

  it('runs as many as there are sends, each by itself, at most as many at a time as it may', async () => {
    let running = 0;
    let most = 0;
    const inner = builder('inner')
      .addNode('x', async ({ n }) => {
        most = Math.max(most, ++running);
        await turn();
        running--;
        return { n: n * 10 };
      })
      .addNode('y', ({ n }) => ({ log: [String(n)], n: 0 }))
      .addEdge(START, 'x')
      .addEdge('x', 'y')
      .compile();
    const graph = builder()
      .addNode('sub', inner)
      .addConditionalEdges(START, () => [1, 2, 3, 4].map((n) => new Send('sub', { n, log: ['private'] })), ['sub'])
      .compile();
    const result = await graph.invoke({}, { concurrency: 2 });
    expect(result.status === 'failed' && result.error.code).to.equal('write-conflict');
    const quiet = builder('quiet')
      .addNode('x', async ({ n }) => {
        most = Math.max(most, ++running);
        await turn();
        running--;
        return { log: [String(n * 10)] };
      })
      .addEdge(START, 'x')
      .compile();
    const fine = builder()
      .addNode('sub', quiet)
      .addConditionalEdges(START, () => [1, 2, 3, 4].map((n) => new Send('sub', { n, log: ['private'] })), ['sub'])
      .compile();
    const { state } = await fine.invoke({}, { concurrency: 2 });
    expect([state.log, state.n]).to.deep.equal([['10', '20', '30', '40'], 0]);
    expect(most).to.be.at.most(2);
  });
});

describe('a subgraph whose run stops', () => {
  const steps = (runs: string[], at: string, hook: (ctx: Context) => void | Promise<void>) => {
    const node = (name: string) => async (_: unknown, ctx: Context) => {
      runs.push(name);
      if (name === at) await hook(ctx);
      return { log: [name] };
    };
    return builder('steps')
      .addSequence([
        ['x', node('x')],
        ['y', node('y')],
        ['z', node('z')],
      ])
      .addEdge(START, 'x');
  };

  it('by a cancel tells its node, keeps what finished, and goes on there', async () => {
    const runs: string[] = [];
    const stop = new AbortController();
    let reason: unknown;
    const make = () =>
      parentOf(
        steps(runs, 'y', async ({ signal }) => {
          if (stop.signal.aborted) return;
          signal.addEventListener('abort', () => {
            reason = signal.reason;
          });
          stop.abort();
          await turn();
        }),
      ).compile({ checkpointer });
    const threadId = fresh();
    const cancelled = await make().invoke({}, { threadId, signal: stop.signal });
    expect(cancelled.status).to.equal('cancelled');
    expect(reason).to.include({ code: 'aborted' });
    const { status, state } = await make().invoke(null, { threadId });
    expect([status, state.log, runs]).to.deep.equal(['completed', ['x', 'y', 'z'], ['x', 'y', 'y', 'z']]);
    await assertNothingLeft(threadId);
  });

  it('by a cancel while it waits for where it begins writes nothing afterwards', async () => {
    const asked = deferred();
    const way = deferred();
    const routed = deferred();
    let isFirst = true;
    const inner = builder('inner')
      .addNode('x', say('x'))
      .addConditionalEdges(START, async () => {
        if (!isFirst) return 'x';
        isFirst = false;
        asked.resolve();
        await way.promise;
        routed.resolve();
        return 'x';
      }, ['x']);
    const graph = parentOf(inner).compile({ checkpointer });
    const threadId = fresh();
    const run = graph.stream({}, { threadId });
    const { result } = run;
    await asked.promise;
    run.cancel();
    const { status, version } = await result;
    expect(status).to.equal('cancelled');
    way.resolve();
    await routed.promise;
    await turn();
    expect((await graph.getState(threadId))?.version).to.equal(version);
    const again = await graph.invoke(null, { threadId });
    expect([again.status, again.state.log]).to.deep.equal(['completed', ['x']]);
  });

  it('by a pause, or a limit, goes on there', async () => {
    for (const how of ['pause', 'limit'] as const) {
      const runs: string[] = [];
      const run = deferred<{ pause(): void }>();
      const make = () =>
        parentOf(
          steps(runs, 'x', async () => {
            if (how === 'pause') (await run.promise).pause();
          }),
        ).compile({ checkpointer });
      const threadId = fresh();
      const first = make().stream({}, { threadId, ...(how === 'limit' ? { stepLimit: 2 } : {}) });
      run.resolve(first);
      const { status } = await first.result;
      expect(status).to.equal(how === 'pause' ? 'paused' : 'limit');
      expect(runs).to.deep.equal(['x']);
      expect((await make().invoke(null, { threadId })).state.log).to.deep.equal(['x', 'y', 'z']);
      expect(runs).to.deep.equal(['x', 'y', 'z']);
      await assertNothingLeft(threadId);
    }
  });

  it('begins anew in each round of a loop', async () => {
    const inner = new StateGraph({ id: 'inner', version: '1', channels: { ...channels, own: last(() => 0) } })
      .addNode('x', ({ own, n }) => ({ own: own + 1, n: n + 1, log: [`own ${own}`] }))
      .addEdge(START, 'x')
      .compile();
    const graph = builder()
      .addNode('sub', inner)
      .addEdge(START, 'sub')
      .addConditionalEdges('sub', ({ n }) => (n < 3 ? 'sub' : END), ['sub', END])
      .compile({ checkpointer });
    const { state, threadId } = await graph.invoke({});
    expect(state).to.deep.equal({ n: 3, log: ['own 0', 'own 0', 'own 0'] });
    await assertNothingLeft(threadId);
  });

  it('ends at once, and changes nothing, when its beginning leads nowhere', async () => {
    const inner = builder('inner')
      .addNode('x', say('x'))
      .addConditionalEdges(START, () => END, ['x', END])
      .compile();
    const graph = builder()
      .addNode('sub', inner)
      .addNode('after', say('after'))
      .addEdge(START, 'sub')
      .addEdge('sub', 'after')
      .compile({ checkpointer });
    const { status, state, threadId } = await graph.invoke({});
    expect([status, state.log]).to.deep.equal(['completed', ['after']]);
    await assertNothingLeft(threadId);
  });
});

describe('a thread with a subgraph under way', () => {
  const all = {
    ...channels,
    last: last(() => ({ a: 0, b: 0 })),
    byName: map<number>(),
    words: text(),
    total: sum(),
  };
  const make = () => {
    const inner = new StateGraph({ id: 'inner', version: '1', channels: { ...all, own: append<number>() } })
      .addNode('one', ({ total }) => ({ own: [total], log: ['one'], byName: { one: 1 }, words: 'one ', total: 1 }))
      .addNode('left', async ({ last: value }) => {
        await turn();
        return { own: [2], last: { ...value, a: 1 }, log: ['left'] };
      })
      .addNode('right', ({ last: value }) => ({ own: [3], last: { ...value, b: 2 }, log: ['right'] }))
      .addNode('end', ({ own }, ctx) => ({
        log: [`own ${own.join()} ${ctx.random() < 1}`],
        byName: { one: undefined, end: own.length },
        words: 'end',
        total: 10,
      }))
      .addEdge(START, 'one')
      .addEdge('one', 'left')
      .addEdge('one', 'right')
      .addEdge(['left', 'right'], 'end')
      .compile();
    const outer = new StateGraph({ id: 'outer', version: '1', channels: all })
      .addNode('inner', inner)
      .addNode('beside', () => ({ log: ['beside'], words: 'beside ' }))
      .addEdge(START, 'inner')
      .addEdge(START, 'beside')
      .compile();
    return new StateGraph({ id: 'root', version: '1', channels: all })
      .addNode('first', () => ({ log: ['first'], total: 100 }))
      .addNode('outer', outer)
      .addNode('last', ({ log }) => ({ n: log.length }))
      .addEdge(START, 'first')
      .addEdge('first', 'outer')
      .addEdge('outer', 'last')
      .compile({ checkpointer });
  };
  const input = { log: ['given'], byName: { given: 0 }, words: 'given ' };

  it('goes on from each of its versions to the same end, in a copy, with another object of the graph', async () => {
    const threadId = fresh();
    const whole = await make().invoke(input, { threadId });
    expect(whole.status).to.equal('completed');
    expect(whole.state).to.deep.equal({
      n: 7,
      log: ['given', 'first', 'one', 'left', 'right', 'own 100,2,3 true', 'beside'],
      last: { a: 1, b: 2 },
      byName: new Map([
        ['given', 0],
        ['end', 3],
      ]),
      words: 'given one endbeside ',
      total: 111,
    });
    await assertNothingLeft(threadId);
    let inside = 0;
    for (let version = 1; version <= whole.version; version++) {
      const copy = await make().fork(threadId, version);
      if ((await namesIn(copy)).some((name) => name.startsWith('2:outer/1:inner/'))) inside++;
      const { status, state } = await make().invoke(null, { threadId: copy });
      expect([status, state], `version ${version}`).to.deep.equal(['completed', whole.state]);
      await assertNothingLeft(copy);
    }
    expect(inside).to.be.at.least(3);
  });

  it('goes on from each step at which a run stops, one step a run', async () => {
    const threadId = fresh();
    const whole = await make().invoke(input, { threadId: fresh() });
    let result = await make().invoke(input, { threadId, stepLimit: 3 });
    let runs = 1;
    while (result.status === 'limit' && runs < 50) {
      // Each run spends a step at every level on its way in.
      result = await make().invoke(null, { threadId, stepLimit: 3 });
      runs++;
    }
    expect([result.status, result.state]).to.deep.equal(['completed', whole.state]);
    expect(runs).to.be.at.least(3);
    await assertNothingLeft(threadId);
  });

  it('does the same when it is stored at its end alone', async () => {
    const whole = await make().invoke(input, { threadId: fresh() });
    for (const stepLimit of [2, 3, 4, 5, 6, 100]) {
      const threadId = fresh();
      let result = await make().invoke(input, { threadId, durability: 'exit', stepLimit });
      if (result.status === 'limit') result = await make().invoke(null, { threadId, durability: 'exit' });
      expect([result.status, result.state], `limit ${stepLimit}`).to.deep.equal(['completed', whole.state]);
      expect((await make().getState(threadId))?.state).to.deep.equal(whole.state);
      await assertNothingLeft(threadId);
    }
  });

  it('shows the state and the next nodes of its root, and keeps the rest to itself', async () => {
    const graph = make();
    const threadId = fresh();
    await graph.invoke(input, { threadId, stepLimit: 4 });
    const snapshot = await graph.getState(threadId);
    expect(snapshot?.next).to.deep.equal(['outer']);
    expect(Object.keys(snapshot?.state ?? {}).sort()).to.deep.equal(Object.keys(all).sort());
    expect(snapshot?.state.log).to.deep.equal(['given', 'first']);
  });

  it('takes an answer in a copy, and the original still asks', async () => {
    const inner = builder('inner')
      .addNode('ask', async (_, ctx) => ({ log: [await ctx.interrupt<string>('?')] }))
      .addEdge(START, 'ask');
    const graph = parentOf(inner).compile({ checkpointer });
    const threadId = fresh();
    const { interrupts, version } = await graph.invoke({}, { threadId });
    const copy = await graph.fork(threadId, version);
    const [question] = interrupts;
    const answered = await graph.resume(copy, { [question?.id ?? '']: 'copy' }).result;
    expect(answered.state.log).to.deep.equal(['copy']);
    expect((await graph.getState(threadId))?.interrupts).to.deep.equal(interrupts);
    const original = await graph.resume(threadId, { [question?.id ?? '']: 'original' }).result;
    expect(original.state.log).to.deep.equal(['original']);
  });

  it('may be 2,000 steps long, stored at its end alone', async () => {
    const inner = builder('inner')
      .addNode('x', ({ n }) => ({ n: n + 1, log: [String(n)] }))
      .addEdge(START, 'x')
      .addConditionalEdges('x', ({ n }) => (n < 2000 ? 'x' : END), ['x', END]);
    const graph = parentOf(inner).compile({ checkpointer });
    const threadId = fresh();
    const { status } = await graph.invoke({}, { threadId, durability: 'exit', stepLimit: 5000 });
    const state = (await graph.getState(threadId))?.state;
    expect([status, state?.n, state?.log.length, state?.log.at(-1)]).to.deep.equal(['completed', 2000, 2000, '1999']);
    await assertNothingLeft(threadId);
  });

  it('hears a Command of an inner graph in the graph around it, and in no other', async () => {
    const leaf = builder('leaf')
      .addNode('x', () => new Command({ graph: 'parent', update: { log: ['left'] }, goto: 'target' }))
      .addEdge(START, 'x')
      .compile();
    const middle = builder('middle')
      .addNode('leaf', leaf, { ends: ['target'] })
      .addNode('target', say('middle target'))
      .addEdge(START, 'leaf')
      .compile();
    const graph = builder()
      .addNode('middle', middle)
      .addNode('target', say('root target'))
      .addEdge(START, 'middle')
      .addConditionalEdges('middle', () => END, ['target', END])
      .compile({ checkpointer });
    const { state, threadId } = await graph.invoke({});
    expect(state.log).to.deep.equal(['left', 'middle target']);
    await assertNothingLeft(threadId);
  });
});
