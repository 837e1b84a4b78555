import { expect } from 'chai';
import { html } from 'lit';
import '../../components/define.ts';
import type { InpageThreads } from '../../components/index.ts';
import { say } from '../../src/models/index.ts';
import type { Agent } from '../../src/index.ts';
import { converse, eraseAll, freshNamespace } from '../agent/conversation.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { fixture, nextEvent, until } from '../helpers/fixture.ts';
import { FakeAgent, listed } from './fake-agent.ts';

const all = (element: InpageThreads, selector: string): HTMLElement[] => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];
const find = (element: InpageThreads, selector: string): HTMLElement => {
  const [found] = all(element, selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
};
const titles = (element: InpageThreads): string[] => all(element, '.title').map(({ textContent }) => textContent);

/** The button with these words or this label. */
function button(element: InpageThreads, words: string): HTMLElement {
  const found = all(element, 'button').find(
    (each) => each.textContent.trim() === words || each.getAttribute('aria-label') === words,
  );
  if (!found) throw new Error(`There is no button "${words}".`);
  return found;
}

async function press(element: InpageThreads, words: string): Promise<void> {
  button(element, words).click();
  await element.updateComplete;
}

const talker = (): Agent => converse(Array.from({ length: 20 }, () => say('Yes.')));

async function listOf(agent: Agent, ...said: readonly string[]): Promise<InpageThreads> {
  for (const text of said) await agent.thread(text).send(text);
  const element = await fixture<InpageThreads>(html`<inpage-threads .agent=${agent}></inpage-threads>`);
  await until(() => titles(element).length === said.length, 'the conversations are listed');
  return element;
}

describe('<inpage-threads>', () => {
  afterEach(eraseAll);

  it('lists what is stored, the newest first, and what comes later', async () => {
    const agent = talker();
    const element = await listOf(agent, 'tea', 'coffee');
    expect(titles(element)).to.deep.equal(['coffee', 'tea']);
    expect(find(element, 'h3').textContent).to.equal('Today');
    await agent.thread('milk').send('milk');
    await until(() => titles(element)[0] === 'milk', 'the new one is listed');
  });

  it('says that there is nothing yet', async () => {
    const element = await listOf(talker());
    await until(() => all(element, '.quiet').length > 0, 'it has been read');
    expect(find(element, '.quiet').textContent).to.equal('What you write is kept here.');
  });

  it('tells which one the person chose, marks it, and can be kept from it', async () => {
    const element = await listOf(talker(), 'tea', 'coffee');
    const chosen = nextEvent(element, 'inpage-thread-select');
    find(element, '.select').click();
    expect((await chosen).thread).to.equal('coffee');
    await element.updateComplete;
    expect(find(element, '[aria-current]').textContent).to.include('coffee');
    element.addEventListener('inpage-thread-select', (event) => {
      event.preventDefault();
    });
    all(element, '.select')[1]?.click();
    await element.updateComplete;
    expect(element.thread).to.equal('coffee');
  });

  it('shows the one that was chosen in the chat that it is for, and follows that chat', async () => {
    const agent = talker();
    for (const text of ['tea', 'coffee']) await agent.thread(text).send(text);
    const place = await fixture(
      html`<inpage-chat id="its-chat" .agent=${agent} thread="tea"></inpage-chat
        ><inpage-threads for="its-chat"></inpage-threads>`,
    );
    const chat = place as unknown as HTMLElementTagNameMap['inpage-chat'];
    const element = chat.nextElementSibling as InpageThreads;
    await until(() => all(element, '[aria-current]')[0]?.textContent.includes('tea'), 'the shown one is marked');
    all(element, '.select')
      .find(({ textContent }) => textContent.includes('coffee'))
      ?.click();
    expect(chat.thread).to.equal('coffee');
    await press(element, 'New conversation');
    expect(chat.thread).to.not.equal('coffee');
    await until(() => element.thread === chat.thread, 'the list follows');
  });

  it('gives one another name', async () => {
    const element = await listOf(talker(), 'tea');
    await press(element, 'What to do with “tea”');
    await press(element, 'Rename “tea”');
    const field = find(element, '.actions input') as HTMLInputElement;
    expect(element.shadowRoot?.activeElement).to.equal(field);
    field.value = 'Green tea';
    await press(element, 'Save');
    await until(() => titles(element)[0] === 'Green tea', 'it has its new name');
  });

  it('deletes one after asking, and begins a new one where that was shown', async () => {
    const element = await listOf(talker(), 'tea', 'coffee');
    element.thread = 'tea';
    await press(element, 'What to do with “tea”');
    await press(element, 'Delete “tea”');
    await press(element, 'Cancel');
    expect(titles(element)).to.deep.equal(['coffee', 'tea']);
    await press(element, 'Delete “tea”');
    expect(find(element, '.actions').textContent).to.include('for good?');
    await press(element, 'Delete “tea”');
    await until(() => titles(element).length === 1, 'it is gone');
    await until(() => element.thread !== 'tea', 'another one is shown');
  });

  it('keeps the focus with the person, whatever goes or moves', async () => {
    const agent = talker();
    const element = await listOf(agent, 'tea', 'coffee');
    const at = (): string => {
      const focused = element.shadowRoot?.activeElement;
      return focused?.getAttribute('aria-label') ?? focused?.textContent.trim() ?? '';
    };
    const go = async (words: string): Promise<void> => {
      button(element, words).focus();
      await press(element, words);
    };
    await go('What to do with “tea”');
    await go('Delete “tea”');
    expect(at(), 'a second press of the same key does no harm').to.equal('Cancel');
    await go('Cancel');
    expect(at(), 'nothing was done').to.equal('Rename “tea”');
    await go('Rename “tea”');
    await agent.thread('tea').send('more');
    await until(() => titles(element)[0] === 'tea', 'it is the newest now');
    expect(at(), 'it has moved while it gets its name').to.equal('Title');
    await go('Cancel');
    expect(at()).to.equal('Rename “tea”');
    await go('Rename “tea”');
    (find(element, '.actions input') as HTMLInputElement).value = 'green';
    await go('Save');
    await until(() => titles(element)[0] === 'green', 'it has its new name');
    expect(at(), 'it was renamed').to.equal('What to do with “green”');
    await go('What to do with “green”');
    await go('Delete “green”');
    await go('Delete “green”');
    await until(() => titles(element).length === 1, 'it is gone');
    expect(at(), 'it was deleted').to.equal('New conversation');
  });

  it('goes on saying what went wrong when the list is read again', async () => {
    const agent = new FakeAgent();
    agent.threads.become(listed('tea'));
    agent.threads.delete = () => Promise.reject(new Error('It is in use.'));
    const element = await fixture<InpageThreads>(html`<inpage-threads .agent=${agent}></inpage-threads>`);
    await until(() => titles(element).length === 1, 'it is listed');
    await press(element, 'What to do with “tea”');
    await press(element, 'Delete “tea”');
    await press(element, 'Delete “tea”');
    await until(() => all(element, '[part="alert"]').length === 1, 'it is said');
    agent.threads.become(listed('tea'), listed('coffee'));
    await until(() => titles(element).length === 2, 'the list is read again');
    expect(find(element, '[part="alert"]').textContent).to.include('It is in use.');
    await press(element, 'What to do with “coffee”');
    await press(element, 'Rename “coffee”');
    await press(element, 'Save');
    await until(() => all(element, '[part="alert"]').length === 0, 'what went well afterwards takes it back');
  });

  it('brings in a file that it has saved, and says what is wrong with another', async () => {
    const agent = talker();
    const element = await listOf(agent, 'tea');
    const input = find(element, '.file input') as HTMLInputElement;
    const give = (file: File): void => {
      const transfer = new DataTransfer();
      transfer.items.add(file);
      input.files = transfer.files;
      input.dispatchEvent(new Event('change'));
    };
    give(new File([await agent.threads.export('tea')], 'tea.inpage'));
    await until(() => titles(element).length === 2, 'it is there twice');
    expect(element.thread).to.not.equal('tea');
    give(new File(['nothing of the kind'], 'x.inpage'));
    await until(() => all(element, '[part="alert"]').length === 1, 'the fault is told');
  });

  it('looks for one where there are many', async () => {
    const element = await listOf(talker(), ...Array.from({ length: 8 }, (_, n) => `talk ${n}`));
    const field = find(element, '[part="search"]') as HTMLInputElement;
    field.value = 'TALK 3';
    field.dispatchEvent(new InputEvent('input'));
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(['talk 3']);
    field.value = 'nothing';
    field.dispatchEvent(new InputEvent('input'));
    await element.updateComplete;
    expect(find(element, '.quiet').textContent).to.equal('No conversation is called so.');
  });

  it('has no fault that axe finds, with its actions open', async () => {
    const element = await listOf(talker(), 'tea', 'coffee');
    await press(element, 'What to do with “tea”');
    await press(element, 'Delete “tea”');
    await expectAccessible(element);
  });

  it('lists those of another tab too', async () => {
    const namespace = freshNamespace();
    const [mine, other] = [1, 2].map(() => converse([say('Yes.')], { namespace }));
    const element = await fixture<InpageThreads>(html`<inpage-threads .agent=${mine}></inpage-threads>`);
    await other?.thread('tea').send('tea');
    await until(() => titles(element)[0] === 'tea', 'what the other has stored is listed');
  });
});
