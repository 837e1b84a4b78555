/** LangGraph.js: its `ToolNode`, in the build for browsers. */
import { AIMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ToolNode } from '@langchain/langgraph/prebuilt';
import { contender, verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { ARGUMENTS, INPUT, sketches } from './corpus.ts';

function execute(count: number): Scenario {
  const all = sketches(count);
  const tools = all.map(({ name, description }) =>
    tool(() => Promise.resolve('done'), { name, description, schema: INPUT }),
  );
  const node = new ToolNode(tools);
  return async (units) => {
    for (let i = 0; i < units; i++) {
      const name = all[i % count]?.name ?? '';
      const message = new AIMessage({ content: '', tool_calls: [{ id: `c${i}`, name, args: ARGUMENTS }] });
      const { messages } = await node.invoke({ messages: [message] });
      verify(messages[0]?.content, 'done', 'the result');
    }
  };
}

contender({ 'execute 10': execute(10), 'execute 1,000': execute(1000) });
