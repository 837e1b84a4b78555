/** The suite's own host: its graph, its tools, its model, and the watch over its transactions. */
import { openIndexedDb } from '../../src/checkpoint/index.ts';
import { messageText } from '../../src/core/index.ts';
import type { Model, ModelPart, ModelRequest } from '../../src/core/index.ts';
import { finish, say } from '../../src/models/index.ts';
import { serve } from '../../src/serve.ts';
import { order } from './order.ts';
import { roundsOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { arm, watchTransactions } from './points.ts';
import type { Arm } from './points.ts';
import { createTool } from './tools.ts';

/** What the page tells this worker, beside what it tells a host. */
export type Order =
  | { readonly type: 'arm'; readonly arm: Arm | undefined }
  | { readonly type: 'prune'; readonly namespace: string; readonly share: number };

/** What to say next follows from the conversation alone, so that it is the same after a crash. */
function answer({ messages }: ModelRequest): readonly ModelPart[] {
  const from = messages.findLastIndex(({ role }) => role === 'user');
  const asked = messages[from];
  if (!asked) return say('Nobody has said anything.');
  const { plan, turn } = JSON.parse(messageText(asked)) as { plan: Plan; turn: number };
  const round = messages.slice(from).filter(({ role }) => role === 'assistant').length;
  const calls = roundsOf(plan, turn)[round];
  if (!calls) return say(`Done ${turn}`);
  return [
    ...calls.map(({ tool: name, ...input }): ModelPart => ({ type: 'tool-call', id: input.key, name, input })),
    finish('tool-calls'),
  ];
}

const model: Model = {
  id: 'crash',
  generative: true,
  contextTokens: 1_000_000,
  nativeTools: true,
  async *stream(request) {
    yield* answer(request);
  },
};

async function prune(namespace: string, share: number): Promise<void> {
  const storage = await openIndexedDb(namespace);
  const { bytes } = await storage.checkpointer.usage();
  await storage.checkpointer.prune({ maxBytes: bytes * share });
  await storage.close();
}

watchTransactions();
addEventListener('message', ({ data }: MessageEvent<Order>) => {
  if (data.type === 'arm') arm(data.arm);
  if (data.type === 'prune') {
    void prune(data.namespace, data.share).then(() => {
      (postMessage as (message: string) => void)('pruned');
    });
  }
});
serve({
  graphs: [order],
  tools: [createTool('note'), createTool('charge'), createTool('store'), createTool('look')],
  models: { crash: () => model },
});
