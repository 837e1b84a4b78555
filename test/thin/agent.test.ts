/** The thin path, in a real worker, in every engine: what a page needs to work at all. */
import { expect } from 'chai';
import { createAgent, defineTool, watchThread } from '../../src/index.ts';
import type { Agent, Message, ThreadView } from '../../src/index.ts';
import { deferred } from '../helpers/deferred.ts';
import { until } from '../helpers/fixture.ts';
import { rejection } from '../helpers/rejection.ts';

const worker = () => new Worker(new URL('./fixture-worker.ts', import.meta.url), { type: 'module' });

const greet = defineTool<{ name: string }, string>({
  name: 'greet',
  description: 'Greet somebody by name',
  effect: 'read',
  examples: ['say hello to Ada'],
  input: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
  run: ({ name }) => `Hello ${name}`,
});

let bought: unknown[] = [];
const buy = defineTool({
  name: 'buy',
  description: 'Buy something',
  effect: 'write',
  danger: 'high',
  input: { type: 'object', properties: { item: { type: 'string' } } },
  run: (input) => bought.push(input),
});

let agent: Agent | undefined;
const open = (model: string, namespace: string): Agent => {
  agent = createAgent({ worker, model, namespace });
  return agent;
};

describe('an agent in a worker', () => {
  beforeEach(() => {
    bought = [];
  });
  afterEach(async () => {
    await agent?.erase();
    agent = undefined;
  });

  it('runs in a worker and keeps threads in IndexedDB', async () => {
    const ready = await open('greeter', 'thin-ready').ready;
    expect(ready).to.deep.equal({
      host: 'worker',
      storage: 'indexeddb',
      model: { id: 'scripted', generative: true },
      notices: [],
    });
  });

  it('calls a tool of the page and answers', async () => {
    const opened = open('greeter', 'thin-tool');
    opened.tool(greet);
    const { status, text, toolCalls } = await opened.thread().send('say hello to Ada');
    expect([status, text]).to.deep.equal(['completed', 'I have greeted Ada.']);
    expect(toolCalls[0]).to.include({ outcome: 'ok', output: 'Hello Ada' });
  });

  it('has an open approval again after the worker was ended, and only a yes runs the tool', async () => {
    const before = open('buyer', 'thin-approval');
    before.tool(buy);
    const { interrupts } = await before.thread().send('buy tea');
    await before.close();
    const after = open('afterwards', 'thin-approval');
    after.tool(buy);
    const stored = await after.thread().state();
    expect(stored?.interrupts).to.deep.equal(interrupts);
    expect(bought).to.deep.equal([]);
    const { status, text } = await after.thread().answer(interrupts[0]?.id ?? '', { decision: 'approve' });
    expect([status, text]).to.deep.equal(['completed', 'That is that.']);
    expect(bought).to.deep.equal([{ item: 'tea' }]);
    const messages = (await after.thread().state())?.state['messages'] as readonly Message[];
    expect(messages.map(({ role }) => role)).to.deep.equal(['user', 'assistant', 'tool', 'assistant']);
  });

  it('says that its worker is gone instead of waiting for ever, and starts again with all that was stored', async () => {
    let started: Worker | undefined;
    const own = () => (started = worker());
    const options = { worker: own, model: 'greeter', namespace: 'thin-death' };
    const before = createAgent(options);
    before.tool(greet);
    await before.thread().send('say hello to Ada');
    const hanging = before.thread().send('again');
    started?.terminate();
    let error: unknown;
    await hanging.catch((caught: unknown) => (error = caught));
    expect(error).to.include({ code: 'worker-failed' });
    await before.close();
    agent = createAgent(options);
    const messages = (await agent.thread().state())?.state['messages'] as readonly Message[];
    expect(messages.slice(0, 4).map(({ role }) => role)).to.deep.equal(['user', 'assistant', 'tool', 'assistant']);
  });

  it('asks what became of a write that its worker died in, and makes it again only when told to', async () => {
    const keys: string[] = [];
    const begun = deferred<undefined>();
    const slow = defineTool({
      name: 'buy',
      description: 'Buy something',
      effect: 'write',
      danger: 'low',
      input: { type: 'object', properties: { item: { type: 'string' } } },
      run: (_, { idempotencyKey }) => {
        keys.push(idempotencyKey);
        begun.resolve(undefined);
        return keys.length === 1 ? new Promise(() => undefined) : 'bought';
      },
    });
    let started: Worker | undefined;
    const options = { worker: () => (started = worker()), model: 'buyer', namespace: 'thin-cut-write' };
    const before = createAgent(options);
    before.tool(slow);
    const dying = before.thread().send('buy tea');
    await begun.promise;
    started?.terminate();
    expect(await rejection(dying)).to.include({ code: 'worker-failed' });
    agent = createAgent({ ...options, model: 'afterwards' });
    agent.tool(slow);
    const { status, interrupts } = await agent.thread().resume();
    expect([status, interrupts.map(({ kind }) => kind)]).to.deep.equal(['interrupted', ['outcome-unknown']]);
    expect(keys).to.have.length(1);
    const id = interrupts[0]?.id ?? '';
    expect(await rejection(agent.thread().answer(id, 'again'))).to.include({ code: 'invalid-answer' });
    const { toolCalls } = await agent.thread().answer(id, { outcome: 'retry' });
    expect(toolCalls[0]).to.include({ outcome: 'ok', output: 'bought' });
    expect(keys).to.deep.equal([keys[0], keys[0]]);
  });

  it('makes a read that its worker died in again by itself', async () => {
    let looks = 0;
    const begun = [deferred<undefined>(), deferred<undefined>()];
    const hanging = (index: number) => (): Promise<never> => {
      begun[index]?.resolve(undefined);
      return new Promise(() => undefined);
    };
    const look = defineTool({
      name: 'look',
      description: 'Look',
      effect: 'read',
      reads: [],
      run: () => (looks++ === 0 ? hanging(0)() : 'seen'),
    });
    // The intent of the write beside it makes the thread durable before anything begins.
    const put = defineTool({ name: 'put', description: 'Put', effect: 'write', danger: 'low', run: hanging(1) });
    let started: Worker | undefined;
    const options = { worker: () => (started = worker()), model: 'looker', namespace: 'thin-cut-read' };
    const before = createAgent({ ...options, tools: [look, put] });
    const dying = before.thread().send('look');
    await Promise.all(begun.map(({ promise }) => promise));
    started?.terminate();
    await rejection(dying);
    agent = createAgent({ ...options, model: 'afterwards', tools: [look, put] });
    const { interrupts } = await agent.thread().resume();
    expect(interrupts.map(({ kind }) => kind)).to.deep.equal(['outcome-unknown']);
    const { toolCalls } = await agent.thread().answer(interrupts[0]?.id ?? '', { outcome: 'cancel' });
    expect(toolCalls.map(({ outcome }) => outcome)).to.deep.equal(['ok', 'unknown']);
    expect(looks).to.equal(2);
  });

  it('interrupts inside a node of a graph of the site’s own, and resumes', async () => {
    const thread = open('greeter', 'thin-graph').thread('order-1', { graph: 'order' });
    const asked = await thread.send({ item: 'tea' });
    expect([asked.status, asked.interrupts[0]?.payload]).to.deep.equal(['interrupted', { item: 'tea' }]);
    const { status } = await thread.answer(asked.interrupts[0]?.id ?? '', false);
    expect(status).to.equal('completed');
    expect((await thread.state())?.state['log']).to.deep.equal(['tea: false']);
  });

  it('runs a graph with subgraphs, drafts and every kind of channel, over the death of its worker', async () => {
    const first = open('greeter', 'thin-stock').thread('stock-1', { graph: 'stock' });
    const views: ThreadView[] = [];
    const stop = watchThread(first, (view) => views.push(view));
    const asked = await first.send({});
    expect([asked.status, asked.interrupts.map(({ payload }) => payload)]).to.deep.equal([
      'interrupted',
      ['tea?', 'milk?'],
    ]);
    // What happens is told on a port of its own, which may be behind the answer.
    await until(() => views.at(-1)?.interrupts.length === 2, 'the view has both questions');
    stop();
    await agent?.close();
    const again = open('greeter', 'thin-stock').thread('stock-1', { graph: 'stock' });
    const [tea, milk] = (await again.state())?.interrupts ?? [];
    expect((await again.answer(milk?.id ?? '', 'yes')).status).to.equal('interrupted');
    expect((await again.answer(tea?.id ?? '', 'no')).status).to.equal('completed');
    expect((await again.state())?.state).to.deep.equal({
      found: new Map([
        ['tea', 3],
        ['milk', 4],
      ]),
      notes: 'tea;no;milk;yes;',
      total: 2,
      plan: { steps: [{ name: 'count', done: true }] },
      // What is local does not outlive its worker.
      log: ['node-failed gone'],
    });
  });

  it('understands a plain request with the stock worker and its planner', async () => {
    agent = createAgent({ namespace: 'thin-stock' });
    agent.tool(greet);
    expect((await agent.ready).host).to.equal('worker');
    const { text, toolCalls } = await agent.thread().send('say hello to Ada');
    expect(toolCalls[0]).to.deep.include({ tool: 'greet', input: { name: 'Ada' }, outcome: 'ok' });
    expect(text).to.include('Hello Ada');
  });
});
