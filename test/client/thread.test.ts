import { expect } from 'chai';
import { messageText } from '../../src/core/index.ts';
import { createAgent, defineTool } from '../../src/index.ts';
import type { Agent, Message, RunEvent, Thread, ThreadView } from '../../src/index.ts';
import { watchThread } from '../../src/index.ts';
import { last, START, StateGraph } from '../../src/engine.ts';
import { call, createScriptedModel, finish, say } from '../../src/models/scripted.ts';
import type { ScriptedAnswer } from '../../src/models/scripted.ts';
import type { ToolDefinition } from '../../src/tools/index.ts';
import { deferred } from '../helpers/deferred.ts';
import type { Deferred } from '../helpers/deferred.ts';
import { hostStarter } from '../helpers/host.ts';
import { rejection } from '../helpers/rejection.ts';

let count = 0;
let agents: Agent[] = [];

/** An agent whose model follows a script. The same namespace again is the same storage, as after a reload. */
function agentOf(script: readonly ScriptedAnswer[], namespace = `thread-${count++}`): Agent {
  const worker = hostStarter({ models: { scripted: () => createScriptedModel(script) } });
  const agent = createAgent({ namespace, worker, model: 'scripted' });
  agents.push(agent);
  return agent;
}

const greet: ToolDefinition<{ name: string }, unknown> = {
  name: 'greet',
  description: 'Greet somebody',
  effect: 'read',
  input: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
  run: ({ name }) => ({ greeting: `Hello ${name}` }),
};
const buy: ToolDefinition<unknown, unknown> = {
  name: 'buy',
  description: 'Buy something',
  effect: 'write',
  danger: 'high',
  input: { type: 'object', properties: { item: { type: 'string' } } },
  run: () => 'bought',
};

/** A tool's function that says when it has begun, and never ends. */
const hanging = (started: Deferred<void>) => (): Promise<never> => {
  started.resolve();
  return new Promise(() => undefined);
};

const messages = async (agent: Agent, id = 'main'): Promise<readonly Message[]> =>
  ((await agent.thread(id).state())?.state['messages'] ?? []) as readonly Message[];

afterEach(async () => {
  for (const agent of agents) await agent.erase().catch(() => agent.close());
  agents = [];
});

describe('a thread', () => {
  it('runs a tool of the page and gives what the turn came to', async () => {
    const agent = agentOf([call('greet', { name: 'Ada' }), say('Done.')]);
    agent.tool(defineTool(greet));
    const { status, text, toolCalls, interrupts } = await agent.thread().send('say hello to Ada');
    expect({ status, text, interrupts }).to.deep.equal({ status: 'completed', text: 'Done.', interrupts: [] });
    expect(toolCalls).to.have.length(1);
    expect(toolCalls[0]).to.deep.include({
      tool: 'greet',
      input: { name: 'Ada' },
      outcome: 'ok',
      output: { greeting: 'Hello Ada' },
    });
  });

  it('tells the model what happened, and goes on, when a call cannot work', async () => {
    const seen: string[] = [];
    const report: ScriptedAnswer = ({ messages: all }) => {
      const part = all.at(-1)?.content[0];
      if (part?.type === 'tool-result' && part.output.type === 'error-json') seen.push(part.output.value.code);
      return say('I see.');
    };
    const throwing = { ...greet, name: 'throwing', run: () => Promise.reject(new Error('Sold out.')) };
    const endless = { ...greet, name: 'endless', timeout: 20, run: () => new Promise(() => undefined) };
    const unsendable = { ...greet, name: 'unsendable', run: () => ({ node: document.body }) };
    const input = { name: 'x' };
    const calls: readonly (readonly [string, unknown])[] = [
      ['nothing', {}],
      ['greet', { name: 1 }],
      ['throwing', input],
      ['endless', input],
      ['unsendable', input],
    ];
    const agent = agentOf(calls.flatMap(([name, value]) => [call(name, value), report]));
    for (const tool of [greet, throwing, endless, unsendable]) agent.tool(defineTool(tool));
    for (const [name] of calls) {
      const { status, toolCalls } = await agent.thread().send('go');
      expect([name, status, toolCalls[0]?.outcome]).to.deep.equal([name, 'completed', 'failed']);
      expect(toolCalls[0]?.error?.fix).to.be.a('string').that.is.not.empty;
    }
    expect(seen).to.deep.equal(['unknown-tool', 'invalid-tool-input', 'tool-failed', 'tool-timeout', 'tool-failed']);
    expect(await messages(agent)).to.have.length(20);
  });

  it('asks before a dangerous tool, and only a yes runs it', async () => {
    let bought = 0;
    const agent = agentOf([call('buy', { item: 'tea' }), say('No tea.'), call('buy', { item: 'tea' }), say('Tea!')]);
    agent.tool(defineTool({ ...buy, run: () => bought++ }));
    const thread = agent.thread();
    const asked = await thread.send('buy tea');
    expect(asked.status).to.equal('interrupted');
    expect(asked.interrupts[0]).to.deep.include({ kind: 'approval' });
    expect(asked.interrupts[0]?.payload).to.deep.include({ tool: 'buy', input: { item: 'tea' }, danger: 'high' });
    const id = asked.interrupts[0]?.id ?? '';
    for (const nonsense of [true, 'yes', {}, { decision: 'maybe' }, null]) {
      expect(await rejection(thread.answer(id, nonsense))).to.include({ code: 'invalid-answer' });
    }
    const rejected = await thread.answer(id, { decision: 'reject' });
    expect([rejected.status, rejected.toolCalls[0]?.outcome, bought]).to.deep.equal(['completed', 'denied', 0]);
    expect(await rejection(thread.answer(id, { decision: 'approve' }))).to.include({ code: 'unknown-interrupt' });
    const again = await thread.send('buy tea');
    const approved = await thread.answer(again.interrupts[0]?.id ?? '', { decision: 'approve' });
    expect([approved.toolCalls[0]?.outcome, bought]).to.deep.equal(['ok', 1]);
  });

  it('runs what a person edited, and refuses an edit that breaks the schema', async () => {
    const inputs: unknown[] = [];
    const agent = agentOf([call('buy', { item: 'tea' }), say('.'), call('buy', { item: 'tea' }), say('.')]);
    agent.tool(defineTool({ ...buy, run: (input) => inputs.push(input) }));
    const thread = agent.thread();
    const answer = async (input: unknown) => {
      const { interrupts } = await thread.send('buy tea');
      return thread.answer(interrupts[0]?.id ?? '', { decision: 'approve', input });
    };
    await answer({ item: 'milk' });
    expect(await rejection(answer({ item: 7 }))).to.include({ code: 'invalid-tool-input' });
    expect(inputs).to.deep.equal([{ item: 'milk' }]);
    const kept = (await messages(agent)).flatMap((message) => (message.role === 'tool' ? message.content : []));
    expect(kept[0]?.input).to.deep.equal({ item: 'milk' });
    expect((await thread.state())?.interrupts).to.have.length(1);
  });

  it('has its messages and its open question again after a reload', async () => {
    const first = agentOf([call('buy', { item: 'tea' })]);
    first.tool(defineTool(buy));
    const { interrupts } = await first.thread().send('buy tea');
    const namespace = `thread-${count - 1}`;
    await first.close();
    const second = agentOf([say('Enjoy.')], namespace);
    second.tool(defineTool(buy));
    const stored = await second.thread().state();
    expect(stored?.interrupts).to.deep.equal(interrupts);
    expect((await messages(second)).map((message) => message.role)).to.deep.equal(['user', 'assistant']);
    const done = await second.thread().answer(interrupts[0]?.id ?? '', { decision: 'approve' });
    expect([done.status, done.text, done.toolCalls[0]?.outcome]).to.deep.equal(['completed', 'Enjoy.', 'ok']);
  });

  describe('with two calls in one message', () => {
    const both: ScriptedAnswer = [
      { type: 'tool-call', id: '1', name: 'buy', input: {} },
      { type: 'tool-call', id: '2', name: 'post', input: {} },
      finish('tool-calls'),
    ];
    const post = { ...buy, name: 'post' };

    it('never runs again a call that was cut off, whatever is answered to the other', async () => {
      for (const how of ['stop', 'reload'] as const) {
        let bought = 0;
        let posted = 0;
        const started = deferred();
        const cutOff = {
          ...buy,
          writes: ['orders'],
          run: () => {
            bought++;
            return hanging(started)();
          },
        };
        const posting = { ...post, writes: ['letters'], run: () => ++posted };
        let agent = agentOf([both]);
        const namespace = `thread-${count - 1}`;
        for (const tool of [cutOff, posting]) agent.tool(defineTool(tool));
        const { interrupts } = await agent.thread().send('go');
        const idOf = (name: string) =>
          interrupts.find(({ payload }) => (payload as { tool: string }).tool === name)?.id ?? '';
        const approved = agent.thread().answer(idOf('buy'), { decision: 'approve' });
        await started.promise;
        if (how === 'stop') {
          await agent.thread().stop();
          expect((await approved).status).to.equal('cancelled');
        } else {
          void rejection(approved);
          await agent.close();
          agent = agentOf([say('.')], namespace);
          for (const tool of [cutOff, posting]) agent.tool(defineTool(tool));
        }
        const asked = await agent.thread().answer(idOf('post'), { decision: 'reject' });
        expect(asked.interrupts.map(({ kind }) => kind)).to.deep.equal(['outcome-unknown']);
        const { toolCalls } = await agent.thread().answer(asked.interrupts[0]?.id ?? '', { outcome: 'cancel' });
        expect([how, bought, posted]).to.deep.equal([how, 1, 0]);
        expect(toolCalls.map(({ outcome }) => outcome)).to.deep.equal(['unknown', 'denied']);
      }
    });

    it('keeps what one gave when the other was stopped and a new message comes', async () => {
      const started = deferred();
      const agent = agentOf([both, say('Later.')]);
      agent.tool(defineTool({ ...buy, danger: 'low', run: () => 'order 17' }));
      agent.tool(
        defineTool({
          ...post,
          danger: 'low',
          run: hanging(started),
        }),
      );
      const turn = agent.thread().send('go');
      await started.promise;
      await agent.thread().stop();
      await turn;
      await agent.thread().send('and now?');
      const outputs = (await messages(agent)).flatMap((message) => (message.role === 'tool' ? message.content : []));
      expect(outputs.map(({ toolName, output }) => `${toolName} ${output.type}`)).to.deep.equal([
        'buy json',
        'post error-json',
      ]);
    });
  });

  it('tells as a failure of the tool what cannot be stored, and does not run it again', async () => {
    let bought = 0;
    const agent = agentOf([call('buy', {}), say('Hm.')]);
    agent.tool(defineTool({ ...buy, danger: 'low', run: () => ({ count: ++bought, bytes: new ArrayBuffer(8) }) }));
    const { status, toolCalls } = await agent.thread().send('buy');
    expect([status, toolCalls[0]?.outcome, toolCalls[0]?.error?.code, bought]).to.deep.equal([
      'completed',
      'failed',
      'unstorable-value',
      1,
    ]);
  });

  it('keeps to a no, also when the tool has become harmless since', async () => {
    let bought = 0;
    const agent = agentOf([call('buy', {}), say('Fine.')]);
    const withdraw = agent.tool(defineTool({ ...buy, run: () => ++bought }));
    const { interrupts } = await agent.thread().send('buy');
    withdraw();
    agent.tool(defineTool({ ...buy, danger: 'low', run: () => ++bought }));
    const { toolCalls } = await agent.thread().answer(interrupts[0]?.id ?? '', { decision: 'reject' });
    expect([toolCalls[0]?.outcome, bought]).to.deep.equal(['denied', 0]);
  });

  it('keeps a question open whose tool the page does not offer just now', async () => {
    const agent = agentOf([call('buy', {}), say('Done.')]);
    const withdraw = agent.tool(defineTool(buy));
    const { interrupts } = await agent.thread().send('buy');
    withdraw();
    const id = interrupts[0]?.id ?? '';
    expect(await rejection(agent.thread().answer(id, { decision: 'approve' }))).to.include({ code: 'tool-gone' });
    agent.tool(defineTool(buy));
    const { toolCalls } = await agent.thread().answer(id, { decision: 'approve' });
    expect(toolCalls[0]?.outcome).to.equal('ok');
  });

  it('asks what became of a write that was cut off, also before the page offers its tools again', async () => {
    const started = deferred();
    const agent = agentOf([call('buy', {}), say('Hm.')]);
    const withdraw = agent.tool(
      defineTool({
        ...buy,
        danger: 'low',
        run: hanging(started),
      }),
    );
    const turn = agent.thread().send('buy');
    await started.promise;
    await agent.thread().stop();
    await turn;
    withdraw();
    const { interrupts } = await agent.thread().resume();
    expect(interrupts.map(({ kind }) => kind)).to.deep.equal(['outcome-unknown']);
    const { toolCalls } = await agent.thread().answer(interrupts[0]?.id ?? '', { outcome: 'cancel' });
    expect([toolCalls[0]?.outcome, toolCalls[0]?.error?.code]).to.deep.equal(['unknown', 'aborted']);
  });

  it('begins no write after it was stopped', async () => {
    for (let round = 0; round < 10; round++) {
      let stopped = false;
      const late: number[] = [];
      const agent = agentOf([call('buy', {}), say('.')]);
      agent.tool(defineTool({ ...buy, danger: 'low', run: () => late.push(stopped ? 1 : 0) }));
      const thread = agent.thread();
      const stop = deferred();
      thread.subscribe((batch) => {
        if (!batch.some((event) => event.type === 'node-start' && event.node === 'tool')) return;
        void thread.stop().then(() => {
          stopped = true;
          stop.resolve();
        });
      });
      await thread.send('buy');
      await stop.promise;
      // A call that was on its way would arrive before the answer to this later question.
      await thread.state();
      expect(late).not.to.include(1);
    }
  });

  it('tells of a turn that never began nothing that an earlier one said', async () => {
    const agent = agentOf([say('first')]);
    await agent.thread().send('one');
    for (const input of [5, null, undefined, [], { messages: 5 }]) {
      expect(await rejection(agent.thread().send(input as unknown as string))).to.include({ code: 'invalid-input' });
    }
    const late = agent.thread().send('two', { signal: AbortSignal.timeout(0) });
    expect(
      await late.then(
        ({ text }) => text,
        () => '',
      ),
    ).not.to.equal('first');
  });

  it('gives every call a key that no other person’s call has', async () => {
    const keys: string[] = [];
    for (let person = 0; person < 2; person++) {
      const agent = agentOf([call('buy', {}), say('.')]);
      agent.tool(defineTool({ ...buy, danger: 'low', run: (_, { idempotencyKey }) => keys.push(idempotencyKey) }));
      await agent.thread().send('buy');
    }
    expect(new Set(keys).size).to.equal(2);
  });

  it('goes on when an event cannot be sent to the page that watches', async () => {
    const odd = defineTool({ ...greet, name: 'odd', run: (_, ctx) => (ctx.progress(() => 1), 'fine') });
    const worker = hostStarter({
      tools: [odd],
      models: { scripted: () => createScriptedModel([call('odd', { name: 'x' }), say('Done.'), say('Again.')]) },
    });
    const agent = createAgent({ namespace: `thread-${count++}`, worker, model: 'scripted' });
    agents.push(agent);
    const codes: string[] = [];
    const ended = deferred();
    agent.thread().subscribe((batch) => {
      for (const event of batch) {
        if (event.type === 'notice') codes.push(event.code);
        if (event.type === 'run-end') ended.resolve();
      }
    });
    expect((await agent.thread().send('go')).status).to.equal('completed');
    await ended.promise;
    expect(codes).to.deep.equal(['unsendable-event']);
    expect((await agent.thread().send('more')).status).to.equal('completed');
  });

  it('tells the right call to stop after its tool was offered again', async () => {
    const aborted: string[] = [];
    const started = [deferred(), deferred()];
    const abortable = (name: string, index: number) => ({
      ...greet,
      run: (_: unknown, { signal }: { signal: AbortSignal }) => {
        started[index]?.resolve();
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted.push(name);
            reject(new Error('stopped'));
          });
        });
      },
    });
    const agent = agentOf([call('greet', { name: 'x' }), call('greet', { name: 'y' })]);
    const withdraw = agent.tool(defineTool(abortable('first', 0)));
    const first = agent.thread('1').send('go');
    await started[0]?.promise;
    withdraw();
    agent.tool(defineTool(abortable('second', 1)));
    const second = agent.thread('2').send('go');
    await started[1]?.promise;
    await agent.thread('1').stop();
    expect((await first).status).to.equal('cancelled');
    expect(aborted).to.deep.equal(['first']);
    await agent.thread('2').stop();
    expect((await second).status).to.equal('cancelled');
  });

  it('does not look into the messages of a graph of the site’s own', async () => {
    const graph = new StateGraph({ id: 'own', version: '1', channels: { messages: last<unknown>(() => 5) } })
      .addNode('a', () => ({ messages: { role: 'assistant' } }))
      .addEdge(START, 'a')
      .compile();
    const agent = createAgent({ namespace: `thread-${count++}`, worker: hostStarter({ graphs: [graph] }) });
    agents.push(agent);
    const thread = agent.thread('x', { graph: 'own' });
    expect((await thread.send({})).status).to.equal('completed');
    const seen = await new Promise<ThreadView>((resolve) => {
      watchThread(thread, (view) => {
        if (view.loaded) resolve(view);
      });
    });
    expect(seen.state).to.deep.equal({ messages: { role: 'assistant' } });
    expect(seen.messages).to.deep.equal([]);
  });

  it('refuses a new message while a question is open, and an empty one always', async () => {
    const agent = agentOf([call('buy', {})]);
    agent.tool(defineTool(buy));
    expect(await rejection(agent.thread().send(' '))).to.include({ code: 'invalid-input' });
    await agent.thread().send('buy');
    expect(await rejection(agent.thread().send('and tea'))).to.include({ code: 'awaiting-answer' });
    expect(await messages(agent)).to.have.length(2);
  });

  it('refuses files and a schema where no language model is asked', async () => {
    const graph = new StateGraph({ id: 'own', version: '1', channels: { n: last(() => 0) } })
      .addNode('a', () => ({}))
      .addEdge(START, 'a')
      .compile();
    const worker = hostStarter({ graphs: [graph] });
    const agent = createAgent({ namespace: `thread-${count++}`, worker, model: 'planner' });
    agents.push(agent);
    for (const more of [{ files: [new Blob(['x'])] }, { schema: { type: 'object' } }]) {
      expect(await rejection(agent.thread().send('hello', more))).to.include({ code: 'invalid-input' });
      expect(await rejection(agent.thread('x', { graph: 'own' }).send({ n: 1 }, more))).to.include({
        code: 'invalid-input',
      });
    }
    expect(await messages(agent)).to.deep.equal([]);
  });

  it('keeps a message of a megabyte whole', async () => {
    const text = 'é'.repeat(500_000) + 'x'.repeat(500_000);
    const agent = agentOf([say('Long.')]);
    const { status } = await agent.thread().send(text);
    expect(status).to.equal('completed');
    const [first] = await messages(agent);
    expect(first && messageText(first)).to.equal(text);
  });

  for (const how of ['stop', 'signal'] as const) {
    it(`aborts the page's tool when it is stopped by ${how}, and can go on`, async () => {
      const started = deferred();
      const aborted = deferred();
      const agent = agentOf([call('greet', { name: 'x' }), say('Never said.'), say('Here again.')]);
      agent.tool(
        defineTool({
          ...greet,
          run: (_, { signal }) =>
            new Promise(() => {
              signal.addEventListener('abort', () => {
                aborted.resolve();
              });
              started.resolve();
            }),
        }),
      );
      const thread = agent.thread();
      const stop = new AbortController();
      const turn = thread.send('go', { signal: stop.signal });
      await started.promise;
      if (how === 'stop') await thread.stop();
      else stop.abort();
      expect((await turn).status).to.equal('cancelled');
      await aborted.promise;
      const next = await thread.send('still there?');
      expect(next.status).to.equal('completed');
      const results = (await messages(agent)).flatMap((message) => (message.role === 'tool' ? message.content : []));
      expect(results.map(({ output }) => output.type)).to.deep.equal(['error-json']);
    });
  }

  it('goes on with a message that was cut off before it was answered', async () => {
    const asked = deferred();
    const agent = agentOf([() => (asked.resolve(), new Promise(() => undefined))]);
    const namespace = `thread-${count - 1}`;
    void rejection(agent.thread().send('hello?'));
    await asked.promise;
    await agent.close();
    const again = agentOf([say('Hello!')], namespace);
    const view = await new Promise<ThreadView>((resolve) => {
      watchThread(again.thread(), (each) => {
        if (each.loaded) resolve(each);
      });
    });
    expect([view.unfinished, view.messages.map(messageText)]).to.deep.equal([true, ['hello?']]);
    const { status, text } = await again.thread().resume();
    expect([status, text]).to.deep.equal(['completed', 'Hello!']);
    expect(await rejection(again.thread('never').resume())).to.include({ code: 'unknown-thread' });
  });

  it('answers the new message, not the one that was cut off before it', async () => {
    const seen: string[][] = [];
    const started = deferred();
    const look: ScriptedAnswer = ({ messages: all }) => {
      seen.push(all.map(({ role }) => role));
      return say('Yes.');
    };
    const agent = agentOf([call('greet', { name: 'x' }), look]);
    agent.tool(
      defineTool({
        ...greet,
        run: hanging(started),
      }),
    );
    const turn = agent.thread().send('go');
    await started.promise;
    await agent.thread().stop();
    await turn;
    await agent.thread().send('still there?');
    expect(seen).to.deep.equal([['user', 'assistant', 'tool', 'user']]);
  });

  it('refuses what is no tool, no id and nothing to offer after the end', async () => {
    const agent = agentOf([]);
    const definition = greet as unknown as Parameters<Agent['tool']>[0];
    expect(() => agent.tool(definition))
      .to.throw()
      .with.property('code', 'invalid-tool');
    for (const id of ['', 'x'.repeat(201), 42 as unknown as string]) {
      expect(() => agent.thread(id))
        .to.throw()
        .with.property('code', 'invalid-option');
    }
    await agent.close();
    expect(() => agent.tool(defineTool(greet)))
      .to.throw()
      .with.property('code', 'closed');
  });

  it('runs two messages one after the other', async () => {
    const agent = agentOf([say('one'), say('two')]);
    const thread = agent.thread();
    const [first, second] = await Promise.all([thread.send('a'), thread.send('b')]);
    expect([first.text, second.text]).to.deep.equal(['one', 'two']);
    expect((await messages(agent)).map(messageText)).to.deep.equal(['a', 'one', 'b', 'two']);
  });

  it('fails typed when the model does, and answers the next message', async () => {
    const agent = agentOf([() => Promise.reject(new Error('no network')), say('Back.')]);
    const failed = await agent.thread().send('hello');
    expect(failed.status).to.equal('failed');
    expect(failed.error).to.include({ code: 'model-failed', message: 'The model "scripted" failed: no network' });
    expect((await agent.thread().send('hello?')).text).to.equal('Back.');
  });

  it('says that a withdrawn tool is gone', async () => {
    const agent = agentOf([call('greet', { name: 'x' }), say('Hm.')]);
    const withdraw = agent.tool(defineTool(greet));
    expect(() => agent.tool(defineTool(greet)))
      .to.throw()
      .with.property('code', 'tool-exists');
    withdraw();
    const { toolCalls } = await agent.thread().send('hello');
    expect(toolCalls[0]?.error?.code).to.equal('unknown-tool');
  });

  it('names the graphs of the host when a thread asks for another', async () => {
    const agent = agentOf([]);
    const error = await rejection(agent.thread('x', { graph: 'order' }).send({}));
    expect(error).to.include({ code: 'unknown-graph' });
  });

  it('refuses input that cannot be cloned', async () => {
    expect(
      await rejection(
        agentOf([])
          .thread()
          .send({ f: () => 1 }),
      ),
    ).to.include({ code: 'invalid-input' });
  });

  it('remembers a new thread, and forgets everything with erase()', async () => {
    const agent = agentOf([say('one'), say('two')]);
    const namespace = `thread-${count - 1}`;
    await agent.thread().send('a');
    const { id } = agent.newThread();
    expect(agent.thread().id).to.equal(id);
    await agent.thread().send('b');
    await agent.erase();
    const after = agentOf([], namespace);
    expect(after.thread().id).to.equal('main');
    expect(await after.thread(id).state()).to.equal(undefined);
    expect(await after.thread('main').state()).to.equal(undefined);
  });
});

describe('events', () => {
  it('arrive in order, in batches, with one run-end for each run', async () => {
    const agent = agentOf([
      [{ type: 'text-delta', id: 't', text: 'a' }, { type: 'text-delta', id: 't', text: 'b' }, finish()],
    ]);
    const thread = agent.thread();
    const all: RunEvent[] = [];
    const ended = deferred();
    const unsubscribe = thread.subscribe((batch) => {
      all.push(...batch);
      if (batch.some(({ type }) => type === 'run-end')) ended.resolve();
    });
    await thread.send('x');
    await ended.promise;
    unsubscribe();
    const text = all.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
    expect(text).to.equal('ab');
    expect(all.map(({ seq }) => seq)).to.deep.equal([...all.map(({ seq }) => seq)].sort((a, b) => a - b));
    expect(all.filter(({ type }) => type === 'run-end')).to.have.length(1);
    await thread.send('y');
    expect(all.filter(({ type }) => type === 'run-end')).to.have.length(1);
  });

  it('carry errors as AgentErrors', async () => {
    const agent = agentOf([() => Promise.reject(new Error('no'))]);
    const error = new Promise((resolve) => {
      agent.thread().subscribe((batch) => {
        for (const event of batch) if (event.type === 'run-end') resolve(event.error);
      });
    });
    await agent.thread().send('x');
    expect(await error).to.include({ code: 'model-failed' });
  });
});

describe('watchThread', () => {
  const until = (agent: Agent, done: (view: ThreadView) => boolean): Promise<ThreadView> =>
    new Promise((resolve) => {
      const stop = watchThread(agent.thread(), (view) => {
        if (!done(view)) return;
        // The first call comes before there is anything to stop.
        queueMicrotask(() => {
          stop();
        });
        resolve(view);
      });
    });

  it('shows text as it streams, and the message once it is stored', async () => {
    const gate = deferred();
    const agent = agentOf([
      [{ type: 'text-delta', id: 't', text: 'Hel' }, finish()],
      async () => {
        await gate.promise;
        return say('x');
      },
    ]);
    const views: ThreadView[] = [];
    const stop = watchThread(agent.thread(), (view) => views.push(view));
    const finished = until(agent, ({ messages: all, running }) => all.length === 2 && !running);
    await agent.thread().send('hi');
    expect((await finished).messages.map(messageText)).to.deep.equal(['hi', 'Hel']);
    for (const { streaming, messages: all } of views)
      expect(streaming && all.map(messageText).includes(streaming)).to.be.oneOf(['', false]);
    stop();
  });

  it('shows a question that is open, to a watcher that comes later', async () => {
    const agent = agentOf([call('buy', {})]);
    agent.tool(defineTool(buy));
    await agent.thread().send('buy');
    const view = await until(agent, ({ loaded }) => loaded);
    expect(view.interrupts).to.have.length(1);
    expect(view.running).to.equal(false);
  });

  it('shows a run that is under way, to a watcher that comes in the middle', async () => {
    const gate = deferred<string>();
    const started = deferred();
    const agent = agentOf([call('greet', { name: 'Ada' }), say('ok')]);
    agent.tool(
      defineTool({
        ...greet,
        run: () => {
          started.resolve();
          return gate.promise;
        },
      }),
    );
    const turn = agent.thread().send('go');
    await started.promise;
    const view = await until(agent, ({ running, calls }) => running && calls[0]?.status === 'running');
    expect(view.tasks.map(({ node, status }) => `${node} ${status}`)).to.deep.equal(['model ok', 'tool running']);
    gate.resolve('hi');
    await turn;
    const after = await until(agent, ({ loaded, messages: all }) => loaded && all.length === 4);
    expect(after.messages.map(({ role }) => role)).to.deep.equal(['user', 'assistant', 'tool', 'assistant']);
  });

  it('shows a text once to a watcher that comes between the text and the end of the run', async () => {
    const gate = deferred<string>();
    const started = deferred();
    const agent = agentOf([
      [{ type: 'text-delta', id: 't', text: 'I will look.' }, ...call('greet', { name: 'Ada' })],
      say('ok'),
    ]);
    agent.tool(
      defineTool({
        ...greet,
        run: () => {
          started.resolve();
          return gate.promise;
        },
      }),
    );
    const turn = agent.thread().send('go');
    await started.promise;
    const view = await until(agent, ({ loaded, running }) => loaded && running);
    expect([view.messages.map(messageText), view.streaming]).to.deep.equal([['go', 'I will look.'], '']);
    gate.resolve('hi');
    await turn;
  });

  it('looks again when another tab has stored something', async () => {
    const here = agentOf([]);
    const there = agentOf([say('From over there.')], `thread-${count - 1}`);
    await there.ready;
    const seen = until(here, ({ messages: all }) => all.length === 2);
    await there.thread().send('hello');
    expect((await seen).messages.map(messageText)).to.deep.equal(['hello', 'From over there.']);
  });

  it('shows what another tab is writing, as it is written', async () => {
    const gate = deferred<string>();
    const started = deferred();
    const script = [[{ type: 'text-delta', id: 'm', text: 'I am here.' } as const, ...call('wait', {})], say('Done.')];
    const there = agentOf(script);
    there.tool(
      defineTool({
        name: 'wait',
        description: 'Wait',
        effect: 'read',
        run: () => {
          started.resolve();
          return gate.promise;
        },
      }),
    );
    const here = agentOf([], `thread-${count - 1}`);
    const live = until(here, ({ running, calls }) => running && calls.some(({ status }) => status === 'running'));
    await here.ready;
    const turn = there.thread().send('hello');
    await started.promise;
    const { messages: all, calls } = await live;
    expect([all.map(messageText), calls.map(({ tool }) => tool)]).to.deep.equal([['hello', 'I am here.'], ['wait']]);
    const ended = until(here, ({ running, messages: stored }) => !running && stored.length === 4);
    gate.resolve('waited');
    await turn;
    expect((await ended).messages.map(messageText)).to.deep.equal(['hello', 'I am here.', '', 'Done.']);
  });

  it('forgets what another tab has erased', async () => {
    const here = agentOf([say('private')]);
    await here.thread().send('secret');
    const there = agentOf([], `thread-${count - 1}`);
    await there.ready;
    const cleared = deferred();
    let erasing: Promise<void> | undefined;
    const stop = watchThread(here.thread(), ({ loaded, messages: all }) => {
      if (loaded && all.length === 2) erasing ??= there.erase();
      if (erasing && all.length === 0) cleared.resolve();
    });
    await cleared.promise;
    await erasing;
    stop();
  });

  it('looks again after what came while it was looking, and stops looking when it is stopped', async () => {
    let version = 2;
    let reads = 0;
    const listeners: ((batch: readonly RunEvent[]) => void)[] = [];
    const gates = [deferred(), deferred(), deferred()];
    const fake: Thread = {
      ...agentOf([]).thread(),
      subscribe: (listener) => {
        listeners.push(listener);
        return () => undefined;
      },
      async state() {
        const found = version;
        await gates[reads++]?.promise;
        return {
          state: { messages: [] },
          version: found,
          parent: found - 1,
          next: [],
          interrupts: [],
          graph: 'agent@1',
        };
      },
    };
    const checkpoint = (at: number): RunEvent => ({ type: 'checkpoint', version: at, seq: 0, runId: 'r', ns: '' });
    let latest: ThreadView | undefined;
    const settled = deferred();
    const stop = watchThread(fake, (view) => {
      latest = view;
      if (view.version === 4) settled.resolve();
    });
    version = 4;
    listeners[0]?.([checkpoint(4)]);
    gates[0]?.resolve();
    gates[1]?.resolve();
    await settled.promise;
    expect([latest?.version, reads]).to.deep.equal([4, 2]);
    listeners[0]?.([checkpoint(9)]);
    stop();
    gates[2]?.resolve();
    await Promise.resolve();
    expect(reads).to.equal(3);
  });

  /** Does something while nothing can be stored. */
  async function withoutStore<T>(name: string, work: () => Promise<T>): Promise<T> {
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put') ?? {};
    const fail = (): never => {
      throw new DOMException('no', name);
    };
    Object.defineProperty(IDBObjectStore.prototype, 'put', { ...put, value: fail });
    try {
      return await work();
    } finally {
      Object.defineProperty(IDBObjectStore.prototype, 'put', put);
    }
  }

  it('looks again after a run that could not be stored', async () => {
    const agent = agentOf([say('lost'), say('second'), say('third')]);
    let latest: ThreadView | undefined;
    const stop = watchThread(agent.thread(), (view) => (latest = view));
    await agent.ready;
    const { status, error } = await withoutStore('UnknownError', () => agent.thread().send('one'));
    expect([status, error?.code]).to.deep.equal(['failed', 'storage-failed']);
    await agent.thread().send('two');
    const stored = await until(agent, ({ messages: all }) => all.length === 2);
    expect(stored.messages.map(messageText)).to.deep.equal(['two', 'second']);
    expect(latest?.messages.map(messageText)).to.deep.equal(['two', 'second']);
    stop();
  });

  it('goes on in memory while the store is full, says so, and stores it all once there is room', async () => {
    const agent = agentOf([say('first'), say('second')]);
    let latest: ThreadView | undefined;
    const stop = watchThread(agent.thread(), (view) => (latest = view));
    await agent.ready;
    const { status, text } = await withoutStore('QuotaExceededError', () => agent.thread().send('one'));
    expect([status, text]).to.deep.equal(['completed', 'first']);
    expect(latest?.notices.map(({ code }) => code)).to.deep.equal(['quota-exceeded']);
    await agent.thread().send('two');
    const stored = await until(agent, ({ messages: all }) => all.length === 4);
    expect(stored.messages.map(messageText)).to.deep.equal(['one', 'first', 'two', 'second']);
    expect(latest?.messages.map(messageText)).to.deep.equal(['one', 'first', 'two', 'second']);
    stop();
  });

  it('is the same as what is stored, after any number of turns', async () => {
    const agent = agentOf(Array.from({ length: 10 }, (_, n) => say(`answer ${n}`)));
    let latest: ThreadView | undefined;
    const stop = watchThread(agent.thread(), (view) => (latest = view));
    for (let n = 0; n < 10; n++) await agent.thread().send(`question ${n}`);
    await until(agent, ({ messages: all }) => all.length === 20);
    const stored = await agent.thread().state();
    expect(latest?.state).to.deep.equal(stored?.state);
    expect(latest?.version).to.equal(stored?.version);
    stop();
  });
});
