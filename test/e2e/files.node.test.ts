import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { ElementHandle, Page } from 'puppeteer-core';
import { startModelServer } from '../helpers/model-server.js';
import { openSession } from '../helpers/model-session.ts';
import { HIDDEN, servePages, untilReady, untilShown } from '../helpers/pages.ts';

/** A red point. */
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

const answering = (content: string) => ({
  events: [
    { choices: [{ index: 0, delta: { content }, finish_reason: 'stop' }] },
    { choices: [], usage: { prompt_tokens: 1200, completion_tokens: 30 } },
    '[DONE]',
  ],
});

const pages = servePages({});
let server: Awaited<ReturnType<typeof startModelServer>>;
let session: Awaited<ReturnType<typeof openSession>>;

/** Goes on with a key until what is looked for has the focus. */
async function keyTo(page: Page, selector: string, ...keys: readonly ('Shift' | 'Tab')[]): Promise<void> {
  for (let presses = 0; presses < 20; presses++) {
    const isThere = await page.evaluate((wanted) => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at?.matches(wanted);
    }, selector);
    if (isThere) return;
    if (keys.includes('Shift')) await page.keyboard.down('Shift');
    await page.keyboard.press('Tab');
    if (keys.includes('Shift')) await page.keyboard.up('Shift');
  }
  throw new Error(`${selector} cannot be reached.`);
}

/** Goes to the field. */
const toField = (page: Page): Promise<void> => keyTo(page, 'textarea', 'Tab');

/** Waits until something is said, and the focus is back in the field, as it is once that is done. */
async function untilSaid(page: Page, words: string): Promise<void> {
  await untilShown(page, words);
  await page.waitForFunction(
    () => document.querySelector('inpage-chat')?.shadowRoot?.activeElement?.localName === 'textarea',
    HIDDEN,
  );
}

/** Presses the button that adds files, and gives the field behind it what a person chooses in the dialog. */
async function add(page: Page, ...names: readonly string[]): Promise<void> {
  await keyTo(page, '[part~=add-files]', 'Shift', 'Tab');
  const input = await page.waitForSelector('inpage-chat >>> input[type=file]');
  const dialogs = await input?.evaluateHandle((field) => {
    const opened: Event[] = [];
    field.addEventListener(
      'click',
      (event) => {
        // In the place of the dialog, which is the browser's.
        event.preventDefault();
        opened.push(event);
      },
      { once: true },
    );
    return opened;
  });
  await page.keyboard.press('Enter');
  assert.equal(await dialogs?.evaluate(({ length }) => length), 1, 'the dialog is opened');
  await (input as ElementHandle<HTMLInputElement>).uploadFile(...names.map((name) => pages.path(name)));
  await untilSaid(page, `Added: ${names.join(', ')}.`);
}

/** The names of files within a part of the chat. */
const names = (page: Page, within: string): Promise<readonly string[]> =>
  page.$$eval(`inpage-chat >>> ${within} [part=file]`, (files) =>
    files.map(
      (file) =>
        file.querySelector('canvas')?.getAttribute('aria-label') ?? file.querySelector('bdi')?.textContent ?? '',
    ),
  );

/** What the thread has stored of the files of its first message. */
const stored = (page: Page): Promise<readonly (readonly [type: string, text: string])[]> =>
  page.evaluate(async () => {
    const { state } = (await document.querySelector('inpage-chat')?.agent?.thread().state()) ?? {};
    const [first] = (state?.['messages'] ?? []) as { content: { type: string; data?: Blob }[] }[];
    const blobs = first?.content.flatMap(({ data }) => (data ? [data] : [])) ?? [];
    return Promise.all(blobs.map(async (blob) => [blob.type, await blob.slice(0, 30).text()] as const));
  });

describe('the files of a message', () => {
  before(async () => {
    server = await startModelServer();
    writeFileSync(pages.path('cup.png'), Buffer.from(PICTURE, 'base64'));
    writeFileSync(pages.path('order.txt'), 'Tea, without sugar.');
  });
  after(() => server.close());
  beforeEach(async () => {
    session = await openSession(server.origin);
    await session.script([answering('It is red.'), answering('It still is.')]);
    writeFileSync(
      pages.path('index.html'),
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tea</title></head><body>
      <script>(window.inpage ??= []).push(() => { document.querySelector('inpage-chat').accept = 'image/*,.txt'; });</script>
      <script defer src="inpage.js" data-mode="inline" data-endpoint="${session.endpoint}" data-model="small"></script></body></html>`,
    );
  });

  it('are added, taken out and sent by keyboard alone, and are all there after a reload', async () => {
    const page = await pages.open();
    await toField(page);
    await add(page, 'order.txt');
    await keyTo(page, '[part=file] button', 'Shift', 'Tab');
    await page.keyboard.press('Enter');
    await untilSaid(page, 'Removed: order.txt.');
    assert.deepEqual(await names(page, '.chips'), []);
    // The same one may be added again.
    await add(page, 'cup.png', 'order.txt');
    await toField(page);
    await page.keyboard.type('Which colour?');
    await page.keyboard.press('Enter');
    await untilShown(page, 'It is red.');
    assert.deepEqual(await names(page, '.chips'), []);
    assert.deepEqual(await names(page, '[data-role=user]'), ['cup.png', 'order.txt']);

    await page.reload();
    await untilReady(page);
    await toField(page);
    await untilShown(page, 'It is red.');
    assert.deepEqual(await names(page, '[data-role=user]'), ['cup.png', 'order.txt']);
    await page.waitForSelector('inpage-chat >>> [data-role=user] canvas[data-drawn]');
    const [picture, paper] = await stored(page);
    assert.equal(picture?.[0], 'image/png');
    assert.deepEqual(paper, ['text/plain', 'Tea, without sugar.']);

    // What the model is sent of them is the same as well.
    await page.keyboard.type('And now?');
    await page.keyboard.press('Enter');
    await untilShown(page, 'It still is.');
    const bodies = (await session.requests()).map(({ text }) => text);
    assert.equal(bodies.length, 2);
    for (const body of bodies) {
      assert.ok(body.includes(PICTURE), 'the picture is sent');
      assert.ok(body.includes('Tea, without sugar.'), 'the text is sent');
    }
  });

  it('are in a conversation that tells by keyboard what it has taken', async () => {
    const page = await pages.open();
    await toField(page);
    await page.keyboard.type('Hello');
    await page.keyboard.press('Enter');
    await untilShown(page, 'It is red.');
    await keyTo(page, '[part=model]', 'Shift', 'Tab');
    await page.keyboard.press('Enter');
    await untilShown(page, 'it has read 1,200 tokens of this conversation and written 30.');
  });
});
