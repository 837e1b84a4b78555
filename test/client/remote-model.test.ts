import { expect } from 'chai';
import { messageText } from '../../src/core/index.ts';
import { createAgent } from '../../src/index.ts';
import type { Agent, RunEvent, Thread } from '../../src/index.ts';
import { eraseAll, keep, tool } from '../agent/conversation.ts';
import type { Step } from '../helpers/model-server.d.ts';
import { countOf, messagesOf, modelAt, openRemote, PROVIDERS } from './remote-agent.ts';
import type { Provider } from './remote-agent.ts';

type Body = Record<string, unknown> & { readonly messages: readonly Record<string, unknown>[] };

/** What the server's usual answer is counted as. */
const USAGE = { inputTokens: 11, outputTokens: 5 };

/** An answer that thinks before it calls `greet`, as each provider tells it; what it signs has no words. */
const THINKING: Readonly<Record<Provider, Step>> = {
  anthropic: {
    events: [
      { type: 'message_start', message: { role: 'assistant', content: [], usage: { input_tokens: 11 } } },
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'c2lnbmVk' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'content_block_start', index: 1, content_block: { type: 'thinking', thinking: '', signature: '' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'thinking_delta', thinking: 'A greeting' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'thinking_delta', thinking: ' is due.' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'signature_delta', signature: 'YWdhaW4=' } },
      { type: 'content_block_stop', index: 1 },
      { type: 'content_block_start', index: 2, content_block: { type: 'tool_use', id: 't', name: 'greet', input: {} } },
      { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{"name":"Ada"}' } },
      { type: 'content_block_stop', index: 2 },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 5 } },
      { type: 'message_stop' },
    ],
  },
  openai: {
    events: [
      { choices: [{ index: 0, delta: { reasoning_content: 'A greeting' } }] },
      { choices: [{ index: 0, delta: { reasoning_content: ' is due.' } }] },
      {
        choices: [
          {
            index: 0,
            delta: {
              tool_calls: [{ index: 0, id: 'c', function: { name: 'greet', arguments: '{"name":"Ada"}' } }],
            },
          },
        ],
      },
      { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
      '[DONE]',
    ],
  },
};

/** How what was thought is given back. */
const THOUGHT: Readonly<Record<Provider, object>> = {
  anthropic: {
    content: [
      { type: 'thinking', thinking: '', signature: 'c2lnbmVk' },
      { type: 'thinking', thinking: 'A greeting is due.', signature: 'YWdhaW4=' },
    ],
  },
  openai: { reasoning_content: 'A greeting is due.' },
};

/** A text as the answer to a schema, where the server takes one. */
const saying = (provider: Provider, text: string): Step =>
  provider === 'openai'
    ? { events: [{ choices: [{ index: 0, delta: { content: text }, finish_reason: 'stop' }] }, '[DONE]'] }
    : {
        events: [
          { type: 'message_start', message: { usage: { input_tokens: 3 } } },
          { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
          { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
          { type: 'content_block_stop', index: 0 },
          { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 4 } },
          { type: 'message_stop' },
        ],
      };

const greet = (run: (input: unknown) => unknown = () => 'Hello Ada') => tool('greet', 'read', { run });

const textsOf = async (thread: Thread): Promise<readonly string[]> => (await messagesOf(thread)).map(messageText);

/** All events of a thread, from now on. */
function eventsOf(thread: Thread): RunEvent[] {
  const events: RunEvent[] = [];
  thread.subscribe((batch) => events.push(...batch));
  return events;
}

for (const provider of PROVIDERS) {
  describe(`an agent with a remote model in the manner of ${provider}`, () => {
    afterEach(eraseAll);

    const bodies = async (session: { bodies(): Promise<readonly Record<string, unknown>[]> }) =>
      (await session.bodies()) as readonly Body[];

    it('answers from the worker, also byte by byte, and says what it took', async () => {
      const { agent } = await openRemote({ provider, model: 'slow' });
      const { model, ...ready } = await agent.ready;
      expect(ready).to.deep.include({ host: 'worker', storage: 'indexeddb', notices: [] });
      expect(model).to.include({ id: 'slow', generative: true });
      const thread = agent.thread();
      const events = eventsOf(thread);
      const { status, text } = await thread.send('hello');
      expect([status, text]).to.deep.equal(['completed', 'Hello from the server.']);
      const deltas = events.flatMap((event) => (event.type === 'text-delta' ? event.text : []));
      expect(deltas.join('')).to.equal('Hello from the server.');
      expect(events.filter(({ type }) => type === 'usage')).to.have.length(1);
      expect(events.find(({ type }) => type === 'usage')).to.include(USAGE);
      expect((await messagesOf(thread)).at(-1)).to.deep.include({ role: 'assistant', usage: USAGE });
    });

    it('calls tools of the page with their arguments, and answers when it has their results', async () => {
      const { agent, session } = await openRemote({ provider }, { instructions: 'Be short.' });
      await session.script(['calls', 'text']);
      const inputs: unknown[] = [];
      agent.tool(greet((input) => inputs.push(input)));
      agent.tool(tool('find', 'read', { run: (input) => inputs.push(input) }));
      const { text, toolCalls } = await agent.thread().send('say hello');
      expect(inputs).to.deep.equal([{ name: 'Ada' }, { query: 'Müsli 🥣' }]);
      expect(toolCalls.map(({ tool: name, outcome, output }) => [name, outcome, output])).to.deep.equal([
        ['greet', 'ok', 1],
        ['find', 'ok', 2],
      ]);
      expect(text).to.equal('Hello from the server.');
      const [first, second] = (await session.requests()).map((request) => request.text);
      expect(first).to.include('Be short.').and.include('Do greet');
      const shared = first?.slice(0, first.indexOf('say hello')) ?? '';
      expect(second?.startsWith(shared), 'the beginning keeps its bytes').to.equal(true);
    });

    it('gives back what the model has thought, also what has no words, after a reload too', async () => {
      const { agent, session, namespace } = await openRemote({ provider });
      await session.script([THINKING[provider], 'text', 'text']);
      agent.tool(greet());
      const events = eventsOf(agent.thread());
      await agent.thread().send('say hello');
      expect(events.flatMap((event) => (event.type === 'reasoning-delta' ? event.text : [])).join('')).to.equal(
        'A greeting is due.',
      );
      await agent.close();
      const again = keep(createAgent({ namespace, model: modelAt(session, { provider }) }));
      await again.thread().send('and now?');
      const [, second, third] = await bodies(session);
      for (const body of [second, third]) {
        const said = body?.messages.find(({ role }) => role === 'assistant');
        if (provider === 'openai') expect(said).to.deep.include(THOUGHT.openai);
        else expect((said?.content as unknown[]).slice(0, 2)).to.deep.equal((THOUGHT.anthropic as Body).content);
      }
    });

    it('is shown the picture of a message, also when the page has been opened again', async () => {
      const { agent, session, namespace } = await openRemote({ provider });
      const file = new File([new Uint8Array([1, 2, 3, 250])], 'cat.png', { type: 'image/png' });
      await agent.thread().send('what is this?', { files: [file] });
      await agent.close();
      const again = keep(createAgent({ namespace, model: modelAt(session, { provider }) }));
      await again.thread().send('are you sure?');
      for (const { messages } of await bodies(session)) {
        const picture =
          provider === 'openai'
            ? { type: 'image_url', image_url: { url: 'data:image/png;base64,AQID+g==' } }
            : { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AQID+g==' } };
        expect(messages[0]?.content).to.deep.equal([{ type: 'text', text: 'what is this?' }, picture]);
      }
    });

    it('gives data by a schema, after one request to mend it', async () => {
      const { agent, session } = await openRemote({ provider });
      await session.script([saying(provider, '{"total":"three"}'), saying(provider, '{"total":3}')]);
      const schema = { type: 'object', required: ['total'], properties: { total: { type: 'integer' } } };
      const { status, output } = await agent.thread().send('count', { schema });
      expect([status, output]).to.deep.equal(['completed', { total: 3 }]);
      const [first, second] = await bodies(session);
      expect(JSON.stringify(first)).to.include('"schema"');
      expect(second?.messages.length).to.be.greaterThan(1);
      expect(JSON.stringify(second?.messages)).to.include('total: ');
    });

    it('fails typed where what was mended does not fit either, and goes on', async () => {
      const { agent, session } = await openRemote({ provider });
      await session.script([saying(provider, 'no'), saying(provider, 'none')]);
      const thread = agent.thread();
      const { status, error } = await thread.send('count', { schema: { type: 'object' } });
      expect([status, error?.code, await countOf(session)]).to.deep.equal(['failed', 'invalid-output', 2]);
      await session.script(['text']);
      expect((await thread.send('hello')).text).to.equal('Hello from the server.');
    });

    it('answers again, on a branch, and in the place of what was edited', async () => {
      const { agent, session } = await openRemote({ provider });
      const answers = ['One.', 'Two.', 'Three.', 'Four.'].map((text) => saying(provider, text));
      await session.script(answers);
      const thread = agent.thread();
      await thread.send('count');
      expect((await thread.regenerate()).text).to.equal('Two.');
      await thread.send('go on');
      const [first, , edited] = await messagesOf(thread);
      const copy = await thread.branch(edited?.id ?? '');
      await copy.send('go on, please');
      expect(await textsOf(copy)).to.deep.equal(['count', 'Two.', 'go on, please', 'Four.']);
      expect(await textsOf(thread)).to.deep.equal(['count', 'Two.', 'go on', 'Three.']);
      const asked = await bodies(session);
      expect(asked[1], 'the same is asked once more').to.deep.equal(asked[0]);
      expect(JSON.stringify(asked[3]?.messages)).to.include('go on, please').and.not.include('Three.');
      const anew = await thread.branch(first?.id ?? '');
      expect(await anew.state()).to.equal(undefined);
    });

    it('goes on after it was stopped in the middle of an answer, and after a reload', async () => {
      const { agent, session, namespace } = await openRemote({ provider });
      await session.script(['silent-later']);
      const thread = agent.thread();
      const begun = new Promise<void>((resolve) => {
        thread.subscribe((batch) => {
          if (batch.some(({ type }) => type === 'text-delta')) resolve();
        });
      });
      const turn = thread.send('hello');
      await begun;
      await thread.stop();
      expect((await turn).status).to.equal('cancelled');
      await session.left(1);
      await agent.close();
      const again = keep(createAgent({ namespace, model: modelAt(session, { provider, model: 'text' }) }));
      const { status, text } = await again.thread().resume();
      expect([status, text]).to.deep.equal(['completed', 'Hello from the server.']);
      expect(await textsOf(again.thread())).to.deep.equal(['hello', 'Hello from the server.']);
    });

    it('asks the page for a token with each request, and once more when it was refused', async () => {
      let asked = 0;
      const { agent, session } = await openRemote({ provider, getToken: () => Promise.resolve(`token-${++asked}`) });
      await session.script(['text', '401', 'text', '401', '401', 'text']);
      const thread = agent.thread();
      await thread.send('hello');
      expect((await thread.send('hello again')).status).to.equal('completed');
      const { error } = await thread.send('and again');
      expect(error).to.include({ code: 'model-unauthorized' });
      expect((await thread.resume()).status).to.equal('completed');
      expect((await session.requests()).map(({ headers }) => headers['authorization'])).to.deep.equal(
        [1, 2, 3, 4, 5, 6].map((n) => `Bearer token-${n}`),
      );
    });

    it('says so where the page has no token to give', async () => {
      const getToken = (): Promise<string> => Promise.reject(new Error('signed out'));
      const { agent, session } = await openRemote({ provider, getToken });
      const { status, error } = await agent.thread().send('hello');
      expect([status, error?.code]).to.deep.equal(['failed', 'model-unauthorized']);
      expect(error?.message).to.include('signed out');
      expect(await countOf(session)).to.equal(0);
    });

    it('ends a run that has taken its budget, and goes on with a new one', async () => {
      const { agent, session } = await openRemote({ provider }, { budget: { tokensPerRun: 20 } });
      await session.script(['calls', 'calls', 'text']);
      for (const name of ['greet', 'find']) agent.tool(tool(name, 'read'));
      const thread = agent.thread();
      const { status, error, toolCalls } = await thread.send('say hello');
      expect([status, error?.code, toolCalls.length]).to.deep.equal(['failed', 'budget-exhausted', 4]);
      expect(error?.details).to.deep.equal({ limit: 'tokensPerRun', used: 32, allowed: 20 });
      expect(await countOf(session)).to.equal(2);
      expect((await thread.resume()).text).to.equal('Hello from the server.');
    });

    it('ends what begins on a day that has taken its budget, until there is more to spend', async () => {
      const { agent, session, namespace } = await openRemote({ provider }, { budget: { tokensPerDay: 16 } });
      await agent.thread('a').send('hello');
      const { error } = await agent.thread('b').send('hello');
      expect([error?.code, await countOf(session)]).to.deep.equal(['budget-exhausted', 1]);
      await agent.close();
      const model = modelAt(session, { provider });
      const richer: Agent = keep(createAgent({ namespace, model, budget: { tokensPerDay: 1000 } }));
      expect((await richer.thread('b').resume()).status).to.equal('completed');
    });
  });
}
