/** LangGraph.js with its MemorySaver, in its build for browsers. */
import { Annotation, END, MemorySaver, START, StateGraph } from '@langchain/langgraph/web';
import { contender, verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { BEGIN, change, filling, NAMES, sizeOf } from './data.ts';
import type { Change, Filling, Size } from './data.ts';

let limit = 0;

const builder = new StateGraph(
  Annotation.Root({
    n: Annotation<number>(),
    last: Annotation<Change['last']>(),
    messages: Annotation<Filling['messages']>(),
    record: Annotation<Filling['record']>(),
    text: Annotation<string>(),
  }),
)
  .addNode('a', async (state) => change(state))
  .addEdge(START, 'a')
  .addConditionalEdges('a', ({ n }) => (n < limit ? 'a' : END), ['a', END]);

const run =
  (size: Size): Scenario =>
  async (steps) => {
    // It keeps every version whole, so no longer than it must.
    const checkpointer = new MemorySaver();
    const graph = builder.compile({ checkpointer });
    const options = { configurable: { thread_id: 't' }, recursionLimit: steps + 10 };
    limit = 1;
    await graph.invoke({ ...filling(size), ...BEGIN }, options);
    const before = sizeOf(checkpointer.storage) + sizeOf(checkpointer.writes);
    limit = steps;
    const start = performance.now();
    const { n } = await graph.invoke(BEGIN, options);
    const ms = performance.now() - start;
    verify(n, steps, 'n');
    return { ms, bytes: sizeOf(checkpointer.storage) + sizeOf(checkpointer.writes) - before };
  };

contender(Object.fromEntries(NAMES.map((size) => [`run ${size}`, run(size)])));
