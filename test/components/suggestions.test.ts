import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import type { InpageChat } from '../../components/index.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { nextEvent, until } from '../helpers/fixture.ts';
import { all, chatWith, field, find, focused, openTurns, part, textOf } from './chat.ts';
import { approval, FakeAgent, FakeThread, replied, said } from './fake-agent.ts';

const texts = ['Add bread', 'What is on my list?'];
const talked = (): FakeThread => new FakeThread('main', [said('Add milk'), replied('Milk is on it.')]);
const shown = (chat: InpageChat): string[] => all(chat, '[part="suggestion"]').map(textOf);

async function suggesting(thread = talked(), suggestions: readonly string[] = texts) {
  const agent = new FakeAgent(thread);
  const chat = await chatWith(agent);
  chat.suggestions = suggestions;
  await chat.updateComplete;
  return { agent, chat, thread };
}

describe('suggestions', () => {
  it('are up to four buttons under the last answer, in a list with a name', async () => {
    const { chat } = await suggesting(talked(), ['One', 'Two', 'Three', 'Four', 'Five']);
    expect(shown(chat)).to.deep.equal(['One', 'Two', 'Three', 'Four']);
    const list = part(chat, 'suggestion').closest('ul');
    expect(list?.getAttribute('aria-label')).to.equal('Suggestions');
    const [answer] = all(chat, '[part~="message-assistant"]').slice(-1);
    const order = answer?.compareDocumentPosition(part(chat, 'suggestion')) ?? 0;
    expect(order & Node.DOCUMENT_POSITION_FOLLOWING).to.be.above(0);
  });

  it('leave an empty conversation to its starters', async () => {
    const { chat } = await suggesting(new FakeThread('main'));
    expect(shown(chat)).to.deep.equal([]);
  });

  it('are sent when they are pressed, and gone until the page sets others', async () => {
    const { chat, thread } = await suggesting();
    const message = nextEvent(chat, 'inpage-message');
    part(chat, 'suggestion').click();
    expect((await message).text).to.equal('Add bread');
    await until(() => thread.sent.length === 1, 'it is sent');
    await chat.updateComplete;
    expect(shown(chat)).to.deep.equal([]);
    expect(chat.suggestions).to.deep.equal([]);
    chat.addEventListener('inpage-run-end', () => {
      chat.suggestions = ['Add butter'];
    });
    thread.start();
    thread.store(said('Add bread'), replied('Bread is on it.'));
    thread.end('completed');
    await until(() => shown(chat).length === 1, 'the page has set others');
    expect(shown(chat)).to.deep.equal(['Add butter']);
  });

  it('go with a message that is written, and that the page sends', async () => {
    const { chat } = await suggesting();
    await chat.send('Add butter');
    await chat.updateComplete;
    expect(shown(chat)).to.deep.equal([]);
  });

  it('wait while something runs, is on its way, or waits for an answer', async () => {
    const { chat, thread } = await suggesting();
    thread.start();
    await until(() => shown(chat).length === 0, 'they are out of the way of a run');
    thread.end('completed');
    await until(() => shown(chat).length === 2, 'they are back');
    thread.ask(approval());
    await until(() => shown(chat).length === 0, 'they are out of the way of a question');
    thread.ask();
    await until(() => shown(chat).length === 2, 'they are back once it is answered');
    openTurns(thread);
    void chat.answer('i', true).catch(() => undefined);
    await until(() => shown(chat).length === 0, 'they are out of the way of an answer');
  });

  it('belong to the thread that they were set for', async () => {
    const { chat } = await suggesting();
    chat.newThread();
    await chat.updateComplete;
    expect(chat.suggestions).to.deep.equal([]);
    chat.thread = 'main';
    chat.suggestions = texts;
    await until(() => shown(chat).length === 2, 'what is set with a thread is for that one');
  });

  it('are reached by the keyboard between the conversation and the field, and leave the focus in the conversation', async () => {
    const { chat, thread } = await suggesting();
    part(chat, 'body').focus();
    while (focused(chat)?.getAttribute('part') !== 'suggestion' && focused(chat) !== field(chat))
      await sendKeys({ press: 'Tab' });
    expect(textOf(focused(chat) ?? undefined)).to.equal('Add bread');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await until(() => thread.sent.length === 1, 'it is sent');
    expect(thread.sent).to.deep.equal(['What is on my list?']);
    await chat.updateComplete;
    expect(focused(chat)).to.equal(part(chat, 'body'));
  });

  for (const dir of ['ltr', 'rtl']) {
    it(`have no accessibility faults, ${dir}, and wrap in a narrow chat`, async () => {
      const { chat } = await suggesting(talked(), ['What else goes with it? '.repeat(10), 'x'.repeat(200)]);
      chat.dir = dir;
      chat.style.width = '380px';
      await chat.updateComplete;
      await expectAccessible(chat);
      const outer = chat.getBoundingClientRect();
      for (const button of all(chat, '[part="suggestion"]')) {
        const { left, right } = button.getBoundingClientRect();
        expect(left >= outer.left && right <= outer.right).to.equal(true);
        expect(button.scrollWidth).to.be.at.most(button.clientWidth);
      }
    });
  }

  it('leave the focus of who presses a starter in the conversation', async () => {
    const agent = new FakeAgent();
    const chat = await chatWith(agent);
    chat.starters = texts;
    await chat.updateComplete;
    part(chat, 'starter').focus();
    part(chat, 'starter').click();
    await until(() => agent.current.sent.length === 1, 'it is sent');
    agent.current.store(said('Add bread'), replied('Bread is on it.'));
    await until(() => !find(chat, '[part="starter"]'), 'the starters have gone');
    expect(focused(chat)).to.equal(part(chat, 'body'));
  });
});
