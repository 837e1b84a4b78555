/** The examples beside the demo, as somebody finds them who has opened it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launch } from '../helpers/browser.js';
import { ensureDist, ROOT } from '../helpers/built.js';
import { send, untilReady } from '../helpers/pages.ts';
import { serve } from '../helpers/serve.js';

const LIGHT = ['turn on the kitchen light', 'The kitchen light is on now.'] as const;
/** What to say, and what is answered, by the text of the link. */
const EXAMPLES: Readonly<Record<string, readonly [said: string, answer: string]>> = {
  'script tag': LIGHT,
  React: LIGHT,
  Vue: LIGHT,
  'own worker': ['count the primes below 1000', 'There are 168 primes below 1000.'],
};

const folder = mkdtempSync(join(tmpdir(), 'inpage-examples-'));
let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;
before(async () => {
  ensureDist();
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  execFileSync(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: ROOT,
  });
  server = await serve(folder);
  browser = await launch();
});
after(async () => {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('the examples', () => {
  it('are all on the first page of the demo', async () => {
    const page = await browser.newPage();
    await page.goto(server.origin);
    const names = await page.$$eval('#examples a', (links) => links.map(({ textContent }) => textContent));
    await page.close();
    assert.deepEqual(names, Object.keys(EXAMPLES));
  });

  for (const [name, [said, answer]] of Object.entries(EXAMPLES)) {
    it(`answer: ${name}`, async () => {
      const page = await browser.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(String(error)));
      await page.goto(server.origin);
      await Promise.all([page.waitForNavigation(), page.click(`#examples ::-p-text(${name})`)]);
      await untilReady(page);
      assert.deepEqual(await send(page, said), { status: 'completed', text: answer });
      if (said === LIGHT[0]) assert.equal(await page.$eval('#kitchen', ({ textContent }) => textContent), 'on');
      await page.close();
      assert.deepEqual(faults, []);
    });
  }
});
