/** The engine: loops, rings, single runs, fan-outs and a listener. */
import { append, Command, END, last, Send, START, StateGraph } from '../../../src/engine.ts';
import { contender, verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { asyncNode, syncNode } from './node.ts';
import type { Count } from './node.ts';

function loop(node: (state: Count) => Count | Promise<Count>, listening = false): Scenario {
  let limit = 0;
  const graph = new StateGraph({ id: 'loop', version: '1', channels: { n: last(() => 0) } })
    .addNode('a', node)
    .addEdge(START, 'a')
    .addConditionalEdges('a', ({ n }) => (n < limit ? 'a' : END), ['a', END])
    .compile();
  return async (units) => {
    limit = units;
    let events = 0;
    const onEvent = (): void => {
      events++;
    };
    const { state } = await graph.invoke({}, { stepLimit: Infinity, ...(listening ? { onEvent } : {}) });
    verify(state.n, units, 'n');
    verify(events > units, listening, 'whether there were events');
  };
}

/** 10,000 steps around a ring of nodes. */
function ring(size: number): Scenario {
  const steps = 10_000;
  const builder = new StateGraph({ id: 'ring', version: '1', channels: { n: last(() => 0) } }).addEdge(START, 'n0');
  for (let i = 0; i < size; i++) builder.addNode(`n${i}`, syncNode);
  for (let i = 1; i < size; i++) builder.addEdge(`n${i - 1}`, `n${i}`);
  const graph = builder.addConditionalEdges(`n${size - 1}`, ({ n }) => (n < steps ? 'n0' : END), ['n0', END]).compile();
  return async (units) => {
    for (let i = 0; i < units; i++) {
      const { state } = await graph.invoke({}, { stepLimit: Infinity });
      verify(state.n, steps, 'n');
    }
  };
}

function single(): Scenario {
  const graph = new StateGraph({ id: 'single', version: '1', channels: { n: last(() => 0) } })
    .addNode('a', syncNode)
    .addEdge(START, 'a')
    .addEdge('a', END)
    .compile();
  return async (units) => {
    for (let i = 0; i < units; i++) {
      const { state } = await graph.invoke({});
      verify(state.n, 1, 'n');
    }
  };
}

/** Times what lies between the node that sends and the one that comes after all tasks. */
function fanOut(size: number): Scenario {
  let start = 0;
  let ms = 0;
  const graph = new StateGraph({ id: 'fan-out', version: '1', channels: { items: append<number>() } })
    .addNode(
      'send',
      () => {
        start = performance.now();
        return new Command({ goto: Array.from({ length: size }, (_, i) => new Send('task', i)) });
      },
      { ends: ['task'] },
    )
    .addSendNode('task', (input: number) => ({ items: [input] }))
    .addNode('join', () => {
      ms += performance.now() - start;
    })
    .addEdge(START, 'send')
    .addEdge('task', 'join')
    .addEdge('join', END)
    .compile();
  return async (units) => {
    ms = 0;
    for (let i = 0; i < units; i++) {
      const { state } = await graph.invoke({});
      verify(state.items.length, size, 'the number of items');
    }
    return ms;
  };
}

contender({
  'async node': loop(asyncNode),
  'sync node': loop(syncNode),
  listener: loop(asyncNode, true),
  'ring 10': ring(10),
  'ring 1,000': ring(1000),
  'ring 10,000': ring(10_000),
  single: single(),
  'fan-out 100': fanOut(100),
  'fan-out 1,000': fanOut(1000),
});
