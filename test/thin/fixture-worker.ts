/** A site's own worker: scripted models, and graphs that use what the engine has, beside the stock host. */
import { append, draftNode, last, local, map, reduce, Send, START, StateGraph, text } from '../../src/engine.ts';
import { call, createScriptedModel, say } from '../../src/models/index.ts';
import { serve } from '../../src/serve.ts';

const order = new StateGraph({
  id: 'order',
  version: '1',
  channels: { item: last(() => ''), log: append<string>() },
})
  .addNode('confirm', async ({ item }, ctx) => ({ log: [`${item}: ${String(await ctx.interrupt({ item }))}`] }))
  .addEdge(START, 'confirm')
  .compile();

const check = new StateGraph({
  id: 'check',
  version: '1',
  channels: { found: map<number>(), notes: text(), asked: last(() => '') },
})
  .addNode('look', ({ asked }) => ({ found: { [asked]: asked.length }, notes: `${asked};` }))
  .addNode('sure', async ({ asked }, { interrupt }) => ({ notes: `${String(await interrupt(`${asked}?`))};` }))
  .addEdge(START, 'look')
  .addEdge('look', 'sure')
  .compile();

/** Every kind of channel, a draft, a fan-out to a subgraph, a join and an error edge. */
const stock = new StateGraph({
  id: 'stock',
  version: '1',
  channels: {
    found: map<number>(),
    notes: text(),
    total: reduce<number, number>(
      (sum, more) => sum + more,
      () => 0,
    ),
    handle: local<() => string>(),
    plan: last(() => ({ steps: [{ name: 'count', done: false }] })),
    log: append<string>(),
  },
})
  .addNode('begin', () => ({ handle: () => 'alive', total: 1 }))
  .addNode('check', check)
  .addNode('fails', () => Promise.reject(new Error('out of order')), {
    onError: 'mend',
    retry: { attempts: 2, delay: 1 },
  })
  .addNode('mend', ({ handle }, { failures }) => ({
    log: [`${failures[0]?.error.code ?? ''} ${handle?.() ?? 'gone'}`],
  }))
  .addNode(
    'end',
    draftNode((draft) => {
      for (const step of draft.plan.steps) step.done = true;
      draft.total += 1;
    }),
  )
  .addEdge(START, 'begin')
  .addConditionalEdges('begin', () => ['tea', 'milk'].map((asked) => new Send('check', { asked })), ['check'])
  .addEdge('begin', 'fails')
  .addEdge(['check', 'mend'], 'end')
  .compile();

serve({
  graphs: [order, stock],
  models: {
    greeter: () => createScriptedModel([call('greet', { name: 'Ada' }), say('I have greeted Ada.')]),
    buyer: () => createScriptedModel([call('buy', { item: 'tea' }), say('That is that.')]),
    looker: () => createScriptedModel([[...call('look', {}).slice(0, 1), ...call('put', {})]]),
    afterwards: () => createScriptedModel([say('That is that.')]),
  },
});
