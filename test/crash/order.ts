/** A graph with all that a crash could tear: parallel branches, a draft, a join, an effect, a question, a loop. */
import { append, draftNode, END, last, map, reduce, START, StateGraph, text } from '../../src/engine.ts';
import { effect } from './effect.ts';
import { fileOf, itemOf, pause, paymentOf } from './plan.ts';
import type { Job } from './plan.ts';
import { tell } from './tell.ts';

const NO_JOB: Job = { thread: '', turn: 0, steps: 0, size: 0 };

export const order = new StateGraph({
  id: 'order',
  version: '1',
  channels: {
    job: last(() => NO_JOB),
    step: last(() => 0),
    log: append<string>(),
    cells: map<string>(),
    files: map<Blob>(),
    total: reduce<number, number>(
      (sum, more) => sum + more,
      () => 0,
    ),
    said: text(),
    table: last(() => ({ rows: [{ count: 0 }, { count: 0 }, { count: 0 }] })),
    paid: append<string>(),
    answers: append<string>(),
  },
})
  .addNode('left', async ({ job, step }) => {
    await pause(step % 3);
    const item = itemOf(job, step);
    const files = { [fileOf(step)]: new File([item], `${step}.txt`) };
    return { log: [item], cells: { [`cell${step % 5}`]: item }, files, total: 1 };
  })
  .addNode(
    'right',
    draftNode(async (draft, { task }) => {
      await pause(draft.step % 2);
      const row = draft.table.rows[draft.step % 3];
      if (row) row.count++;
      draft.said += `${task},`;
    }),
  )
  .addNode('pay', async ({ job, step }, { once }) => {
    const key = paymentOf(job, step);
    if (key === undefined) return { step: step + 1 };
    const value = await once('pay', (idempotencyKey) => effect(key, 'once', idempotencyKey, step));
    tell({ type: 'memo', key, value });
    return { step: step + 1, paid: [`${key} ${value}`] };
  })
  .addNode('ask', async ({ job: { turn } }, { interrupt }) => ({
    answers: [`${turn} ${String(await interrupt({ turn }))}`],
  }))
  .addEdge(START, 'left')
  .addEdge(START, 'right')
  .addEdge(['left', 'right'], 'pay')
  .addConditionalEdges('pay', ({ job, step }) => (step < job.steps ? ['left', 'right'] : 'ask'), [
    'left',
    'right',
    'ask',
  ])
  .addEdge('ask', END)
  .compile();
