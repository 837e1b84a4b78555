/** What differs between the versions of the specification, with small objects in the shape of each. */
import { expect } from 'chai';
import { fromAISDK } from '../../src/page/index.ts';
import type { Model } from '../../src/core/index.ts';
import { rejection } from '../helpers/rejection.ts';
import {
  asking,
  assistant,
  callsOf,
  finishOf,
  greet,
  messageOf,
  noticesOf,
  partsOf,
  result,
  textOf,
  user,
} from '../models/remote/talk.ts';

type Part = Readonly<Record<string, unknown>>;
type Version = 'v2' | 'v3' | 'v4';

interface Options {
  readonly prompt: readonly { readonly role: string; readonly content: readonly Part[] }[];
}

let asked: Options[] = [];

/** A model of a version that streams these parts. */
function object(version: Version, parts: readonly Part[]): Model {
  return fromAISDK({
    specificationVersion: version,
    provider: 'maker',
    modelId: 'model',
    doStream: async (options: Options) => {
      asked.push(options);
      const stream = new ReadableStream<Part>({
        start(controller) {
          for (const part of parts) controller.enqueue(part);
          controller.close();
        },
      });
      return { stream };
    },
  });
}

const usage = {
  v2: { inputTokens: 7, outputTokens: 3 },
  v3: { inputTokens: { total: 7 }, outputTokens: { total: 3 } },
};
const later = (unified: string): Part => ({
  type: 'finish',
  finishReason: { unified, raw: undefined },
  usage: usage.v3,
});
const finishes: Readonly<Record<Version, (reason: string) => Part>> = {
  v2: (finishReason) => ({ type: 'finish', finishReason, usage: usage.v2 }),
  v3: later,
  v4: later,
};

describe('a model of the AI SDK', () => {
  beforeEach(() => {
    asked = [];
  });

  for (const version of ['v2', 'v3', 'v4'] as const) {
    describe(`of version ${version}`, () => {
      const finish = finishes[version];
      const ask = (parts: readonly Part[]) => partsOf(object(version, parts), asking({ tools: [greet] }));

      it('tells why it ended, and what it took', async () => {
        for (const [reason, ours] of [
          ['stop', 'stop'],
          ['length', 'length'],
          ['content-filter', 'filter'],
          ['other', 'stop'],
          ['unknown', 'stop'],
        ] as const) {
          expect(finishOf(await ask([finish(reason)]))).to.deep.equal([ours, 7, 3]);
        }
      });

      it('may leave out what it took', async () => {
        const parts = [{ ...finish('stop'), usage: version === 'v2' ? {} : { inputTokens: {}, outputTokens: {} } }];
        expect(finishOf(await ask(parts))).to.deep.equal(['stop', 0, 0]);
      });

      it('streams text and the input of calls', async () => {
        const parts = await ask([
          { type: 'stream-start', warnings: [] },
          { type: 'response-metadata', id: 'x' },
          { type: 'text-start', id: '1' },
          { type: 'text-delta', id: '1', delta: 'Hel' },
          { type: 'text-delta', id: '1', delta: '' },
          { type: 'text-delta', id: '1', delta: 'lo' },
          { type: 'text-end', id: '1' },
          { type: 'tool-input-start', id: 'c', toolName: 'greet' },
          { type: 'tool-input-delta', id: 'c', delta: '{"name":' },
          { type: 'tool-input-delta', id: 'c', delta: '"Ada"}' },
          { type: 'tool-input-end', id: 'c' },
          { type: 'tool-call', toolCallId: 'c', toolName: 'greet', input: '{"name":"Ada"}' },
          { type: 'tool-call', toolCallId: 'p', toolName: 'web_search', input: '{}', providerExecuted: true },
          finish('tool-calls'),
        ]);
        expect(parts.map(({ type }) => type)).to.deep.equal([
          'text-delta',
          'text-delta',
          'tool-input-delta',
          'tool-input-delta',
          'tool-call',
          'finish',
        ]);
        expect(textOf(parts)).to.equal('Hello');
        expect(callsOf(parts)).to.deep.equal([['greet', { name: 'Ada' }]]);
        expect(finishOf(parts)).to.deep.equal(['tool-calls', 7, 3]);
      });

      it('gets what its provider wants back with reasoning and with calls', async () => {
        const said = await ask([
          { type: 'reasoning-start', id: 'r', providerMetadata: { maker: { a: 1 } } },
          { type: 'reasoning-delta', id: 'r', delta: 'Hm.' },
          { type: 'reasoning-delta', id: 'r', delta: '', providerMetadata: { maker: { b: 2 } } },
          { type: 'reasoning-end', id: 'r' },
          {
            ...{ type: 'tool-call', toolCallId: 'c', toolName: 'greet', input: '' },
            providerMetadata: { maker: { signed: 'x' } },
          },
          finish('tool-calls'),
        ]);
        const model = object(version, [finish('stop')]);
        const messages = [user('Hi'), messageOf(said), result('c', 'greet', { type: 'json', value: null })];
        await partsOf(model, asking({ messages, tools: [greet] }));
        const [reasoning, call] = asked.at(-1)?.prompt[1]?.content ?? [];
        expect(reasoning).to.deep.equal({
          type: 'reasoning',
          text: 'Hm.',
          providerOptions: { maker: { a: 1, b: 2 } },
        });
        expect(call).to.deep.include({ toolName: 'greet', input: {}, providerOptions: { maker: { signed: 'x' } } });
      });

      it('warns once of what it does not do', async () => {
        const warnings = [
          ...(version === 'v2'
            ? [{ type: 'unsupported-setting', setting: 'topK' }]
            : [{ type: 'unsupported', feature: 'topK' }]),
          { type: 'other', message: 'It is slow today.' },
        ];
        const model = object(version, [{ type: 'stream-start', warnings }, finish('stop')]);
        expect(noticesOf(await partsOf(model))).to.deep.equal([
          ['model-warning', 'The model takes no "topK".'],
          ['model-warning', 'It is slow today.'],
        ]);
        expect(noticesOf(await partsOf(model))).to.deep.equal([]);
      });

      it('fails with what its stream says went wrong', async () => {
        const parts: Part[] = [{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }];
        expect(await rejection(ask(parts))).to.include({ code: 'model-rate-limited' });
        expect(await rejection(ask([{ type: 'error', error: 'No.' }]))).to.include({ code: 'model-failed' });
        expect(await rejection(ask([finish('error')]))).to.include({ code: 'model-unreachable' });
        expect(await rejection(ask([]))).to.include({ code: 'model-unreachable' });
      });

      it('has its name for a file and for a refusal', async () => {
        const data = new Blob([new Uint8Array([1, 2])]);
        const messages = [
          user({ type: 'file', mediaType: 'image/png', data, filename: 'a.png' }),
          assistant('', ['c', 'greet', {}]),
          result('c', 'greet', { type: 'execution-denied', reason: 'No.' }),
        ];
        await partsOf(object(version, [finish('stop')]), asking({ messages, tools: [greet] }));
        const [file, , denied] = asked[0]?.prompt.map(({ content }) => content[0]) ?? [];
        const bytes = new Uint8Array([1, 2]);
        expect(file).to.deep.equal({
          ...{ type: 'file', mediaType: 'image/png', filename: 'a.png' },
          data: version === 'v4' ? { type: 'data', data: bytes } : bytes,
        });
        expect(denied?.['output']).to.deep.equal(
          version === 'v2'
            ? { type: 'error-text', value: 'The person did not allow it. No.' }
            : { type: 'execution-denied', reason: 'No.' },
        );
      });
    });
  }

  it('keeps the text of an input that is no JSON', async () => {
    const call = { type: 'tool-call', toolCallId: 'c', toolName: 'greet', input: '{"name":' };
    const parts = await partsOf(object('v4', [call, later('tool-calls')]), asking({ tools: [greet] }));
    expect(callsOf(parts)).to.deep.equal([['greet', '{"name":']]);
  });

  it('is told tools by names that every provider takes', async () => {
    const call = { type: 'tool-call', toolCallId: 'c', toolName: 'cart__add', input: '{}' };
    const tools = [{ ...greet, name: 'cart.add' }];
    const parts = await partsOf(object('v4', [call, later('tool-calls')]), asking({ tools }));
    expect(callsOf(parts)).to.deep.equal([['cart.add', {}]]);
  });

  it('does not get the reasoning of another model', async () => {
    const said = messageOf([
      { type: 'reasoning-delta', id: 'r', text: 'Hm.' },
      { type: 'reasoning-end', id: 'r', meta: { by: 'another', options: {} } },
      { type: 'tool-call', id: 'c', name: 'greet', input: {} },
    ]);
    const messages = [user('Hi'), said, result('c', 'greet', { type: 'json', value: 1 })];
    await partsOf(object('v4', [later('stop')]), asking({ messages, tools: [greet] }));
    expect(asked[0]?.prompt[1]?.content.map(({ type }) => type)).to.deep.equal(['tool-call']);
  });

  it('that ignores its signal is left alone when it is stopped', async () => {
    const stop = new AbortController();
    const model = fromAISDK({
      ...{ specificationVersion: 'v4', provider: 'maker', modelId: 'deaf' },
      doStream: async () => ({
        stream: new ReadableStream({
          start: () => {
            stop.abort();
          },
        }),
      }),
    });
    expect(await rejection(partsOf(model, asking(), stop.signal))).to.include({ code: 'aborted' });
  });
});
