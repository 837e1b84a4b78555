/** The engine in the worker while the page listens to every event of the run, and while nobody does. */
import { END, last, START, StateGraph } from '../../../src/engine.ts';
import { createEventHub } from '../../../src/worker/event-hub.ts';
import { openTabs } from '../../../src/worker/tabs.ts';
import { contender, verify } from '../harness/contender.ts';
import { asyncNode } from './node.ts';

const THREAD = 'bench';

let limit = 0;
const hub = createEventHub(openTabs('bench'), undefined);
const graph = new StateGraph({ id: 'loop', version: '1', channels: { n: last(() => 0) } })
  .addNode('a', asyncNode)
  .addEdge(START, 'a')
  .addConditionalEdges('a', ({ n }) => (n < limit ? 'a' : END), ['a', END])
  .compile();

contender({
  async silent(units) {
    limit = units;
    const { state } = await graph.invoke({}, { stepLimit: Infinity });
    verify(state.n, units, 'n');
  },
  async watched(units, port) {
    if (!port) throw new Error('The page must watch.');
    limit = units;
    hub.subscribe(THREAD, port, false);
    const { state } = await graph.invoke(
      {},
      {
        threadId: THREAD,
        stepLimit: Infinity,
        onEvent(event) {
          hub.publish(THREAD, event);
        },
      },
    );
    verify(state.n, units, 'n');
  },
});
