import { expect } from 'chai';
import { createAgent, remoteModel } from '../../src/index.ts';
import type { Agent, RemoteModelOptions } from '../../src/index.ts';
import type { Model, ModelRequest } from '../../src/core/index.ts';
import { call, createScriptedModel, finish, say } from '../../src/models/index.ts';
import type { ScriptedAnswer } from '../../src/models/index.ts';
import { eraseAll, freshNamespace, keep, tool } from '../agent/conversation.ts';
import { deferred } from '../helpers/deferred.ts';
import { openSession } from '../helpers/model-session.ts';

/** An agent in a real worker whose model is in this page. */
function withModel(model: Model, options: { instructions?: string } = {}): Agent {
  const agent = createAgent({ namespace: freshNamespace(), model, ...options });
  keep(agent);
  return agent;
}

const scripted = (...script: readonly ScriptedAnswer[]): Model => createScriptedModel(script);

describe('a model of the page', () => {
  afterEach(eraseAll);

  it('answers the worker, and calls tools through it', async () => {
    const agent = withModel(scripted(call('add', { a: 1 }), say('Added.')));
    agent.tool(tool('add', 'write'));
    const { text, toolCalls } = await agent.thread().send('add one');
    expect([text, toolCalls.map(({ outcome }) => outcome)]).to.deep.equal(['Added.', ['ok']]);
    expect((await agent.ready).model).to.deep.equal({ id: 'scripted', generative: true });
  });

  it('gets the instructions, the messages and the tools, as data', async () => {
    const asked: ModelRequest[] = [];
    const look: ScriptedAnswer = (request) => {
      asked.push(request);
      return say('Yes.');
    };
    const agent = withModel(scripted(look), { instructions: 'Be short.' });
    agent.tool(tool('add', 'write', { suggest: () => ['x'] }));
    await agent.thread().send('add one');
    const [request] = asked;
    expect(request?.instructions).to.equal('Be short.');
    expect(request?.messages.map(({ role }) => role)).to.deep.equal(['user']);
    expect(request?.tools.map(({ name }) => name)).to.deep.equal(['add']);
    expect(request?.tools[0]).to.not.have.property('suggest');
  });

  it('is stopped within 100 ms, and the thread goes on', async () => {
    const begun = deferred<AbortSignal>();
    const hang: ScriptedAnswer = (_, signal) => {
      begun.resolve(signal);
      return new Promise(() => undefined);
    };
    const agent = withModel(scripted(hang, say('Here I am.')));
    const thread = agent.thread();
    const turn = thread.send('hello');
    const signal = await begun.promise;
    const asked = performance.now();
    const reached = new Promise<number>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve(performance.now());
      });
    });
    await thread.stop();
    expect((await turn).status).to.equal('cancelled');
    expect((await reached) - asked).to.be.below(100);
    expect((await thread.resume()).text).to.equal('Here I am.');
  });

  it('is left at its next part where it goes on after it was told to stop', async () => {
    const [begun, left] = [deferred(), deferred()];
    const model: Model = {
      ...scripted(),
      async *stream() {
        try {
          for (;;) {
            yield { type: 'text-delta', id: 't', text: 'and so on ' };
            begun.resolve();
            await new Promise((resolve) => setTimeout(resolve));
          }
        } finally {
          left.resolve();
        }
      },
    };
    const thread = withModel(model).thread();
    const turn = thread.send('hello');
    await begun.promise;
    await thread.stop();
    expect((await turn).status).to.equal('cancelled');
    await left.promise;
  });

  it('fails the turn with what it throws', async () => {
    const model: Model = {
      ...scripted(),
      async *stream() {
        await Promise.resolve();
        throw new Error('out of memory');
      },
    };
    const { status, error } = await withModel(model).thread().send('hello');
    expect([status, error?.code, error?.message]).to.deep.equal([
      'failed',
      'model-failed',
      'The model "scripted" failed: out of memory',
    ]);
  });

  it('is another one for another agent of the page', async () => {
    const namespace = freshNamespace();
    const [a, b] = [say('A.'), say('B.')].map((answer) => keep(createAgent({ namespace, model: scripted(answer) })));
    expect((await a?.thread('1').send('?'))?.text).to.equal('A.');
    expect((await b?.thread('2').send('?'))?.text).to.equal('B.');
  });

  it('is a remote one where it needs functions of the page', async () => {
    const sent: string[] = [];
    const body = 'data: {"choices":[{"delta":{"content":"Yes."},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
    const model = remoteModel({
      endpoint: '/ai/v1',
      model: 'm',
      fetch: (url) => {
        sent.push(url);
        return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
      },
    });
    expect((await withModel(model).thread().send('?')).text).to.equal('Yes.');
    expect(sent).to.deep.equal([`${location.origin}/ai/v1/chat/completions`]);
  });

  it('may end without a word', async () => {
    const { status, text } = await withModel(scripted([finish()]))
      .thread()
      .send('hello');
    expect([status, text]).to.deep.equal(['completed', '']);
  });
});

describe('a remote model that is code of the page', () => {
  afterEach(eraseAll);

  for (const provider of ['openai', 'anthropic'] as const) {
    it(`is asked from the page by a fetch and with a body of the site’s own, with ${provider}`, async () => {
      const session = await openSession();
      await session.script(['500', 'calls', 'text']);
      const asked: string[] = [];
      const agent = withModel(
        remoteModel({
          ...{ provider, model: 'any' },
          endpoint: '/ai/v1',
          body: (body) => ({ ...body, tenant: 'shop' }),
          fetch: (url, init) => {
            asked.push(new URL(url).pathname);
            return fetch(url.replace(/^.*\/ai\/v1/, session.endpoint), init);
          },
        }),
      );
      for (const name of ['greet', 'find']) agent.tool(tool(name, 'read'));
      const { text, toolCalls } = await agent.thread().send('say hello');
      expect([text, toolCalls.length]).to.deep.equal(['Hello from the server.', 2]);
      const path = provider === 'openai' ? '/ai/v1/chat/completions' : '/ai/v1/messages';
      expect(asked).to.deep.equal([path, path, path]);
      expect((await session.bodies()).map(({ tenant }) => tenant)).to.deep.equal(['shop', 'shop', 'shop']);
    });
  }
});

describe('the option model', () => {
  it('is refused where its endpoint is no address', () => {
    for (const endpoint of ['https://', 'ftp://x/y', 'data:,']) {
      expect(() => createAgent({ model: { endpoint, model: 'm' } })).to.throw('is no endpoint of a model');
    }
  });

  it('is refused where it has functions that cannot reach the worker', () => {
    const to = { endpoint: '/ai/v1', model: 'm' };
    const own = (more: object): object => ({ ...to, ...more });
    for (const model of [own({ fetch }), own({ body: () => '' }), own({ fallback: [own({ getToken: () => 't' })] })]) {
      expect(() => createAgent({ model: model as RemoteModelOptions })).to.throw('takes no function of a model');
    }
  });
});
