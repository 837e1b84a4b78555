/** A site's own worker: a scripted model and a graph with an interrupt, beside the stock host. */
import { append, last, START, StateGraph } from '../../src/engine.ts';
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

serve({
  graphs: [order],
  models: {
    greeter: () => createScriptedModel([call('greet', { name: 'Ada' }), say('I have greeted Ada.')]),
    buyer: () => createScriptedModel([call('buy', { item: 'tea' }), say('That is that.')]),
    afterwards: () => createScriptedModel([say('That is that.')]),
  },
});
