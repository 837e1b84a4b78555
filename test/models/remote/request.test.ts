import { expect } from 'chai';
import type { FilePart, Message, ModelRequest } from '../../../src/core/index.ts';
import { remoteModel } from '../../../src/models/index.ts';
import type { RemoteModelInit } from '../../../src/models/index.ts';
import { openSession } from '../../helpers/model-session.ts';
import type { Recorded } from '../../helpers/model-session.ts';
import { asking, assistant, find, greet, messageOf, partsOf, result, system, user } from './talk.ts';

type Body = Record<string, unknown> & { messages: Record<string, unknown>[] };

/** What the server gets for a request. */
async function sent(request: Partial<ModelRequest>, config: Partial<RemoteModelInit> = {}): Promise<[Body, Recorded]> {
  const session = await openSession();
  await partsOf(remoteModel({ endpoint: session.endpoint, model: 'text', ...config }), asking(request));
  const [first] = await session.requests();
  if (!first) throw new Error('Nothing was asked.');
  return [JSON.parse(first.text) as Body, first];
}

const asAnthropic = { provider: 'anthropic' } as const;

/** The messages that the server gets for some. */
const told = async (messages: readonly Message[], config?: Partial<RemoteModelInit>): Promise<unknown> =>
  (await sent({ messages, tools: [greet] }, config))[0].messages;

const png: FilePart = { type: 'file', mediaType: 'image/png', data: new Blob([new Uint8Array([137, 80, 78, 71])]) };
const pdf: FilePart = { type: 'file', mediaType: 'application/pdf', data: new Blob(['%PDF']), filename: 'a.pdf' };
const notes: FilePart = { type: 'file', mediaType: 'text/csv', data: new Blob(['a;ü']), filename: 'a.csv' };
const zip: FilePart = { type: 'file', mediaType: 'application/zip', data: new Blob(['PK']), filename: 'a.zip' };

/** The ids of calls as they are sent: nine letters and digits. */
const idsIn = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/"id":"([a-z0-9]{9})"/g)].map(([, id]) => id ?? '');

const conversation = (): Message[] => [
  user('Greet Ada'),
  assistant('Yes.', ['run:1:0', 'greet', { name: 'Ada' }], ['run:1:1', 'shop.find', { query: 'x' }]),
  user('Are you there?'),
  result('run:1:1', 'shop.find', { type: 'error-json', value: { code: 'tool-failed', message: 'No.', fix: 'Wait.' } }),
  result('run:1:0', 'greet', { type: 'json', value: { said: 'Hello Ada', at: 3n } }),
  system('Be brief.'),
  user('And Bob?'),
];

describe('a request to OpenAI', () => {
  it('goes to the chat completions of its endpoint, and asks for a stream and its usage', async () => {
    const [body, { path, headers }] = await sent({}, { key: ' sk-own-key-1 ' });
    expect(path).to.match(/\/v1\/chat\/completions$/);
    expect(headers.authorization).to.equal('Bearer sk-own-key-1');
    expect(headers['content-type']).to.equal('application/json');
    expect(body).to.deep.equal({
      model: 'text',
      stream: true,
      messages: [{ role: 'user', content: 'Hello' }],
      stream_options: { include_usage: true },
    });
  });

  it('has the instructions first, and the tools with their schemas', async () => {
    const [body] = await sent({
      instructions: 'Be kind.',
      tools: [{ ...greet, name: 'shop.greet' }],
      toolChoice: 'none',
    });
    expect(body.messages[0]).to.deep.equal({ role: 'system', content: 'Be kind.' });
    expect(body.tools).to.deep.equal([
      {
        type: 'function',
        function: { name: 'shop__greet', description: greet.description, parameters: greet.input },
      },
    ]);
    expect(body.tool_choice).to.equal('none');
  });

  it('has the results right behind their calls, turns of the user as one, and the agent’s words as the system’s', async () => {
    const messages = await told(conversation());
    const [ada, shop] = idsIn(messages);
    expect(messages).to.deep.equal([
      { role: 'user', content: 'Greet Ada' },
      {
        role: 'assistant',
        content: 'Yes.',
        tool_calls: [
          { id: ada, type: 'function', function: { name: 'greet', arguments: '{"name":"Ada"}' } },
          { id: shop, type: 'function', function: { name: 'shop__find', arguments: '{"query":"x"}' } },
        ],
      },
      { role: 'tool', tool_call_id: shop, content: 'Error: No. Wait.' },
      { role: 'tool', tool_call_id: ada, content: '{"at":"3n","said":"Hello Ada"}' },
      { role: 'user', content: 'Are you there?' },
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'And Bob?' },
    ]);
  });

  it('gives every call a result, and no result without a call', async () => {
    const messages = await told([
      result('gone', 'greet', { type: 'json', value: 1 }),
      assistant('', ['a', 'greet', 'no { JSON']),
      user('One'),
      user('Two'),
    ]);
    const [id] = idsIn(messages);
    expect(messages).to.deep.equal([
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id, type: 'function', function: { name: 'greet', arguments: '{"input":"no { JSON"}' } }],
      },
      { role: 'tool', tool_call_id: id, content: 'It gave no result.' },
      { role: 'user', content: 'One\n\nTwo' },
    ]);
  });

  it('leaves out messages in which nothing stands', async () => {
    expect(await told([user('One'), assistant('  '), user('Two')])).to.deep.equal([
      { role: 'user', content: 'One\n\nTwo' },
    ]);
  });

  it('has pictures and files in it', async () => {
    expect(await told([user('See:', png, pdf, notes), user('Well?')])).to.deep.equal([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'See:' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw==' } },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERg==' } },
          { type: 'text', text: '<file name="a.csv">\na;ü\n</file>' },
          { type: 'text', text: 'Well?' },
        ],
      },
    ]);
  });

  it('says what a person denied, and with what input a call ran', async () => {
    const denied = result('b', 'greet', { type: 'execution-denied', reason: 'Not now.' });
    const done = result('a', 'greet', { type: 'json', value: 'Hello' });
    const changed = { ...done, content: done.content.map((part) => ({ ...part, input: { name: 'Bob' } })) } as Message;
    const messages = (await told([
      user('Go'),
      assistant('', ['a', 'greet', {}], ['b', 'greet', {}]),
      changed,
      denied,
    ])) as {
      content: string;
    }[];
    expect(messages.slice(2).map(({ content }) => content)).to.deep.equal([
      'The person changed the input to {"name":"Bob"}.\nHello',
      'The person did not allow it. Not now.',
    ]);
  });

  it('asks for a schema natively', async () => {
    const schema = { type: 'object', properties: { n: { type: 'number' } } };
    const [body] = await sent({ schema });
    expect(body.response_format).to.deep.equal({ type: 'json_schema', json_schema: { name: 'answer', schema } });
  });

  it('gives reasoning and signatures back to the model that they came from, and to no other', async () => {
    const session = await openSession();
    for (const fixture of ['vllm-reasoning-tools.sse', 'gemini-tools.sse']) {
      await session.script([fixture, 'text', 'text']);
      const model = remoteModel({ endpoint: session.endpoint, model: 'm' });
      const parts = await partsOf(model);
      const messages: Message[] = [user('Go'), messageOf(parts)];
      await partsOf(model, asking({ messages }));
      await partsOf(remoteModel({ endpoint: session.endpoint, model: 'other' }), asking({ messages }));
    }
    const bodies = (await session.bodies()) as Body[];
    expect(bodies[1]?.messages[1]?.reasoning_content).to.equal('The cart first.');
    expect(bodies[2]?.messages[1]).not.to.have.property('reasoning_content');
    const calls = bodies[4]?.messages[1]?.tool_calls as { extra_content?: unknown }[];
    expect(calls.map((call) => call.extra_content)).to.deep.equal([
      { google: { thought_signature: 'c2lnbmF0dXJl' } },
      undefined,
    ]);
    expect(JSON.stringify(bodies[5])).not.to.include('thought_signature');
  });
});

describe('a request to Anthropic', () => {
  it('goes to the messages of its endpoint, and says that a page may have the key', async () => {
    const [body, { path, headers }] = await sent(
      { instructions: 'Be kind.' },
      { ...asAnthropic, key: 'sk-ant-own-key' },
    );
    expect(path).to.match(/\/v1\/messages$/);
    expect(headers['x-api-key']).to.equal('sk-ant-own-key');
    expect(headers['anthropic-version']).to.equal('2023-06-01');
    expect(headers['anthropic-dangerous-direct-browser-access']).to.equal('true');
    expect(body).to.deep.equal({
      model: 'text',
      stream: true,
      system: 'Be kind.',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
      max_tokens: 8192,
    });
  });

  it('has no key where a token is given', async () => {
    const [, { headers }] = await sent({}, { ...asAnthropic, getToken: () => 'token-of-the-site' });
    expect(headers.authorization).to.equal('Bearer token-of-the-site');
    expect(headers).not.to.have.any.keys('x-api-key', 'anthropic-dangerous-direct-browser-access');
  });

  it('has the results first in the user’s turn, and the agent’s words in it, marked', async () => {
    const messages = await told(conversation(), asAnthropic);
    const [ada, shop] = idsIn(messages);
    expect(messages).to.deep.equal([
      { role: 'user', content: [{ type: 'text', text: 'Greet Ada' }] },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Yes.' },
          { type: 'tool_use', id: ada, name: 'greet', input: { name: 'Ada' } },
          { type: 'tool_use', id: shop, name: 'shop__find', input: { query: 'x' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: shop, content: 'Error: No. Wait.', is_error: true },
          { type: 'tool_result', tool_use_id: ada, content: '{"at":"3n","said":"Hello Ada"}', is_error: false },
          { type: 'text', text: 'Are you there?' },
          { type: 'text', text: '<site-note>\nBe brief.\n</site-note>' },
          { type: 'text', text: 'And Bob?' },
        ],
      },
    ]);
  });

  it('begins and ends with the user, and has no empty text', async () => {
    expect(await told([assistant('Welcome!'), user(''), assistant('Well?')], asAnthropic)).to.deep.equal([
      { role: 'user', content: [{ type: 'text', text: 'Go on.' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'Welcome!' }] },
      { role: 'user', content: [{ type: 'text', text: '(nothing)' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'Well?' }] },
      { role: 'user', content: [{ type: 'text', text: 'Go on.' }] },
    ]);
  });

  it('has pictures and files in it, and names what it cannot take', async () => {
    expect(await told([user('See:', png, pdf, notes, zip)], asAnthropic)).to.deep.equal([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'See:' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw==' } },
          { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERg==' } },
          { type: 'text', text: '<file name="a.csv">\na;ü\n</file>' },
          { type: 'text', text: '<site-note>\nFile left out: a.zip\n</site-note>' },
        ],
      },
    ]);
  });

  it('has tools, may forbid them, and asks for a schema natively', async () => {
    const schema = { type: 'object', properties: { n: { type: 'number' } } };
    const [body] = await sent({ tools: [greet], toolChoice: 'none', schema }, asAnthropic);
    expect(body.tools).to.deep.equal([{ name: 'greet', description: greet.description, input_schema: greet.input }]);
    expect(body.tool_choice).to.deep.equal({ type: 'none' });
    expect(body.output_config).to.deep.equal({ format: { type: 'json_schema', schema } });
  });

  it('gives thinking back as it came, to the model that thought it', async () => {
    const session = await openSession();
    await session.script(['anthropic-thinking-tools.sse', 'text', 'text']);
    const config = { ...asAnthropic, endpoint: session.endpoint, model: 'm' };
    const model = remoteModel(config);
    const parts = await partsOf(model);
    const messages: Message[] = [user('Go'), messageOf(parts)];
    await partsOf(model, asking({ messages }));
    await partsOf(remoteModel({ ...config, model: 'other' }), asking({ messages }));
    const [, own, other] = (await session.bodies()) as Body[];
    const types = (body?: Body): unknown => (body?.messages[1]?.content as { type: string }[]).map(({ type }) => type);
    expect((own?.messages[1]?.content as unknown[]).slice(0, 2)).to.deep.equal([
      { type: 'thinking', thinking: 'Two things to do.', signature: 'EqQBsig==' },
      { type: 'redacted_thinking', data: 'EmwKAhgB' },
    ]);
    expect(types(other)).to.deep.equal(['tool_use', 'tool_use']);
  });
});

describe('a request to any server', () => {
  it('has the site’s own headers and fields, or the body that its function gives', async () => {
    const [body, { headers }] = await sent(
      {},
      { headers: { 'x-site': 'a' }, body: { temperature: 0, stream_options: undefined } },
    );
    expect(headers['x-site']).to.equal('a');
    expect(body.temperature).to.equal(0);
    expect(body).not.to.have.property('stream_options');
    const [made] = await sent({}, { body: ({ messages, model }) => ({ messages, model, own: true }) });
    expect(made).to.deep.equal({ messages: [{ role: 'user', content: 'Hello' }], model: 'text', own: true });
  });

  it('says how it is to be answered in the words of its server, before what the site says of all', async () => {
    const asked = { settings: { temperature: 0, max_tokens: 50, top_p: 0.5 }, stop: ['END'] };
    const more = { body: { temperature: 1, seed: 7 } };
    const same = { temperature: 0, max_tokens: 50, top_p: 0.5, seed: 7 };
    expect((await sent(asked, more))[0]).to.deep.include({ ...same, stop: ['END'] });
    expect((await sent(asked, { ...asAnthropic, ...more }))[0]).to.deep.include({
      ...same,
      stop_sequences: ['END'],
    });
    expect((await sent({ settings: { top_p: 1 } }, more))[0]).to.deep.include({ temperature: 1, top_p: 1 });
    expect((await sent({ settings: { top_p: 1 } }, asAnthropic))[0]).to.deep.include({ max_tokens: 8192, top_p: 1 });
  });

  it('goes to the address as it is given, or to the usual place below it', async () => {
    const asked: string[] = [];
    const fetch = async (url: string): Promise<Response> => {
      asked.push(url);
      return new Response('data: [DONE]\n\n', { headers: { 'content-type': 'text/event-stream' } });
    };
    for (const endpoint of [
      'http://localhost:11434',
      'https://a.example/v1/',
      'https://a.example/openai/deployments/x/chat/completions?api-version=1',
      '/ai/v1',
    ]) {
      await partsOf(remoteModel({ endpoint, model: 'm', fetch }));
    }
    expect(asked).to.deep.equal([
      'http://localhost:11434/v1/chat/completions',
      'https://a.example/v1/chat/completions',
      'https://a.example/openai/deployments/x/chat/completions?api-version=1',
      `${location.origin}/ai/v1/chat/completions`,
    ]);
  });

  for (const provider of ['openai', 'anthropic'] as const) {
    it(`keeps its first bytes from turn to turn, with ${provider}`, async () => {
      const session = await openSession();
      const model = remoteModel({ provider, endpoint: session.endpoint, model: 'text' });
      const messages: Message[] = [];
      for (let turn = 0; turn < 6; turn++) {
        const id = `call:${turn}`;
        messages.push(user(`Question ${turn}`), assistant('', [id, 'greet', { turn }]));
        messages.push(result(id, 'greet', { type: 'json', value: turn }));
        await partsOf(model, asking({ messages: [...messages], instructions: 'Be kind.', tools: [greet, find] }));
      }
      const texts = (await session.requests()).map(({ text }) => text);
      for (const [turn, text] of texts.entries()) {
        const next = texts[turn + 1];
        const end = text.lastIndexOf(provider === 'openai' ? '}]' : '}]}]');
        if (next !== undefined) expect(next.startsWith(text.slice(0, end))).to.be.true;
      }
      // What was built in steps is what is built at once.
      const again = await openSession();
      await partsOf(
        remoteModel({ provider, endpoint: again.endpoint, model: 'text' }),
        asking({ messages: [...messages], instructions: 'Be kind.', tools: [greet, find] }),
      );
      expect((await again.requests())[0]?.text).to.equal(texts.at(-1));
    });
  }

  it('is the same for the same conversation, whatever was asked before', async () => {
    const session = await openSession();
    const model = remoteModel({ endpoint: session.endpoint, model: 'text' });
    const begun = [user('Go'), assistant('', ['late', 'greet', {}])];
    await partsOf(model, asking({ messages: begun }));
    const messages = [...begun, result('late', 'greet', { type: 'json', value: 'Late.' })];
    await partsOf(model, asking({ messages }));
    await partsOf(model, asking({ messages: [user('Something else')] }));
    await partsOf(model, asking({ messages }));
    const [first, second, , fourth] = (await session.requests()).map(({ text }) => text);
    expect(first).to.include('It gave no result.');
    expect(second).to.include('Late.').and.not.to.include('It gave no result.');
    expect(fourth).to.equal(second);
  });
});
