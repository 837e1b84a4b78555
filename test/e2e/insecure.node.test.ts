import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { BELL, begin, BUS, pageWith, servePages, untilShown } from '../helpers/pages.ts';

// Any name but that of this machine is insecure over plain HTTP.
const pages = servePages({ 'index.html': pageWith(BUS + BELL) }, 'shop.example');

describe('a page without HTTPS', () => {
  it('has an agent that keeps its threads, and says that tabs cannot take turns', async () => {
    const page = await pages.open();
    const codes = await page.evaluate(async () => {
      const ready = await document.querySelector('inpage-chat')?.agent?.ready;
      return [isSecureContext, 'locks' in navigator, ready?.storage, ready?.notices.map(({ code }) => code)];
    });
    assert.deepEqual(codes, [false, false, 'indexeddb', ['locks-unavailable']]);
    const send = (said: string): Promise<string | undefined> =>
      page.evaluate(async (text) => (await document.querySelector('inpage-chat')?.send(text))?.text, said);
    assert.equal(await send('ring the bell'), 'The bell rings.');
    await page.reload();
    await page.waitForFunction(() =>
      document
        .querySelector('inpage-chat')
        ?.shadowRoot?.querySelector('[data-role="assistant"]')
        ?.textContent.includes('The bell rings.'),
    );
  });

  it('shows the run of a tab that is gone until somebody stops it', async () => {
    const [first, second] = [await pages.open(), await pages.open()];
    await begin(first, 'wait for the bus');
    await untilShown(second, 'Wait for bus is running');
    await first.close();
    await second.evaluate(() => document.querySelector('inpage-chat')?.stop());
    await untilShown(second, 'Go on');
  });

  it('refuses one of two tabs that write at the same time, and loses nothing of the other', async () => {
    const tabs = await Promise.all([pages.open(), pages.open()]);
    const say = async (page: Page): Promise<string | undefined> =>
      page.evaluate(async () => {
        const turn = await document.querySelector('inpage-chat')?.agent?.thread('both').send('ring the bell');
        return turn?.error?.code ?? turn?.status;
      });
    const ends = await Promise.all(tabs.map(say));
    const [page] = tabs;
    const kept = await page.evaluate(async () => {
      const snapshot = await document.querySelector('inpage-chat')?.agent?.thread('both').state();
      const messages = (snapshot?.state['messages'] ?? []) as { role: string }[];
      return messages.filter(({ role }) => role === 'user').length;
    });
    const completed = ends.filter((end) => end === 'completed').length;
    assert.ok(
      ends.every((end) => end === 'completed' || end === 'fenced'),
      ends.join(),
    );
    assert.ok(completed > 0);
    assert.equal(kept, completed);
  });
});
