import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import { isAccepted } from '../../components/accepted.ts';
import type { InpageChat } from '../../components/index.ts';
import { AgentError } from '../../src/core/index.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { until } from '../helpers/fixture.ts';
import { all, chatWith, field, find, focused, openTurns, part, press, shiftTab, status, textOf, type } from './chat.ts';
import { attached, FakeAgent, FakeThread, pictureFile, REMOTE, said } from './fake-agent.ts';

const PAPER = new File(['Tea, without sugar.'], 'order.txt', { type: 'text/plain' });

/** A chat with a language model that takes files. */
async function filing(accept = '', thread = new FakeThread('main')): Promise<{ chat: InpageChat; thread: FakeThread }> {
  const chat = await chatWith(new FakeAgent(thread, Promise.resolve(REMOTE)));
  chat.accept = accept;
  await until(() => find(chat, '[part~="add-files"]'), 'files can be added');
  return { chat, thread };
}

const carrying = (...files: readonly File[]): DataTransfer => {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  return data;
};

/** Chooses files as the dialog of the browser does. */
async function choose(chat: InpageChat, ...files: readonly File[]): Promise<void> {
  const input = find(chat, 'input[type=file]') as HTMLInputElement;
  input.files = carrying(...files).files;
  input.dispatchEvent(new Event('change'));
  await chat.updateComplete;
}

const chips = (chat: InpageChat): string[] => all(chat, '.chips .file-name bdi').map(textOf);
const alert = (chat: InpageChat): string => textOf(find(chat, '[part="alert"] > p'));

describe('the files of a message', () => {
  it('can be added where the site lets them and a language model answers', async () => {
    const chat = await chatWith(new FakeAgent());
    chat.accept = '';
    await chat.updateComplete;
    expect(find(chat, '[part~="add-files"]')).to.equal(undefined);
    const other = await chatWith(new FakeAgent(new FakeThread('other'), Promise.resolve(REMOTE)));
    expect(find(other, '[part~="add-files"]')).to.equal(undefined);
    await filing();
  });

  it('are shown with their sizes, sent with the text, and then gone from the field', async () => {
    const { chat, thread } = await filing();
    const picture = await pictureFile();
    await choose(chat, picture, PAPER);
    expect(chips(chat)).to.deep.equal(['cup.png', 'order.txt']);
    expect(textOf(find(chat, '.chips small'))).to.equal('1 kB');
    expect(status(chat)).to.equal('Added: cup.png, order.txt.');
    expect(focused(chat)).to.equal(field(chat));
    await until(() => find(chat, '.chips canvas[data-drawn]'), 'the picture is drawn');
    await type(chat, 'Which tea is it?');
    const turn = openTurns(thread);
    press(chat, {});
    await until(() => thread.files.length > 0, 'they are sent');
    expect(thread.files).to.deep.equal([[picture, PAPER]]);
    expect(thread.sent).to.deep.equal(['Which tea is it?']);
    expect(chips(chat)).to.deep.equal([]);
    expect(all(chat, '[data-role=user]').map(textOf)).to.deep.equal(['Which tea is it? cup.png order.txt']);
    turn.resolve(thread.result('completed'));
  });

  it('can be all that is said', async () => {
    const { chat, thread } = await filing();
    expect(part(chat, 'send').getAttribute('aria-disabled')).to.equal('true');
    await choose(chat, PAPER);
    expect(part(chat, 'send').getAttribute('aria-disabled')).to.equal('false');
    part(chat, 'send').click();
    await until(() => thread.files.length > 0, 'it is sent');
    expect(thread.sent).to.deep.equal(['']);
  });

  it('come back when they could not be sent', async () => {
    const { chat, thread } = await filing();
    await choose(chat, PAPER);
    const turn = openTurns(thread);
    part(chat, 'send').click();
    await until(() => thread.files.length > 0, 'it is sent');
    turn.reject(new AgentError('storage-failed', 'It is full.', { fix: 'Make room.' }));
    await until(() => chips(chat).length > 0, 'they are back');
  });

  it('are taken from what is pasted and dropped, but not from words', async () => {
    const { chat } = await filing();
    const paste = (data: DataTransfer): boolean =>
      field(chat).dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, composed: true, cancelable: true }),
      );
    expect(paste(carrying(PAPER))).to.equal(false);
    const words = carrying(PAPER);
    words.setData('text/plain', 'a\tb');
    expect(paste(words)).to.equal(true);
    const drop = (kind: string): boolean =>
      part(chat, 'body').dispatchEvent(
        new DragEvent(kind, { dataTransfer: carrying(PAPER), bubbles: true, composed: true, cancelable: true }),
      );
    expect([drop('dragover'), drop('drop')]).to.deep.equal([false, false]);
    await chat.updateComplete;
    expect(chips(chat)).to.deep.equal(['order.txt', 'order.txt']);
  });

  it('are refused with a reason where they are of another kind, too large or too many', async () => {
    const { chat } = await filing('image/*');
    await choose(chat, PAPER);
    expect(alert(chat)).to.equal('“order.txt” is not of a kind that can be sent here.');
    chat.accept = '';
    await chat.updateComplete;
    await choose(chat, new File([new Uint8Array(10_000_001)], 'film.bin'));
    expect(alert(chat)).to.equal('“film.bin” is too large. A file may have up to 10 MB.');
    await choose(chat, ...Array.from({ length: 9 }, (_, n) => new File(['a'], `${String(n)}.txt`)));
    expect(alert(chat)).to.equal('These are too many files. A message may have up to 8.');
    expect(chips(chat)).to.have.length(8);
    await choose(chat);
    expect(find(chat, '[part="alert"]')).to.equal(undefined);
  });

  it('are removed by keyboard, and the focus stays in the chat', async () => {
    const { chat } = await filing();
    await choose(chat, PAPER);
    field(chat).focus();
    await shiftTab();
    expect(focused(chat)?.getAttribute('aria-label')).to.equal('Add files');
    await shiftTab();
    expect(focused(chat)?.getAttribute('aria-label')).to.equal('Remove order.txt');
    await sendKeys({ press: 'Enter' });
    expect(chips(chat)).to.deep.equal([]);
    expect(status(chat)).to.equal('Removed: order.txt.');
    expect(focused(chat)).to.equal(field(chat));
  });

  it('are shown where they were sent: pictures drawn, others by name, and none by an address', async () => {
    const { chat } = await filing('', new FakeThread('main', [attached('Look', await pictureFile(), PAPER)]));
    await until(() => find(chat, 'article canvas[data-drawn]'), 'the picture is drawn');
    expect(find(chat, 'article canvas')?.getAttribute('aria-label')).to.equal('cup.png');
    expect(textOf(find(chat, 'article .chip'))).to.equal('order.txt1 kB');
    expect(textOf(find(chat, 'article .text'))).to.equal('Look');
    expect(all(chat, 'img')).to.deep.equal([]);
    await expectAccessible(chat);
  });

  it('are shown by names that hide nothing', async () => {
    const file = new File(['x'], 'holiday\u202egpj.exe');
    const { chat } = await filing('', new FakeThread('main', [attached('Look', file)]));
    await choose(chat, file);
    await until(() => find(chat, 'article .chip'), 'it is shown');
    expect(textOf(find(chat, 'article .chip bdi'))).to.equal('holiday‹U+202E›gpj.exe');
    expect(chips(chat)).to.deep.equal(['holiday‹U+202E›gpj.exe']);
  });

  it('are shown also where none can be added, and a message of files alone is one', async () => {
    const thread = new FakeThread('main', [said('Hello'), attached('', PAPER)]);
    const chat = await chatWith(new FakeAgent(thread));
    await until(() => find(chat, 'article .chip'), 'the file is shown');
    expect(all(chat, '[data-role=user]')).to.have.length(2);
  });
});

describe('a kind of file', () => {
  it('is named by its type, a group of types or the end of its name', () => {
    const file = { name: 'Cup.PNG', type: 'image/png' };
    for (const accept of ['', ' ', 'image/png', 'image/*', '.png', 'text/plain, .PNG', '*/*'])
      expect(isAccepted(file, accept), accept).to.equal(true);
    for (const accept of ['image/jpeg', 'text/*', '.jpg,.pdf'])
      expect(isAccepted(file, accept), accept).to.equal(false);
  });
});
