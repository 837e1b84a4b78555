/** Takes the picture of the README: the demo in the middle of a purchase, light and dark. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '../helpers/browser.js';
import { ROOT } from '../helpers/built.js';
import { serve } from '../helpers/serve.js';

const SAID = ['put two bags of espresso beans in my cart', 'check out'];

const folder = mkdtempSync(join(tmpdir(), 'inpage-picture-'));
const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
execFileSync(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'], {
  cwd: ROOT,
});
const server = await serve(folder);
const browser = await launch();
for (const scheme of ['light', 'dark'] as const) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1200, height: 760 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(server.origin);
  await page.waitForFunction(() => document.querySelector('inpage-chat')?.agent);
  await page.evaluate(async (texts) => {
    for (const text of texts) await document.querySelector('inpage-chat')?.send(text);
  }, SAID);
  // The card of a question is loaded with the first one.
  await page.waitForFunction(() => document.querySelector('inpage-chat')?.shadowRoot?.querySelector('[part=approve]'));
  // What was done is told for ten seconds.
  await page.waitForFunction(() => !document.querySelector('inpage-chat')?.shadowRoot?.querySelector('[part=toast]'));
  await page.screenshot({ path: join(ROOT, 'docs', `demo-${scheme}.webp`), type: 'webp', quality: 55 });
  await context.close();
}
await browser.close();
await server.close();
rmSync(folder, { recursive: true });
