/** The AI SDK: a run of `generateText` with a model that calls one tool after another. */
import { generateText, jsonSchema, stepCountIs, tool } from 'ai';
import { contender, verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { ARGUMENTS, INPUT, sketches } from './corpus.ts';

const CALLS = 50;

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};

function run(count: number): Scenario {
  const all = sketches(count);
  const tools = Object.fromEntries(
    all.map(({ name, description }) => [
      name,
      tool({ description, inputSchema: jsonSchema(INPUT), execute: () => Promise.resolve('done') }),
    ]),
  );
  return async (units) => {
    for (let i = 0; i < units; i++) {
      let asked = 0;
      const model = {
        specificationVersion: 'v4',
        provider: 'bench',
        modelId: 'scripted',
        supportedUrls: {},
        doGenerate() {
          const index = asked++;
          if (index === CALLS) {
            const content = [{ type: 'text', text: 'Done.' }];
            return Promise.resolve({ content, finishReason: { unified: 'stop', raw: 'stop' }, usage, warnings: [] });
          }
          const name = all[(index * 7) % count]?.name ?? '';
          const content = [
            { type: 'tool-call', toolCallId: `c${index}`, toolName: name, input: JSON.stringify(ARGUMENTS) },
          ];
          const finishReason = { unified: 'tool-calls', raw: 'tool-calls' };
          return Promise.resolve({ content, finishReason, usage, warnings: [] });
        },
        doStream: () => Promise.reject(new Error('not used')),
      };
      const { steps, text } = await generateText({
        model,
        tools,
        prompt: 'please add my order',
        stopWhen: stepCountIs(CALLS + 1),
      });
      verify(text, 'Done.', 'the text');
      verify(steps.length, CALLS + 1, 'the number of steps');
    }
  };
}

contender({ 'run 10': run(10), 'run 1,000': run(1000) });
