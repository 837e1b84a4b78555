import { expect } from 'chai';
import { createAgent } from '../../src/index.ts';
import { AgentError } from '../../src/core/index.ts';
import type { Model, ModelPart, Recording } from '../../src/core/index.ts';
import { call, createScriptedModel, finish, record, replay, say } from '../../src/models/index.ts';
import { eraseAll, freshNamespace, keep, tool } from '../agent/conversation.ts';
import { testModel } from '../conformance/model.ts';
import { rejection } from '../helpers/rejection.ts';
import { asking, assistant, callsOf, greet, partsOf, textOf, user } from './remote/talk.ts';

const scripted = (): Model =>
  createScriptedModel([
    ({ toolChoice, tools }) =>
      toolChoice === 'none' || tools.length === 0 ? say('No.') : call('greet', { name: 'Ada' }),
  ]);

testModel('a model that is recorded', () => record(scripted()).model);

/** As it comes out of a file. */
const filed = (recording: Recording): Recording => JSON.parse(JSON.stringify(recording)) as Recording;

describe('record', () => {
  afterEach(eraseAll);

  it('gives what was asked and answered as plain JSON', async () => {
    const { model, recording } = record(scripted());
    await partsOf(model, asking({ instructions: 'Be short.', tools: [greet] }));
    const { format, exchanges, model: of } = await recording();
    expect([format, of.id]).to.deep.equal(['inpage-recording-1', 'scripted']);
    expect(exchanges).to.have.length(1);
    expect(exchanges[0]?.request.instructions).to.equal('Be short.');
    expect(exchanges[0]?.parts).to.deep.equal(call('greet', { name: 'Ada' }));
    expect(filed(await recording())).to.deep.equal(await recording());
  });

  it('says once what stays the same from request to request', async () => {
    const { model, recording } = record(scripted());
    const messages = [user('One'), assistant('Two'), user('Three')];
    for (const count of [1, 3]) {
      await partsOf(model, asking({ tools: [greet], messages: messages.slice(0, count) }));
    }
    const [first, second] = (await recording()).exchanges.map(({ request }) => request);
    expect([first?.same, first?.messages.length, first?.tools?.length]).to.deep.equal([0, 1, 1]);
    expect([second?.same, second?.messages.length, second?.tools]).to.deep.equal([1, 2, undefined]);
  });

  it('holds no secrets, in whatever pieces they came', async () => {
    const key = 'sk-live-0123456789abcdefgh';
    const parts: readonly ModelPart[] = [
      { type: 'text-delta', id: 't', text: 'Your key is sk-live-01234' },
      { type: 'text-delta', id: 't', text: '56789abcdefgh.' },
      { type: 'tool-input-delta', id: 'c', text: '{"password":"hun' },
      { type: 'tool-input-delta', id: 'c', text: 'ter2","code":"s3same"}' },
      { type: 'tool-call', id: 'c', name: 'login', input: { password: 'hunter2', code: 's3same' } },
      finish('tool-calls'),
    ];
    const { model, recording } = record(createScriptedModel([parts]), { secretFields: ['code'] });
    await partsOf(model, asking({ messages: [user(`It is ${key}`)] }));
    const text = JSON.stringify(await recording());
    for (const secret of [key, '56789abcdefgh', 'hunter2', 'hun', 's3same']) expect(text).to.not.include(secret);
    expect(text).to.include('Your key is [masked].').and.include('"password":"[masked]"');
  });

  it('has of a file its hash and its size', async () => {
    const { model, recording } = record(scripted());
    const file = (bytes: number[]) =>
      user({ type: 'file', mediaType: 'image/png', data: new Blob([new Uint8Array(bytes)], { type: 'image/png' }) });
    await partsOf(model, asking({ messages: [file([1, 200]), file([1, 201]), file([1, 200])] }));
    const messages = (await recording()).exchanges[0]?.request.messages as { content: { data: unknown }[] }[];
    const [a, b, again] = messages.map(({ content }) => content[0]?.data);
    expect(a).to.have.property('file').which.includes({ size: 2, type: 'image/png' });
    expect(again).to.deep.equal(a);
    expect(b).to.not.deep.equal(a);
  });

  it('has the errors of the model, and what came before', async () => {
    const error = new AgentError('model-timeout', 'It is silent.', {
      fix: 'Wait.',
      details: { key: 'sk-live-0123456789abcdef' },
    });
    const failing: Model = {
      ...scripted(),
      async *stream() {
        yield { type: 'text-delta', id: 't', text: 'A' };
        await Promise.resolve();
        throw error;
      },
    };
    const { model, recording } = record(failing);
    expect(await rejection(partsOf(model))).to.equal(error);
    const [exchange] = (await recording()).exchanges;
    expect(exchange?.parts).to.have.length(1);
    expect(exchange?.error).to.include({ code: 'model-timeout' });
    expect(JSON.stringify(exchange)).to.not.include('sk-live');
    expect(await rejection(partsOf(replay(await recording())))).to.include({ code: 'model-timeout', fix: 'Wait.' });
  });
});

describe('replay', () => {
  afterEach(eraseAll);

  it('plays a run again, on another day and in another thread', async () => {
    const run = async (model: Model): Promise<unknown> => {
      const agent = keep(createAgent({ namespace: freshNamespace(), model, instructions: 'Be short.' }));
      const add = tool('add', 'write');
      const quote = tool('quote', 'read', { untrusted: true, run: () => ({ said: 'Words of strangers.' }) });
      for (const each of [add, quote]) agent.tool(each);
      const { status, text, toolCalls } = await agent.thread().send('add one');
      return [status, text, toolCalls.map(({ tool: name, outcome }) => [name, outcome])];
    };
    const { model, recording } = record(createScriptedModel([call('add', { a: 1 }), call('quote', {}), say('Added.')]));
    const first = await run(model);
    expect(first).to.deep.equal([
      'completed',
      'Added.',
      [
        ['add', 'ok'],
        ['quote', 'ok'],
      ],
    ]);
    const json = filed(await recording());
    expect(await run(replay(json))).to.deep.equal(first);
    expect(await run(replay(json))).to.deep.equal(first);
  });

  it('names the first difference of a request that is another one', async () => {
    const { model, recording } = record(scripted());
    await partsOf(model, asking({ messages: [user('One'), assistant('', ['c', 'greet', { id: 1 }])] }));
    const json = filed(await recording());
    const other = asking({ messages: [user('One'), assistant('', ['c', 'greet', { id: 2 }])] });
    const error = (await rejection(partsOf(replay(json), other))) as AgentError;
    expect([error.code, error.message]).to.deep.equal([
      'recording-differs',
      'Request 1 is not the recorded one: `messages.1.content.0.input.id` was 1 and is 2.',
    ]);
    const more = asking({ messages: [...other.messages.slice(0, 1), user('?'), user('!')] });
    expect(((await rejection(partsOf(replay(json), more))) as Error).message).to.include('`messages.1.role`');
    expect(textOf(await partsOf(replay(json, { match: 'any' }), other))).to.equal('No.');
  });

  it('tells times and ids apart only when it has to', async () => {
    const { model, recording } = record(scripted());
    const one = asking({ messages: [user('One')], now: 1 });
    await partsOf(model, one);
    const json = filed(await recording());
    const later = asking({ messages: [user('One')], now: 2 });
    expect(textOf(await partsOf(replay(json), later))).to.equal('No.');
    expect(textOf(await partsOf(replay(json, { match: 'exact' }), one))).to.equal('No.');
    expect(await rejection(partsOf(replay(json, { match: 'exact' }), later))).to.include({ code: 'recording-differs' });
  });

  it('says so when there is no answer left', async () => {
    const { model, recording } = record(scripted());
    await partsOf(model);
    const again = replay(await recording());
    await partsOf(again);
    expect(await rejection(partsOf(again))).to.include({ code: 'recording-differs' });
  });

  it('is stopped like any other model', async () => {
    const { model, recording } = record(scripted());
    await partsOf(model, asking({ tools: [greet] }));
    const json = await recording();
    expect(callsOf(await partsOf(replay(json), asking({ tools: [greet] })))).to.have.length(1);
    const stopped = partsOf(replay(json, { match: 'any' }), asking(), AbortSignal.abort());
    expect(await rejection(stopped)).to.include({ code: 'aborted' });
  });

  it('takes nothing but recordings', () => {
    for (const wrong of [null, {}, { format: 'another' }]) {
      expect(() => replay(wrong as unknown as Recording)).to.throw('no recording');
    }
  });
});
