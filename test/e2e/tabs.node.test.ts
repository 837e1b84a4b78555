import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { launch } from '../helpers/browser.js';
import { ensureDist, ROOT } from '../helpers/built.js';
import { serve } from '../helpers/serve.js';

ensureDist();

/** A page with a tool that begins and never ends, and one that ends at once. */
const HTML = `<!doctype html><html><head><meta charset="utf-8"></head><body><script>
  (window.inpage ??= []).push((agent) => {
    agent.tool({
      name: 'wait_for_bus', description: 'Wait for the bus', effect: 'read', examples: ['wait for the bus'],
      run: () => { window.hasBegun = true; return new Promise(() => undefined); },
    });
    agent.tool({
      name: 'ring_bell', description: 'Ring the bell', effect: 'write', danger: 'low', examples: ['ring the bell'],
      run: () => 'The bell rings.',
    });
  });
</script><script defer src="inpage.js"></script></body></html>`;

/** A hidden page has no frames to look at. */
const HIDDEN = { polling: 50 };

declare global {
  interface Window {
    hasBegun?: boolean;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'inpage-tabs-'));
let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;
before(async () => {
  copyFileSync(join(ROOT, 'dist', 'inpage.js'), join(folder, 'inpage.js'));
  writeFileSync(join(folder, 'index.html'), HTML);
  server = await serve(folder);
  browser = await launch();
});
after(async () => {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

let context: BrowserContext;
beforeEach(async () => {
  context = await browser.createBrowserContext();
});
afterEach(() => context.close());

async function openTab(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(server.origin);
  await page.waitForFunction(() => document.querySelector('inpage-chat')?.agent);
  await page.evaluate(() => document.querySelector('inpage-chat')?.agent?.ready.then(() => undefined));
  return page;
}

/** Sends without waiting for the end of the turn. */
async function begin(page: Page, text: string): Promise<void> {
  await page.evaluate((said) => {
    document
      .querySelector('inpage-chat')
      ?.send(said)
      .catch(() => undefined);
  }, text);
}

const send = (page: Page, text: string): Promise<{ status?: string; text?: string }> =>
  page.evaluate(async (said) => {
    const turn = await document.querySelector('inpage-chat')?.send(said);
    return turn ? { status: turn.status, text: turn.text } : {};
  }, text);

const shown = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const root = document.querySelector('inpage-chat')?.shadowRoot;
    return [...(root?.querySelectorAll('[data-role="user"], [data-role="assistant"]') ?? [])].map((each) =>
      each.textContent.trim(),
    );
  });

async function untilShown(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector('inpage-chat')?.shadowRoot?.textContent.includes(wanted),
    HIDDEN,
    text,
  );
}

describe('two tabs on one thread', () => {
  it('both see a run as it goes, and how it ends when its tab is closed', async () => {
    const [first, second] = [await openTab(), await openTab()];
    await begin(first, 'wait for the bus');
    await untilShown(second, 'Wait for bus is running');
    await first.close();
    await untilShown(second, 'Go on');
    assert.deepEqual(await shown(second), ['wait for the bus']);
  });

  it('do not wait for each other when the browser freezes one in the middle of a run', async () => {
    const [first, second] = [await openTab(), await openTab()];
    await begin(first, 'wait for the bus');
    await first.waitForFunction(() => window.hasBegun, HIDDEN);
    const session = await first.createCDPSession();
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    assert.deepEqual(await send(second, 'ring the bell'), { status: 'completed', text: 'The bell rings.' });
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await untilShown(first, 'The bell rings.');
    assert.deepEqual(await shown(first), await shown(second));
    assert.deepEqual(await send(first, 'ring the bell'), { status: 'completed', text: 'The bell rings.' });
  });

  it('go back to a page with the browser’s own cache, and on with its run', async () => {
    const page = await openTab();
    await send(page, 'ring the bell');
    await page.goto(`${server.origin}/inpage.js`);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('inpage-chat')?.agent);
    assert.deepEqual(await send(page, 'ring the bell'), { status: 'completed', text: 'The bell rings.' });
  });
});
