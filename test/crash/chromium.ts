/** A browser that can be killed and comes back with the same profile. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import type { Browser, Page } from 'puppeteer-core';
import { chromium } from '../helpers/browser.js';

export class Chromium {
  readonly #profile = mkdtempSync(join(tmpdir(), 'inpage-crash-'));
  #browser: Browser | undefined;
  #page: Page | undefined;

  /** The page at this address; the browser is started where it is not running. */
  async open(origin: string): Promise<Page> {
    this.#browser ??= await puppeteer.launch({ ...(await chromium()), userDataDir: this.#profile });
    if (!this.#page) {
      const [first] = await this.#browser.pages();
      this.#page = first ?? (await this.#browser.newPage());
      await load(this.#page, origin);
    }
    return this.#page;
  }

  /** Starts the browser and its page, and waits for neither the page nor its worker. */
  async begin(origin: string): Promise<void> {
    this.#browser = await puppeteer.launch({ ...(await chromium()), userDataDir: this.#profile });
    const page = await this.#browser.newPage();
    // It may be gone before it is there.
    page.goto(origin).catch(() => undefined);
  }

  /** Another page of the running browser. */
  async another(origin: string): Promise<Page> {
    if (!this.#browser) throw new Error('The browser is not running.');
    const page = await this.#browser.newPage();
    await load(page, origin);
    return page;
  }

  /** Takes this page for the one that {@link open} gives. */
  adopt(page: Page): void {
    this.#page = page;
  }

  /** Kills the browser and all its processes, as a machine that is out of memory would. */
  async kill(): Promise<void> {
    const child = this.#browser?.process();
    this.#browser = this.#page = undefined;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    // It leads a group of its own, in which all its processes are.
    process.kill(-child.pid, 'SIGKILL');
    await gone;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function load(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await page.waitForFunction(() => 'crash' in window, { polling: 20 });
}
