/** A host whose graph keeps as much as it did before, however often it has run. */
import { END, last, map, START, StateGraph, text } from '../../src/engine.ts';
import { serve } from '../../src/serve.ts';

/** Entries that the graph keeps, each of which is written again and again. */
const CELLS = 20;

const keep = new StateGraph({
  id: 'keep',
  version: '1',
  channels: {
    n: last(() => 0),
    cells: map<string>(),
    table: last(() => ({ rows: [{ count: 0 }, { count: 0 }] })),
    said: text(),
  },
})
  .addNode('write', ({ n }) => ({ cells: { [`cell${n % CELLS}`]: `${n} `.padEnd(200, '.') } }))
  .addNode('count', ({ n, table }) => ({ table: { rows: [{ count: n }, ...table.rows.slice(1)] } }))
  .addNode('say', async ({ n }, { once }) => {
    await once('say', () => n);
  })
  .addEdge(START, 'write')
  .addEdge(START, 'count')
  .addEdge(['write', 'count'], 'say')
  .addEdge('say', END)
  .compile();

serve({ graphs: [keep] });
