/** Threads and replies that are long, in a panel that is not. */
import { expect } from 'chai';
import { html } from 'lit';
import { sendKeys } from '@web/test-runner-commands';
import type { InpageChat } from '../../components/index.ts';
import { fixture, until } from '../helpers/fixture.ts';
import { all, field, find, focused, part, textOf, type } from './chat.ts';
import { FakeAgent, FakeThread, replied, said } from './fake-agent.ts';

const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);

/** Long enough to be taller than what its place is taken to be. */
const paragraphs = (count: number): string =>
  Array.from({ length: count }, (_, index) => `Paragraph ${index} ${'of many words '.repeat(12)}.`).join('\n\n');

const conversation = (turns: number) =>
  Array.from({ length: turns }, (_, index) => [
    said(`Question ${index}`),
    replied(`Answer ${index}\n\n${paragraphs(3)}`),
  ]);

async function open(thread: FakeThread): Promise<{ chat: InpageChat; body: HTMLElement; thread: FakeThread }> {
  const agent = new FakeAgent(thread);
  const place = html`<div style="block-size: 500px; inline-size: 380px">
    <inpage-chat .agent=${agent}></inpage-chat>
  </div>`;
  const chat = (await fixture<InpageChat>(place)).querySelector('inpage-chat');
  if (chat === null) throw new Error('There is no chat.');
  await until(() => find(chat, 'article .markdown p'), 'the thread is shown');
  return { chat, body: part(chat, 'body'), thread };
}

const distance = (body: HTMLElement): number => body.scrollHeight - body.scrollTop - body.clientHeight;
const topOf = (element: Element | undefined): number => element?.getBoundingClientRect().top ?? NaN;
const isPassedOver = (element: Element): boolean => getComputedStyle(element).contentVisibility === 'auto';

describe('a long thread', () => {
  it('begins at its end, and stays there', async () => {
    const { body } = await open(new FakeThread('main', conversation(100).flat()));
    for (let left = 4; left > 0; left--) {
      await frame();
      expect(distance(body)).to.be.below(2);
    }
  });

  it('has the browser pass over what is far from its end, where nobody is', async () => {
    const { chat } = await open(new FakeThread('main', conversation(100).flat()));
    const replies = all(chat, '[part~="message-assistant"]');
    expect(replies.map(isPassedOver).lastIndexOf(true)).to.be.within(60, replies.length - 5);
    expect(isPassedOver(replies[0] ?? chat)).to.equal(true);
  });

  it('shows whatever the reader scrolls to, and does not move it', async () => {
    const { chat, body } = await open(new FakeThread('main', conversation(100).flat()));
    body.scrollTop = body.scrollHeight / 3;
    await frame();
    const { top, bottom } = body.getBoundingClientRect();
    const seen = all(chat, 'article').find((article) => topOf(article) > top && topOf(article) < bottom);
    const before = topOf(seen);
    for (let left = 4; left > 0; left--) await frame();
    expect(topOf(seen)).to.be.closeTo(before, 2);
    expect(textOf(seen)).to.match(/^(Question|Answer) \d+/);
  });

  it('leaves what the reader sees where it is when earlier messages come before it', async () => {
    const { chat, body } = await open(new FakeThread('main', conversation(300).flat()));
    const button = find(chat, '.earlier');
    for (const start of [0, 30]) {
      body.scrollTop = start;
      await frame();
      const first = all(chat, 'article')[0];
      const before = topOf(first);
      const { length } = all(chat, 'article');
      button?.click();
      await until(() => all(chat, 'article').length > length, 'they are there');
      for (let left = 4; left > 0; left--) await frame();
      expect(topOf(first)).to.be.closeTo(before, 2);
    }
  });

  it('leads from message to message by keyboard when all of them are shown', async () => {
    const { chat } = await open(new FakeThread('main', conversation(150).flat()));
    find(chat, '.earlier')?.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => find(chat, '.earlier') === undefined, 'there are no earlier ones');
    expect(focused(chat)).to.equal(part(chat, 'body'));
    await sendKeys({ press: 'Tab' });
    expect(focused(chat)?.closest('article')?.textContent).to.include('Question 0');
  });
});

describe('a long reply', () => {
  const text = paragraphs(200);

  async function write(thread: FakeThread, id: string, whole: string): Promise<void> {
    thread.start();
    thread.emit({ type: 'text-start', id });
    for (let at = 0; at < whole.length; at += 2000) {
      thread.emit({ type: 'text-delta', id, text: whole.slice(at, at + 2000) });
      await frame();
    }
  }

  it('is shown to its end while it comes in, from its beginning', async () => {
    const { chat, body, thread } = await open(new FakeThread('main', conversation(2).flat()));
    await write(thread, 'm', text);
    await until(() => textOf(find(chat, '[data-streaming]')).includes('Paragraph 199'), 'it is there');
    expect(textOf(find(chat, '[data-streaming]'))).to.match(/^Paragraph 0 /);
    await frame();
    expect(distance(body)).to.be.below(2);
    expect(all(chat, '[data-streaming] .part').filter(isPassedOver)).to.have.length.above(5);
  });

  it('stays whole, and what it was, when it becomes a message', async () => {
    const { chat, body, thread } = await open(new FakeThread('main', conversation(2).flat()));
    const message = replied(text);
    await write(thread, message.id, text);
    await until(() => textOf(find(chat, '[data-streaming]')).includes('Paragraph 199'), 'it is there');
    const before = all(chat, '[data-streaming] .markdown *');
    thread.store(message);
    thread.end('completed');
    await until(() => !find(chat, '[data-streaming]'), 'it is a message');
    const after = all(chat, '.messages > :last-child .markdown *');
    expect(after).to.have.length(before.length);
    expect(after.every((element, index) => element === before[index])).to.equal(true);
    expect(find(chat, '.show-all')).to.equal(undefined);
    await frame();
    expect(distance(body)).to.be.below(2);
  });

  it('is its end alone once it is far too long', async () => {
    const { chat, thread } = await open(new FakeThread('main', conversation(2).flat()));
    const huge = 'some words\n\n'.repeat(40_000);
    const message = replied(huge);
    thread.start();
    thread.emit({ type: 'text-start', id: message.id }, { type: 'text-delta', id: message.id, text: huge });
    await until(() => textOf(find(chat, '[data-streaming]')).startsWith('…'), 'the end is shown');
    expect(textOf(find(chat, '[data-streaming]')).length).to.be.below(21_000);
    thread.store(message);
    await until(() => find(chat, '.show-all'), 'it is cut as any other');
  });

  it('is rendered no more often than anybody reads, and what is typed meanwhile at once', async () => {
    const { chat, thread } = await open(new FakeThread('main', conversation(2).flat()));
    thread.start();
    thread.emit({ type: 'text-start', id: 'm' }, { type: 'text-delta', id: 'm', text: 'begun' });
    await until(() => find(chat, '[data-streaming]'), 'it is shown');
    let renders = 0;
    chat.addController({ hostUpdated: () => renders++ });
    renders = 0;
    const begun = performance.now();
    for (let count = 0; count < 30; count++) {
      thread.emit({ type: 'text-delta', id: 'm', text: ` ${count}` });
      await frame();
    }
    expect(renders).to.be.within(1, Math.ceil((performance.now() - begun) / 32) + 1);
    thread.emit({ type: 'text-delta', id: 'm', text: ' ended' });
    await type(chat, 'Hello');
    expect(field(chat).parentElement?.dataset['draft']).to.equal('Hello');
    expect(textOf(find(chat, '[data-streaming]'))).to.match(/29 ended$/);
  });
});
