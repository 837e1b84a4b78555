import { expect } from 'chai';
import { createAgentContext, createAgentGraph, createGuide, userMessage } from '../../src/agent/index.ts';
import { createMemoryGrants } from '../../src/checkpoint/index.ts';
import { call, createScriptedModel, say } from '../../src/models/index.ts';
import {
  createExecutor,
  createPipeline,
  createResultCache,
  createToolRegistry,
  createToolSet,
} from '../../src/tools/index.ts';
import { tool } from './conversation.ts';

/** Bytes that stay on the heap. */
async function heap(): Promise<number> {
  const { gc } = globalThis as unknown as { readonly gc: () => void };
  for (let round = 0; round < 3; round++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve));
  }
  // Chromium has it, and no other browser; its type is in no standard.
  return (performance as Performance & { readonly memory: { readonly usedJSHeapSize: number } }).memory.usedJSHeapSize;
}

describe('an agent', () => {
  const TURNS = 1000;
  /** Bytes for each turn: less than its shortest message takes. */
  const KEPT = 100;

  it('keeps nothing of 1,000 turns that are over', async () => {
    const registry = createToolRegistry();
    registry.add(tool('look', 'read', { cacheTtl: 0 }));
    const set = createToolSet(registry, 'default');
    const executor = createExecutor({
      ...{ registry, set: () => set, grants: createMemoryGrants(), pipeline: createPipeline([]) },
      cache: createResultCache(() => 0),
      policy: { mode: 'dangerous', timeout: undefined },
    });
    const graph = createAgentGraph();
    const guide = createGuide({});
    const turn = async (n: number): Promise<void> => {
      const model = createScriptedModel([call('look', { n }), call('look', { n: n + 1 }), say(`Done ${n}.`)]);
      const context = createAgentContext({ model, guide, registry, set: () => set, executor, now: () => 0 });
      const { status } = await graph.invoke({ messages: [userMessage(`look at ${n}`, `m${n}`, 0)] }, { context });
      expect(status).to.equal('completed');
    };
    for (let n = 0; n < 1000; n++) await turn(n);
    const before = await heap();
    for (let n = 0; n < TURNS; n++) await turn(1000 + n);
    expect((await heap()) - before).to.be.below(TURNS * KEPT);
  });
});
