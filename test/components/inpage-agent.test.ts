import { expect } from 'chai';
import { html } from 'lit';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import '../../components/define.ts';
import type { InpageAgent, InpageChat } from '../../components/index.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { fixture, nextEvent, until } from '../helpers/fixture.ts';
import { field, find, focused, shiftTab } from './chat.ts';
import { approval, FakeAgent, FakeThread, listed, replied, said } from './fake-agent.ts';

function inside(element: InpageAgent, selector: string): HTMLElement {
  const found = element.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
}

const launcher = (element: InpageAgent): HTMLElement => inside(element, '[part=launcher]');
const panel = (element: InpageAgent): HTMLElement => inside(element, '[part=panel]');
const isShown = (element: HTMLElement): boolean => element.checkVisibility();

function chatOf(element: InpageAgent): InpageChat {
  const { chat } = element;
  if (!chat) throw new Error('There is no chat.');
  return chat;
}

async function agentWith(agent = new FakeAgent(), mode: InpageAgent['mode'] = 'floating'): Promise<InpageAgent> {
  const element = await fixture<InpageAgent>(
    html`<inpage-agent .agent=${agent} mode=${mode} heading="Help"></inpage-agent>`,
  );
  await until(() => find(chatOf(element), '.welcome, article, .question'), 'the thread is shown');
  return element;
}

async function opened(agent?: FakeAgent): Promise<InpageAgent> {
  const element = await agentWith(agent);
  element.show();
  await until(() => focused(chatOf(element)) === field(chatOf(element)), 'the focus is in the field');
  return element;
}

const talk = [said('Hello'), replied('Hello. How can I help?')];

describe('<inpage-agent>', () => {
  it('is a button that opens a panel with the chat, and closes it', async () => {
    const element = await agentWith();
    expect(isShown(panel(element))).to.equal(false);
    expect(launcher(element).getAttribute('aria-expanded')).to.equal('false');
    const toggled = nextEvent(element, 'inpage-toggle');
    launcher(element).click();
    expect((await toggled).open).to.equal(true);
    expect(isShown(panel(element))).to.equal(true);
    expect(element.getAttribute('open')).to.equal('');
    expect(launcher(element).getAttribute('aria-label')).to.equal('Close the assistant');
    launcher(element).click();
    await element.updateComplete;
    expect(isShown(panel(element))).to.equal(false);
    expect(element.hasAttribute('open')).to.equal(false);
  });

  it('makes a chat as its child, where a page finds it, and hands it agent and heading', async () => {
    const agent = new FakeAgent();
    const element = await agentWith(agent);
    const chat = element.querySelector('inpage-chat');
    expect(chat).to.equal(element.chat);
    expect(chat?.agent).to.equal(agent);
    expect(find(chatOf(element), 'h2')?.textContent).to.equal('Help');
  });

  it('takes the chat of the page, also one that comes later', async () => {
    const agent = new FakeAgent();
    const own = html`<inpage-chat heading="Mine"></inpage-chat>`;
    const element = await fixture<InpageAgent>(html`<inpage-agent .agent=${agent}>${own}</inpage-agent>`);
    expect(element.querySelectorAll('inpage-chat')).to.have.length(1);
    expect(element.chat?.heading).to.equal('Mine');

    const other = await agentWith(agent);
    const late = document.createElement('inpage-chat');
    late.heading = 'Late';
    other.append(late);
    await until(() => other.chat === late, 'the late one is taken');
    expect(other.querySelectorAll('inpage-chat')).to.have.length(1);
    expect(late.agent).to.equal(agent);
  });

  it('puts the focus into the field, and back to where it was', async () => {
    const element = await agentWith();
    const button = document.createElement('button');
    element.before(button);
    button.focus();
    element.toggle();
    await until(() => focused(chatOf(element)) === field(chatOf(element)), 'the focus is in the field');
    await sendKeys({ press: 'Escape' });
    await until(() => document.activeElement === button, 'the focus is back');
    expect(element.open).to.equal(false);
  });

  it('gives the focus to its button where what had it is gone', async () => {
    const element = await agentWith();
    const button = document.createElement('button');
    element.before(button);
    button.focus();
    element.show();
    await until(() => focused(chatOf(element)) === field(chatOf(element)), 'the focus is in the field');
    button.remove();
    element.hide();
    await until(() => element.shadowRoot?.activeElement === launcher(element), 'the button has the focus');
  });

  it('leaves the focus alone when the page opens and closes it by its attribute', async () => {
    const element = await agentWith();
    const button = document.createElement('button');
    element.before(button);
    button.focus();
    element.setAttribute('open', '');
    await element.updateComplete;
    expect(isShown(panel(element))).to.equal(true);
    expect(document.activeElement).to.equal(button);
    element.removeAttribute('open');
    await element.updateComplete;
    expect(document.activeElement).to.equal(button);
  });

  it('is closed by its own button in the head of the chat', async () => {
    const element = await opened();
    find(chatOf(element), '[aria-label="Close the assistant"]')?.click();
    await element.updateComplete;
    expect(element.open).to.equal(false);
  });

  it('leaves Escape to what is open in the chat', async () => {
    const element = await opened();
    const chat = chatOf(element);
    find(chat, '[data-opens=permissions]')?.click();
    await until(() => find(chat, '[part=permissions]'), 'the permissions are shown');
    await until(() => focused(chat) === find(chat, '[part=permissions]'), 'they have the focus');
    await sendKeys({ press: 'Escape' });
    await chat.updateComplete;
    expect(find(chat, '[part=permissions]')).to.equal(undefined);
    expect(element.open).to.equal(true);
  });

  it('has states for the styles of a page', async () => {
    const element = await agentWith(new FakeAgent(new FakeThread('main', talk)));
    expect(element.matches(':state(open)')).to.equal(false);
    element.show();
    await element.updateComplete;
    expect(element.matches(':state(open)')).to.equal(true);
  });

  it('says, and shows at its button, that something has ended or waits while it is closed', async () => {
    const agent = new FakeAgent(new FakeThread('main', talk));
    const element = await agentWith(agent);
    agent.current.start();
    agent.current.ask(approval());
    agent.current.end('interrupted');
    await until(() => element.matches(':state(attention)'), 'it wants attention');
    expect(inside(element, '[role=status]').textContent).to.equal('Waits for you.');
    expect(isShown(inside(element, '.mark'))).to.equal(true);
    element.show();
    await element.updateComplete;
    expect(element.matches(':state(attention)')).to.equal(false);
    expect(inside(element, '[role=status]').textContent).to.equal('');
  });

  it('stands in the page without a button', async () => {
    const element = await agentWith(new FakeAgent(), 'inline');
    expect(element.shadowRoot?.querySelector('[part=launcher]')).to.equal(null);
    expect(isShown(chatOf(element))).to.equal(true);
    expect(find(chatOf(element), '[aria-label="Close the assistant"]')).to.equal(undefined);
  });

  describe('with more than one conversation', () => {
    const several = (): FakeAgent => {
      const agent = new FakeAgent(new FakeThread('main', talk));
      agent.threads.become(listed('Tea', { id: 'main' }), listed('Coffee'));
      return agent;
    };
    const list = (element: InpageAgent): HTMLElement | undefined =>
      find(chatOf(element), '[aria-label="Conversations"]');

    it('offers them, and shows the one that is chosen', async () => {
      const element = await opened(several());
      await until(() => list(element), 'they are offered');
      list(element)?.click();
      const threads = element.shadowRoot?.querySelector('inpage-threads');
      await until(() => threads?.shadowRoot?.querySelectorAll('.select').length === 2, 'they are listed');
      expect(isShown(chatOf(element))).to.equal(false);
      expect(element.shadowRoot?.activeElement).to.equal(inside(element, '.back'));
      threads?.shadowRoot?.querySelectorAll<HTMLElement>('.select')[1]?.click();
      await element.updateComplete;
      expect(chatOf(element).thread).to.equal('Coffee');
      await until(() => isShown(chatOf(element)), 'the chat is back');
      await until(() => focused(chatOf(element)) === field(chatOf(element)), 'the focus is in the field');
    });

    it('closes them with Escape, and then itself', async () => {
      const element = await opened(several());
      await until(() => list(element), 'they are offered');
      list(element)?.click();
      await until(() => element.shadowRoot?.activeElement === inside(element, '.back'), 'they are shown');
      await sendKeys({ press: 'Escape' });
      await until(() => focused(chatOf(element)) === field(chatOf(element)), 'the chat is back');
      await sendKeys({ press: 'Escape' });
      await element.updateComplete;
      expect(element.open).to.equal(false);
    });

    it('does not offer a list of one', async () => {
      const agent = new FakeAgent(new FakeThread('main', talk));
      agent.threads.become(listed('Tea', { id: 'main' }));
      const element = await opened(agent);
      expect(list(element)).to.equal(undefined);
      agent.threads.become(listed('Tea', { id: 'main' }), listed('Coffee'));
      await until(() => list(element), 'they are offered');
    });

    it('has no faults for who cannot see it', async () => {
      const element = await opened(several());
      await until(() => list(element), 'they are offered');
      await expectAccessible(element);
      list(element)?.click();
      const threads = element.shadowRoot?.querySelector('inpage-threads');
      await until(() => threads?.shadowRoot?.querySelector('.select'), 'they are listed');
      await expectAccessible(element);
    });
  });

  describe('on a phone', () => {
    beforeEach(() => setViewport({ width: 380, height: 700 }));
    afterEach(() => setViewport({ width: 1024, height: 768 }));

    it('takes the whole screen, and nothing behind it can be reached', async () => {
      const element = await opened();
      const { width, height } = panel(element).getBoundingClientRect();
      expect([width, height]).to.deep.equal([380, 700]);
      expect(panel(element).matches(':modal')).to.equal(true);
      await sendKeys({ press: 'Escape' });
      await until(() => element.shadowRoot?.activeElement === launcher(element), 'the button has the focus');
      expect(element.open).to.equal(false);
    });

    it('floats again when there is room, and stays open', async () => {
      const element = await opened();
      await setViewport({ width: 1024, height: 768 });
      await until(() => !panel(element).matches(':modal'), 'it floats');
      expect(isShown(panel(element))).to.equal(true);
      expect(element.open).to.equal(true);
    });

    it('leaves the focus where it is when the phone is turned, this way and back', async () => {
      const element = await opened();
      await setViewport({ width: 700, height: 380 });
      await until(() => !panel(element).matches(':modal'), 'it floats');
      expect(focused(chatOf(element))?.part.value).to.equal('composer');
      await setViewport({ width: 380, height: 700 });
      await until(() => panel(element).matches(':modal'), 'it takes the whole screen');
      expect(focused(chatOf(element))?.part.value).to.equal('composer');
    });

    it('is above all else also after it was moved', async () => {
      const element = await opened();
      const place = element.parentElement;
      element.remove();
      place?.append(element);
      await element.updateComplete;
      expect(panel(element).matches(':modal')).to.equal(true);
      element.hide();
      await element.updateComplete;
    });

    it('is followed when the browser closes it in a way of its own', async () => {
      const element = await opened();
      (panel(element) as HTMLDialogElement).close();
      await until(() => !element.open, 'it is closed');
    });
  });

  it('is not printed with the page that it floats above, but is where it stands in it', async () => {
    const element = await opened();
    const inline = await agentWith(new FakeAgent(), 'inline');
    await emulateMedia({ media: 'print' });
    try {
      expect([launcher(element), panel(element), panel(inline)].map(isShown)).to.deep.equal([false, false, true]);
    } finally {
      await emulateMedia({ media: 'screen' });
    }
    expect([launcher(element), panel(element)].map(isShown)).to.deep.equal([true, true]);
  });

  it('can be used by keyboard alone', async () => {
    const agent = new FakeAgent();
    const element = await agentWith(agent);
    launcher(element).focus();
    await sendKeys({ press: 'Enter' });
    await until(() => focused(chatOf(element)) === field(chatOf(element)), 'the focus is in the field');
    await sendKeys({ type: 'Hello' });
    await sendKeys({ press: 'Enter' });
    expect(agent.current.sent).to.deep.equal(['Hello']);
    await shiftTab();
    await sendKeys({ press: 'Escape' });
    await until(() => element.shadowRoot?.activeElement === launcher(element), 'the button has the focus');
  });
});
