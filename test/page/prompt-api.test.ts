import { expect } from 'chai';
import { promptApi, promptAvailability } from '../../src/page/index.ts';
import type { ModelRequest } from '../../src/core/index.ts';
import { testModel } from '../conformance/model.ts';
import { deferred } from '../helpers/deferred.ts';
import { rejection } from '../helpers/rejection.ts';
import {
  asking,
  assistant,
  callsOf,
  find,
  finishOf,
  greet,
  noticesOf,
  partsOf,
  result,
  system,
  textOf,
  user,
} from '../models/remote/talk.ts';
import { installPromptApi, removePromptApi, textsOf } from './fake-prompt-api.ts';

afterEach(removePromptApi);

describe('with a browser that has a model', () => {
  beforeEach(() => {
    installPromptApi();
  });
  testModel('the browser’s own', promptApi);
});

describe('with an older browser that has a model', () => {
  beforeEach(() => {
    installPromptApi({ isOld: true });
  });
  testModel('the browser’s own', promptApi);
});

describe('promptApi', () => {
  it('says whether it is there, and asks for no download', async () => {
    removePromptApi();
    Object.defineProperty(globalThis, 'LanguageModel', { configurable: true, value: undefined });
    expect(await promptAvailability()).to.equal('unavailable');
    for (const availability of ['unavailable', 'downloadable', 'downloading', 'available'] as const) {
      const fake = installPromptApi({ availability });
      expect(await promptAvailability({ languages: ['en'] })).to.equal(availability);
      if (availability === 'available') continue;
      expect(await rejection(partsOf(promptApi()))).to.deep.include({
        code: 'model-unreachable',
        details: { availability },
      });
      expect(fake.created).to.deep.equal([]);
    }
  });

  it('tells who it is and streams, where there are no tools', async () => {
    const fake = installPromptApi({ reply: () => ['Hel', 'lo', '.'] });
    const parts = await partsOf(promptApi(), asking({ instructions: 'Be short.' }));
    expect(parts.map(({ type }) => type)).to.deep.equal(['text-delta', 'text-delta', 'text-delta', 'finish']);
    expect(textOf(parts)).to.equal('Hello.');
    expect(fake.created[0]?.initialPrompts).to.deep.equal([{ role: 'system', content: 'Be short.' }]);
    expect(fake.asked[0]?.options.responseConstraint).to.equal(undefined);
    expect(finishOf(parts)).to.deep.equal(['stop', 3, 1]);
  });

  it('calls one tool by JSON that has to fit, and leaves the API’s own tools alone', async () => {
    const fake = installPromptApi({ reply: () => '{"tool":"find","input":{"query":"tea"}}' });
    const parts = await partsOf(promptApi(), asking({ tools: [greet, find] }));
    expect(callsOf(parts)).to.deep.equal([['find', { query: 'tea' }]]);
    expect(finishOf(parts)).to.include.members(['tool-calls']);
    expect(fake.created[0]).to.not.have.property('tools');
    const { responseConstraint, omitResponseConstraintInput } = fake.asked[0]?.options ?? {};
    expect(omitResponseConstraintInput).to.equal(true);
    expect(responseConstraint).to.have.property('anyOf').with.length(3);
    expect(textsOf(fake.created[0]?.initialPrompts ?? [])[0]).to.include('- find: Find a product Input: {');
  });

  it('streams the answer out of the JSON as it comes, whatever is in it', async () => {
    const answer = 'Say "hi" \\ to\nMüsli 🥣!';
    const json = JSON.stringify({ answer });
    const escaped = json.replace('🥣', '\\ud83e\\udd63');
    for (const whole of [json, escaped, ` { "answer" : ${JSON.stringify(answer)} }`]) {
      for (const size of [1, 2, 5, 1000]) {
        installPromptApi({ reply: () => whole.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [] });
        const parts = await partsOf(promptApi(), asking({ tools: [greet] }));
        expect(textOf(parts)).to.equal(answer);
        if (size === 1) expect(parts.length).to.be.greaterThan(10);
      }
    }
  });

  it('says words that are no JSON, and holds back JSON that was cut off', async () => {
    installPromptApi({ reply: () => 'Hello.' });
    expect(textOf(await partsOf(promptApi(), asking({ tools: [greet] })))).to.equal('Hello.');
    installPromptApi({ reply: () => '{"tool":"greet","inp' });
    const parts = await partsOf(promptApi(), asking({ tools: [greet] }));
    expect([callsOf(parts), textOf(parts)]).to.deep.equal([[], '']);
    expect(finishOf(parts)).to.include.members(['length']);
  });

  it('does not call tools when it must not', async () => {
    const fake = installPromptApi();
    await partsOf(promptApi(), asking({ tools: [greet], toolChoice: 'none' }));
    expect(fake.asked[0]?.options.responseConstraint).to.have.nested.property('properties.answer');
    expect(fake.asked[0]?.options.responseConstraint).to.not.have.property('anyOf');
  });

  it('answers with JSON that fits a schema, with tools and without', async () => {
    const schema = { type: 'object', properties: { stars: { type: 'number' } } };
    let fake = installPromptApi({ reply: () => '{"stars":3}' });
    expect(textOf(await partsOf(promptApi(), asking({ schema })))).to.equal('{"stars":3}');
    expect(fake.asked[0]?.options).to.include({ responseConstraint: schema, omitResponseConstraintInput: false });
    fake = installPromptApi({ reply: () => '{"answer":{"stars":3}}' });
    expect(textOf(await partsOf(promptApi(), asking({ schema, tools: [greet] })))).to.equal('{"stars":3}');
    expect(fake.asked[0]?.options).to.include({ omitResponseConstraintInput: false });
  });

  it('leaves the inputs of tools open where the browser does not know their schemas', async () => {
    const odd = { ...greet, input: { type: 'object', properties: { name: { type: 'string', format: 'name' } } } };
    const fake = installPromptApi({ unknown: ['format'] });
    const model = promptApi();
    const request = asking({ tools: [odd], messages: [user('say hello')] });
    expect(callsOf(await partsOf(model, request))).to.deep.equal([['greet', { name: 'Ada' }]]);
    expect(JSON.stringify(fake.asked[0]?.options.responseConstraint)).to.include('"input":{"type":"object"}');
    const { length } = fake.created;
    await partsOf(model, request);
    expect(fake.created.length - length, 'it asks right the next time').to.be.below(2);
  });

  it('does not send twice what a session knows', async () => {
    const fake = installPromptApi();
    const model = promptApi();
    const tools = [greet];
    const first = user('say hello to Ada');
    await partsOf(model, asking({ tools, messages: [first] }));
    const said = assistant('', ['run:1:0', 'greet', { name: 'Ada' }]);
    const came = result('run:1:0', 'greet', { type: 'json', value: 'Hello Ada' });
    await partsOf(model, asking({ tools, messages: [first, said, came] }));
    const more = [assistant('I have nothing to say.'), user('And now?')];
    await partsOf(model, asking({ tools, messages: [first, said, came, ...more] }));
    expect(fake.asked.map(({ input }) => textsOf(input))).to.deep.equal([
      ['say hello to Ada'],
      ['greet: Hello Ada'],
      ['And now?'],
    ]);
    expect([fake.created.length, fake.clones, fake.live]).to.deep.equal([1, 1, 2]);
  });

  it('tells a conversation anew of which a result was left out since', async () => {
    const fake = installPromptApi();
    const model = promptApi();
    const first = [user('say hello to Ada'), assistant('', ['run:1:0', 'greet', { name: 'Ada' }])];
    const came = result('run:1:0', 'greet', { type: 'json', value: 'Hello Ada '.repeat(20) });
    const shorter = { ...result('run:1:0', 'greet', { type: 'json', value: 'Left out.' }), id: came.id };
    await partsOf(model, asking({ tools: [greet], messages: [...first, came] }));
    const more = [assistant('I have nothing to say.'), user('And now?')];
    await partsOf(model, asking({ tools: [greet], messages: [...first, shorter, ...more] }));
    expect(textsOf(fake.asked[1]?.input ?? []).slice(0, 1)).to.deep.equal(['say hello to Ada']);
    expect(textsOf(fake.asked[1]?.input ?? [])).to.include('greet: Left out.');
  });

  it('begins again from what all conversations have in common when the conversation is another one', async () => {
    const fake = installPromptApi();
    const model = promptApi();
    const request = (...messages: ModelRequest['messages']): ModelRequest =>
      asking({ instructions: 'Be short.', messages });
    await partsOf(model, request(user('One')));
    await partsOf(model, request(user('Two'), assistant('I have nothing to say.'), user('Three')));
    expect(fake.asked.map(({ messages }) => textsOf(messages))).to.deep.equal([
      ['Be short.', 'One'],
      ['Be short.', 'Two', 'I have nothing to say.', 'Three'],
    ]);
    expect([fake.created.length, fake.clones, fake.live]).to.deep.equal([1, 2, 2]);
    await partsOf(model, { ...request(user('Four')), instructions: 'Be long.' });
    expect([fake.created.length, fake.clones, fake.live]).to.deep.equal([2, 3, 2]);
  });

  it('keeps requests at one time, with other instructions each, apart', async () => {
    const fake = installPromptApi();
    const model = promptApi();
    const all = ['a', 'b', 'a', 'b', 'c'].map((instructions) => partsOf(model, asking({ instructions })));
    for (const parts of await Promise.all(all)) expect(textOf(parts)).to.equal('I have nothing to say.');
    expect(fake.live).to.equal(2);
  });

  it('tells what the system, tools and persons said in the middle as words', async () => {
    const fake = installPromptApi();
    const messages = [
      user('Hi'),
      assistant('', ['c', 'greet', {}], ['d', 'find', {}]),
      result('c', 'greet', { type: 'error-json', value: { code: 'tool-failed', message: 'No.', fix: 'Stop.' } }),
      result('d', 'find', { type: 'execution-denied', reason: 'Not now.' }),
      system('Be brief.'),
      user('So?'),
    ];
    await partsOf(promptApi(), asking({ tools: [greet], messages }));
    expect(textsOf(fake.asked[0]?.input ?? [])).to.deep.equal([
      'Hi',
      '{"tool":"greet","input":{}}\n{"tool":"find","input":{}}',
      'greet: Error: No. Stop.',
      'find: The person did not allow it. Not now.',
      '<application-note>\nBe brief.\n</application-note>',
      'So?',
    ]);
  });

  it('names the languages that are spoken, English where the site says none, as browsers warn without', async () => {
    const fake = installPromptApi();
    await partsOf(promptApi());
    await partsOf(promptApi({ languages: ['ja'] }));
    expect(fake.created.map(({ expectedInputs, expectedOutputs }) => [expectedInputs, expectedOutputs])).to.deep.equal(
      ['en', 'ja'].map((language) => [
        [{ type: 'text', languages: [language] }],
        [{ type: 'text', languages: [language] }],
      ]),
    );
  });

  it('shows pictures where the browser can see, and says so where it cannot', async () => {
    const picture = new Blob([new Uint8Array([1])], { type: 'image/png' });
    const notes = new Blob(['Buy tea.']);
    const messages = [
      user(
        'Look: ',
        { type: 'file', mediaType: 'image/png', data: picture, filename: 'a.png' },
        { type: 'file', mediaType: 'text/plain', data: notes, filename: 'n.txt' },
      ),
    ];
    let fake = installPromptApi({ images: true });
    await partsOf(promptApi({ languages: ['en'] }), asking({ messages }));
    expect(fake.created[0]?.expectedInputs).to.deep.equal([{ type: 'text', languages: ['en'] }, { type: 'image' }]);
    expect(fake.created[0]?.expectedOutputs).to.deep.equal([{ type: 'text', languages: ['en'] }]);
    expect(textsOf(fake.asked[0]?.input ?? [])).to.deep.equal(['Look: [image]<file name="n.txt">\nBuy tea.\n</file>']);
    fake = installPromptApi();
    const parts = await partsOf(promptApi(), asking({ messages }));
    expect(noticesOf(parts).map(([code]) => code)).to.deep.equal(['file-left-out']);
    expect(textsOf(fake.asked[0]?.input ?? [])[0]).to.include('A file is left out: a.png');
  });

  it('says that it heeds no settings', async () => {
    installPromptApi();
    const parts = await partsOf(promptApi(), { ...asking({}), settings: { temperature: 0 } });
    expect(noticesOf(parts).map(([code]) => code)).to.deep.equal(['settings-left-out']);
  });

  it('refuses a conversation that does not fit, instead of forgetting its beginning', async () => {
    for (const isOld of [false, true]) {
      const fake = installPromptApi({ contextWindow: 20, isOld });
      const model = promptApi();
      await partsOf(model, asking({ messages: [user('one two three')] }));
      expect(model.contextTokens).to.equal(20);
      const long = 'word '.repeat(15);
      expect(await rejection(partsOf(model, asking({ messages: [user(long), user(long)] })))).to.deep.include({
        code: 'context-overflow',
        details: { contextTokens: 20 },
      });
      expect(fake.asked).to.have.length(1);
      expect(await rejection(partsOf(model, asking({ instructions: long + long })))).to.deep.include({
        code: 'context-overflow',
        details: { contextTokens: 20 },
      });
    }
  });

  for (const [name, code] of [
    ['NotAllowedError', 'model-unauthorized'],
    ['NotSupportedError', 'model-failed'],
    ['QuotaExceededError', 'context-overflow'],
    ['UnknownError', 'model-failed'],
    ['AbortError', 'model-failed'],
  ] as const) {
    it(`fails with ${code} for a ${name}`, async () => {
      const fake = installPromptApi({ reply: () => ['A', new DOMException('It is so.', name)] });
      expect(await rejection(partsOf(promptApi()))).to.include({ code });
      expect(fake.live, 'what failed is not kept').to.equal(1);
    });
  }

  it('ends where the browser held the rest back', async () => {
    installPromptApi({ reply: () => ['A', new DOMException('No.', 'NotReadableError')] });
    const parts = await partsOf(promptApi());
    expect([textOf(parts), finishOf(parts)]).to.deep.equal(['A', ['filter', 0, 0]]);
  });

  it('is stopped at once, and keeps nothing of what it was about to say', async () => {
    const hang = deferred<string>();
    const begun = deferred<undefined>();
    const fake = installPromptApi({
      reply: () => {
        begun.resolve(undefined);
        return ['A', hang.promise];
      },
    });
    const stop = new AbortController();
    const stopped = rejection(partsOf(promptApi(), asking(), stop.signal));
    await begun.promise;
    const at = performance.now();
    stop.abort();
    expect(await stopped).to.include({ code: 'aborted' });
    expect(performance.now() - at).to.be.below(100);
    expect(fake.live).to.equal(1);
  });

  it('is downloaded when somebody clicks, and tells how far it is', async () => {
    const fake = installPromptApi({ availability: 'downloadable' });
    const model = promptApi();
    const told: number[] = [];
    const begun = deferred<undefined>();
    const options = {
      onProgress: (ratio: number) => {
        told.push(ratio);
        if (ratio === 0.5) begun.resolve(undefined);
      },
      signal: new AbortController().signal,
    };
    expect(await rejection(model.prepare?.(options) ?? Promise.resolve())).to.include({ code: 'model-unauthorized' });
    fake.isActive = true;
    const prepared = model.prepare?.(options);
    await begun.promise;
    fake.finishDownload();
    await prepared;
    expect([told, fake.live]).to.deep.equal([[0, 0.5, 1, 1], 0]);
    expect(textOf(await partsOf(model))).to.equal('I have nothing to say.');
  });

  it('gives up a download when it is stopped', async () => {
    const stop = new AbortController();
    installPromptApi({ availability: 'downloadable', isActive: true });
    const onProgress = (ratio: number): void => {
      if (ratio === 0.5) stop.abort();
    };
    const preparing = promptApi().prepare?.({ onProgress, signal: stop.signal });
    expect(await rejection(preparing ?? Promise.resolve())).to.include({ code: 'aborted' });
  });
});
