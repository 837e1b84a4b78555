/** What must not compile. Each marked line is an error; the type check fails when one of them is none. */
import {
  append,
  Command,
  createMemoryCheckpointer,
  draftNode,
  END,
  last,
  local,
  map,
  Overwrite,
  reduce,
  Send,
  START,
  StateGraph,
  text,
} from '../../src/engine.ts';
import type { Context, Draft, RunResult, State } from '../../src/engine.ts';
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

const kinds = {
  scores: map<number>(),
  note: text(),
  sum: reduce(
    (sum: number, word: string) => sum + word.length,
    () => 0,
  ),
  handle: local<{ readonly close: () => void }>(),
  plan: last<{ readonly steps: readonly { readonly done: boolean }[]; readonly due: Date }>(() => ({
    steps: [],
    due: new Date(0),
  })),
};
type Kinds = typeof kinds;
const all = new StateGraph<Kinds, { user: string }>({ id: 'kinds', version: '1', channels: kinds });
const close = () => undefined;
const zero = () => 0;
const nothing = () => 'none';
const add = (sum: number, n: number) => sum + n;
const asText = (sum: number) => String(sum);

all
  .addNode('updates', ({ scores, sum }) => ({ scores: { a: scores.size, b: undefined }, sum: `${sum}`, note: 'more' }))
  .addNode('overwrites', () => ({ scores: new Overwrite(new Map()), note: new Overwrite('') }))
  .addNode('handles', ({ handle }) => {
    handle?.close();
  })
  .addNode(
    'drafts',
    draftNode((draft) => {
      draft.scores.set('a', 1);
      draft.plan.steps.push({ done: true });
      draft.note += 'more';
    }),
  )
  .addNode(
    'goes',
    draftNode(() => new Command({ goto: 'updates' })),
  );

// @ts-expect-error a map channel takes entries of its own type
all.addNode('map-value', () => ({ scores: { a: 'one' } }));
// @ts-expect-error a map channel takes a record, not a Map
all.addNode('map-map', () => ({ scores: new Map([['a', 1]]) }));
// @ts-expect-error a map cannot be put to in place
export type MapSet = State<Kinds>['scores']['set'];
// @ts-expect-error a text channel takes text
all.addNode('text', () => ({ note: ['more'] }));
// @ts-expect-error a reduce channel takes what its reducer takes, not what it makes
all.addNode('reduce', () => ({ sum: 1 }));
// @ts-expect-error a local channel takes what it holds
all.addNode('local', () => ({ handle: { open: close } }));
// @ts-expect-error what a local channel holds may not be there
export type Close = State<Kinds>['handle']['close'];
// @ts-expect-error an Overwrite takes the one value that is put in place
all.addNode('overwrite', () => ({ note: new Overwrite() }));
// @ts-expect-error a reducer takes and gives the value of its channel
reduce(asText, zero);
// @ts-expect-error the first value is of the type that the reducer gives
reduce(add, nothing);

// @ts-expect-error a state is read-only in its depths
all.addNode('deep', ({ plan }) => void (plan.steps[0] = { done: true }));
// @ts-expect-error a draft node returns no update
draftNode<Kinds, unknown>(() => ({ note: 'more' }));
// @ts-expect-error a draft node that is asynchronous returns none either
draftNode<Kinds, unknown>(async () => Promise.resolve({ note: 'more' }));
// @ts-expect-error a draft has the types of the state
draftNode<Kinds, unknown>((draft) => void (draft.note = 1));
// @ts-expect-error so have the entries of its maps
draftNode<Kinds, unknown>(({ scores }) => void scores.set('a', 'one'));
// @ts-expect-error a draft has the channels of the state and no more
export type DraftMissing = Draft<State<Kinds>>['missing'];

// @ts-expect-error a command updates channels that exist
new Command<Kinds>({ update: { missing: 1 } });
// @ts-expect-error a command goes to names and sends
new Command<Kinds>({ goto: 1 });
// @ts-expect-error there is no graph to go to but the parent
new Command<Kinds>({ graph: 'child' });
// @ts-expect-error an update for the parent is a record
new Command<Kinds>({ graph: 'parent', update: 'more' });

// @ts-expect-error a send node has the input that it says it has
all.addSendNode<{ url: string }>('send', (url: string) => ({ note: url }));
// @ts-expect-error what it returns is an update of the channels
all.addSendNode<string>('send-returns', (note) => ({ note: note.length }));
// @ts-expect-error a send names its node
new Send();

// @ts-expect-error a sequence is of pairs of a name and a node
all.addSequence([['one'], ['two']]);
// @ts-expect-error the nodes of a sequence return updates of the channels
all.addSequence([['one', () => ({ note: 1 })]]);
// @ts-expect-error a node is a function or a compiled graph
all.addNode('builder', builder);

// @ts-expect-error a number of tries is not a policy
all.addNode('retry', () => undefined, { retry: 3 });
// @ts-expect-error a policy says how often
all.addNode('attempts', () => undefined, { retry: { delay: 10 } });
// @ts-expect-error whether to try again is decided by the error
all.addNode('when', () => undefined, { retry: { attempts: 2, when: (error: string) => error === '' } });
// @ts-expect-error a timeout is milliseconds
all.addNode('timeout', () => undefined, { timeout: '1s' });
// @ts-expect-error so is one of silence
all.addNode('idle', () => undefined, { idleTimeout: new Date() });
// @ts-expect-error the node that handles a failure is named
all.addNode('handler', () => undefined, { onError: () => undefined });
// @ts-expect-error there is no such option
all.addNode('unknown-option', () => undefined, { retries: 2 });

// @ts-expect-error the context is what the graph was built with
export type ContextName = Context<{ user: string }>['context']['name'];
// @ts-expect-error it cannot be changed
all.addNode('context-set', (_, ctx) => void (ctx.step = 1));

const compiled = all.compile();
const context = { user: 'Ada' };
// @ts-expect-error how a busy thread is met is one of three words
void compiled.invoke({}, { context, whenBusy: 'wait' });
// @ts-expect-error so is when versions are stored
void compiled.invoke({}, { context, durability: 'never' });
// @ts-expect-error a limit is a number
void compiled.invoke({}, { context, stepLimit: '10' });
// @ts-expect-error so is how many tasks run at a time
void compiled.invoke({}, { context, concurrency: 'all' });
// @ts-expect-error a run that gives only its result has no modes
void compiled.invoke({}, { context, modes: ['events'] });
// @ts-expect-error a stream has the modes that there are
compiled.stream({}, { context, modes: ['debug'] });
// @ts-expect-error modes come as a list
compiled.stream({}, { context, modes: 'values' });
// @ts-expect-error answers come by the ids of their questions
compiled.resume('thread', ['yes']);
// @ts-expect-error a thread is changed by an update of its channels
void compiled.updateState('thread', { note: 1 }, { version: 1 });
// @ts-expect-error and for the version that the change was made for
void compiled.updateState('thread', { note: 'more' });
// @ts-expect-error a copy is made of a version
void compiled.fork('thread');
// @ts-expect-error a state is read by the names of its channels
export type StateMissing = State<Kinds>['missing'];
// @ts-expect-error only a run that has failed has an error
export type ResultError = RunResult<State<Kinds>>['error'];

// @ts-expect-error a tool says what effect it has
defineTool({ name: 'x', description: 'x', input: { type: 'object' }, run: () => 1 });
// @ts-expect-error there is no such effect
defineTool({ name: 'x', description: 'x', input: { type: 'object' }, effect: 'delete', run: () => 1 });
// @ts-expect-error a key never goes into options
createAgent({ apiKey: 'secret' });
