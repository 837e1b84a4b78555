import { expect } from 'chai';
import type { InpageChat } from '../../components/index.ts';
import { AgentError } from '../../src/core/index.ts';
import type { Message, ToolResultPart } from '../../src/core/index.ts';
import { deferred } from '../helpers/deferred.ts';
import { until } from '../helpers/fixture.ts';
import { all, chatWith, find, part, status, textOf } from './chat.ts';
import { called, FakeAgent, FakeThread } from './fake-agent.ts';

const [call, result] = called('add_to_cart', { n: 2 }, { type: 'json', value: 'Added.' }) as [Message, Message];

/** The result of the call with its part changed. */
function changed(id: string, changes: Partial<ToolResultPart>): Message {
  if (result.role !== 'tool') throw new Error('This is no result.');
  return { ...result, id, content: result.content.map((each) => ({ ...each, ...changes })) };
}

const offered = changed('offered', { undo: 'offered' });
const done = changed('done', { undo: 'done', output: { type: 'json', value: 'Taken back.' } });

async function chatOf(...messages: Message[]): Promise<{ chat: InpageChat; thread: FakeThread }> {
  const agent = new FakeAgent(new FakeThread('main', messages));
  return { chat: await chatWith(agent), thread: agent.current };
}

const callId = (): string => (offered.role === 'tool' ? (offered.content[0]?.toolCallId ?? '') : '');

describe('taking back what was done', () => {
  it('is offered where the tool offers it, and nowhere else', async () => {
    expect(textOf(part((await chatOf(call, offered)).chat, 'undo'))).to.equal('Undo');
    expect(find((await chatOf(call, result)).chat, '[part="undo"]')).to.equal(undefined);
  });

  it('asks the thread for it once, and says when it is done', async () => {
    const { chat, thread } = await chatOf(call, offered);
    const taken = deferred<undefined>();
    thread.takeBack = () => taken.promise;
    part(chat, 'undo').click();
    await until(() => part(chat, 'undo').matches(':disabled'), 'the button is disabled');
    part(chat, 'undo').click();
    expect(thread.undone).to.deep.equal([callId()]);
    taken.resolve(undefined);
    await until(() => status(chat) === 'Undone.', 'it is said');
  });

  it('says why it could not be, and may be tried again', async () => {
    const { chat, thread } = await chatOf(call, offered);
    thread.takeBack = () => Promise.reject(new AgentError('undo-failed', 'It was sold.', { fix: 'Ask the shop.' }));
    part(chat, 'undo').click();
    await until(() => textOf(find(chat, '.said')), 'the failure is said');
    expect(textOf(find(chat, '.said'))).to.equal('It was sold. Ask the shop.');
    await until(() => part(chat, 'undo').matches(':enabled'), 'the button is enabled');
  });

  it('is shown in the place of what was done', async () => {
    const { chat, thread } = await chatOf(call, offered);
    thread.store(done);
    await until(() => !find(chat, '[part="undo"]'), 'the button is gone');
    expect(all(chat, 'article summary').map(textOf)).to.deep.equal(['Add to cart Undone']);
  });
});
