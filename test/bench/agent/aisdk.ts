/** The AI SDK: runs of `generateText` and `streamText` with a model that calls one tool after another. */
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { contender, verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { ARGUMENTS, INPUT, sketches } from '../tools/corpus.ts';

const CALLS = 50;

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};

const STOP = { unified: 'stop', raw: 'stop' };
const TOOL_CALLS = { unified: 'tool-calls', raw: 'tool-calls' };

function run(count: number, isStreamed: boolean): Scenario {
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
            return Promise.resolve({ content, finishReason: STOP, usage, warnings: [] });
          }
          const name = all[(index * 7) % count]?.name ?? '';
          const content = [
            { type: 'tool-call', toolCallId: `c${index}`, toolName: name, input: JSON.stringify(ARGUMENTS) },
          ];
          return Promise.resolve({ content, finishReason: TOOL_CALLS, usage, warnings: [] });
        },
        doStream() {
          const index = asked++;
          const isLast = index === CALLS;
          const call = {
            type: 'tool-call',
            toolCallId: `c${index}`,
            toolName: all[(index * 7) % count]?.name ?? '',
            input: JSON.stringify(ARGUMENTS),
          };
          const parts = [
            { type: 'stream-start', warnings: [] },
            ...(isLast
              ? [
                  { type: 'text-start', id: 't' },
                  { type: 'text-delta', id: 't', delta: 'Done.' },
                  { type: 'text-end', id: 't' },
                ]
              : [call]),
            { type: 'finish', finishReason: isLast ? STOP : TOOL_CALLS, usage },
          ];
          const stream = new ReadableStream({
            start(controller) {
              for (const part of parts) controller.enqueue(part);
              controller.close();
            },
          });
          return Promise.resolve({ stream });
        },
      };
      const request = { model, tools, prompt: 'please add my order', stopWhen: stepCountIs(CALLS + 1) };
      const { steps, text } = isStreamed ? await streamed(request) : await generateText(request);
      verify(text, 'Done.', 'the text');
      verify(steps.length, CALLS + 1, 'the number of steps');
    }
  };
}

/** Reads a stream to its end, as whoever shows it does. */
async function streamed(request: Parameters<typeof streamText>[0]) {
  const result = streamText(request);
  for await (const part of result.fullStream) if (part.type === 'error') throw new Error('It failed.');
  return { steps: await result.steps, text: await result.text };
}

contender({
  'run 10': run(10, false),
  'run 1,000': run(1000, false),
  'stream 10': run(10, true),
  'stream 1,000': run(1000, true),
});
