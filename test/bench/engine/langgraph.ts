/** LangGraph.js, in its build for browsers. */
import { Annotation, END, START, StateGraph } from '@langchain/langgraph/web';
import { contender, verify } from '../harness/contender.ts';
import { asyncNode } from './node.ts';

let limit = 0;
const graph = new StateGraph(Annotation.Root({ n: Annotation<number>() }))
  .addNode('a', asyncNode)
  .addEdge(START, 'a')
  .addConditionalEdges('a', ({ n }) => (n < limit ? 'a' : END), ['a', END])
  .compile();

contender({
  async 'async node'(units) {
    limit = units;
    const { n } = await graph.invoke({ n: 0 }, { recursionLimit: units + 10 });
    verify(n, units, 'n');
  },
});
