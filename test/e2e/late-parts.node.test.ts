import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launch } from '../helpers/browser.js';
import { ensureDist, ROOT } from '../helpers/built.js';
import { serve } from '../helpers/serve.js';

ensureDist();

const NONCE = 'abc';
const POLICY = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src 'self'; worker-src blob:; require-trusted-types-for 'script'; trusted-types inpage lit-html`;

const html = (body: string): string => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>Shop</title></head><body>${body}
<script nonce="${NONCE}" defer src="inpage.js" data-mode="inline"></script></body></html>`;

describe('what a part of the script tag loads of its own', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;
  before(async () => {
    browser = await launch();
    site = await serve(`${ROOT}dist`);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  async function visit(
    body: string,
  ): Promise<{ page: Page; asked: string[]; said: string[]; has: (text: string) => Promise<unknown> }> {
    const page = await (await browser.createBrowserContext()).newPage();
    const asked: string[] = [];
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      asked.push(pathname);
      if (pathname === '/shop') void request.respond({ contentType: 'text/html', body: html(body) });
      else void request.continue();
    });
    await page.goto(`${site.origin}/shop`);
    await page.waitForFunction(() => customElements.get('inpage-trace') !== undefined);
    const has = (text: string): Promise<unknown> =>
      page.waitForFunction(
        (wanted: string) => document.querySelector('inpage-trace')?.shadowRoot?.textContent.includes(wanted),
        { timeout: 20_000 },
        text,
      );
    return { page, asked, said, has };
  }

  it('comes when an element needs it, under a strict policy, in the language of the page', async () => {
    const { asked, said, has } = await visit('<inpage-trace lang="de"></inpage-trace>');
    await has('Hier wurde noch nichts ausgeführt.').catch((error: unknown) => {
      throw new Error(said.join('\n'), { cause: error });
    });
    assert.ok(asked.includes('/parts/more/trace-panel.js'));
    assert.ok(asked.includes('/parts/strings-de.js'));
  });

  it('colours code, and draws pictures of files, under a policy that allows no picture at all', async () => {
    const { page, asked, said } = await visit('<p>Tea</p>');
    await page.waitForSelector('inpage-chat');
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(8, 8);
      canvas.getContext('2d')?.fillRect(0, 0, 8, 8);
      const data = await canvas.convertToBlob({ type: 'image/png' });
      const messages = [
        { id: 'a', at: 0, role: 'user', content: [{ type: 'file', mediaType: 'image/png', data, filename: 'a.png' }] },
        { id: 'b', at: 0, role: 'assistant', content: [{ type: 'text', text: '```ts\nconst tea = 1;\n```' }] },
      ];
      const stands = { state: { messages }, version: 1, parent: 0, next: [], interrupts: [], graph: 'agent@1' };
      // Methods, because the compiler of the tests gives other functions names by a function of its own.
      const thread = {
        ...{ id: 't', graph: 'agent' },
        subscribe() {
          return () => undefined;
        },
        async state() {
          return Promise.resolve(stands);
        },
      };
      const model = { id: 'm', generative: true, sentTo: ['a.example'] };
      const ready = Promise.resolve({ host: 'worker', storage: 'memory', model, notices: [] });
      Object.assign(document.querySelector('inpage-chat') ?? {}, {
        agent: {
          ready,
          thread() {
            return thread;
          },
        },
      });
    });
    await page
      .waitForFunction(
        () =>
          (CSS.highlights.get('inpage-keyword')?.size ?? 0) > 0 &&
          document.querySelector('inpage-chat')?.shadowRoot?.querySelector('article canvas[data-drawn]'),
        { timeout: 20_000 },
      )
      .catch((error: unknown) => {
        throw new Error(said.join('\n'), { cause: error });
      });
    assert.ok(asked.includes('/parts/files-view.js'));
    assert.ok(asked.includes('/parts/more/markdown-code-reader.js'));
    assert.ok(asked.includes('/parts/more/markdown-grammars-web.js'));
    assert.ok(!asked.includes('/parts/more/markdown-grammars-compiled.js'));
    assert.deepEqual(
      said.filter((text) => /Refused|Content Security Policy|violat/i.test(text)),
      [],
    );
  });

  it('is not loaded by a page that has no such element', async () => {
    const { asked } = await visit('<p>Tea</p>');
    assert.deepEqual(
      asked.filter((path) => path.startsWith('/parts/more/')),
      [],
    );
  });
});
