/** Pages with the script tag, served to a browser of their own: what the tests of one file share. */
import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach } from 'node:test';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { launch } from './browser.js';
import { ensureDist, ROOT } from './built.js';
import { serve } from './serve.js';

/** A hidden page has no frames to look at. */
export const HIDDEN = { polling: 50 };

/** The loader and its parts. */
const TAG_FILES = ['inpage.js', 'page.js', 'worker.js', 'worker-models.js', 'worker-workflows.js'];

/** A page that does something with its agent, called `agent`. */
export const pageWith = (commands: string): string => `<!doctype html><html><head><meta charset="utf-8"></head><body>
<script>(window.inpage ??= []).push((agent) => { ${commands} });</script>
<script defer src="inpage.js" data-mode="inline"></script></body></html>`;

/** A command that offers a tool which does something at once. */
export const BELL = `agent.tool({
  name: 'ring_bell', description: 'Ring the bell', effect: 'write', danger: 'low', examples: ['ring the bell'],
  run: () => { window.rings = (window.rings ?? 0) + 1; return 'The bell rings.'; },
});`;

/** A command that offers a tool which begins and never ends. */
export const BUS = `agent.tool({
  name: 'wait_for_bus', description: 'Wait for the bus', effect: 'read', examples: ['wait for the bus'],
  run: () => { window.hasBegun = true; return new Promise(() => undefined); },
});`;

declare global {
  interface Window {
    /** Whether somebody waits for the bus on this page. */
    hasBegun?: boolean;
    /** How often the bell was rung on this page. */
    rings?: number;
  }
}

export interface Pages {
  /** Where they are. */
  readonly origin: string;
  /** Where a file of theirs lies on this machine. */
  path(name: string): string;
  /** Opens one of them in another tab, and waits for its host. Tabs of one test share what they store. */
  open(name?: string): Promise<Page>;
}

/**
 * Serves pages for the tests of a file.
 *
 * @param pages their markup by their names.
 * @param host what they are reached by in the place of this machine's address.
 */
export function servePages(pages: Readonly<Record<string, string>>, host = '127.0.0.1'): Pages {
  const folder = mkdtempSync(join(tmpdir(), 'inpage-pages-'));
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let context: BrowserContext;
  before(async () => {
    ensureDist();
    for (const name of TAG_FILES) copyFileSync(join(ROOT, 'dist', name), join(folder, name));
    cpSync(join(ROOT, 'dist', 'parts'), join(folder, 'parts'), { recursive: true });
    for (const [name, html] of Object.entries(pages)) writeFileSync(join(folder, name), html);
    server = await serve(folder);
    browser = await launch([`--host-resolver-rules=MAP ${host} 127.0.0.1`]);
  });
  after(async () => {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    context = await browser.createBrowserContext();
  });
  afterEach(() => context.close());
  return {
    get origin() {
      return server.origin.replace('127.0.0.1', host);
    },
    path: (name) => join(folder, name),
    async open(name = 'index.html') {
      const page = await context.newPage();
      await page.goto(`${this.origin}/${name}`);
      await untilReady(page);
      return page;
    },
  };
}

/** Waits for the host of a page. */
export async function untilReady(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('inpage-chat')?.agent, HIDDEN);
  await page.evaluate(() => document.querySelector('inpage-chat')?.agent?.ready.then(() => undefined));
}

/** Sends without waiting for the end of the turn. */
export async function begin(page: Page, text: string): Promise<void> {
  await page.evaluate((said) => {
    document
      .querySelector('inpage-chat')
      ?.send(said)
      .catch(() => undefined);
  }, text);
}

/** Sends, and gives how the turn ended and what was said. */
export const send = (page: Page, text: string): Promise<{ status?: string; text?: string }> =>
  page.evaluate(async (said) => {
    const turn = await document.querySelector('inpage-chat')?.send(said);
    return turn ? { status: turn.status, text: turn.text } : {};
  }, text);

/** The messages that a page shows. */
export const shown = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const root = document.querySelector('inpage-chat')?.shadowRoot;
    return [...(root?.querySelectorAll('[data-role="user"] .text, [data-role="assistant"] .text') ?? [])].map((each) =>
      each.textContent.trim(),
    );
  });

/** Waits until a page's chat shows a text somewhere. */
export async function untilShown(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector('inpage-chat')?.shadowRoot?.textContent.includes(wanted),
    HIDDEN,
    text,
  );
}
