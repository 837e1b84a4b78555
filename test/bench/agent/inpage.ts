/** The agent of this package: whole runs, the building of requests, and conversations that are made smaller. */
import { createAgentContext, createAgentGraph, createGuide, userMessage } from '../../../src/agent/index.ts';
import { planCompaction } from '../../../src/agent/compaction/plan.ts';
import { createTokenCounter } from '../../../src/agent/compaction/token-counter.ts';
import { WHOLE } from '../../../src/agent/compaction/view.ts';
import { eraseIndexedDb, openIndexedDb } from '../../../src/checkpoint/index.ts';
import type { Message, Model, ModelPart } from '../../../src/core/index.ts';
import { createScriptedModel, finish, remoteModel, say } from '../../../src/models/index.ts';
import { contender, verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { ARGUMENTS, sketches } from '../tools/corpus.ts';
import { kit } from '../tools/kit.ts';

/** Calls of one run. */
const CALLS = 50;

/** The calls of a run are more than a turn may have. */
const NO_LIMITS = { callsPerTurn: Infinity, roundsPerTurn: Infinity, readsInARow: Infinity, searchHintAfter: Infinity };

function agentOf(count: number) {
  const { registry, set, executor } = kit(count);
  const guide = createGuide({ limits: NO_LIMITS, instructions: 'You help the person at the page.' });
  const contextFor = (model: Model) =>
    createAgentContext({ model, guide, registry, set: () => set, executor, now: () => 0 });
  return { graph: createAgentGraph(), contextFor };
}

function scriptOf(count: number, calls = CALLS): (readonly ModelPart[])[] {
  const names = sketches(count).map(({ name }) => name);
  return [
    ...Array.from({ length: calls }, (_, i): readonly ModelPart[] => [
      { type: 'tool-call', id: 'c', name: names[(i * 7) % count] ?? '', input: ARGUMENTS },
      finish('tool-calls'),
    ]),
    say('Done.'),
  ];
}

/** Runs of the agent with a scripted model: 50 calls, one after another, and a word at the end. */
function run(count: number): Scenario {
  const { graph, contextFor } = agentOf(count);
  const asked = sketches(count);
  const script = scriptOf(count);
  return async (units) => {
    for (let i = 0; i < units; i++) {
      const context = contextFor(createScriptedModel(script));
      // Each run asks for something else, so that each chooses its tools anew.
      const update = { messages: [userMessage(asked[i % count]?.query ?? '', `m${i}`, 0)] };
      const { state, status } = await graph.invoke(update, { context });
      verify(status, 'completed', 'the status');
      verify(state.messages.length, 2 * CALLS + 2, 'the number of messages');
    }
  };
}

const encoder = new TextEncoder();
const ANSWER = encoder.encode(
  'data: {"choices":[{"delta":{"content":"Yes."}}]}\n\ndata: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
);

/** Turns of a thread that has many messages, with a remote model whose server answers at once. */
function turns(messages: number): Scenario {
  const { graph, contextFor } = agentOf(20);
  const bodies: string[] = [];
  const model = remoteModel({
    endpoint: 'https://models.example/v1',
    model: 'bench',
    contextTokens: 10_000_000,
    fetch: (_url, init) => {
      bodies.push(init.body as string);
      return Promise.resolve(new Response(ANSWER, { headers: { 'content-type': 'text/event-stream' } }));
    },
  });
  return async (units) => {
    const context = contextFor(model);
    const storage = await openIndexedDb('bench-turns');
    try {
      const thread = graph.with({ checkpointer: storage.checkpointer });
      const threadId = `t${Math.random()}`;
      const early = Array.from({ length: messages }, (_, i) =>
        userMessage(`message ${i} `.padEnd(200, '.'), `e${i}`, 0),
      );
      await thread.invoke({ messages: early }, { threadId, context });
      bodies.length = 0;
      const start = performance.now();
      for (let i = 0; i < units; i++) {
        const { status } = await thread.invoke(
          { messages: [userMessage('and now?', `m${i}`, 0)] },
          { threadId, context },
        );
        verify(status, 'completed', 'the status');
      }
      const ms = performance.now() - start;
      let same = 0;
      // Up to where the messages end; what follows them is the rest of the request.
      for (const [i, body] of bodies.entries()) {
        const before = bodies[i - 1];
        if (before !== undefined && body.startsWith(before.slice(0, before.lastIndexOf('}],')))) same++;
      }
      verify(same, bodies.length - 1, 'the number of requests with the same beginning');
      return ms;
    } finally {
      await storage.close();
      await eraseIndexedDb('bench-turns');
    }
  };
}

const LINE = 'The quick brown fox jumps over the lazy dog, and goes on to tell of it at some length. ';

/** Plans what a conversation of 1,000 messages loses. */
const compact: Scenario = (units) => {
  const messages = Array.from({ length: 1000 }, (_, i): Message => {
    const content = [{ type: 'text', text: `${i} ${LINE.repeat(4)}` }] as const;
    const id = `m${i}`;
    return i % 2 === 0 ? { id, at: 0, role: 'user', content } : { id, at: 0, role: 'assistant', content };
  });
  const counter = createTokenCounter();
  const used = counter.total(messages);
  for (let i = 0; i < units; i++) {
    const options = { contextTokens: used, used, counter, toolOf: () => undefined, summarise: 'extract' as const };
    verify(planCompaction(messages, WHOLE, options).view === WHOLE, false, 'whether the view is the same');
  }
  return Promise.resolve();
};

/** Turns of a thread on disk, each with a write that is noted before it is made. */
const durable: Scenario = async (units) => {
  const { graph, contextFor } = agentOf(10);
  const storage = await openIndexedDb('bench-durable');
  try {
    const thread = graph.with({ checkpointer: storage.checkpointer });
    const start = performance.now();
    for (let i = 0; i < units; i++) {
      const context = contextFor(createScriptedModel(scriptOf(10, 1)));
      const update = { messages: [userMessage('add one', `m${i}`, 0)] };
      const { status } = await thread.invoke(update, { threadId: 't', context });
      verify(status, 'completed', 'the status');
    }
    return performance.now() - start;
  } finally {
    await storage.close();
    await eraseIndexedDb('bench-durable');
  }
};

contender({
  'run 10': run(10),
  'run 1,000': run(1000),
  'turns after 10': turns(10),
  'turns after 1,000': turns(1000),
  'compact 1,000': compact,
  durable,
});
