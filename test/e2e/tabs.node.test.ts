import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { BELL, begin, BUS, HIDDEN, pageWith, send, servePages, shown, untilShown } from '../helpers/pages.ts';

const pages = servePages({ 'index.html': pageWith(BUS + BELL) });

/** Freezes a tab as the browser does; gives what thaws it. */
async function freeze(page: Page): Promise<() => Promise<void>> {
  const session = await page.createCDPSession();
  const turn = (state: 'active' | 'frozen'): Promise<void> => session.send('Page.setWebLifecycleState', { state });
  await turn('frozen');
  return () => turn('active');
}

describe('two tabs on one thread', () => {
  it('both see a run as it goes, and how it ends when its tab is closed', async () => {
    const [first, second] = [await pages.open(), await pages.open()];
    await begin(first, 'wait for the bus');
    await untilShown(second, 'Wait for bus is running');
    await first.close();
    await untilShown(second, 'Go on');
    assert.deepEqual(await shown(second), ['wait for the bus']);
  });

  it('do not wait for each other when the browser freezes one in the middle of a run', async () => {
    const [first, second] = [await pages.open(), await pages.open()];
    await begin(first, 'wait for the bus');
    await first.waitForFunction(() => window.hasBegun, HIDDEN);
    const thaw = await freeze(first);
    assert.deepEqual(await send(second, 'ring the bell'), { status: 'completed', text: 'The bell rings.' });
    await thaw();
    await untilShown(first, 'The bell rings.');
    assert.deepEqual(await shown(first), await shown(second));
    assert.deepEqual(await send(first, 'ring the bell'), { status: 'completed', text: 'The bell rings.' });
  });

  it('have nothing left once one of them has erased it, also when the browser has frozen the other', async () => {
    const [first, second] = [await pages.open(), await pages.open()];
    await send(second, 'ring the bell');
    const thaw = await freeze(second);
    await first.evaluate(() => document.querySelector('inpage-chat')?.agent?.erase());
    await thaw();
    await untilShown(second, 'How can I help?');
    assert.deepEqual(await shown(second), []);
  });

  it('go back to a page with the browser’s own cache, and on with its run', async () => {
    const page = await pages.open();
    await send(page, 'ring the bell');
    await page.goto(`${pages.origin}/inpage.js`);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('inpage-chat')?.agent);
    assert.deepEqual(await send(page, 'ring the bell'), { status: 'completed', text: 'The bell rings.' });
  });
});
