/** LangGraph.js: its ready-made ReAct agent with a model that calls one tool after another. */
import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { createReactAgent } from '@langchain/langgraph/prebuilt';
import { contender, verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { ARGUMENTS, INPUT, sketches } from '../tools/corpus.ts';

const CALLS = 50;

function run(count: number): Scenario {
  const all = sketches(count);
  const tools = all.map(({ name, description }) =>
    tool(() => Promise.resolve('done'), { name, description, schema: INPUT }),
  );
  class Scripted extends BaseChatModel {
    asked = 0;
    _llmType(): string {
      return 'scripted';
    }
    override bindTools(): this {
      return this;
    }
    override _generate(): Promise<unknown> {
      const index = this.asked++;
      const message =
        index === CALLS
          ? new AIMessage({ content: 'Done.', tool_calls: [] })
          : new AIMessage({
              content: '',
              tool_calls: [{ id: `c${index}`, name: all[(index * 7) % count]?.name ?? '', args: ARGUMENTS }],
            });
      return Promise.resolve({ generations: [{ text: '', message }] });
    }
  }
  return async (units) => {
    for (let i = 0; i < units; i++) {
      const agent = createReactAgent({ llm: new Scripted({}), tools });
      const input = { messages: [{ role: 'user', content: 'please add my order' }] };
      const { messages } = await agent.invoke(input, { recursionLimit: 2 * CALLS + 10 });
      verify(messages.length, 2 * CALLS + 2, 'the number of messages');
    }
  };
}

contender({ 'run 10': run(10), 'run 1,000': run(1000) });
