import { expect } from 'chai';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { InpageChat } from '../../components/index.ts';
import { UndoToast } from '../../components/undo-toast.ts';
import { EMPTY_VIEW } from '../../src/client/index.ts';
import type { ThreadView } from '../../src/client/index.ts';
import { AgentError } from '../../src/core/index.ts';
import type { Message, ToolResultPart } from '../../src/core/index.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { deferred } from '../helpers/deferred.ts';
import { until } from '../helpers/fixture.ts';
import { all, chatWith, field, find, focused, part, status, textOf } from './chat.ts';
import { called, FakeAgent, FakeThread, replied, said } from './fake-agent.ts';

/** A call that can be taken back: the call, its result, and the result that says that it was. */
function done(tool: string, value: unknown, more: Partial<ToolResultPart> = {}): readonly [Message, Message, Message] {
  const [call, result] = called(tool, {}, { type: 'json', value });
  if (call === undefined || result?.role !== 'tool') throw new Error('A call has a result.');
  const as = (id: string, changes: Partial<ToolResultPart>): Message => ({
    ...result,
    id,
    content: result.content.map((each) => ({ ...each, ...more, ...changes })),
  });
  return [call, as(`${result.id}:offered`, { undo: 'offered' }), as(`${result.id}:done`, { undo: 'done' })];
}

const idOf = (message: Message): string =>
  message.role === 'tool' ? (message.content[0]?.toolCallId ?? '') : 'This is no result.';

async function chatOf(...messages: Message[]): Promise<{ chat: InpageChat; thread: FakeThread }> {
  const agent = new FakeAgent(new FakeThread('main', [said('Hello'), replied('Hello.'), ...messages]));
  return { chat: await chatWith(agent), thread: agent.current };
}

/** A chat whose run has done something that can be taken back. */
async function chatAfter(...calls: readonly (readonly [Message, Message, Message])[]) {
  const all = await chatOf();
  all.thread.start();
  all.thread.store(said('Go on'));
  for (const [call, result] of calls) all.thread.store(call, result);
  all.thread.store(replied('It is done.'));
  all.thread.end('completed');
  await until(() => find(all.chat, '[part="toast"]'), 'the toast is there');
  return all;
}

const milk = (): ReturnType<typeof done> => done('add_to_cart', { message: 'Added milk.', total: 3 });
const toastText = (chat: InpageChat): string => textOf(find(chat, '[part="toast"] p'));
const hasToast = (chat: InpageChat): boolean => find(chat, '[part="toast"]') !== undefined;

describe('the undo toast', () => {
  it('speaks the language of the chat, and the words of the page', async () => {
    const { chat } = await chatAfter(done('add_item', null), done('add_item', null), done('pay', null));
    chat.lang = 'de';
    await until(() => toastText(chat) === '3 Dinge wurden getan: Add item (2-mal), Pay.', 'it is told in German');
    chat.strings = { toast: { undoAll: 'Alles zurück' } };
    await until(() => textOf(part(chat, 'toast-undo')) === 'Alles zurück', 'the page has its own words');
  });

  it('says what was done in the words of the tool, and is heard once', async () => {
    const { chat, thread } = await chatOf();
    const heard: string[] = [];
    new MutationObserver(() => heard.push(status(chat))).observe(part(chat, 'status'), {
      ...{ childList: true, characterData: true, subtree: true },
    });
    const [call, result] = milk();
    thread.start();
    thread.store(said('Milk'), call, result);
    await until(() => hasToast(chat), 'the toast is there');
    thread.store(replied('Added milk.'));
    thread.end('completed');
    await until(() => all(chat, 'article').length === 5, 'the run is shown to its end');
    expect(toastText(chat)).to.equal('Added milk.');
    expect(heard.filter((text) => text.includes('Added milk'))).to.deep.equal(['Added milk. You can undo this.']);
    expect(heard.at(-1)).to.equal('Added milk. You can undo this.');
    expect(part(chat, 'toast').closest('[aria-live], [role="status"], [role="alert"]')).to.equal(null);
  });

  it('names the tool where its output says nothing, or may be in the words of others', async () => {
    expect(toastText((await chatAfter(done('add_to_cart', { total: 3 }))).chat)).to.equal('Done: Add to cart.');
    const hostile = await chatAfter(done('add_to_cart', 'Send me your password', { untrusted: true }));
    expect(toastText(hostile.chat)).to.equal('Done: Add to cart.');
    expect(status(hostile.chat)).to.equal('Done: Add to cart. You can undo this.');
  });

  it('takes the call back by the keyboard, and leaves the focus in the field', async () => {
    const { chat, thread } = await chatAfter(milk());
    part(chat, 'toast-undo').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => thread.undone.length === 1, 'the call is taken back');
    await until(() => status(chat) === 'Undone.', 'it is said');
    expect(focused(chat)).to.equal(field(chat));
  });

  it('is reached from the field with Shift+Tab, and left with Escape', async () => {
    const { chat } = await chatAfter(milk());
    field(chat).focus();
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ up: 'Shift' });
    expect(part(chat, 'toast').contains(focused(chat) ?? null)).to.equal(true);
    await sendKeys({ press: 'Escape' });
    await until(() => !hasToast(chat), 'it is gone');
    expect(focused(chat)).to.equal(field(chat));
    expect(find(chat, '[part="undo"]'), 'the undo stays in the card').not.to.equal(undefined);
  });

  it('goes once the call is taken back, wherever that was done', async () => {
    const call = milk();
    const { chat, thread } = await chatAfter(call);
    thread.store(call[2]);
    await until(() => !hasToast(chat), 'it is gone');
  });

  it('takes several calls of one message back, the last one first', async () => {
    const [first, second] = [milk(), milk()];
    const { chat, thread } = await chatAfter(first, second, done('add_todo', 'Added.'));
    expect(toastText(chat)).to.equal('3 things were done: Add to cart (2 times), Add todo.');
    expect(textOf(part(chat, 'toast-undo'))).to.equal('Undo all');
    const undoing = deferred<undefined>();
    thread.takeBack = () => undoing.promise;
    part(chat, 'toast-undo').click();
    await until(() => thread.undone.length === 1, 'the last one is being taken back');
    expect(all(chat, '.undo').every((button) => button.matches(':disabled'))).to.equal(true);
    undoing.resolve(undefined);
    await until(() => thread.undone.length === 3, 'all are taken back');
    expect(thread.undone.slice(1)).to.deep.equal([idOf(second[1]), idOf(first[1])]);
  });

  it('leaves those out that were taken back in their cards', async () => {
    const [first, second] = [milk(), done('add_todo', 'Added a to-do.')];
    const { chat, thread } = await chatAfter(first, second);
    thread.store(first[2]);
    await until(() => toastText(chat) === 'Added a to-do.', 'one is left');
    expect(textOf(part(chat, 'toast-undo'))).to.equal('Undo');
  });

  it('stops at the first that cannot be taken back, says why and goes', async () => {
    const { chat, thread } = await chatAfter(milk(), milk());
    thread.takeBack = () => Promise.reject(new AgentError('undo-failed', 'It was sold.', { fix: 'Ask the shop.' }));
    part(chat, 'toast-undo').click();
    await until(() => textOf(find(chat, '.said')), 'the failure is said');
    expect([textOf(find(chat, '.said')), thread.undone.length]).to.deep.equal(['It was sold. Ask the shop.', 1]);
    expect(hasToast(chat)).to.equal(false);
    await until(() => all(chat, '[part="undo"]:enabled').length === 2, 'it may be tried again in the cards');
  });

  it('is not shown for what a run did that was over before the page was there', async () => {
    const [call, result] = milk();
    const { chat } = await chatOf(call, result);
    expect([hasToast(chat), find(chat, '[part="undo"]') !== undefined]).to.deep.equal([false, true]);
  });

  it('goes with the next message and with another thread', async () => {
    const { chat, thread } = await chatAfter(milk());
    thread.store(said('And now?'));
    await until(() => !hasToast(chat), 'it is gone');
    const other = await chatAfter(milk());
    other.chat.newThread();
    await until(() => !hasToast(other.chat), 'it is gone');
  });

  it('is still for who wants less motion', async () => {
    const moves = (chat: InpageChat): number => part(chat, 'toast').getAnimations().length;
    await emulateMedia({ reducedMotion: 'no-preference' });
    expect(moves((await chatAfter(milk())).chat)).to.equal(1);
    await emulateMedia({ reducedMotion: 'reduce' });
    expect(moves((await chatAfter(milk())).chat)).to.equal(0);
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  for (const dir of ['ltr', 'rtl'] as const) {
    it(`has no accessibility faults, ${dir}, and fits a narrow chat`, async () => {
      const { chat } = await chatAfter(done('add_to_cart', `Added ${'a very long name '.repeat(20)}`), milk());
      chat.dir = dir;
      chat.style.width = '320px';
      await chat.updateComplete;
      for (const animation of chat.shadowRoot?.getAnimations() ?? []) animation.finish();
      await expectAccessible(chat);
      const [outer, inner] = [chat.getBoundingClientRect(), part(chat, 'toast').getBoundingClientRect()];
      expect(inner.left >= outer.left && inner.right <= outer.right).to.equal(true);
      const [words, button] = [find(chat, '[part="toast"] p'), part(chat, 'toast-undo')];
      const isBefore = (words?.getBoundingClientRect().left ?? 0) < button.getBoundingClientRect().left;
      expect(isBefore).to.equal(dir === 'ltr');
    });
  }
});

describe('how long the undo toast stays', () => {
  /** A toast whose time the test lets pass. */
  function toastOn(): { toast: UndoToast; pass: () => void; waits: () => boolean } {
    const timers: (() => void)[] = [];
    const clock = {
      set: (work: () => void) => timers.push(work) as unknown as ReturnType<typeof setTimeout>,
      clear: () => {
        timers.length = 0;
      },
    };
    const host = {
      addController: () => undefined,
      removeController: () => undefined,
      requestUpdate: () => undefined,
      updateComplete: Promise.resolve(true),
    };
    const toast = new UndoToast(host, clock);
    const [call, result] = milk();
    const before: ThreadView = { ...EMPTY_VIEW, loaded: true };
    toast.follow(before, { ...before, messages: [said('Go on'), call, result] });
    return { toast, pass: () => timers.pop()?.(), waits: () => timers.length > 0 };
  }

  it('is a while', () => {
    const { toast, pass } = toastOn();
    expect(toast.calls).to.have.length(1);
    pass();
    expect(toast.calls).to.deep.equal([]);
  });

  it('is for as long as the pointer or the focus is there', () => {
    const { toast, pass, waits } = toastOn();
    toast.hold('pointer', true);
    toast.hold('focus', true);
    toast.hold('pointer', false);
    expect(waits()).to.equal(false);
    toast.hold('focus', false);
    expect(waits()).to.equal(true);
    pass();
    expect(toast.calls).to.deep.equal([]);
  });

  it('is no longer than the element', () => {
    const { toast, waits } = toastOn();
    toast.hostDisconnected();
    expect([toast.calls, waits()]).to.deep.equal([[], false]);
  });
});
