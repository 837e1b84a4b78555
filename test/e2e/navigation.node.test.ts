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

const pageWith = (tools: string): string => `<!doctype html><html><head><meta charset="utf-8"></head><body><script>
  window.rings = 0;
  (window.inpage ??= []).push((agent) => { ${tools} });
</script><script defer src="inpage.js"></script></body></html>`;

/** A tool that leaves the page for another one. */
const leaveFor = (url: string): string => `agent.tool({
  name: 'open_checkout', description: 'Open the checkout', effect: 'navigate', examples: ['open the checkout'],
  run: () => { location.assign('${url}'); },
});`;

const BELL = `agent.tool({
  name: 'ring_bell', description: 'Ring the bell', effect: 'write', danger: 'low', examples: ['ring the bell'],
  run: () => { window.rings++; return 'The bell rings.'; },
});`;

declare global {
  interface Window {
    rings?: number;
  }
}

const PAGES: Readonly<Record<string, string>> = {
  'index.html': pageWith(leaveFor('checkout.html') + BELL),
  'checkout.html': pageWith(BELL),
  'silent.html': pageWith(leaveFor('bare.html') + BELL),
  'bare.html': pageWith(''),
  'help.html': pageWith(`agent.tool({
    name: 'show_help', description: 'Show the help', effect: 'navigate', examples: ['show the help'],
    run: () => { location.hash = 'help'; return 'Here is the help.'; },
  });`),
};

const folder = mkdtempSync(join(tmpdir(), 'inpage-navigation-'));
let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;
before(async () => {
  copyFileSync(join(ROOT, 'dist', 'inpage.js'), join(folder, 'inpage.js'));
  for (const [name, html] of Object.entries(PAGES)) writeFileSync(join(folder, name), html);
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

async function open(name: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${server.origin}/${name}`);
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

/** The outcomes of the tools that the thread has stored, once it is at rest. */
async function outcomes(page: Page): Promise<unknown> {
  const stored = await page.waitForFunction(
    async () => {
      const thread = document.querySelector('inpage-chat')?.agent?.thread();
      const snapshot = await thread?.state();
      if (!snapshot || snapshot.next.length > 0) return undefined;
      const messages = (snapshot.state['messages'] ?? []) as {
        role: string;
        content: { output?: { type: string } }[];
      }[];
      return messages
        .filter(({ role }) => role === 'tool')
        .flatMap(({ content }) => content.map((part) => part.output));
    },
    { polling: 50 },
  );
  return stored.jsonValue();
}

describe('a tool that leaves the page', () => {
  it('has done it, and the run goes on by itself on the next page', async () => {
    const page = await open('index.html');
    const arrived = page.waitForNavigation();
    await begin(page, 'open the checkout');
    await arrived;
    assert.equal(new URL(page.url()).pathname, '/checkout.html');
    const found = (await outcomes(page)) as readonly unknown[];
    assert.equal(found.length, 1);
    assert.match(JSON.stringify(found[0]), /The page was left for this/);
    // Once, and not asked about: the next message finds the thread at rest, and the tools of this page.
    await begin(page, 'ring the bell');
    await page.waitForFunction(() => window.rings === 1);
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  });

  it('leaves the run waiting in sight where the next page has no tools', async () => {
    const page = await open('silent.html');
    const arrived = page.waitForNavigation();
    await begin(page, 'open the checkout');
    await arrived;
    await page.waitForFunction(() => {
      const buttons = document.querySelector('inpage-chat')?.shadowRoot?.querySelectorAll('button');
      return [...(buttons ?? [])].some((button) => button.textContent.trim() === 'Go on');
    });
  });

  it('answers as soon as it is done where the page stays', async () => {
    const page = await open('help.html');
    await begin(page, 'show the help');
    assert.deepEqual(await outcomes(page), [{ type: 'json', value: 'Here is the help.' }]);
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  });
});
