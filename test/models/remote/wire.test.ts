import { expect } from 'chai';
import { remoteModel } from '../../../src/models/index.ts';
import type { ModelPart } from '../../../src/core/index.ts';
import type { RemoteModelInit } from '../../../src/models/index.ts';
import { openSession } from '../../helpers/model-session.ts';
import type { Session } from '../../helpers/model-session.ts';
import { createFakeRealm, until } from './fake-realm.ts';
import { asking, callsOf, find, finishOf, greet, partsOf, textOf } from './talk.ts';

const FIXTURES = '/test/fixtures/models/';

/** Answers with a file, so many bytes at once. */
const playing = (name: string, size: number): Pick<RemoteModelInit, 'fetch'> => ({
  async fetch() {
    const bytes = new Uint8Array(await (await fetch(FIXTURES + name)).arrayBuffer());
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= bytes.length) controller.close();
        else controller.enqueue(bytes.slice(at, (at += size)));
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  },
});

interface Told {
  readonly text: string;
  readonly reasoning: string;
  readonly meta: readonly unknown[];
  readonly calls: readonly unknown[];
  readonly finish: unknown;
}

const CART = [
  ['find_product', { query: 'Müsli 🥣' }],
  ['show_cart', {}],
];

const answers: Readonly<Record<string, Told>> = {
  'openai-text.sse': { text: 'Grüße aus 東京 👋', reasoning: '', meta: [], calls: [], finish: ['stop', 19, 7] },
  'openai-tools.sse': { text: '', reasoning: '', meta: [], calls: CART, finish: ['tool-calls', 80, 31] },
  'ollama-tools.sse': {
    text: '',
    reasoning: 'Two things to do.',
    meta: [{ by: 'openai:m', field: 'reasoning', calls: {} }],
    calls: CART,
    finish: ['tool-calls', 164, 44],
  },
  'openrouter-reasoning.sse': {
    text: 'It is 42.',
    reasoning: 'Let me see…',
    meta: [],
    calls: [],
    finish: ['stop', 12, 9],
  },
  'gemini-tools.sse': {
    text: '',
    reasoning: '',
    meta: [{ by: 'openai:m', calls: { 0: { google: { thought_signature: 'c2lnbmF0dXJl' } } } }],
    calls: CART,
    finish: ['tool-calls', 50, 20],
  },
  'vllm-reasoning-tools.sse': {
    text: '',
    reasoning: 'The cart first.',
    meta: [{ by: 'openai:m', field: 'reasoning_content', calls: {} }],
    calls: [['show_cart', {}]],
    finish: ['tool-calls', 33, 21],
  },
  'lmstudio-length.sse': { text: 'Hi there.', reasoning: '', meta: [], calls: [], finish: ['length', 0, 0] },
  'anthropic-text.sse': { text: 'Grüße aus 東京 👋', reasoning: '', meta: [], calls: [], finish: ['stop', 19, 7] },
  'anthropic-thinking-tools.sse': {
    text: 'One moment.',
    reasoning: 'Two things to do.',
    meta: [
      { by: 'anthropic:m', signature: 'EqQBsig==' },
      { by: 'anthropic:m', data: 'EmwKAhgB' },
    ],
    calls: CART,
    finish: ['tool-calls', 80, 31],
  },
};

const told = (parts: readonly ModelPart[]): Told => ({
  text: textOf(parts),
  reasoning: textOf(parts, 'reasoning-delta'),
  meta: parts.flatMap((part) => (part.type === 'reasoning-end' ? [part.meta] : [])),
  calls: callsOf(parts),
  finish: finishOf(parts),
});

describe('what servers send', () => {
  for (const [name, expected] of Object.entries(answers)) {
    const provider = name.startsWith('anthropic') ? 'anthropic' : 'openai';
    for (const size of [1, 2, 3, 7, 1 << 20]) {
      it(`is understood when ${name} comes in pieces of ${size} bytes`, async () => {
        const model = remoteModel({ provider, endpoint: 'https://example.com', model: 'm', ...playing(name, size) });
        expect(told(await partsOf(model))).to.deep.equal(expected);
      });
    }
  }
});

for (const provider of ['openai', 'anthropic'] as const) {
  describe(`an answer in the manner of ${provider}`, () => {
    let session: Session;
    before(async () => {
      session = await openSession();
    });
    const ask = (model: string): Promise<ModelPart[]> =>
      partsOf(remoteModel({ provider, endpoint: session.endpoint, model }), asking({ tools: [greet, find] }));

    it('is told as it is written, and ends with what it took', async () => {
      const parts = await ask('text');
      expect(parts.filter(({ type }) => type === 'text-delta')).to.have.length(4);
      expect(textOf(parts)).to.equal('Hello from the server.');
      expect(finishOf(parts)).to.deep.equal(['stop', 11, 5]);
    });

    it('has several calls, the input of each streamed under the id of its call', async () => {
      const parts = await ask('calls');
      expect(callsOf(parts)).to.deep.equal([
        ['greet', { name: 'Ada' }],
        ['find', { query: 'Müsli 🥣' }],
      ]);
      for (const call of parts) {
        if (call.type !== 'tool-call') continue;
        const streamed = parts.filter((part) => part.type === 'tool-input-delta' && part.id === call.id);
        expect(streamed.length).to.be.greaterThan(1);
        expect(JSON.parse(textOf(streamed, 'tool-input-delta'))).to.deep.equal(call.input);
      }
    });

    it('may come byte by byte, also within a letter', async () => {
      expect(callsOf(await ask('split'))).to.deep.equal([['find', { query: 'Müsli 🥣 東京' }]]);
      expect(textOf(await ask('slow'))).to.equal('Hello from the server.');
    });

    it('may have a megabyte of arguments', async () => {
      const [call] = callsOf(await ask('huge'));
      expect((call?.[1] as { name: string }).name).to.have.length(1 << 20);
    });

    it('says that it was too long, or held back', async () => {
      expect(finishOf(await ask('length'))).to.deep.equal(['length', 11, 5]);
      expect(finishOf(await ask('overflow-later'))).to.deep.equal(['length', 11, 5]);
      expect(finishOf(await ask('filter'))).to.deep.equal(['filter', 11, 5]);
    });

    it('is whole when all was said, although the line stays open', async () => {
      const realm = createFakeRealm();
      const parts = await until(realm, (heard) => textOf(heard) === 'Hello from the server.', {
        ...{ provider, endpoint: session.endpoint, model: 'open-ended' },
      });
      expect(finishOf(parts)).to.deep.equal(['stop', 11, 5]);
    });
  });
}

it('takes the whole at once from a server that does not stream', async () => {
  const { endpoint } = await openSession();
  const parts = await partsOf(remoteModel({ endpoint, model: 'whole' }), asking({ tools: [greet] }));
  expect(textOf(parts)).to.equal('All at once.');
  expect(callsOf(parts)).to.deep.equal([['greet', { name: 'Ada' }]]);
  expect(finishOf(parts)).to.deep.equal(['tool-calls', 3, 4]);
});
