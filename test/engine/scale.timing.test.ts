import { assert } from 'chai';
import {
  append,
  Command,
  createMemoryCheckpointer,
  END,
  last,
  map,
  Send,
  START,
  StateGraph,
  text,
  draftNode,
} from '../../src/engine.ts';
import type { RunEvent } from '../../src/engine.ts';
import { turn } from './scheduler.ts';

const counter = { n: last(() => 0) };

/** Milliseconds that work takes. */
async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Computes without a pause. */
function compute(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('a graph of 10,000 nodes', () => {
  const NODES = 10_000;
  const names = Array.from({ length: NODES }, (_, index) => `n${index}`);

  it('compiles in under a second as a chain, and runs', async () => {
    const builder = new StateGraph({ id: 'chain', version: '1', channels: counter });
    for (const name of names) builder.addNode(name, ({ n }) => ({ n: n + 1 }));
    names.forEach((name, index) => builder.addEdge(names[index - 1] ?? START, name));
    const begun = performance.now();
    const graph = builder.compile();
    assert.isBelow(performance.now() - begun, 1000);
    const { status, state } = await graph.invoke({}, { stepLimit: NODES });
    assert.deepEqual([status, state.n], ['completed', NODES]);
  });

  it('compiles in under a second as one step and a join, and runs', async () => {
    const builder = new StateGraph({ id: 'wide', version: '1', channels: { ...counter, log: append<number>() } });
    names.forEach((name, index) => builder.addNode(name, () => ({ log: [index] })).addEdge(START, name));
    builder.addNode('join', ({ log }) => ({ n: log.length })).addEdge(names, 'join');
    const begun = performance.now();
    const graph = builder.compile();
    assert.isBelow(performance.now() - begun, 1000);
    const { status, state } = await graph.invoke({});
    assert.deepEqual([status, state.n], ['completed', NODES]);
    assert.deepEqual(state.log, [...names.keys()]);
  });
});

describe('a fan-out of 10,000 sends', () => {
  const SENDS = 10_000;
  const channels = { ...counter, by: map<number>(), log: append<number>() };
  const make = () =>
    new StateGraph({ id: 'fan', version: '1', channels })
      .addNode('split', () => new Command({ goto: Array.from({ length: SENDS }, (_, n) => new Send('work', n)) }), {
        ends: ['work'],
      })
      .addSendNode<number>('work', (n) => ({ log: [n], by: { [`k${n}`]: n } }))
      .addNode('end', ({ log }) => ({ n: log.length }))
      .addEdge(START, 'split')
      .addEdge('work', 'end');

  it('runs every one once, in the order of the sends, and leads on once', async () => {
    const { status, state } = await make().compile().invoke({});
    assert.deepEqual([status, state.n, state.by.size], ['completed', SENDS, SENDS]);
    assert.deepEqual(
      state.log,
      Array.from({ length: SENDS }, (_, n) => n),
    );
  });

  it('is stored, and read back as it was', async () => {
    const graph = make().compile({ checkpointer: createMemoryCheckpointer(() => 0) });
    const { version, state } = await graph.invoke({}, { threadId: 't', concurrency: 100 });
    assert.deepEqual((await graph.getState('t', version))?.state, state);
    assert.lengthOf((await graph.getState('t', version - 2))?.next ?? [], SENDS);
  });
});

describe('a run of a million steps', () => {
  const STEPS = 1_000_000;
  const WARM = 300_000;
  /** Bytes by which the heap may grow over 700,000 steps: less than 80 for each, which is less than any object of a step. */
  const GROWTH = 56_000_000;

  /** Bytes that stay on the heap: the least that is seen while short-lived objects keep the collector at work. */
  async function heap(): Promise<number> {
    let least = Infinity;
    for (let round = 0; round < 256; round++) {
      Array.from({ length: 20_000 }, (_, index) => ({ index }));
      await turn();
      // Chromium has it, and no other browser; its type is in no standard.
      const { memory } = performance as Performance & { readonly memory: { readonly usedJSHeapSize: number } };
      least = Math.min(least, memory.usedJSHeapSize);
    }
    return least;
  }

  async function growth(onEvent?: (event: RunEvent) => void): Promise<number> {
    let before = 0;
    let after = 0;
    const graph = new StateGraph({ id: 'long', version: '1', channels: { ...counter, at: last(() => ({ n: 0 })) } })
      .addNode('step', ({ n }) => {
        const update = { n: n + 1, at: { n } };
        if (n === WARM) return heap().then((bytes) => ((before = bytes), update));
        if (n === STEPS - 1) return heap().then((bytes) => ((after = bytes), update));
        return update;
      })
      .addEdge(START, 'step')
      .addConditionalEdges('step', ({ n }) => (n < STEPS ? 'step' : END), ['step', END])
      .compile();
    const { status, state } = await graph.invoke({}, { stepLimit: STEPS, ...(onEvent ? { onEvent } : {}) });
    assert.deepEqual([status, state.n], ['completed', STEPS]);
    return after - before;
  }

  it('keeps nothing of its steps', async () => {
    assert.isBelow(await growth(), GROWTH);
  });

  it('keeps nothing of the events that it has told', async () => {
    let events = 0;
    assert.isBelow(await growth(() => events++), GROWTH);
    assert.isAbove(events, 4 * STEPS);
  });
});

describe('a node that computes 5 ms, 1,000 times', () => {
  const TIMES = 1000;
  const LATE = 100;
  const channels = { ...counter, log: append<number>() };

  /** How long a cancel that a timer asks for takes from the moment at which the timer is due, and how much was computed. */
  async function cancelled(graph: Pick<typeof loop, 'stream'>): Promise<{ late: number; computed: number }> {
    count = 0;
    const run = graph.stream({}, { stepLimit: TIMES });
    const due = performance.now() + 50;
    setTimeout(() => {
      run.cancel();
    }, 50);
    const { status } = await run.result;
    assert.equal(status, 'cancelled');
    return { late: performance.now() - due, computed: count };
  }

  let count = 0;
  const work = (): { log: number[] } => {
    compute(5);
    return { log: [count++] };
  };
  const loop = new StateGraph({ id: 'loop', version: '1', channels })
    .addNode('work', work)
    .addEdge(START, 'work')
    .addConditionalEdges('work', ({ log }) => (log.length < TIMES ? 'work' : END), ['work', END])
    .compile();
  const sends = new StateGraph({ id: 'sends', version: '1', channels })
    .addSendNode<number>('work', work)
    .addConditionalEdges(START, () => Array.from({ length: TIMES }, (_, n) => new Send('work', n)), ['work'])
    .compile();

  for (const [where, graph] of Object.entries({ 'a loop': loop, 'one step': sends })) {
    it(`lets a cancel through in ${where}`, async () => {
      const { late, computed } = await cancelled(graph);
      assert.isBelow(late, LATE);
      assert.isBelow(computed, TIMES / 10);
    });

    it(`lets a cancel through in ${where} after short steps have made it look at the clock seldom`, async () => {
      const channels = { ...counter, log: append<number>() };
      const inner = new StateGraph({ id: 'mixed', version: '1', channels })
        .addNode('short', ({ n }) => ({ n: n + 1 }))
        .addNode('work', work)
        .addSendNode('sent', work)
        .addEdge(START, 'short')
        .addConditionalEdges(
          'short',
          ({ n }) => {
            if (n < 2000) return 'short';
            return where === 'a loop' ? 'work' : Array.from({ length: TIMES }, (_, sent) => new Send('sent', sent));
          },
          ['short', 'work', 'sent'],
        )
        .addEdge('work', 'work')
        .compile();
      count = 0;
      const due = { at: Infinity };
      const controller = new AbortController();
      const result = await inner.invoke(
        {},
        {
          stepLimit: 4000,
          signal: controller.signal,
          onEvent: (event) => {
            if (event.type !== 'node-start' || event.node === 'short' || due.at !== Infinity) return;
            due.at = performance.now() + 5;
            setTimeout(() => {
              controller.abort();
            }, 5);
          },
        },
      );
      assert.equal(result.status, 'cancelled');
      assert.isBelow(performance.now() - due.at, LATE);
    });
  }
});

describe('a channel that grows by one item a step', () => {
  /** Ten times the items may cost each step at most this many times as much. */
  const RATIO = 3;

  const graphs = {
    append: new StateGraph({ id: 'append', version: '1', channels: { ...counter, all: append<number>() } })
      .addNode('add', ({ n }) => ({ n: n + 1, all: [n] }))
      .addEdge(START, 'add')
      .addEdge('add', 'add')
      .compile(),
    text: new StateGraph({ id: 'text', version: '1', channels: { ...counter, all: text() } })
      .addNode('add', ({ n }) => ({ n: n + 1, all: 'word ' }))
      .addEdge(START, 'add')
      .addEdge('add', 'add')
      .compile(),
    map: new StateGraph({ id: 'map', version: '1', channels: { ...counter, all: map<number>() } })
      .addNode('add', ({ n }) => ({ n: n + 1, all: { [`k${n}`]: n } }))
      .addEdge(START, 'add')
      .addEdge('add', 'add')
      .compile(),
    'append in a draft': new StateGraph({ id: 'draft', version: '1', channels: { ...counter, all: append<number>() } })
      .addNode(
        'add',
        draftNode((draft) => {
          draft.all.push(draft.n);
          draft.n += 1;
        }),
      )
      .addEdge(START, 'add')
      .addEdge('add', 'add')
      .compile(),
    'map in a draft': new StateGraph({ id: 'draft-map', version: '1', channels: { ...counter, all: map<number>() } })
      .addNode(
        'add',
        draftNode((draft) => {
          draft.all.set(`k${draft.n}`, draft.n);
          draft.n += 1;
        }),
      )
      .addEdge(START, 'add')
      .addEdge('add', 'add')
      .compile(),
  };

  for (const [kind, graph] of Object.entries(graphs)) {
    it(`takes 100,000 items in linear time: ${kind}`, async () => {
      const perStep = async (steps: number): Promise<number> => {
        const ms = await timed(async () => {
          const { state, status } = await graph.invoke({}, { stepLimit: steps });
          assert.deepEqual([status, state.n], ['limit', steps]);
          const { all } = state;
          const length = typeof all === 'string' ? all.length / 5 : 'size' in all ? all.size : all.length;
          assert.equal(length, steps);
        });
        return ms / steps;
      };
      await perStep(10_000);
      const short = Math.min(await perStep(10_000), await perStep(10_000), await perStep(10_000));
      const long = Math.min(await perStep(100_000), await perStep(100_000));
      assert.isBelow(long / short, RATIO, `${short * 1000} µs a step, then ${long * 1000} µs`);
    });
  }
});
