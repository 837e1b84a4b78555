import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createMemoryCheckpointer, last, START, StateGraph } from '../../src/engine.ts';

it('runs, interrupts and resumes in plain Node', async () => {
  const graph = new StateGraph({ id: 'node', version: '1', channels: { n: last(() => 0) } })
    .addNode('ask', async (_, ctx) => ({ n: await ctx.interrupt<number>('?') }))
    .addEdge(START, 'ask')
    .compile({ checkpointer: createMemoryCheckpointer() });
  const first = await graph.invoke({}, { threadId: 't' });
  assert.equal(first.status, 'interrupted');
  const [question] = first.interrupts;
  const { status, state } = await graph.resume('t', { [question?.id ?? '']: 3 }).result;
  assert.deepEqual([status, state.n], ['completed', 3]);
});
