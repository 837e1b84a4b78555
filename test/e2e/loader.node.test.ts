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

/** What `html` has for a page where the chat has a place. */
const MOUNT = 'data-mount="#help"';

/** A page with the tag, and nothing said about where and when. */
const plain = (attributes = '', more = ''): string => html(attributes, more).replace(MOUNT, '');

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

  /** Until what comes by itself would have come. */
  const untilIdle = (page: Page): Promise<unknown> =>
    page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(resolve))));

  const untilReady = (page: Page): Promise<unknown> => page.waitForFunction(() => 'isReady' in window);

  it('fetches the page’s half and the worker as soon as the page is idle, where the chat has a place in it', async () => {
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
    await untilIdle(page);
    assert.deepEqual(asked, ['/inpage.js']);
    await page.evaluate(() => {
      window.scrollTo(0, document.body.scrollHeight);
    });
    await untilReady(page);
    assert.deepEqual([...asked].sort(), ['/inpage.js', '/page.js', '/worker.js']);
  });

  /** What the page has fetched for its agent. */
  const fetched = (page: Page): Promise<readonly string[]> =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name).pathname)
        .filter((path) => path.endsWith('.js')),
    );
  const LAUNCHER = 'pierce/button[aria-label="Ask the assistant"]';

  it('fetches nothing but itself until its button in the corner is pressed, and opens the panel in its place', async () => {
    const { page } = await visit(plain());
    const button = await page.waitForSelector(LAUNCHER);
    await untilIdle(page);
    assert.deepEqual(await fetched(page), ['/inpage.js']);
    const at = await button?.boundingBox();
    await button?.click();
    await page.waitForFunction(() => document.querySelector('inpage-agent')?.open);
    await page.waitForFunction(() => document.activeElement?.localName === 'inpage-chat');
    const close = await page.waitForSelector('pierce/button[part=launcher]');
    assert.deepEqual(await close?.boundingBox(), at, 'the button of the panel stands where the first one stood');
    assert.equal(await page.$(LAUNCHER), null);
    const answer = await page.evaluate(
      async () => (await document.querySelector('inpage-chat')?.send('hello'))?.status,
    );
    assert.equal(answer, 'completed');
  });

  it('has commands wait until the button is pressed', async () => {
    const { page } = await visit(plain());
    const button = await page.waitForSelector(LAUNCHER);
    await page.evaluate(() => {
      window.inpage?.push(() => {
        document.body.append('the second command');
      });
    });
    await untilIdle(page);
    assert.equal(await page.evaluate(() => 'isReady' in window), false);
    await button?.click();
    await untilReady(page);
    await page.waitForSelector('::-p-text(the second command)');
  });

  it('takes the time and the place that it is told before its own', async () => {
    const { page: inline } = await visit(plain('data-mode="inline"'));
    await inline.waitForSelector('body > inpage-chat:last-child');
    const { page: early } = await visit(plain('data-load="idle"'));
    await early.waitForSelector('body > inpage-agent > inpage-chat');
    const { page: inBlock } = await visit(
      plain('', '<script type="application/json" data-inpage>{"mode": "inline"}</script>'),
    );
    await inBlock.waitForSelector('body > inpage-chat');
  });

  it('is there without a press on the next pages of a tab in which it was used, with its panel closed', async () => {
    const { page } = await visit(plain());
    const button = await page.waitForSelector(LAUNCHER);
    await button?.click();
    await page.waitForFunction(() => document.querySelector('inpage-agent')?.open);
    await page.reload();
    await untilReady(page);
    assert.equal(await page.evaluate(() => document.querySelector('inpage-agent')?.open), false);
    const other = await page.browserContext().newPage();
    await other.setRequestInterception(true);
    other.on('request', (request) => {
      if (request.url().endsWith('/shop')) void request.respond({ contentType: 'text/html', body: text });
      else void request.continue();
    });
    await other.goto(page.url());
    await other.waitForSelector(LAUNCHER);
    await untilIdle(other);
    assert.equal(await other.evaluate(() => 'isReady' in window), false, 'another tab has not used it');
  });

  it('leaves the focus where it was when it comes without a press, also on its button', async () => {
    const { page } = await visit(plain());
    await page.waitForSelector(LAUNCHER);
    await page.keyboard.press('Tab');
    await page.evaluate(() => window.inpage?.run?.('hello'));
    await page.waitForFunction(
      () => document.querySelector('inpage-agent')?.shadowRoot?.activeElement?.getAttribute('part') === 'launcher',
    );
    assert.equal(await page.evaluate(() => document.querySelector('inpage-agent')?.open), false);
  });

  it('brings elements of the page’s own to life without a press', async () => {
    const own = '<inpage-chat id="own"></inpage-chat>';
    const { page } = await visit(plain().replace('<div id="help"></div>', own));
    await page.waitForFunction(() => customElements.get('inpage-chat'));
    await page.waitForSelector('inpage-agent > inpage-chat');
    const { page: bare } = await visit(plain('data-mode="none"').replace('<div id="help"></div>', own));
    await untilReady(bare);
    const chats = await bare.evaluate(() => [...document.querySelectorAll('inpage-chat')].map(({ id }) => id));
    assert.deepEqual(chats, ['own']);
  });

  it('puts no second button beside one of the page’s own', async () => {
    const { page } = await visit(plain().replace('<div id="help"></div>', '<inpage-agent></inpage-agent>'));
    await untilReady(page);
    await page.waitForSelector('pierce/button[part=launcher]');
    assert.equal(await page.evaluate(() => document.querySelectorAll('inpage-agent').length), 1);
    assert.equal(await page.$('body > .floating'), null);
  });

  it('waits for window.inpage.run without a button, where nothing is to be seen and nothing comes by itself', async () => {
    const { page, asked } = await visit(plain('data-mode="none" data-load="click"'));
    await untilIdle(page);
    assert.deepEqual(asked, ['/inpage.js']);
    assert.equal(await page.$(LAUNCHER), null);
    const answer = await page.evaluate(async () => (await window.inpage?.run?.('hello'))?.status);
    assert.equal(answer, 'completed');
  });

  it('comes at a press in a sandboxed page, which may keep nothing and is a stranger to its own files', async () => {
    const headers = { 'content-security-policy': 'sandbox allow-scripts' };
    const root = await serve(ROOT, { headers, edit: () => plain().replace('inpage.js', 'dist/inpage.js') });
    const context = await browser.createBrowserContext();
    try {
      const page = await context.newPage();
      await page.goto(`${root.origin}/index.html`);
      const button = await page.waitForSelector(LAUNCHER);
      await button?.click();
      await page.waitForFunction(() => document.querySelector('inpage-agent')?.open);
    } finally {
      await context.close();
      await root.close();
    }
  });

  it('is pressed by the keyboard as well, and is said in the language of the page', async () => {
    const { page } = await visit(plain().replace('lang="en"', 'lang="de"'));
    await page.waitForSelector('pierce/button[aria-label="Den Assistenten fragen"]');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('inpage-agent')?.open);
  });

  it('puts the button, and then the chat, into its mount, where there is one', async () => {
    const { page } = await visit(html('data-load="click"'));
    const button = await page.waitForSelector(`#help >>> ${LAUNCHER.slice('pierce/'.length)}`);
    await button?.click();
    await untilReady(page);
    await page.waitForFunction(() => document.activeElement?.matches('#help > inpage-chat'));
  });

  it('lets the button be pressed again when the rest could not be fetched', async () => {
    let failures = 1;
    const { page, said } = await visit(plain(), (request) =>
      request.url().includes('/page.js') && failures-- > 0 ? 'abort' : undefined,
    );
    const button = await page.waitForSelector(LAUNCHER);
    await button?.click();
    await page.waitForSelector('pierce/button[aria-disabled="false"]');
    assert.match(said.join(), /could not be started/);
    await button?.click();
    await page.waitForFunction(() => document.querySelector('inpage-agent')?.open);
  });

  it('loads at once when the page itself says something by window.inpage.run, and opens nothing', async () => {
    const { page } = await visit(plain());
    await page.waitForSelector(LAUNCHER);
    const text = await page.evaluate(async () => (await window.inpage?.run?.('hello'))?.text);
    assert.match(String(text), /\w/);
    const state = await page.evaluate(() => [
      document.querySelector('inpage-agent')?.open,
      document.querySelector('inpage-chat')?.shadowRoot?.textContent.includes('hello'),
    ]);
    assert.deepEqual(state, [false, true]);
    assert.equal(await page.evaluate(async () => window.inpage?.stop?.()), undefined);
  });

  it('floats in the corner that it is told, or leaves the page alone', async () => {
    const { page } = await visit(plain('data-load="idle" data-corner="start"'));
    await page.waitForSelector('body > inpage-agent[corner="start"] > inpage-chat');
    const { page: bare } = await visit(html('data-mode="none"'));
    await untilReady(bare);
    const answer = await bare.evaluate(async () => (await window.inpage?.run?.('hello'))?.status);
    assert.deepEqual([answer, await bare.$('inpage-chat')], ['completed', null]);
  });

  it('says a slip in data-mode, and puts the chat into the page', async () => {
    const { page, said } = await visit(html('data-mode="float"'));
    await page.waitForSelector('#help > inpage-chat');
    assert.match(said.join(), /warn: inpage: data-mode="float" is none of inline, floating, none/);
  });

  it('says a slip in data-load, and loads all the same', async () => {
    const { page, said } = await visit(html('data-load="lazily"'));
    await untilReady(page);
    assert.match(said.join(), /warn: inpage: data-load="lazily" is none of idle, visible, click/);
  });

  it('runs no part that is not the one it was built with, and says so', async () => {
    const { page, said } = await visit(html(''), (request) =>
      request.url().includes('/page.js') ? 'window.isRobbed = true' : undefined,
    );
    while (!said.some((line) => line.includes('could not be started'))) {
      await new Promise((resolve) => page.once('console', resolve));
    }
    assert.match(said.join(), /page\.js\?v=\S+ could not be loaded, or is not of this inpage\.js/);
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
