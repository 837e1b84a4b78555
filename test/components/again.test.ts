import { html } from 'lit';
import { expect } from 'chai';
import '../../components/define.ts';
import type { InpageChat } from '../../components/index.ts';
import { AgentError } from '../../src/core/index.ts';
import { say } from '../../src/models/index.ts';
import type { ScriptedAnswer } from '../../src/models/index.ts';
import { converse, eraseAll } from '../agent/conversation.ts';
import { fixture, until } from '../helpers/fixture.ts';
import { all, find, part, textOf } from './chat.ts';

/** A chat with an agent of which nothing but the model is played. */
const chatOver = (agent: ReturnType<typeof converse>): Promise<InpageChat> =>
  fixture<InpageChat>(html`<inpage-chat .agent=${agent}></inpage-chat>`);

const talk = (chat: InpageChat): string[] => all(chat, 'article').map(textOf);

describe('a chat over a whole agent', () => {
  afterEach(eraseAll);

  it('has the model answer again, and goes on in other words in a copy that is found again', async () => {
    const agent = converse([say('One.'), say('Two.'), say('Three.')]);
    const chat = await chatOver(agent);
    await chat.send('Count');
    await until(() => find(chat, '[part="again"]'), 'it can be answered again');
    part(chat, 'again').click();
    await until(() => talk(chat).includes('Two.'), 'it has answered again');
    expect(talk(chat)).to.deep.equal(['Count', 'Two.']);
    await until(() => find(chat, '[part="again"]'), 'the run has ended');
    const before = chat.thread;
    part(chat, 'reword').click();
    await until(() => find(chat, '[part="rewording"]'), 'the form is shown');
    const form = find(chat, '[part="rewording"]') as HTMLFormElement;
    (form.elements.namedItem('text') as HTMLTextAreaElement).value = 'Go on counting';
    form.requestSubmit();
    await until(() => talk(chat).includes('Three.'), 'the copy has an answer');
    expect(talk(chat)).to.deep.equal(['Go on counting', 'Three.']);
    expect(agent.thread().id).to.equal(chat.thread).and.not.to.equal(before);
    chat.thread = before;
    await until(() => talk(chat).includes('Two.'), 'the conversation before is kept');
  });

  it('tries again what has failed, where it stopped', async () => {
    const fail: ScriptedAnswer = () =>
      Promise.reject(new AgentError('model-timeout', 'It was silent.', { fix: 'Raise `timeouts`.' }));
    const chat = await chatOver(converse([fail, say('Here I am.')]));
    expect((await chat.send('Hello')).status).to.equal('failed');
    await until(() => find(chat, '[part="retry"]'), 'it can be tried again');
    part(chat, 'retry').click();
    await until(() => talk(chat).includes('Here I am.'), 'it has answered');
    expect(talk(chat)).to.deep.equal(['Hello', 'Here I am.']);
    expect(find(chat, '[part="alert"]')).to.equal(undefined);
  });
});
