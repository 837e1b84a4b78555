import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import type { InpageChat } from '../../components/index.ts';
import { AgentError } from '../../src/core/index.ts';
import type { Message } from '../../src/core/index.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { until } from '../helpers/fixture.ts';
import { all, chatWith, field, find, focused, part, status, textOf } from './chat.ts';
import { approval, FakeAgent, FakeThread, READY, REMOTE, replied, said } from './fake-agent.ts';

const FIRST = said('Add milk');
const TALK = [FIRST, replied('Milk is on it.'), said('And tea'), replied('Tea as well.')];

async function open(
  messages: readonly Message[] = TALK,
  ready = REMOTE,
): Promise<{ chat: InpageChat; agent: FakeAgent }> {
  const agent = new FakeAgent(new FakeThread('main', messages), Promise.resolve(ready));
  const chat = await chatWith(agent);
  await until(() => find(chat, '[part="model"]'), 'the agent is ready');
  return { chat, agent };
}

const form = (chat: InpageChat): HTMLTextAreaElement =>
  find(chat, '[part="rewording"] textarea') as HTMLTextAreaElement;

async function reword(chat: InpageChat): Promise<void> {
  part(chat, 'reword').focus();
  await sendKeys({ press: 'Enter' });
  await until(() => form(chat) === focused(chat), 'the form has the focus');
}

describe('putting a message in other words', () => {
  it('is offered at each message of the person, and nowhere else', async () => {
    const { chat } = await open();
    expect(all(chat, '[part="reword"]').map((button) => textOf(button.closest('article') ?? undefined))).to.deep.equal([
      'Add milk',
      'And tea',
    ]);
  });

  it('is not offered at a message with files, which would be lost', async () => {
    const file = { type: 'file', mediaType: 'image/png', data: new Blob(['x']) } as const;
    const { chat } = await open([{ id: 'f', at: 0, role: 'user', content: [{ type: 'text', text: 'See' }, file] }]);
    expect(find(chat, '[part="reword"]')).to.equal(undefined);
  });

  it('sends it in a copy of the conversation up to there, all by keyboard', async () => {
    const { chat, agent } = await open();
    const copy = agent.thread('copy');
    agent.current.copy = () => Promise.resolve(copy);
    await reword(chat);
    expect(form(chat).value).to.equal('Add milk');
    await expectAccessible(chat);
    await sendKeys({ press: 'End' });
    await sendKeys({ type: ' twice' });
    await sendKeys({ press: 'Enter' });
    await until(() => copy.sent.length > 0, 'it is sent');
    expect([agent.current.branched, copy.sent, agent.current.sent]).to.deep.equal([[FIRST.id], ['Add milk twice'], []]);
    expect(chat.thread).to.equal('copy');
    expect(focused(chat)).to.equal(field(chat));
    expect(find(chat, '[part="rewording"]')).to.equal(undefined);
  });

  it('leaves it as it was on Escape, with the focus where it came from', async () => {
    const { chat, agent } = await open();
    await reword(chat);
    await sendKeys({ type: 'x' });
    await sendKeys({ press: 'Escape' });
    await until(() => focused(chat) === part(chat, 'reword'), 'the focus is back');
    expect(textOf(find(chat, 'article'))).to.equal('Add milk');
    expect(agent.current.branched).to.deep.equal([]);
  });

  it('is left for the field to write in when the page gives the chat the focus', async () => {
    const { chat } = await open();
    await reword(chat);
    chat.focus();
    expect(focused(chat)).to.equal(field(chat));
  });

  it('does not send what is empty', async () => {
    const { chat, agent } = await open();
    await reword(chat);
    form(chat).value = '  ';
    await sendKeys({ press: 'Enter' });
    expect(agent.current.branched).to.deep.equal([]);
    expect(find(chat, '[part="rewording"]')).not.to.equal(undefined);
  });

  it('keeps what was written when there can be no copy, and says why', async () => {
    const { chat, agent } = await open();
    const error = new AgentError('unknown-version', 'The log has it no more.', { fix: 'Name another.' });
    agent.current.copy = () => Promise.reject(error);
    await reword(chat);
    form(chat).value = 'Add oats';
    await sendKeys({ press: 'Enter' });
    await until(() => find(chat, '[part="alert"]'), 'the failure is said');
    expect(form(chat).value).to.equal('Add oats');
  });

  it('waits while a run goes', async () => {
    const { chat, agent } = await open();
    await reword(chat);
    agent.current.start();
    await until(() => find(chat, '[part="stop"]'), 'the run is shown');
    expect(find(chat, '[part="rewording"] [type="submit"]')).to.have.property('disabled', true);
    const isOffered = part(chat, 'reword').checkVisibility({ visibilityProperty: true });
    expect(isOffered, 'the other one is offered').to.equal(false);
    form(chat).focus();
    await sendKeys({ press: 'Enter' });
    expect(agent.current.branched).to.deep.equal([]);
  });
});

describe('answering again', () => {
  it('is offered below the last answer, and has the model answer', async () => {
    const { chat, agent } = await open();
    await expectAccessible(chat);
    part(chat, 'again').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => agent.current.regenerated === 1, 'it answers again');
    expect(focused(chat)).to.equal(field(chat));
  });

  it('is not offered while a run goes, before an answer, and while something is asked', async () => {
    const { chat, agent } = await open();
    agent.current.start();
    await until(() => find(chat, '[part="again"]') === undefined, 'it is gone');
    agent.current.end('completed');
    await until(() => find(chat, '[part="again"]'), 'it is back');
    agent.current.ask(approval());
    await until(() => find(chat, '[part="again"]') === undefined, 'it is gone');
    agent.current.ask();
    agent.current.store(said('More'));
    await chat.updateComplete;
    expect(find(chat, '[part="again"]')).to.equal(undefined);
  });

  it('is not offered where rules answer, which say the same again', async () => {
    const { chat } = await open(TALK, READY);
    expect(find(chat, '[part="again"]')).to.equal(undefined);
  });

  it('says why it could not be done', async () => {
    const { chat, agent } = await open();
    agent.current.respond = () => Promise.reject(new AgentError('closed', 'It is closed.', { fix: 'Open it.' }));
    part(chat, 'again').click();
    await until(() => find(chat, '[part="alert"]'), 'the failure is said');
    expect(status(chat)).to.equal('Failed.');
  });
});
