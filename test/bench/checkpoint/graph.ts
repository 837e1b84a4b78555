/** The graph in this package's engine. */
import { append, END, last, START, StateGraph } from '../../../src/engine.ts';
import type { Checkpointer } from '../../../src/engine.ts';
import { verify } from '../harness/contender.ts';
import { BEGIN, change, filling } from './data.ts';
import type { Change, Filling, Full, Message, Size } from './data.ts';

let limit = 0;
let began = 0;

const builder = new StateGraph({
  id: 'bench',
  version: '1',
  channels: {
    n: last(() => 0),
    last: last<Change['last']>(() => BEGIN.last),
    messages: append<Message>(),
    record: last<Filling['record']>(() => ({})),
    text: last(() => ''),
  },
})
  .addNode('a', async (state) => {
    if (state.n === 0) began = performance.now();
    return change(state);
  })
  .addEdge(START, 'a')
  .addConditionalEdges('a', ({ n }) => (n < limit ? 'a' : END), ['a', END]);

export interface Runner {
  /** Makes a thread with a state of some size. */
  fill(threadId: string, size: Size): Promise<void>;
  /** Runs steps on a thread. Gives the milliseconds from the call to the answer, which comes when all is durable. */
  run(threadId: string, steps: number, more?: Partial<Full>): Promise<number>;
  /** Runs steps in memory alone. Gives the milliseconds from the first step on. */
  loop(size: Size, steps: number): Promise<number>;
}

/** Runs the graph with a checkpointer, or with none. */
export function createRunner(checkpointer?: Checkpointer): Runner {
  const graph = builder.compile(checkpointer && { checkpointer });
  const invoke = async (steps: number, input: Partial<Full>, threadId: string): Promise<void> => {
    limit = steps;
    const { status, state } = await graph.invoke({ ...BEGIN, ...input }, { threadId, stepLimit: Infinity });
    verify(status, 'completed', 'the status');
    verify(state.n, steps, 'n');
  };
  return {
    fill: (threadId, size) => invoke(1, filling(size), threadId),
    async run(threadId, steps, more = {}) {
      const start = performance.now();
      await invoke(steps, more, threadId);
      return performance.now() - start;
    },
    async loop(size, steps) {
      await invoke(steps, filling(size), 'none');
      return performance.now() - began;
    },
  };
}
