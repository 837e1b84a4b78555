/** The demo as an app of its own: installed, without a network, while a newer version comes, and on a full disk. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { build } from 'vite';
import type { Plugin } from 'vite';
import { launch } from '../helpers/browser.js';
import { ROOT } from '../helpers/built.js';
import { HIDDEN, shown, untilShown } from '../helpers/pages.ts';
import { serve } from '../helpers/serve.js';

declare global {
  interface Window {
    /** The build that the page is of. */
    release?: string;
    /** Has the bus come that `wait_for_bus` waits for. */
    arrive?: (said: string) => void;
  }
}

const PUT = 'put two bags of espresso beans in my cart';
const REMIND = 'remind me to call mum tomorrow at 5';

/** Where the app lies on its site: below a path, as on a host of pages. */
const BELOW = 'shops/roasters';

const root = mkdtempSync(join(tmpdir(), 'inpage-offline-'));
const site = join(root, 'site');

/** Builds the demo so that each of its scripts differs from that of another release, and a test can give it a tool. */
async function release(name: string): Promise<void> {
  const mark: Plugin = {
    name: 'mark',
    transform: (code, id) =>
      id.endsWith('/demo/main.ts')
        ? `${code}\nimport { defineTool } from '../src/index.ts';\nObject.assign(self, { defineTool });`
        : null,
    renderChunk: (code) => `${code}\nself.release = '${name}';`,
  };
  await build({
    root: ROOT,
    logLevel: 'warn',
    plugins: [mark],
    worker: { plugins: () => [mark] },
    build: { outDir: join(root, name), emptyOutDir: true },
  });
}

/** Puts a release in the place of the one that the site has. */
function deploy(name: string): void {
  rmSync(site, { recursive: true, force: true });
  cpSync(join(root, name), join(site, BELOW), { recursive: true });
}

const assetsOf = (name: string): readonly string[] => readdirSync(join(root, name, 'assets'));

let browser: Browser;
before(async () => {
  await release('one');
  await release('two');
  browser = await launch();
});
after(async () => {
  await browser.close();
  rmSync(root, { recursive: true });
});

let context: BrowserContext;
let server: Awaited<ReturnType<typeof serve>>;
let faults: string[];
beforeEach(async () => {
  deploy('one');
  faults = [];
  server = await serve(site);
  context = await browser.createBrowserContext();
});
afterEach(async () => {
  await context.close();
  await server.close();
  assert.deepEqual(faults, [], 'the pages threw nothing');
});

/** Waits for the assistant, and until the app is stored. */
async function untilStored(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('inpage-chat')?.agent, HIDDEN);
  await page.waitForFunction(() => navigator.serviceWorker.controller, HIDDEN);
  await page.waitForFunction(() => /offline/.test(document.querySelector('#offline')?.textContent ?? ''), HIDDEN);
}

async function open(from: Pick<BrowserContext, 'newPage'> = context): Promise<Page> {
  const page = await from.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(`${server.origin}/${BELOW}/`);
  await untilStored(page);
  return page;
}

const send = (page: Page, text: string): Promise<string | undefined> =>
  page.evaluate(async (said) => (await document.querySelector('inpage-chat')?.send(said))?.status, text);

/** The lines of the cart, as `product quantity`. */
const cart = (page: Page): Promise<string[]> =>
  page.$$eval('#cart [data-product]', (lines) =>
    lines.map((line) => `${line.getAttribute('data-product') ?? ''} ${line.getAttribute('data-quantity') ?? ''}`),
  );

/** Runs the workflow of the page to its end, with every question answered by yes. */
const planTasting = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    location.hash = '#/tasting';
    const flow = document.querySelector('inpage-workflow');
    for (;;) {
      const buttons = ['approve', 'resume', 'start'].map((part) =>
        flow?.shadowRoot?.querySelector<HTMLButtonElement>(`[part~="${part}"]:not(:disabled)`),
      );
      const button = buttons.find((each) => each);
      if (button?.textContent.trim() === 'Start again') break;
      button?.click();
      await new Promise(requestAnimationFrame);
    }
    const state = (await flow?.agent?.thread(flow.thread).state())?.state;
    return (state?.['data'] as Record<string, unknown>)['summary'];
  });

/** Has the browser look for a newer version, as it does by itself from time to time; resolves once it has looked. */
const lookForUpdate = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const { installing } = registration;
    await new Promise<void>((resolve) => {
      if (!installing) resolve();
      installing?.addEventListener('statechange', () => {
        resolve();
      });
    });
    return registration.waiting ? 'waits' : 'none';
  });

const take = async (page: Page): Promise<void> => {
  await page.bringToFront();
  await page.waitForSelector('#update-take', { visible: true });
  await page.click('#update-take');
};

const releaseOf = (page: Page): Promise<string | undefined> => page.evaluate(() => window.release);

const untilRelease = async (page: Page, name: string): Promise<void> => {
  await page.waitForFunction((wanted) => window.release === wanted, HIDDEN, name);
  await untilStored(page);
};

/** Begins a run that goes on until the bus comes. */
async function waitForBus(page: Page): Promise<void> {
  // As a text, because what is compiled for Node has helpers that the page lacks.
  await page.evaluate(`{
    const chat = document.querySelector('inpage-chat');
    chat.agent.tool(defineTool({
      name: 'wait_for_bus', description: 'Wait for the bus', effect: 'read', examples: ['wait for the bus'],
      input: { type: 'object', properties: {} },
      run: () => { window.hasBegun = true; return new Promise((resolve) => { window.arrive = resolve; }); },
    }));
    chat.send('wait for the bus').catch(() => undefined);
    undefined;
  }`);
  await page.waitForFunction(() => window.hasBegun, HIDDEN);
}

/** Stores until the browser refuses: it allows a little beyond a limit that comes later. */
const fill = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const opening = indexedDB.open('fill');
    opening.onupgradeneeded = () => opening.result.createObjectStore('fill', { autoIncrement: true });
    await new Promise((resolve) => (opening.onsuccess = resolve));
    for (let size = 1_000_000; size > 10;) {
      const writing = opening.result.transaction('fill', 'readwrite');
      writing.objectStore('fill').put(crypto.getRandomValues(new Uint8Array(Math.min(size, 60_000))));
      for (let left = size - 60_000; left > 0; left -= 60_000)
        writing.objectStore('fill').put(crypto.getRandomValues(new Uint8Array(60_000)));
      const isStored = await new Promise<boolean>((resolve) => {
        writing.oncomplete = () => {
          resolve(true);
        };
        writing.onabort = () => {
          resolve(false);
        };
      });
      if (!isStored) size = Math.floor(size / 10);
    }
    opening.result.close();
  });

describe('the demo as an app', () => {
  it('is one that Chromium installs, below whatever path it lies', async () => {
    // A context of its own would be a private window, where nothing is installed.
    const page = await open(browser);
    const session = await page.createCDPSession();
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    const { errors, url } = await session.send('Page.getAppManifest');
    const { appId } = await session.send('Page.getAppId');
    await page.close();
    assert.deepEqual([installabilityErrors, errors], [[], []]);
    assert.equal(url, `${server.origin}/${BELOW}/manifest.webmanifest`);
    assert.equal(appId, `${server.origin}/morning-roasters`);
  });

  it('does everything without a network from the first visit on, and goes on with a thread', async () => {
    const page = await open();
    await server.close();
    assert.equal(await send(page, PUT), 'completed');
    assert.equal(await planTasting(page), '2 bags, tasted on Tuesday');

    await page.reload();
    await untilStored(page);
    await untilShown(page, PUT);
    assert.equal(await send(page, REMIND), 'completed');
    assert.equal((await page.$$('[data-todo]')).length, 2, 'one of the workflow, and one of the assistant');
  });

  it('lets a run end before a newer version is used, and keeps what was stored', async () => {
    const page = await open();
    await send(page, PUT);
    await waitForBus(page);
    deploy('two');
    assert.equal(await lookForUpdate(page), 'waits');
    await take(page);
    await page.waitForFunction(
      () => document.querySelector('#update-text')?.textContent.includes('as soon as'),
      HIDDEN,
    );
    assert.equal(await releaseOf(page), 'one');
    assert.ok(page.workers().every((worker) => assetsOf('one').includes(worker.url().split('/').pop() ?? '')));

    await page.evaluate(() => window.arrive?.('The bus is here.'));
    await untilRelease(page, 'two');
    await untilShown(page, 'The bus is here.');
    assert.ok(page.workers().every((worker) => assetsOf('two').includes(worker.url().split('/').pop() ?? '')));
    assert.deepEqual(await cart(page), ['espresso-beans 2']);
    assert.equal(await send(page, REMIND), 'completed');
  });

  it('gives each tab the files of its own version, and has both work on one thread', async () => {
    const [older, newer] = [await open(), await open()];
    deploy('two');
    await lookForUpdate(newer);
    await take(newer);
    await untilRelease(newer, 'two');
    assert.equal(await releaseOf(older), 'one');

    // The worker of an example is no part of the shop.
    const lost = assetsOf('one').filter((name) => !assetsOf('two').includes(name) && !name.startsWith('primes'));
    assert.ok(lost.length > 20, 'the site has the files of the older version no more');
    const found = await older.evaluate(
      async (names) => Promise.all(names.map(async (name) => (await fetch(`assets/${name}`)).status)),
      lost,
    );
    assert.deepEqual(new Set(found), new Set([200]));

    await send(newer, PUT);
    await untilShown(older, PUT);
    await send(older, REMIND);
    await untilShown(newer, REMIND);
    assert.deepEqual(await shown(older), await shown(newer));

    // The offer stands in the older tab as well, and nothing of its version is left once it was taken there.
    await take(older);
    await untilRelease(older, 'two');
    await untilShown(older, REMIND);
    await older.waitForFunction(async () => (await caches.keys()).length === 1, HIDDEN);
    assert.deepEqual(await shown(older), await shown(newer));
  });

  it('says what to do on a full disk, loses nothing, and takes a newer version when there is room', async () => {
    const page = await open();
    await send(page, PUT);
    const session = await page.createCDPSession();
    const limit = (quotaSize?: number): Promise<void> =>
      session.send('Storage.overrideQuotaForOrigin', {
        origin: server.origin,
        ...(quotaSize === undefined ? {} : { quotaSize }),
      });
    const { usage = 0 } = await page.evaluate(() => navigator.storage.estimate());
    await limit(usage + 200_000);
    await fill(page);

    assert.equal(await send(page, REMIND), 'completed', 'the conversation goes on in memory');
    const notice = await page.waitForSelector('inpage-chat >>> [part~="notice"]', { visible: true });
    assert.match(
      (await notice?.evaluate(({ textContent }) => textContent)) ?? '',
      /no room left.*Free some space, or delete conversations/,
    );
    // What could not be noted would be done again after a crash, or be forgotten: it is not begun.
    assert.equal((await page.$$('[data-todo]')).length, 0);
    assert.match(
      await page.evaluate(() => document.querySelector('inpage-chat')?.shadowRoot?.textContent ?? ''),
      /espresso/i,
    );

    deploy('two');
    assert.equal(await lookForUpdate(page), 'none');
    assert.equal(await releaseOf(page), 'one');

    await limit();
    await page.evaluate(() => indexedDB.deleteDatabase('fill'));
    assert.equal(await send(page, REMIND), 'completed');
    assert.equal((await page.$$('[data-todo]')).length, 1);
    assert.equal(await send(page, 'how many ounces are 250 grams?'), 'completed');
    await page.reload();
    await untilStored(page);
    assert.equal(await releaseOf(page), 'one');
    for (const said of [PUT, REMIND, 'how many ounces']) await untilShown(page, said);
    assert.equal(await lookForUpdate(page), 'waits');
  });
});
