import { expect } from 'chai';
import fc from 'fast-check';
import {
  append,
  Command,
  createMemoryCheckpointer,
  END,
  last,
  Send,
  START,
  StateGraph,
  toMermaid,
} from '../../src/engine.ts';
import type { RunEvent } from '../../src/engine.ts';
import { rejection } from '../helpers/rejection.ts';

const channels = { n: last(() => 0), log: append<string>() };
const builder = () => new StateGraph({ id: 'test', version: '1', channels });
const checkpointer = createMemoryCheckpointer();
let threads = 0;
const fresh = () => `t${threads++}`;

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
    return 'nothing thrown';
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('compile', () => {
  it('reports every fault at once, with the names that exist', () => {
    const graph = new StateGraph({ id: 'bad', version: '1', channels: { '~next': last(() => 0) } })
      .addNode('a', () => undefined)
      .addNode('a', () => undefined)
      .addEdge(START, 'b')
      .addEdge('c', 'a')
      .addConditionalEdges('a', () => 'd', ['d']);
    let error: unknown;
    try {
      graph.compile();
    } catch (caught) {
      error = caught;
    }
    expect(error).to.include({ code: 'invalid-graph' });
    const { message } = error as Error;
    for (const fault of [
      /two nodes named "a"/,
      /"b", which is no node/,
      /leaves "c"/,
      /leads to "d"/,
      /"~next" is no/,
    ]) {
      expect(message).to.match(fault);
    }
  });

  it('refuses a graph without nodes, without a beginning, and with a node that nothing leads to', () => {
    expect(codeOf(() => builder().compile())).to.equal('invalid-graph');
    expect(
      codeOf(() =>
        builder()
          .addNode('a', () => undefined)
          .compile(),
      ),
    ).to.equal('invalid-graph');
    const island = builder()
      .addNode('a', () => undefined)
      .addNode('b', () => undefined)
      .addEdge(START, 'a');
    expect(() => island.compile()).to.throw(/nothing leads to "b"/);
  });

  it('describes nodes and edges', () => {
    const graph = builder()
      .addNode('a', () => undefined)
      .addNode('b', () => undefined)
      .addEdge(START, 'a')
      .addConditionalEdges('a', () => 'b', ['b', END])
      .compile();
    expect(graph.describe()).to.deep.equal({
      id: 'test',
      version: '1',
      nodes: [
        { name: 'a', deferred: false },
        { name: 'b', deferred: false },
      ],
      edges: [
        { from: START, to: 'a', kind: 'always' },
        { from: 'a', to: 'b', kind: 'maybe' },
        { from: 'a', to: END, kind: 'maybe' },
      ],
    });
  });
});

describe('invoke', () => {
  it('runs nodes along edges and returns the state', async () => {
    const graph = builder()
      .addNode('a', ({ n }) => ({ n: n + 1, log: ['a'] }))
      .addNode('b', async ({ n }) => Promise.resolve({ n: n * 10, log: ['b'] }))
      .addEdge(START, 'a')
      .addEdge('a', 'b')
      .addEdge('b', END)
      .compile();
    const result = await graph.invoke({ n: 4 });
    expect(result.status).to.equal('completed');
    expect(result.state).to.deep.equal({ n: 50, log: ['a', 'b'] });
  });

  it('runs the targets of several edges together on the same state, and merges in the order of the graph', async () => {
    const seen: string[] = [];
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const graph = builder()
      .addNode('slow', async ({ log }) => {
        await gate;
        seen.push(`slow:${log.length}`);
        return { log: ['slow'] };
      })
      .addNode('fast', ({ log }) => {
        seen.push(`fast:${log.length}`);
        release();
        return { log: ['fast'] };
      })
      .addEdge(START, 'slow')
      .addEdge(START, 'fast')
      .compile();
    const { state } = await graph.invoke({});
    expect(seen).to.deep.equal(['fast:0', 'slow:0']);
    expect(state.log).to.deep.equal(['slow', 'fast']);
  });

  it('fails with both names when parallel nodes set one channel, and stores nothing of the step', async () => {
    const graph = builder()
      .addNode('a', () => ({ n: 1 }))
      .addNode('b', () => ({ n: 2 }))
      .addEdge(START, 'a')
      .addEdge(START, 'b')
      .compile();
    const result = await graph.invoke({});
    expect(result.status === 'failed' && result.error.code).to.equal('write-conflict');
    expect(result.state.n).to.equal(0);
  });

  it('follows conditional edges, sync and async, to names, lists and END', async () => {
    const graph = builder()
      .addNode('a', ({ n }) => ({ n: n + 1 }))
      .addNode('b', () => ({ log: ['b'] }))
      .addNode('c', () => ({ log: ['c'] }))
      .addEdge(START, 'a')
      .addConditionalEdges('a', async ({ n }) => Promise.resolve(n < 3 ? 'a' : ['c', 'b']), ['a', 'b', 'c'])
      .addConditionalEdges('b', () => END, [END])
      .compile();
    expect((await graph.invoke({})).state).to.deep.equal({ n: 3, log: ['b', 'c'] });
  });

  it('fans out by Send, with an input for each, and leads on once', async () => {
    const graph = builder()
      .addNode('split', () => undefined)
      .addSendNode<number>('square', (input) => ({ log: [String(input * input)] }))
      .addNode('join', ({ log }) => ({ n: log.length }))
      .addEdge(START, 'split')
      .addConditionalEdges('split', () => [1, 2, 3].map((n) => new Send('square', n)), ['square'])
      .addEdge('square', 'join')
      .compile();
    expect((await graph.invoke({})).state).to.deep.equal({ n: 3, log: ['1', '4', '9'] });
  });

  it('updates and goes where a Command says', async () => {
    const graph = builder()
      .addNode('a', () => new Command({ update: { n: 7 }, goto: 'b' }), { ends: ['b'] })
      .addNode('b', ({ n }) => ({ log: [`b${n}`] }))
      .addEdge(START, 'a')
      .compile();
    expect(graph.describe().edges).to.deep.include({ from: 'a', to: 'b', kind: 'maybe' });
    expect((await graph.invoke({})).state).to.deep.equal({ n: 7, log: ['b7'] });
  });

  it('fails typed when a route or a Command names no node', async () => {
    const lost = builder()
      .addNode('a', () => undefined)
      .addEdge(START, 'a')
      .addConditionalEdges('a', () => 'nowhere')
      .compile();
    const result = await lost.invoke({});
    expect(result.status === 'failed' && [result.error.code, result.error.fix]).to.deep.equal([
      'invalid-goto',
      'Use END or one of: a.',
    ]);
  });

  it('gives nodes a state that they cannot change', async () => {
    const graph = new StateGraph({ id: 'frozen', version: '1', channels: { list: append<{ x: number }>() } })
      .addNode('a', ({ list }) => {
        (list[0] as { x: number }).x = 2;
      })
      .addEdge(START, 'a')
      .compile();
    const result = await graph.invoke({ list: [{ x: 1 }] });
    expect(result.status).to.equal('failed');
    expect(result.state.list).to.deep.equal([{ x: 1 }]);
  });

  it('names the node that threw, keeps the cause and what finished siblings wrote, and goes on from there', async () => {
    let broken = true;
    let runs = 0;
    const graph = builder()
      .addNode('good', () => {
        runs++;
        return { log: ['good'] };
      })
      .addNode('bad', () => {
        if (broken) throw new TypeError('no luck');
        return { log: ['bad'] };
      })
      .addEdge(START, 'good')
      .addEdge(START, 'bad')
      .compile({ checkpointer });
    const threadId = fresh();
    const failed = await graph.invoke({}, { threadId });
    expect(failed.status === 'failed' && failed.error).to.include({
      code: 'node-failed',
      message: 'Node "bad" failed: no luck',
    });
    expect(failed.status === 'failed' && failed.error.cause).to.be.instanceOf(TypeError);
    broken = false;
    const { status, state } = await graph.invoke(null, { threadId });
    expect([status, state.log, runs]).to.deep.equal(['completed', ['good', 'bad'], 1]);
  });

  it('stops at the step limit with what it has, and goes on when asked', async () => {
    const graph = builder()
      .addNode('a', ({ n }) => ({ n: n + 1 }))
      .addEdge(START, 'a')
      .addConditionalEdges('a', ({ n }) => (n < 5 ? 'a' : END), ['a', END])
      .compile({ checkpointer });
    const threadId = fresh();
    const first = await graph.invoke({}, { threadId, stepLimit: 3 });
    expect([first.status, first.state.n]).to.deep.equal(['limit', 3]);
    const second = await graph.invoke(null, { threadId });
    expect([second.status, second.state.n]).to.deep.equal(['completed', 5]);
    expect(await rejection(graph.invoke({}, { stepLimit: 0 }))).to.include({ code: 'invalid-option' });
  });

  it('takes a second input on a finished thread, with the state of the first', async () => {
    const graph = builder()
      .addNode('a', ({ n }) => ({ log: [`saw ${n}`] }))
      .addEdge(START, 'a')
      .compile({ checkpointer });
    const threadId = fresh();
    await graph.invoke({ n: 1 }, { threadId });
    const { state } = await graph.invoke({ n: 2 }, { threadId });
    expect(state.log).to.deep.equal(['saw 1', 'saw 2']);
  });

  it('lets runs of one thread follow one another, so that none is lost', async () => {
    const graph = builder()
      .addNode('a', async ({ n }) => Promise.resolve({ n: n + 1 }))
      .addEdge(START, 'a')
      .compile({ checkpointer });
    const threadId = fresh();
    await Promise.all([1, 2, 3, 4].map(() => graph.invoke({}, { threadId })));
    expect((await graph.getState(threadId))?.state.n).to.equal(4);
  });

  it('gives the state at any version, and nothing for a thread that is not there', async () => {
    const graph = builder()
      .addNode('a', ({ n }) => ({ n: n + 1 }))
      .addEdge(START, 'a')
      .compile({ checkpointer });
    const threadId = fresh();
    const { version } = await graph.invoke({}, { threadId });
    expect(await graph.getState(threadId, version - 1)).to.deep.include({ state: { n: 0, log: [] }, next: ['a'] });
    expect(await graph.getState(fresh())).to.equal(undefined);
  });

  it('refuses to go on with a thread of another version', async () => {
    const make = (version: string) =>
      new StateGraph({ id: 'g', version, channels })
        .addNode('a', () => undefined)
        .addEdge(START, 'a')
        .compile({ checkpointer });
    const threadId = fresh();
    await make('1').invoke({}, { threadId });
    expect(await rejection(make('2').invoke({}, { threadId }))).to.include({ code: 'graph-changed' });
  });

  it('refuses a value that cannot be stored, and keeps the thread as it was', async () => {
    const graph = new StateGraph({ id: 'v', version: '1', channels: { v: last<unknown>(() => 'first') } })
      .addNode('a', () => ({ v: { f: () => 1 } }))
      .addEdge(START, 'a')
      .compile({ checkpointer });
    const threadId = fresh();
    const result = await graph.invoke({}, { threadId });
    expect(result.status === 'failed' && result.error.code).to.equal('unstorable-value');
    expect((await graph.getState(threadId))?.state.v).to.equal('first');
  });

  it('says that a thread cannot be resumed without a checkpointer', async () => {
    const graph = builder()
      .addNode('a', () => undefined)
      .addEdge(START, 'a')
      .compile();
    expect(await rejection(graph.invoke(null))).to.include({ code: 'checkpointer-missing' });
  });
});

describe('what finished', () => {
  it('is not run again when a route throws after it', async () => {
    let broken = true;
    let paid = 0;
    const graph = builder()
      .addNode('pay', () => {
        paid++;
        return { n: paid };
      })
      .addEdge(START, 'pay')
      .addConditionalEdges('pay', () => {
        if (broken) throw new Error('no way');
        return END;
      })
      .compile({ checkpointer });
    const threadId = fresh();
    expect((await graph.invoke({}, { threadId })).status).to.equal('failed');
    broken = false;
    const { status, state } = await graph.invoke(null, { threadId });
    expect([status, state.n, paid]).to.deep.equal(['completed', 1, 1]);
  });

  it('is kept beside a node whose update cannot be stored, and beside a new input', async () => {
    let paid = 0;
    const graph = new StateGraph({
      id: 'kept',
      version: '1',
      channels: { log: append<string>(), v: last<unknown>(() => 0) },
    })
      .addNode('pay', () => ({ log: [`paid ${++paid}`] }))
      .addNode('bad', () => ({ v: () => 1 }))
      .addEdge(START, 'pay')
      .addEdge(START, 'bad')
      .compile({ checkpointer });
    const threadId = fresh();
    const failed = await graph.invoke({}, { threadId });
    expect(failed.status === 'failed' && failed.error.code).to.equal('unstorable-value');
    await graph.invoke(null, { threadId });
    expect(paid).to.equal(1);
    await graph.invoke({}, { threadId });
    expect((await graph.getState(threadId))?.state.log).to.deep.equal(['paid 1']);
  });

  it('runs both of a node and a send whose names could be mistaken for each other', () => {
    const graph = builder()
      .addNode('a:0', () => undefined)
      .addEdge(START, 'a:0');
    expect(() => graph.compile()).to.throw(/"a:0" is no name/);
  });
});

describe('the state', () => {
  it('keeps a Map and a Set closed to changes in place', async () => {
    const graph = new StateGraph({
      id: 'map',
      version: '1',
      channels: { map: last(() => new Map([['k', new Set(['v'])]])) },
    })
      .addNode('a', ({ map }) => {
        map.set('x', new Set());
      })
      .addEdge(START, 'a')
      .compile({ checkpointer });
    const threadId = fresh();
    expect((await graph.invoke({}, { threadId })).status).to.equal('failed');
    const map = (await graph.getState(threadId))?.state.map;
    expect([...(map ?? [])].map(([key, set]) => [key, ...set])).to.deep.equal([['k', 'v']]);
  });

  it('is refused for a version that the thread does not have', async () => {
    const graph = builder()
      .addNode('a', () => undefined)
      .addEdge(START, 'a')
      .compile({ checkpointer });
    const threadId = fresh();
    await graph.invoke({}, { threadId });
    expect(await rejection(graph.getState(threadId, 99))).to.include({ code: 'unknown-version' });
    expect(await rejection(graph.invoke(null, { threadId: fresh() }))).to.include({ code: 'unknown-thread' });
  });
});

describe('stream', () => {
  const events = async (run: AsyncIterable<RunEvent>): Promise<RunEvent[]> => {
    const all: RunEvent[] = [];
    for await (const event of run) all.push(event);
    return all;
  };

  it('numbers events, pairs every node-start with a node-end, and ends with one run-end', async () => {
    const graph = builder()
      .addNode('a', (_, ctx) => {
        ctx.write('hello');
      })
      .addEdge(START, 'a')
      .compile({ checkpointer });
    const all = await events(graph.stream({}));
    expect(all.map((event) => event.type)).to.deep.equal([
      'run-start',
      'state-delta',
      'step-start',
      'node-start',
      'custom',
      'node-end',
      'state-delta',
      'checkpoint',
      'run-end',
    ]);
    expect(all.map((event) => event.seq)).to.deep.equal(all.map((_, index) => index));
  });

  it('gives the failure as an event, as the result and as an exception', async () => {
    const graph = builder()
      .addNode('a', () => {
        throw new Error('no');
      })
      .addEdge(START, 'a')
      .compile();
    const run = graph.stream({});
    const seen: RunEvent[] = [];
    const reading = (async () => {
      for await (const event of run) seen.push(event);
    })();
    expect(await rejection(reading)).to.include({ code: 'node-failed' });
    expect(seen.at(-1)).to.include({ type: 'run-end', status: 'failed' });
    expect((await run.result).status).to.equal('failed');
  });

  it('cancels the run when the reader leaves early', async () => {
    let aborted = false;
    const graph = builder()
      .addNode(
        'a',
        (_, ctx) =>
          new Promise((_resolve, reject) => {
            ctx.signal.addEventListener('abort', () => {
              aborted = true;
              reject(new Error('stopped'));
            });
          }),
      )
      .addEdge(START, 'a')
      .compile();
    const run = graph.stream({});
    for await (const event of run) if (event.type === 'node-start') break;
    expect((await run.result).status).to.equal('cancelled');
    expect(aborted).to.equal(true);
  });
});

describe('cancel and pause', () => {
  const counting = builder()
    .addNode('a', async ({ n }) => Promise.resolve({ n: n + 1 }))
    .addEdge(START, 'a')
    .addConditionalEdges('a', ({ n }) => (n < 20 ? 'a' : END), ['a', END])
    .compile({ checkpointer });

  for (const how of ['cancel', 'pause'] as const) {
    it(`ends in one run-end and a resumable thread, whatever step ${how} comes in`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 19 }), async (step) => {
          const threadId = fresh();
          const run = counting.stream({}, { threadId });
          let ends = 0;
          for await (const event of run) {
            if (event.type === 'step-start' && event.step === step + 1) run[how]();
            if (event.type === 'run-end') ends++;
          }
          expect(ends).to.equal(1);
          expect((await run.result).status).to.be.oneOf([how === 'cancel' ? 'cancelled' : 'paused', 'completed']);
          const { status, state } = await counting.invoke(null, { threadId });
          expect([status, state.n]).to.deep.equal(['completed', 20]);
        }),
        { numRuns: 30 },
      );
    });
  }

  it('resolves as cancelled, and writes nothing, when the signal has aborted already', async () => {
    const threadId = fresh();
    const { status } = await counting.invoke({ n: 3 }, { threadId, signal: AbortSignal.abort() });
    expect([status, await counting.getState(threadId)]).to.deep.equal(['cancelled', undefined]);
  });

  it('does not wait for a node that ignores the signal', async () => {
    const graph = builder()
      .addNode('deaf', () => new Promise<void>(() => undefined))
      .addEdge(START, 'deaf')
      .compile();
    const stop = new AbortController();
    const run = graph.stream({}, { signal: stop.signal });
    for await (const event of run) if (event.type === 'node-start') stop.abort();
    expect((await run.result).status).to.equal('cancelled');
  });

  it('runs nothing again that had finished when the cancel came, also where its route was still to be awaited', async () => {
    let paid = 0;
    const graph = builder()
      .addNode('pay', () => ({ log: [`paid ${++paid}`] }))
      .addEdge(START, 'pay')
      .addConditionalEdges('pay', async () => Promise.resolve(END), [END])
      .compile({ checkpointer });
    const threadId = fresh();
    const stop = new AbortController();
    const onEvent = ({ type }: RunEvent): void => {
      if (type === 'node-end') stop.abort();
    };
    expect((await graph.invoke({}, { threadId, signal: stop.signal, onEvent })).status).to.equal('cancelled');
    const { status, state } = await graph.invoke(null, { threadId });
    expect([status, state.log, paid]).to.deep.equal(['completed', ['paid 1'], 1]);
  });

  it('says its end once, also to one who cancels while it says so', async () => {
    const graph = builder()
      .addNode('a', async (_, { interrupt }) => ({ log: [String(await interrupt('sure?'))] }))
      .addEdge(START, 'a')
      .compile({ checkpointer });
    for (const at of ['checkpoint', 'interrupt', 'run-end']) {
      const stop = new AbortController();
      const seen: string[] = [];
      const onEvent = ({ type }: RunEvent): void => {
        seen.push(type);
        if (type === at) stop.abort();
      };
      const { status } = await graph.invoke({}, { signal: stop.signal, onEvent });
      expect([status, seen.slice(-3)]).to.deep.equal(['interrupted', ['checkpoint', 'interrupt', 'run-end']]);
    }
  });

  it('lets a cancel through while nodes compute without a pause', async () => {
    const graph = builder()
      .addNode('busy', () => {
        const end = performance.now() + 5;
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
    const { status } = await graph.invoke({}, { signal: stop.signal });
    expect(status).to.equal('cancelled');
  });
});

describe('toMermaid', () => {
  it('draws nodes, ends, every kind of edge, and subgraphs within their node', () => {
    const child = builder()
      .addNode('say "hi" <b>', () => undefined)
      .addEdge(START, 'say "hi" <b>')
      .compile();
    const graph = builder()
      .addNode('a', () => undefined, { onError: 'd' })
      .addNode('b', child)
      .addNode('c', () => undefined, { defer: true })
      .addNode('d', () => undefined)
      .addEdge(START, 'a')
      .addConditionalEdges('a', () => 'b', ['b', END])
      .addEdge(['a', 'b'], 'c')
      .compile();
    expect(toMermaid(graph).split('\n')).to.deep.equal([
      'flowchart TD',
      '  n0((" "))',
      '  n2("a")',
      '  subgraph n3["b"]',
      '    n3_0((" "))',
      '    n3_2("say #34;hi#34; #60;b#62;")',
      '    n3_0 --> n3_2',
      '  end',
      '  n4[["c"]]',
      '  n5("d")',
      '  n1(((" ")))',
      '  n0 --> n2',
      '  n2 ==> n4',
      '  n3 ==> n4',
      '  n2 -.-> n3',
      '  n2 -.-> n1',
      '  n2 -. error .-> n5',
    ]);
  });
});
