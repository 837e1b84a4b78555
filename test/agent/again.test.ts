import { expect } from 'chai';
import type { Message, ModelRequest } from '../../src/core/index.ts';
import { call, say } from '../../src/models/index.ts';
import type { ScriptedAnswer } from '../../src/models/index.ts';
import { rejection } from '../helpers/rejection.ts';
import { converse, eraseAll, tool } from './conversation.ts';

type Handle = ReturnType<ReturnType<typeof converse>['thread']>;

async function messagesOf(thread: Handle): Promise<readonly Message[]> {
  return ((await thread.state())?.state['messages'] ?? []) as readonly Message[];
}

async function textsOf(thread: Handle): Promise<readonly string[]> {
  const messages = await messagesOf(thread);
  return messages.flatMap(({ content }) => content.flatMap((part) => (part.type === 'text' ? part.text : [])));
}

describe('regenerate', () => {
  afterEach(eraseAll);

  it('has the model answer again in the place of its last answer', async () => {
    const thread = converse([say('One.'), say('Two.'), say('Three.')]).thread();
    await thread.send('count');
    expect((await thread.regenerate()).text).to.equal('Two.');
    expect(await textsOf(thread)).to.deep.equal(['count', 'Two.']);
    expect((await thread.regenerate()).text).to.equal('Three.');
  });

  it('leaves as it is what tools have done before the answer', async () => {
    let done = 0;
    const agent = converse([call('add', {}), say('Added.'), say('It is in the cart.')]);
    agent.tool(tool('add', 'write', { run: () => ++done }));
    const thread = agent.thread();
    await thread.send('add one');
    const { text, toolCalls } = await thread.regenerate();
    expect([text, toolCalls.length, done]).to.deep.equal(['It is in the cart.', 1, 1]);
  });

  it('keeps that a call was taken back since', async () => {
    const asked: ModelRequest[] = [];
    const look: ScriptedAnswer = (request) => {
      asked.push(request);
      return say('Nothing is in the cart.');
    };
    const agent = converse([call('add', {}), say('Added.'), look]);
    agent.tool(tool('add', 'write', { undo: () => undefined }));
    const thread = agent.thread();
    const { toolCalls } = await thread.send('add one');
    await thread.undo(toolCalls[0]?.callId ?? '');
    const { text } = await thread.regenerate();
    expect(text).to.equal('Nothing is in the cart.');
    expect(JSON.stringify(asked[0]?.messages)).to.include('The person took this back.');
  });

  it('goes on where there is no answer yet', async () => {
    const fail: ScriptedAnswer = () => Promise.reject(new Error('no luck'));
    const thread = converse([fail, say('Here.')]).thread();
    expect((await thread.send('hello')).status).to.equal('failed');
    expect((await thread.regenerate()).text).to.equal('Here.');
  });

  it('leaves an open question open, and is refused where nothing was said', async () => {
    const agent = converse([call('buy', {}), say('Bought.')]);
    agent.tool(tool('buy', 'write', { danger: 'high' }));
    const thread = agent.thread();
    await thread.send('buy it');
    const { status, interrupts } = await thread.regenerate();
    expect([status, interrupts.length]).to.deep.equal(['interrupted', 1]);
    expect(await rejection(agent.thread('new').regenerate())).to.include({ code: 'unknown-thread' });
  });
});

describe('branch', () => {
  afterEach(eraseAll);

  it('copies the thread up to before a message, which can be said in other words', async () => {
    const thread = converse([say('Ada.'), say('Red.'), say('Blue.')]).thread();
    await thread.send('name');
    await thread.send('a colour');
    const [, , message] = await messagesOf(thread);
    const copy = await thread.branch(message?.id ?? '');
    await copy.send('a cold colour');
    expect(await textsOf(copy)).to.deep.equal(['name', 'Ada.', 'a cold colour', 'Blue.']);
    expect(await textsOf(thread)).to.deep.equal(['name', 'Ada.', 'a colour', 'Red.']);
  });

  it('before the first message is an empty thread', async () => {
    const thread = converse([say('Ada.'), say('Eve.')]).thread();
    await thread.send('name');
    const [first] = await messagesOf(thread);
    const copy = await thread.branch(first?.id ?? '');
    expect(await copy.state()).to.equal(undefined);
    await copy.send('another name');
    expect(await textsOf(copy)).to.deep.equal(['another name', 'Eve.']);
  });

  it('is refused for a message that is not there', async () => {
    const thread = converse([say('Ada.')]).thread();
    await thread.send('name');
    expect(await rejection(thread.branch('none'))).to.include({ code: 'unknown-version' });
  });
});

describe('files of a message', () => {
  afterEach(eraseAll);

  it('are kept with it and given to the model, with their names and types', async () => {
    const asked: ModelRequest[] = [];
    const look: ScriptedAnswer = (request) => {
      asked.push(request);
      return say('A cat.');
    };
    const thread = converse([look]).thread();
    const file = new File(['meow'], 'cat.png', { type: 'image/png' });
    await thread.send('what is this?', { files: [file, new Blob(['?'])] });
    const [message] = asked[0]?.messages ?? [];
    const [, first, second] = message?.content ?? [];
    expect(first).to.include({ type: 'file', mediaType: 'image/png', filename: 'cat.png' });
    expect(second).to.include({ type: 'file', mediaType: 'application/octet-stream' });
    const [stored] = await messagesOf(thread);
    const part = stored?.content[1];
    expect(part?.type === 'file' && (await part.data.text())).to.equal('meow');
  });

  it('are enough without a text', async () => {
    const thread = converse([say('A cat.')]).thread();
    expect((await thread.send('', { files: [new Blob(['meow'])] })).text).to.equal('A cat.');
    expect(await rejection(thread.send(' '))).to.include({ code: 'invalid-input' });
  });
});
