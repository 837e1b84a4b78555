import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launch } from '../helpers/browser.js';
import { ensureDist, ROOT } from '../helpers/built.js';
import { serve } from '../helpers/serve.js';

ensureDist();

const HTML = `<!doctype html><html><head><meta charset="utf-8"></head><body><script>
  (window.inpage ??= []).push((agent) => {
    agent.tool({
      name: 'ring_bell', description: 'Ring the bell', effect: 'write', danger: 'low', examples: ['ring the bell'],
      run: () => 'The bell rings.',
    });
  });
</script><script defer src="inpage.js"></script></body></html>`;

const folder = mkdtempSync(join(tmpdir(), 'inpage-insecure-'));
let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;
before(async () => {
  copyFileSync(join(ROOT, 'dist', 'inpage.js'), join(folder, 'inpage.js'));
  writeFileSync(join(folder, 'index.html'), HTML);
  server = await serve(folder);
  // Any name but that of this machine is insecure over plain HTTP.
  browser = await launch(['--host-resolver-rules=MAP shop.example 127.0.0.1']);
});
after(async () => {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

async function open(): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(server.origin.replace('127.0.0.1', 'shop.example'));
  await page.waitForFunction(() => document.querySelector('inpage-chat')?.agent);
  return page;
}

describe('a page without HTTPS', () => {
  it('has an agent that keeps its threads, and says that tabs cannot take turns', async () => {
    const page = await open();
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
    await page.close();
  });

  it('refuses one of two tabs that write at the same time, and loses nothing of the other', async () => {
    const pages = await Promise.all([open(), open()]);
    const say = async (page: Page): Promise<string | undefined> =>
      page.evaluate(async () => {
        const turn = await document.querySelector('inpage-chat')?.agent?.thread('both').send('ring the bell');
        return turn?.error?.code ?? turn?.status;
      });
    const ends = await Promise.all(pages.map(say));
    const [page] = pages;
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
