import { expect } from 'chai';
import { call, createScriptedModel, say } from '../../src/models/scripted.ts';
import type { ScriptedAnswer } from '../../src/models/scripted.ts';
import { END, last, START, StateGraph } from '../../src/engine.ts';
import { createAgent, defineTool, watchThread } from '../../src/index.ts';
import type { Agent, AgentOptions } from '../../src/index.ts';
import { deferred } from '../helpers/deferred.ts';
import { hostStarter } from '../helpers/host.ts';
import { rejection } from '../helpers/rejection.ts';

let count = 0;
let agents: Agent[] = [];

function agentOf(script: readonly ScriptedAnswer[], options: AgentOptions = {}): Agent {
  const worker = hostStarter({ models: { scripted: () => createScriptedModel(script) } });
  const agent = createAgent({ namespace: `threads-${count++}`, worker, model: 'scripted', ...options });
  agents.push(agent);
  return agent;
}

const names = async (agent: Agent): Promise<string[]> => (await agent.threads.list()).map(({ id }) => id);

afterEach(async () => {
  for (const agent of agents) await agent.erase().catch(() => agent.close());
  agents = [];
});

/** A tool that a person is asked about. */
const buy = defineTool({
  name: 'buy',
  description: 'Buy',
  effect: 'write',
  danger: 'high',
  input: { type: 'object' },
  run: () => 1,
});

describe('the threads of an agent', () => {
  it('are listed, the one that was written last first, with their titles', async () => {
    const agent = agentOf([say('Hello.'), say('Hi.')]);
    expect(await agent.threads.list()).to.deep.equal([]);
    await agent.thread('a').send('where is my order?');
    await agent.thread('b').send('what is in my cart?');
    const found = await agent.threads.list();
    expect(found.map(({ id, title, status }) => [id, title, status])).to.deep.equal([
      ['b', 'what is in my cart?', 'idle'],
      ['a', 'where is my order?', 'idle'],
    ]);
    expect(found[0]?.bytes).to.be.greaterThan(100);
  });

  it('keep the title that somebody gives them', async () => {
    const agent = agentOf([say('Hello.'), say('Hi.')]);
    await agent.thread('a').send('where is my order?');
    await agent.threads.rename('a', 'Order 7');
    await agent.thread('a').send('and now?');
    expect((await agent.threads.list())[0]?.title).to.equal('Order 7');
    expect(await rejection(agent.threads.rename('none', 'x'))).to.include({ code: 'unknown-thread' });
  });

  it('are gone when they are deleted, and the page then begins anew', async () => {
    const agent = agentOf([say('Hello.'), say('Hi.')]);
    const { id } = agent.newThread();
    await agent.thread(id).send('where is my order?');
    await agent.threads.delete(id);
    expect([await names(agent), await agent.thread(id).state(), agent.thread().id]).to.deep.equal([
      [],
      undefined,
      'main',
    ]);
    await agent.threads.delete('never was');
  });

  it('take the grants that were given in them along when they are deleted', async () => {
    const agent = agentOf([call('buy', {}), say('Bought.')]);
    agent.tool(buy);
    const thread = agent.thread('a');
    const { interrupts } = await thread.send('buy it');
    await thread.answer(interrupts[0]?.id ?? '', { decision: 'approve', scope: 'thread' });
    expect(await thread.grants()).to.have.length(1);
    await agent.threads.delete('a');
    expect(await thread.grants()).to.deep.equal([]);
  });

  for (const where of ['this page', 'another page']) {
    it(`stop what runs on them in ${where} when they are deleted`, async () => {
      const started = deferred<undefined>();
      const agent = agentOf([call('wait', {}), say('Never.')]);
      agent.tool(
        defineTool({
          name: 'wait',
          description: 'Wait',
          effect: 'read',
          input: { type: 'object' },
          run: (_input, { signal }) => {
            started.resolve(undefined);
            return new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => {
                reject(new Error('stopped'));
              });
            });
          },
        }),
      );
      const running = agent.thread('a').send('wait');
      await started.promise;
      const other = where === 'this page' ? agent : agentOf([], { namespace: `threads-${count - 1}` });
      await other.threads.delete('a');
      expect((await running).status).to.be.oneOf(['cancelled', 'failed']);
      expect(await names(other)).to.deep.equal([]);
    });
  }

  it('come back from a file as new ones', async () => {
    const agent = agentOf([say('Hello.')]);
    await agent.thread('a').send('where is my order?');
    const file = await agent.threads.export('a');
    const other = agentOf([say('On its way.')]);
    const thread = await other.threads.import(file);
    expect(thread.id).not.to.equal('a');
    expect((await thread.state())?.state).to.deep.equal((await agent.thread('a').state())?.state);
    expect((await thread.send('and now?')).text).to.equal('On its way.');
    expect(await rejection(other.threads.import(new Blob(['nothing of ours'])))).to.include({ code: 'corrupt-record' });
    expect(await rejection(agent.threads.export('none'))).to.include({ code: 'unknown-thread' });
  });

  it('bring no yes along in a file: whoever imports one is asked', async () => {
    const started = deferred<undefined>();
    const agent = agentOf([call('buy', {}), say('Bought.')]);
    const buy = (run: () => unknown) =>
      defineTool({
        name: 'buy',
        description: 'Buy',
        effect: 'write',
        danger: 'high',
        idempotent: true,
        input: { type: 'object' },
        run,
      });
    agent.tool(
      buy(() => {
        started.resolve(undefined);
        return new Promise(() => undefined);
      }),
    );
    const thread = agent.thread('a');
    const { interrupts } = await thread.send('buy it');
    const buying = thread.answer(interrupts[0]?.id ?? '', { decision: 'approve' });
    await started.promise;
    const file = await agent.threads.export('a');
    await thread.stop();
    await buying;
    const other = agentOf([say('Bought.')]);
    let bought = 0;
    other.tool(buy(() => ++bought));
    const copy = await other.threads.import(file);
    const again = await copy.resume();
    expect([again.status, again.interrupts[0]?.kind, bought]).to.deep.equal(['interrupted', 'approval', 0]);
    await copy.answer(again.interrupts[0]?.id ?? '', { decision: 'approve' });
    expect(bought).to.equal(1);
  });

  it('say which graph runs them, and come back from a file to the same', async () => {
    const double = new StateGraph({ id: 'double', version: '1', channels: { n: last(() => 0) } })
      .addNode('twice', ({ n }) => ({ n: 2 * n }))
      .addEdge(START, 'twice')
      .addEdge('twice', END)
      .compile();
    const agent = createAgent({ namespace: `threads-${count++}`, worker: hostStarter({ graphs: [double] }) });
    agents.push(agent);
    await agent.thread('a', { graph: 'double' }).send({ n: 2 });
    expect((await agent.threads.list())[0]?.graph).to.equal('double');
    const copy = await agent.threads.import(await agent.threads.export('a'));
    expect((await copy.send({ n: 3 })).status).to.equal('completed');
    expect((await copy.state())?.state).to.deep.equal({ n: 6 });
  });

  it('are kept as far as the site says, also those of earlier visits', async () => {
    const first = agentOf([say('1'), say('2'), say('3')]);
    for (const id of ['a', 'b', 'c']) await first.thread(id).send('hello');
    const namespace = `threads-${count - 1}`;
    await first.close();
    const agent = agentOf([say('4')], { namespace, retention: { keepLast: 2 } });
    await agent.thread('d').send('hello');
    expect(await agent.threads.prune({ keepLast: 2 })).to.have.keys('threads', 'bytes');
    expect(await names(agent)).to.deep.equal(['d', 'c']);
    expect(() => agentOf([], { retention: { keepLast: -1 } })).to.throw(/keepLast/);
    expect(await rejection(agent.threads.prune({ maxAge: NaN }))).to.include({ code: 'invalid-option' });
  });

  it('are gone for whoever shows them when they are pruned', async () => {
    const agent = agentOf([say('1'), say('2')]);
    await agent.thread('a').send('hello');
    await agent.thread('b').send('hello');
    const seen: number[] = [];
    let pruning: Promise<unknown> | undefined;
    await new Promise<void>((resolve) => {
      const stop = watchThread(agent.thread('a'), ({ loaded, messages }) => {
        if (!loaded) return;
        seen.push(messages.length);
        pruning ??= agent.threads.prune({ keepLast: 1 });
        if (messages.length > 0) return;
        stop();
        resolve();
      });
    });
    await pruning;
    expect([seen[0], seen.at(-1)]).to.deep.equal([2, 0]);
  });

  it('are all kept when a limit is no number: null means no limit to many, and is none', async () => {
    const agent = agentOf([say('1')]);
    await agent.thread('a').send('hello');
    for (const limit of [null, '', [], true] as unknown as number[]) {
      for (const name of ['keepLast', 'maxAge', 'maxBytes']) {
        expect(await rejection(agent.threads.prune({ [name]: limit }))).to.include({ code: 'invalid-option' });
        expect(() => agentOf([], { retention: { [name]: limit } })).to.throw(name);
      }
    }
    expect(await names(agent)).to.deep.equal(['a']);
  });

  it('are named by ids that a thread can have, and by titles that are text', async () => {
    const agent = agentOf([call('buy', {}), say('Bought.')]);
    agent.tool(buy);
    const thread = agent.thread('a');
    const { interrupts } = await thread.send('buy it');
    await thread.answer(interrupts[0]?.id ?? '', { decision: 'approve', scope: 'always' });
    for (const id of ['', 'x'.repeat(300), undefined, 7] as string[]) {
      for (const work of [agent.threads.delete(id), agent.threads.export(id), agent.threads.rename(id, 'x')])
        expect(await rejection(work), id).to.include({ code: 'invalid-option' });
    }
    // What holds always belongs to no thread.
    expect(await thread.grants()).to.have.length(1);
    for (const title of [undefined, null, 7, {}] as string[])
      expect(await rejection(agent.threads.rename('a', title))).to.include({ code: 'invalid-option' });
    for (const title of ['', '<b>\ud800\u0000\u202e\n', 'long '.repeat(10_000)]) {
      await agent.threads.rename('a', title);
      const copy = await agent.threads.import(await agent.threads.export('a'));
      expect((await agent.threads.list()).map((each) => each.title)).to.deep.equal([title, title]);
      await agent.threads.delete(copy.id);
    }
  });

  it('tell whoever shows the list that it has changed, in other pages too', async () => {
    const agent = agentOf([say('Hello.')]);
    const other = agentOf([], { namespace: `threads-${count - 1}` });
    await other.ready;
    /** Resolves once the other page has been told and finds it so. */
    const becomes = (isSo: (list: Awaited<ReturnType<Agent['threads']['list']>>) => boolean): Promise<void> =>
      new Promise((resolve, reject) => {
        const stop = other.threads.subscribe(() => {
          other.threads.list().then((list) => {
            if (!isSo(list)) return;
            stop();
            resolve();
          }, reject);
        });
      });
    const begun = becomes(([info]) => info?.id === 'a');
    await agent.thread('a').send('hello');
    await begun;
    const renamed = becomes(([info]) => info?.title === 'Mine');
    await agent.threads.rename('a', 'Mine');
    await renamed;
    const gone = becomes((list) => list.length === 0);
    await agent.threads.delete('a');
    await gone;
  });
});

describe('a thread', () => {
  it('can be seen as it was, and copied from there', async () => {
    const agent = agentOf([say('One.'), say('Two.'), say('Another two.')]);
    const thread = agent.thread('a');
    await thread.send('first');
    const { version = 0, state } = (await thread.state()) ?? {};
    await thread.send('second');
    expect((await thread.state(version))?.state).to.deep.equal(state);
    expect(await rejection(thread.state(version + 100))).to.include({ code: 'unknown-version' });
    const copy = await thread.fork(version);
    expect((await copy.state())?.state).to.deep.equal(state);
    expect((await copy.send('second again')).text).to.equal('Another two.');
    expect(await names(agent)).to.have.length(2);
    expect(await rejection(thread.fork(version + 100))).to.include({ code: 'unknown-version' });
  });
});

describe('the history of a thread', () => {
  it('says who wrote what', async () => {
    const agent = agentOf([call('look', {}), say('There is one.')]);
    agent.tool(
      defineTool({ name: 'look', description: 'Look', effect: 'read', input: { type: 'object' }, run: () => 1 }),
    );
    const thread = agent.thread('a');
    await thread.send('look');
    const history = await thread.history();
    expect(history.map(({ version }) => version)).to.deep.equal(history.map((_, index) => index + 1));
    expect(history[0]).to.deep.include({ kind: 'input', parent: 0 });
    const told = history
      .flatMap(({ writes }) => writes)
      .filter(({ channel, tasks }) => channel === 'messages' && tasks.length > 0);
    expect(told.map(({ op, tasks }) => `${op} by ${tasks.join().replace(/[^a-z]/g, '')}`)).to.deep.equal([
      'append by model',
      'append by tool',
      'append by model',
    ]);
    expect(await thread.history({ from: 2, to: 2 })).to.deep.equal(history.slice(1, 2));
  });

  it('lets the last message be taken back, and goes on from there', async () => {
    const agent = agentOf([say('One.'), say('Two.'), say('Three.')]);
    const other = agentOf([], { namespace: `threads-${count - 1}` });
    const thread = agent.thread('a');
    await thread.send('first');
    const before = await thread.state();
    await thread.send('second');
    const seen = new Promise<void>((resolve) => {
      other.thread('a').subscribe(() => {
        resolve();
      });
    });
    await other.ready;
    const version = await thread.undoLast();
    await seen;
    const after = await thread.state();
    expect([after?.version, after?.state]).to.deep.equal([version, before?.state]);
    expect((await thread.send('third')).text).to.equal('Three.');
    expect(JSON.stringify((await thread.state())?.state)).not.to.include('second');
    expect(await rejection(agent.thread('none').undoLast())).to.include({ code: 'unknown-thread' });
  });
});

describe('the storage of an agent', () => {
  it('tells what it takes and what it may take', async () => {
    const agent = agentOf([say('Hello.')]);
    await agent.thread('a').send('hello');
    const { threads, bytes, quota = 0, usage, persisted } = await agent.storage.estimate();
    expect([threads, typeof usage, typeof persisted]).to.deep.equal([1, 'number', 'boolean']);
    expect(bytes).to.be.greaterThan(100);
    expect(quota).to.be.greaterThan(1_000_000);
    expect(await agent.storage.persist()).to.be.a('boolean');
  });

  it('is told also in a sandboxed frame, where the browser tells nothing', async () => {
    const { prototype } = StorageManager;
    const names = ['estimate', 'persisted', 'persist'] as const;
    const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(prototype, name) ?? {}] as const);
    const value = (): Promise<never> =>
      Promise.reject(new TypeError('The operation is not supported in this context.'));
    for (const [name, own] of before) Object.defineProperty(prototype, name, { ...own, value });
    try {
      const agent = agentOf([say('Hello.')]);
      await agent.thread('a').send('hello');
      const { threads, bytes, ...rest } = await agent.storage.estimate();
      expect([threads, bytes > 100, rest]).to.deep.equal([1, true, { persisted: false }]);
      expect(await agent.storage.persist()).to.equal(false);
    } finally {
      for (const [name, own] of before) Object.defineProperty(prototype, name, own);
    }
  });
});
