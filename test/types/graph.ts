/** What must not compile. Each marked line is an error; the type check fails when one of them is none. */
import { append, Command, createMemoryCheckpointer, END, last, START, StateGraph } from '../../src/engine.ts';
import { createAgent, defineTool } from '../../src/index.ts';

const channels = { n: last(() => 0), log: append<string>() };
const builder = new StateGraph<typeof channels, { user: string }>({ id: 'types', version: '1', channels });

builder
  .addNode('typed', ({ n, log }, { context }) => ({ n: n + log.length, log: [context.user] }))
  .addNode('command', () => new Command({ update: { n: 1 }, goto: ['typed', END] }))
  .addSendNode<{ url: string }>('fetch', ({ url }) => ({ log: [url] }));

// @ts-expect-error a channel takes updates of its own type only
builder.addNode('wrong-type', () => ({ n: 'one' }));
// @ts-expect-error an append channel takes a list
builder.addNode('no-list', () => ({ log: 'one' }));
// @ts-expect-error the state is read-only
builder.addNode('mutates', (state) => void (state.n = 1));
// @ts-expect-error so are its lists
builder.addNode('pushes', ({ log }) => void (log.length = 0));
// @ts-expect-error there is no such channel to read
builder.addNode('unknown-read', ({ m }) => ({ n: Number(m) }));
// @ts-expect-error a route returns names or sends
builder.addConditionalEdges(START, ({ n }) => n);
// @ts-expect-error what a command updates is typed too
builder.addNode('wrong-command', () => new Command<typeof channels>({ update: { n: 'one' } }));

const graph = builder.compile({ checkpointer: createMemoryCheckpointer() });
// @ts-expect-error input is an update of the channels
void graph.invoke({ n: 'one' }, { context: { user: 'Ada' } });
// @ts-expect-error the context has the type that the graph was built with
void graph.invoke({}, { context: { user: 1 } });

// @ts-expect-error a tool says what effect it has
defineTool({ name: 'x', description: 'x', input: { type: 'object' }, run: () => 1 });
// @ts-expect-error there is no such effect
defineTool({ name: 'x', description: 'x', input: { type: 'object' }, effect: 'delete', run: () => 1 });
// @ts-expect-error a key never goes into options
createAgent({ apiKey: 'secret' });
