import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser, HTTPRequest, Page } from 'puppeteer-core';
import { launch } from '../helpers/browser.js';
import { ensureDist, ROOT } from '../helpers/built.js';
import { serve } from '../helpers/serve.js';

ensureDist();

/** A page of a site, far away from where its one mount is near the view. */
const html = (attributes: string, more = ''): string => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Shop</title><style>.far { height: 500vh }</style>${more}</head><body><h1>Shop</h1><div class="far"></div><div id="help"></div>
<script>(window.inpage ??= []).push((agent) => agent.ready.then(() => { window.isReady = true; }));</script>
<script defer src="inpage.js" data-mount="#help" ${attributes}></script></body></html>`;

interface Visit {
  readonly page: Page;
  /** The scripts that the page has asked for, but for the parts of its half. */
  readonly asked: readonly string[];
  /** What the page has written to its console. */
  readonly said: readonly string[];
}

describe('the loader', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;
  let text = '';
  before(async () => {
    browser = await launch();
    site = await serve(`${ROOT}dist`);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  /** Opens a page whose requests are answered by the site unless `change` gives something else. */
  async function visit(markup: string, change?: (request: HTTPRequest) => string | undefined): Promise<Visit> {
    text = markup;
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const asked: string[] = [];
    const said: string[] = [];
    page.on('console', (message) => {
      said.push(`${message.type()}: ${message.text()}`);
    });
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      // What is imported later comes whenever the page is idle.
      if (pathname.endsWith('.js') && !pathname.startsWith('/parts/')) asked.push(pathname);
      const body = pathname === '/shop' ? text : change?.(request);
      const contentType = pathname === '/shop' ? 'text/html' : 'text/javascript';
      if (body === undefined) void request.continue();
      else if (body === 'abort') void request.abort();
      else void request.respond({ contentType, body });
    });
    await page.goto(`${site.origin}/shop`);
    return { page, asked, said };
  }

  const untilReady = (page: Page): Promise<unknown> => page.waitForFunction(() => 'isReady' in window);

  it('fetches the page’s half and the worker as soon as the page is idle', async () => {
    const { page, asked } = await visit(html(''));
    await untilReady(page);
    assert.deepEqual([...asked].sort(), ['/inpage.js', '/page.js', '/worker.js']);
  });

  it('says its words as they are on a page that names no character set', async () => {
    const bare = html('').replace('<meta charset="utf-8">', '');
    // As servers send it that name none either.
    const { page } = await visit(bare, (request) => {
      const { pathname } = new URL(request.url());
      return pathname.endsWith('.js') ? readFileSync(`${ROOT}dist${pathname}`, 'utf8') : undefined;
    });
    await untilReady(page);
    const shown = await page.evaluate(async () => {
      const chat = document.querySelector('inpage-chat');
      await chat?.send('what can you do?');
      await chat?.updateComplete;
      return chat?.shadowRoot?.textContent ?? '';
    });
    assert.match(shown, /[“’…]/);
    assert.doesNotMatch(shown, /â€/);
  });

  it('fetches the worker of language models instead, where there is an endpoint', async () => {
    const { page, asked } = await visit(html('data-endpoint="/v1" data-model="small"'));
    await untilReady(page);
    assert.deepEqual([...asked].sort(), ['/inpage.js', '/page.js', '/worker-models.js']);
  });

  it('fetches nothing but itself until its mount comes near, when it is told so', async () => {
    const { page, asked } = await visit(html('data-load="visible"'));
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(resolve))));
    assert.deepEqual(asked, ['/inpage.js']);
    await page.evaluate(() => {
      window.scrollTo(0, document.body.scrollHeight);
    });
    await untilReady(page);
    assert.deepEqual([...asked].sort(), ['/inpage.js', '/page.js', '/worker.js']);
  });

  it('says a slip in data-load, and loads all the same', async () => {
    const { page, said } = await visit(html('data-load="lazily"'));
    await untilReady(page);
    assert.match(said.join(), /warn: inpage: data-load="lazily" is neither "idle" nor "visible"/);
  });

  it('runs no part that is not the one it was built with, and says so', async () => {
    const { page, said } = await visit(html(''), (request) =>
      request.url().includes('/page.js') ? 'window.isRobbed = true' : undefined,
    );
    while (!said.some((line) => line.includes('could not be started'))) {
      await new Promise((resolve) => page.once('console', resolve));
    }
    assert.match(said.join(), /page\.js\?v=\S+ could not be loaded, or is of another version than inpage\.js/);
    assert.equal(await page.evaluate(() => 'isRobbed' in window), false);
  });

  it('starts the agent once its worker can be fetched again', async () => {
    let failures = 1;
    const { page } = await visit(html(''), (request) =>
      request.url().includes('/worker.js') && failures-- > 0 ? 'abort' : undefined,
    );
    await untilReady(page);
  });

  it('takes settings from the page’s JSON block, and the tag’s own before them', async () => {
    const block = '<script type="application/json" data-inpage>{"heading": "Long", "welcome": "Ask away"}</script>';
    const { page } = await visit(html('data-heading="Help"', block));
    await untilReady(page);
    const chat = await page.evaluate(() => {
      const element = document.querySelector('#help inpage-chat');
      return [element?.getAttribute('heading'), element?.getAttribute('welcome')];
    });
    assert.deepEqual(chat, ['Help', 'Ask away']);
  });

  it('says that a block which is no JSON is not used', async () => {
    const block = '<script type="application/json" data-inpage>{heading: Long}</script>';
    const { page, said } = await visit(html('', block));
    await untilReady(page);
    assert.match(said.join(), /error: inpage: the JSON block of the page cannot be read/);
  });

  it('uses no key from the markup, and says that it is anybody’s now', async () => {
    const { page, said } = await visit(html('data-endpoint="/v1" data-model="small" data-api-key="sk-1"'));
    await untilReady(page);
    assert.match(said.join(), /error: inpage: "apiKey" is not used/);
  });
});
