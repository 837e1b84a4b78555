/** The package as `npm pack` makes it, in the bundlers of other people, and in a real browser after that. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { build as esbuild } from 'esbuild';
import type { Browser, Page } from 'puppeteer-core';
import { build as vite } from 'vite';
import webpack from 'webpack';
import { launch } from '../helpers/browser.js';
import { ensureDist, ROOT } from '../helpers/built.js';
import { serve } from '../helpers/serve.js';

ensureDist();

/** A site that has installed the package: its folder, and where the package lies in it. */
const site = mkdtempSync(join(tmpdir(), 'inpage-consumer-'));
const installed = join(site, 'node_modules', 'inpage');
const out = join(site, 'out');
install();

/** Unpacks what `npm pack` gives, and links what it depends on. */
function install(): void {
  const npm = ['pack', '--silent', '--pack-destination', site];
  execFileSync('npm', npm, { cwd: ROOT, shell: process.platform === 'win32' });
  const [tarball = ''] = readdirSync(site);
  execFileSync('tar', ['-xzf', tarball], { cwd: site });
  mkdirSync(dirname(installed), { recursive: true });
  cpSync(join(site, 'package'), installed, { recursive: true });
  const { dependencies } = manifest();
  for (const name of [...Object.keys(dependencies), 'react', 'react-dom', 'vue']) {
    mkdirSync(dirname(join(site, 'node_modules', name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(site, 'node_modules', name), 'junction');
  }
  for (const name of ['app', 'react', 'vue'])
    cpSync(join(ROOT, 'test', 'fixtures', name), join(site, name), { recursive: true });
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly default?: string }>>;
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;
}

const page = (
  script: string,
): string => `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Home</title></head>
<body><p>The kitchen light is <output id="kitchen">off</output>, the door is <output id="door">shut</output>.</p>
<div id="help"></div>${script}</body></html>`;

/** Where a build of an entry goes; a page for it lies there. */
function place(name: string, script = '<script type="module" src="app/main.js"></script>'): string {
  const folder = join(out, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), page(script));
  return join(folder, 'app');
}

/** What each does with an app of `entry`, into a folder of its own. */
const BUNDLERS: Readonly<Record<string, (entry: string, name: string) => Promise<unknown>>> = {
  vite: (entry, name) =>
    vite({
      root: site,
      base: './',
      configFile: false,
      logLevel: 'error',
      build: {
        outDir: place(name),
        reportCompressedSize: false,
        rolldownOptions: { input: join(site, entry), output: { entryFileNames: 'main.js' } },
      },
    }),
  webpack: (entry, name) => {
    const path = place(name, '<script defer src="app/main.js"></script>');
    const config = { mode: 'development', devtool: false, context: site, entry: `./${entry}` } as const;
    return new Promise((resolve, reject) => {
      webpack({ ...config, output: { path, filename: 'main.js' } }, (error, stats) => {
        if (error ?? stats?.hasErrors()) reject(new Error(error?.message ?? stats?.toString()));
        else resolve(undefined);
      });
    });
  },
  async esbuild(entry, name) {
    const outdir = place(name);
    await esbuild({
      absWorkingDir: site,
      entryPoints: { main: entry },
      bundle: true,
      splitting: true,
      format: 'esm',
      jsx: 'automatic',
      logLevel: 'error',
      outdir,
    });
    // It leaves files alone that `new URL()` names, as docs/reference.md says.
    const chunks = join(installed, 'dist', 'chunks');
    for (const file of readdirSync(chunks)) if (file.includes('worker')) cpSync(join(chunks, file), join(outdir, file));
    cpSync(join(installed, 'dist', 'worker-workflows.js'), join(outdir, '..', 'worker-workflows.js'));
  },
};

/** A workflow of two steps, as its file says it. */
const WORKFLOW = `inpage: 1
workflows:
  double:
    nodes:
      - { id: first, type: transform, transform: 'twice = n * 2' }
      - { id: then, type: transform, transform: 'more = twice + 1' }
`;

let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;
before(async () => {
  server = await serve(site);
  browser = await launch();
});
after(async () => {
  await browser.close();
  await server.close();
  rmSync(site, { recursive: true });
});

/** Opens the page of a build, does `work`, and fails when something could not be loaded or was thrown. */
async function visit<T>(name: string, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.createBrowserContext();
  try {
    const opened = await context.newPage();
    const faults: string[] = [];
    opened.on('pageerror', (error) => faults.push(String(error)));
    opened.on('response', (response) => {
      if (response.status() >= 400 && !response.url().endsWith('favicon.ico')) faults.push(response.url());
    });
    await opened.goto(`${server.origin}/out/${name}/`);
    await opened.waitForFunction(() => document.querySelector('inpage-chat')?.agent);
    const result = await work(opened);
    assert.deepEqual(faults, []);
    return result;
  } finally {
    await context.close();
  }
}

/** Sends a message, and gives what came of it. */
const send = (opened: Page, message: string): Promise<{ host: string; status: string; light: string }> =>
  opened.evaluate(async (text) => {
    const chat = document.querySelector('inpage-chat');
    if (!chat?.agent) throw new Error('There is no chat with an agent.');
    const { host } = await chat.agent.ready;
    const { status } = await chat.send(text);
    return { host, status, light: document.querySelector('#kitchen')?.textContent ?? '' };
  }, message);

/** Uses what is loaded late: cards of questions, words of a language, both halves of workflows. */
async function useAll(opened: Page, host: string): Promise<void> {
  assert.deepEqual(await send(opened, 'turn on the kitchen light'), { host, status: 'completed', light: 'on' });
  assert.equal((await send(opened, 'unlock the front door')).status, 'interrupted');
  const yes = await opened.waitForSelector('inpage-chat >>> [part~="approve"]');
  await opened.waitForFunction((button) => button?.textContent.includes('Zustimmen'), {}, yes);
  await yes?.evaluate((button) => {
    (button as HTMLElement).click();
  });
  await opened.waitForFunction(() => document.querySelector('#door')?.textContent === 'open');
  const data = await opened.evaluate(async (text) => {
    const workflows = await document.querySelector('inpage-chat')?.agent?.workflows();
    return (await workflows?.execute(text, { n: 20 }))?.data;
  }, WORKFLOW);
  assert.equal(data?.['more'], 41);
}

describe('the package in a site’s bundler', () => {
  for (const [name, bundle] of Object.entries(BUNDLERS)) {
    it(`${name}: answers from a worker, and loads the rest when it is needed`, async () => {
      await bundle('app/main.js', name);
      await visit(name, (opened) => useAll(opened, 'worker'));
    });
  }

  it('plain script tags: the same from a folder of copied files', async () => {
    const tools = '<script type="module" src="tools-of-page.js"></script>';
    place('tags', `${tools}<script defer src="inpage/inpage.js" data-mount="#help"></script>`);
    cpSync(join(site, 'app', 'tools.js'), join(out, 'tags', 'tools.js'));
    const own =
      "import { offerTools } from './tools.js';\n(window.inpage ??= []).push((agent) => offerTools(agent.tool));\n";
    writeFileSync(join(out, 'tags', 'tools-of-page.js'), own);
    cpSync(join(installed, 'dist'), join(out, 'tags', 'inpage'), { recursive: true });
    await visit('tags', (opened) => useAll(opened, 'blob'));
  });
});

describe('the elements in a framework', () => {
  for (const [name, entry, bundle] of [
    ['react', 'react/main.jsx', BUNDLERS['esbuild']],
    ['vue', 'vue/main.js', BUNDLERS['vite']],
  ] as const) {
    it(`${name}: sets their properties and hears their events`, async () => {
      await bundle?.(entry, name);
      await visit(name, async (opened) => {
        const field = await opened.waitForSelector('inpage-chat >>> textarea');
        await field?.type('turn on the kitchen light');
        await field?.press('Enter');
        await opened.waitForFunction(() => document.querySelector('#kitchen')?.textContent === 'on');
        const seen = await opened.evaluate(() => [
          document.querySelector('inpage-chat')?.heading,
          document.body.dataset['said'],
        ]);
        assert.deepEqual(seen, ['Help', 'turn on the kitchen light']);
      });
    });
  }
});

describe('the package where pages are rendered', () => {
  it('has no entry that needs a browser to be imported', async () => {
    const modules = Object.entries(manifest().exports).flatMap(([name, target]) =>
      typeof target === 'object' && target.default && name !== './inpage.js' ? [name.replace('.', 'inpage')] : [],
    );
    assert.ok(modules.length >= 6);
    for (const name of modules) {
      const args = ['--input-type=module', '--eval', `await import('${name}')`];
      const { stderr } = await promisify(execFile)(process.execPath, args, { cwd: site, timeout: 20_000 });
      assert.equal(stderr, '', name);
    }
  });
});
