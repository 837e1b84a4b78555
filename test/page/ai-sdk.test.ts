import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { expect } from 'chai';
import { fromAISDK } from '../../src/page/index.ts';
import type { AISDKModel } from '../../src/page/index.ts';
import type { Model } from '../../src/core/index.ts';
import { testModel } from '../conformance/model.ts';
import { openSession } from '../helpers/model-session.ts';
import type { Session } from '../helpers/model-session.ts';
import { rejection } from '../helpers/rejection.ts';
import {
  asking,
  assistant,
  callsOf,
  find,
  finishOf,
  greet,
  messageOf,
  partsOf,
  result,
  textOf,
  user,
} from '../models/remote/talk.ts';

let session: Session;
const openai = (model = 'any'): Model =>
  fromAISDK(createOpenAICompatible({ name: 'mine', baseURL: session.endpoint, includeUsage: true })(model));
const anthropic = (model = 'any'): Model =>
  fromAISDK(createAnthropic({ baseURL: session.endpoint, apiKey: 'sk-ant-of-nobody-at-all' })(model));

const both = [
  ['an OpenAI-compatible object', openai],
  ['an Anthropic object', anthropic],
] as const;

before(async () => {
  session = await openSession();
});

testModel('an OpenAI-compatible object of the AI SDK', openai);
testModel('an Anthropic object of the AI SDK', anthropic);

describe('fromAISDK', () => {
  beforeEach(async () => {
    session = await openSession();
  });

  it('takes no names and no providers', () => {
    for (const wrong of [
      {},
      { specificationVersion: 'v1', doStream: () => undefined },
      { specificationVersion: 'v4' },
    ]) {
      expect(() => fromAISDK(wrong as unknown as AISDKModel)).to.throw('no language model of the AI SDK');
    }
  });

  for (const [name, make] of both) {
    describe(`with ${name}`, () => {
      it('says what the server says, and what it took', async () => {
        const parts = await partsOf(make('text'));
        expect(textOf(parts)).to.equal('Hello from the server.');
        expect(finishOf(parts)).to.deep.equal(['stop', 11, 5]);
      });

      it('calls tools, and streams their input', async () => {
        const parts = await partsOf(make('calls'), asking({ tools: [greet, find] }));
        expect(callsOf(parts)).to.deep.equal([
          ['greet', { name: 'Ada' }],
          ['find', { query: 'Müsli 🥣' }],
        ]);
        expect(textOf(parts, 'tool-input-delta')).to.equal('{"name":"Ada"}{"query":"Müsli 🥣"}');
        expect(finishOf(parts)).to.deep.equal(['tool-calls', 11, 5]);
      });

      it('tells why an answer is not whole', async () => {
        expect(finishOf(await partsOf(make('length')))).to.include.members(['length']);
        expect(finishOf(await partsOf(make('filter')))).to.include.members(['filter']);
      });

      for (const [fault, code, details] of [
        ['401', 'model-unauthorized', { status: 401 }],
        ['403', 'model-unauthorized', { status: 403 }],
        ['402', 'model-rate-limited', { isTransient: false }],
        ['429', 'model-rate-limited', { isTransient: true, retryAfter: 7000 }],
        ['529', 'model-rate-limited', { isTransient: true }],
        ['500', 'model-failed', { status: 500, isTransient: true }],
        ['404', 'model-failed', { status: 404, isTransient: false }],
        ['overflow', 'context-overflow', { status: 400 }],
        ['drop', 'model-unreachable', { isTransient: true }],
        ['no-cors', 'model-unreachable', { isTransient: true }],
        ['ended', 'model-unreachable', { isTransient: true }],
      ] as const) {
        it(`fails with ${code} for ${fault}`, async () => {
          expect(await rejection(partsOf(make(fault)))).to.deep.include({ code });
          const error = (await rejection(partsOf(make(fault)))) as { details: object };
          expect(error.details).to.include(details);
        });
      }

      it('gives up the request within 100 ms when it is stopped', async () => {
        const stop = new AbortController();
        const stopped = rejection(partsOf(make('silent'), asking(), stop.signal));
        await session.arrived(1);
        const asked = performance.now();
        stop.abort();
        expect(await stopped).to.include({ code: 'aborted' });
        expect(performance.now() - asked).to.be.below(100);
        await session.left(1);
      });

      it('gives up the request when nobody listens any more', async () => {
        for await (const part of make('silent-later').stream(asking(), { signal: new AbortController().signal })) {
          if (part.type === 'text-delta') break;
        }
        await session.left(1);
      });

      it('lets no key through in what a server says', async () => {
        const key = 'sk-live-0123456789abcdef';
        await session.script([
          {
            status: 401,
            headers: { 'content-type': 'application/json' },
            body: `{"error":{"message":"Bad key ${key}","type":"x"},"type":"error"}`,
          },
        ]);
        const { message } = (await rejection(partsOf(make()))) as Error;
        expect(message).to.include('refused the key').and.not.include(key);
      });
    });
  }

  it('tells a conversation with files, calls, errors and refusals', async () => {
    const picture = new Blob([new Uint8Array([1, 2, 3])], { type: 'image/png' });
    const notes = new Blob(['Buy tea.'], { type: 'text/plain' });
    const request = asking({
      instructions: 'Be short.',
      tools: [greet, find],
      toolChoice: 'none',
      messages: [
        user(
          'Look',
          { type: 'file', mediaType: 'image/png', data: picture },
          { type: 'file', mediaType: 'text/plain', data: notes, filename: 'notes.txt' },
        ),
        assistant('I do.', ['run:1:0', 'greet', { name: 'Bob' }], ['run:1:1', 'find', 'odd'], ['run:1:2', 'find', {}]),
        result('run:1:0', 'greet', { type: 'json', value: { said: 'Hi' } }),
        result('run:1:1', 'find', {
          type: 'error-json',
          value: { code: 'tool-failed', message: 'No shelf.', fix: 'Look again.' },
        }),
        result('run:1:2', 'find', { type: 'execution-denied', reason: 'Not now.' }),
        user('And?'),
      ],
    });
    await partsOf(openai(), request);
    const [body] = await session.bodies();
    const messages = body?.['messages'] as { role: string; content: unknown; tool_calls?: { id: string }[] }[];
    expect(messages.map(({ role }) => role)).to.deep.equal([
      'system',
      'user',
      'assistant',
      'tool',
      'tool',
      'tool',
      'user',
    ]);
    expect(JSON.stringify(messages[1])).to.include('data:image/png;base64,AQID').and.include('Buy tea.');
    expect(messages.slice(3, 6).map(({ content }) => content)).to.deep.equal([
      '{"said":"Hi"}',
      'Error: No shelf. Look again.',
      'Not now.',
    ]);
    expect(messages[2]?.tool_calls?.map(({ id }) => id.length)).to.deep.equal([9, 9, 9]);
    expect(body?.['tool_choice']).to.equal('none');
    await partsOf(anthropic(), { ...request, messages: request.messages });
    expect((await session.bodies()).at(-1)?.['system']).to.deep.equal([{ type: 'text', text: 'Be short.' }]);
  });

  it('asks for JSON that fits a schema', async () => {
    const schema = { type: 'object', properties: { a: { type: 'number' } } };
    await partsOf(openai(), asking({ schema }));
    const [body] = await session.bodies();
    expect(body?.['response_format']).to.include({ type: 'json_object' });
  });

  it('says how it is to be answered', async () => {
    await partsOf(openai(), asking({ settings: { temperature: 0, max_tokens: 50, top_p: 0.5 }, stop: ['END'] }));
    const [body] = await session.bodies();
    expect(body).to.deep.include({ temperature: 0, max_tokens: 50, top_p: 0.5, stop: ['END'] });
  });

  it('gives the reasoning of Anthropic back as it came', async () => {
    await session.script(['anthropic-thinking-tools.sse']);
    const parts = await partsOf(anthropic(), asking({ tools: [greet, find] }));
    const said = messageOf(parts);
    expect(said.content[0]).to.have.nested.property('meta.options.anthropic.signature');
    const calls = said.content.flatMap((part) => (part.type === 'tool-call' ? [part] : []));
    const results = calls.map(({ toolCallId, toolName }) => result(toolCallId, toolName, { type: 'json', value: 1 }));
    await partsOf(anthropic(), asking({ tools: [greet, find], messages: [user('Hello'), said, ...results] }));
    const [, body] = await session.bodies();
    const messages = body?.['messages'] as { content: { type: string; signature?: string }[] }[];
    expect(messages[1]?.content[0]?.type).to.equal('thinking');
    expect(messages[1]?.content[0]?.signature).to.be.a('string').that.is.not.empty;
  });
});
