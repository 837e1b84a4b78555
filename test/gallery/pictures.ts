/** Pictures of states of the gallery: which there are, and how they are taken. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { launch } from '../helpers/browser.js';
import { ROOT } from '../helpers/built.js';
import { serve } from '../helpers/serve.js';

/** Where the references are. */
export const FOLDER = join(ROOT, 'test', 'gallery', 'pictures');

/** The day on which all pictures are taken. */
const NOW = Date.UTC(2026, 10, 25, 13);

interface Look {
  readonly width: number;
  readonly height: number;
  readonly dark?: true;
  readonly forced?: true;
  readonly rtl?: true;
}

const LOOKS = {
  light: { width: 380, height: 620 },
  dark: { width: 380, height: 620, dark: true },
  wide: { width: 1280, height: 680 },
  arabic: { width: 380, height: 620, rtl: true },
  forced: { width: 380, height: 620, dark: true, forced: true },
} as const satisfies Record<string, Look>;

/** The states that each look is taken of. */
const STATES: Readonly<Record<keyof typeof LOOKS, readonly string[]>> = {
  light: [
    'chat: empty, with starters',
    'chat: an answer in markdown',
    'chat: what may be said next',
    'chat: tool calls',
    'chat: an approval',
    'chat: an approval that is being changed',
    'chat: failed, model-rate-limited',
    'chat: files that were sent',
    'chat: a file that is too large',
    'chat: what answers',
    'agent: closed, and something waits',
    'agent: open',
    'threads: deleting one',
    'approval: two at once',
    'progress: waiting',
    'trace: one version',
    'trace: running',
    'progress: a workflow that waits',
    'progress: a workflow that is done, as a graph',
    'workflow: waits for a person',
  ],
  dark: [
    'chat: an answer in markdown',
    'chat: an approval',
    'chat: files to be sent',
    'chat: without a network',
    'agent: open, with the conversations',
    'progress: failed',
    'trace: failed',
    'progress: going through a workflow',
  ],
  wide: [
    'chat: an answer in markdown',
    'agent: in the page',
    'agent: open',
    'trace: the state of a version',
    'trace: graphs within graphs',
    'progress: a workflow as a graph',
  ],
  arabic: [
    'chat: in Arabic',
    'chat: an approval in Arabic',
    'chat: files in Arabic',
    'threads: what to do with one',
    'agent: open, in Arabic',
    'trace: done',
    'progress: a workflow that runs',
    'workflow: waits for a person',
  ],
  forced: [
    'chat: an approval',
    'chat: an answer in markdown',
    'chat: files to be sent',
    'chat: tool calls',
    'agent: closed, and something waits',
    'trace: waiting for a person',
    'workflow: failed',
  ],
};

/** All pictures by their names. */
export const PICTURES: readonly { readonly name: string; readonly look: Look; readonly state: string }[] =
  Object.entries(STATES).flatMap(([look, states]) =>
    states.map((state) => ({
      name: `${look}-${state.replace(/[^a-z]+/gi, '-').toLowerCase()}`,
      look: LOOKS[look as keyof typeof LOOKS],
      state,
    })),
  );

/** What the pictures depend on beside the elements: the engine, and the fonts by the width of texts in them. */
export interface Maker {
  readonly engine: string;
  readonly fonts: string;
}

export interface Photographer {
  readonly maker: Maker;
  take(picture: (typeof PICTURES)[number]): Promise<Uint8Array>;
  close(): Promise<void>;
}

function url(origin: string, { state, look }: (typeof PICTURES)[number]): string {
  const wanted = new URLSearchParams({
    only: state,
    bare: '',
    scheme: look.dark ? 'dark' : 'light',
    high: `${look.height}px`,
    ...(look.rtl ? { dir: 'rtl', lang: 'ar' } : {}),
  });
  return `${origin}/?${wanted.toString()}`;
}

async function measure(page: Page): Promise<string> {
  const widths = await page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d');
    return ['15px system-ui', '600 15px system-ui', '13px ui-monospace, monospace'].flatMap((font) => {
      if (context) context.font = font;
      return ['Sphinx of black quartz, 0123', 'نص عربي', '“„…•'].map((text) => context?.measureText(text).width ?? 0);
    });
  });
  return widths.map((width) => width.toFixed(2)).join(' ');
}

/** Builds the gallery and opens a browser on it. */
export async function photographer(): Promise<Photographer> {
  const folder = mkdtempSync(join(tmpdir(), 'inpage-gallery-'));
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const build = [vite, 'build', '--config', join(ROOT, 'gallery', 'vite.config.ts'), '--outDir', folder];
  execFileSync(process.execPath, [...build, '--emptyOutDir', '--logLevel', 'warn'], { cwd: ROOT });
  const server = await serve(folder);
  const browser: Browser = await launch(['--hide-scrollbars', '--font-render-hinting=none', '--lang=en-GB']);
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  await session.send('Emulation.setTimezoneOverride', { timezoneId: 'UTC' });
  await session.send('Emulation.setLocaleOverride', { locale: 'en-GB' });
  await page.evaluateOnNewDocument((now) => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given: ConstructorParameters<typeof Date> | []) {
        if (given.length === 0) super(now);
        else super(...given);
      }
      static override now(): number {
        return now;
      }
    } as typeof Date;
  }, NOW);
  await page.goto(server.origin);
  const maker = { engine: await browser.version(), fonts: await measure(page) };
  return {
    maker,
    async take(picture) {
      const { width, height, dark, forced } = picture.look;
      await page.setViewport({ width, height });
      await session.send('Emulation.setEmulatedMedia', {
        features: [
          { name: 'prefers-reduced-motion', value: 'reduce' },
          { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
          { name: 'forced-colors', value: forced ? 'active' : 'none' },
        ],
      });
      await page.goto(url(server.origin, picture));
      await page.waitForSelector(':root[data-ready]');
      // What has been loaded late, such as the code for markdown, is rendered by then.
      await page.evaluate(async () => {
        for (let frames = 0; frames < 10; frames++) await new Promise(requestAnimationFrame);
        // A caret blinks.
        document.documentElement.style.caretColor = 'transparent';
      });
      return page.screenshot({ type: 'png' });
    },
    async close() {
      await browser.close();
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
