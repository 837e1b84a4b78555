/**
 * A site that is made of the samples of the documentation: each of them is checked and run as a reader would who has
 * installed the package, in a browser, a worker or Node.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Browser, Page } from 'puppeteer-core';
import ts from 'typescript';
import { build } from 'vite';
import { createProxy } from '../../demo/proxy.mjs';
import type { Agent } from '../../src/index.ts';
import { checkWorkflow, faultLine } from '../../src/workflows.ts';
import { launch } from '../helpers/browser.js';
import { ROOT } from '../helpers/built.js';
import { startModelServer } from '../helpers/model-server.js';
import { HIDDEN } from '../helpers/pages.ts';
import { serve } from '../helpers/serve.js';
import { typeFaults } from './sample-types.ts';
import type { Sample } from './samples.ts';

export interface SampleSite {
  /** Rejects with what is wrong with a sample. */
  check(sample: Sample): Promise<void>;
  close(): Promise<void>;
}

declare global {
  interface Window {
    /** The agent that a sample has made. */
    sampleAgent?: Agent;
  }
}

/** What a site copies for the script tag. */
const TAG_FILES = [
  ...['inpage.js', 'page.js', 'worker.js', 'worker-models.js', 'worker-workflows.js', 'inpage-forms.js'],
  'integrity.json',
];

/** The one that samples name; a scripted server speaks for it, behind the proxy of the demo. */
const MODEL = 'gpt-5-mini';

/** What a module finds in its page; elements come to life only where it registers them. */
const PLACE = '<inpage-chat></inpage-chat><ol></ol>';

/** Milliseconds that a sample may take in a page. */
const PATIENCE = 20_000;

const LANGUAGES = ['ts', 'js', 'html', 'sh', 'json', 'yaml'];

/**
 * Builds the site and starts what it takes. The samples of one page share a folder, so that one may import the other.
 *
 * @param samples those of all pages.
 */
export async function openSampleSite(samples: readonly Sample[]): Promise<SampleSite> {
  const folder = mkdtempSync(join(tmpdir(), 'inpage-samples-'));
  const out = join(folder, 'out');
  for (const sample of samples) write(join(folder, pathOf(sample)), textOf(sample));
  write(join(folder, 'elements.ts'), "import 'inpage/elements';");
  for (const sample of samples.filter(isOwnWorker)) {
    write(join(folder, pathOf(sample).replace('.ts', '-page.ts')), pageOfWorker(pathOf(sample)));
  }
  linkPackages(folder, samples);
  const typed = samples.filter(({ language }) => language === 'ts').map((sample) => join(folder, pathOf(sample)));
  const faults = typeFaults(typed);
  const sound = samples.filter((sample) => !faults.has(join(folder, pathOf(sample))));
  await bundle(folder, out, [
    'elements.ts',
    ...sound.filter((sample) => runsInPage(sample) && isMain(sample, samples)).map(entryOf),
  ]);
  for (const name of TAG_FILES) copyFileSync(join(ROOT, 'dist', name), join(out, name));
  cpSync(join(ROOT, 'dist', 'parts'), join(out, 'parts'), { recursive: true });
  for (const sample of samples) {
    if (sample.language === 'html') write(join(out, pathOf(sample)), withElements(sample.code));
    else if (sample.name !== undefined && sample.language !== 'ts') write(join(out, pathOf(sample)), sample.code);
    if (runsInPage(sample)) write(join(out, `${entryOf(sample)}.html`), asPage(PLACE));
  }
  const model = await startModelServer();
  const origins: string[] = [];
  const proxy = createProxy({
    ...{ upstream: `${model.origin}/samples`, key: 'of-the-site', models: [MODEL] },
    ...{ origins, perMinute: 999 },
  });
  await new Promise((resolve) =>
    proxy.listen(0, '127.0.0.1', () => {
      resolve(undefined);
    }),
  );
  const { port } = proxy.address() as AddressInfo;
  const server = await serve(out, { proxy: { '/ai/': `http://127.0.0.1:${port}/` } });
  origins.push(server.origin);
  const browser = await launch();

  return {
    async check(sample) {
      const { language } = sample;
      assert.ok(
        LANGUAGES.includes(language),
        `Nobody runs a sample in "${language}": use one of ${LANGUAGES.join(' ')}.`,
      );
      if (language === 'sh') checkShell(sample);
      if (language === 'json') JSON.parse(sample.code);
      if (language === 'yaml') await checkYaml(sample);
      if (language === 'html') await visit(browser, `${server.origin}/${pathOf(sample)}`, sample);
      if (language === 'ts') assert.deepEqual(faults.get(join(folder, pathOf(sample))) ?? [], []);
      if (language !== 'ts' && language !== 'js') return;
      if (isForNode(sample)) await runInNode(join(folder, pathOf(sample)));
      else if (isMain(sample, samples)) await visit(browser, `${server.origin}/${entryOf(sample)}.html`, sample);
    },
    async close() {
      await browser.close();
      await server.close();
      proxy.closeAllConnections();
      proxy.close();
      await model.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Where a sample lies in the site. */
function pathOf({ page, name, line, language }: Sample): string {
  const folder = page.replace('.md', '').replaceAll(/\W/g, '-');
  return `${folder}/${name ?? `line-${line}.${language}`}`;
}

/** The module that runs a sample in a page: a worker is started by one of its own. */
const entryOf = (sample: Sample): string =>
  isOwnWorker(sample) ? pathOf(sample).replace('.ts', '-page.ts') : pathOf(sample);

function textOf({ language, code, before, after }: Sample): string {
  if (language !== 'ts' && language !== 'js') return code;
  const keep = /^const agent = /m.test(before + code) ? 'Object.assign(globalThis, { sampleAgent: agent });\n' : '';
  return `${before}${code}\n${keep}${after}\nexport {};\n`;
}

const isCode = ({ language }: Sample): boolean => language === 'ts' || language === 'js';

const isForNode = (sample: Sample): boolean => {
  const from = [...textOf(sample).matchAll(/^import .*?from '([^'.]+)';/gms)].map(([, name]) => name);
  return isCode(sample) && from.length > 0 && from.every((name) => name === 'inpage/engine');
};

const isOwnWorker = (sample: Sample): boolean => isCode(sample) && sample.code.includes("from 'inpage/worker'");

const runsInPage = (sample: Sample): boolean => isCode(sample) && !isForNode(sample);

/** Whether no other sample of the page uses it, so that it has to be run by itself. */
const isMain = (sample: Sample, samples: readonly Sample[]): boolean =>
  !samples.some(({ page, code }) => page === sample.page && new RegExp(`'(\\./)?${sample.name ?? ' '}'`).test(code));

const pageOfWorker = (path: string): string => `import { createAgent } from 'inpage';
const worker = () => new Worker(new URL('./${path.slice(path.indexOf('/') + 1)}', import.meta.url), { type: 'module' });
Object.assign(globalThis, { sampleAgent: createAgent({ worker }) });`;

/** A page of a sample's markup, with its modules as they were built. */
function asPage(code: string): string {
  const built = code.replaceAll(/src="(\.\/[\w-]+\.ts)"/g, 'src="$1.js"');
  const head = '<meta charset="utf-8"><title>Sample</title><link rel="icon" href="data:,">';
  return `<!doctype html><html lang="en"><head>${head}</head><body>\n${built}</body></html>`;
}

/** The same, with all elements where the sample itself loads nothing. */
function withElements(code: string): string {
  const isAlone = !/<script[^>]* src=/.test(code) && code.includes('<inpage-');
  return asPage(isAlone ? `${code}<script type="module" src="/elements.js"></script>` : code);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Installs the package itself and the others that samples use. */
function linkPackages(folder: string, samples: readonly Sample[]): void {
  const used = samples.flatMap((sample) => [...textOf(sample).matchAll(/from '(?!inpage)((?:@[\w-]+\/)?[\w-]+)/g)]);
  for (const name of new Set(['inpage', ...used.map(([, name]) => name ?? '')])) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(name === 'inpage' ? ROOT : join(ROOT, 'node_modules', name), link, 'junction');
  }
}

async function bundle(root: string, outDir: string, files: readonly string[]): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    base: './',
    worker: { format: 'es' },
    build: {
      outDir,
      target: 'es2022',
      minify: false,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: Object.fromEntries(files.map((file) => [file === 'elements.ts' ? 'elements' : file, join(root, file)])),
        output: { entryFileNames: '[name].js' },
      },
    },
  });
}

/** Names of scripts and files that are not there. */
function checkShell({ code }: Sample): void {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const commands = code
    .split('\n')
    .flatMap((line) => line.replace(/ #.*/, '').split(/&&|\|/))
    .map((command) => command.trim().replace(/^(?:[A-Z_]+=\S* +)+/, ''))
    .filter((command) => command !== '' && !command.startsWith('#'));
  for (const command of commands) {
    const [, tool = '', name = ''] = /^(\w+) ?(?:run )?(\S*)/.exec(command) ?? [];
    const known = {
      cd: () => true,
      cp: () => true,
      git: () => true,
      node: () => readFileSync(join(ROOT, name)).length > 0,
      npm: () => ['ci', 'install', 'pack'].includes(name) || name in scripts,
    }[tool];
    assert.ok(known?.(), `"${command}" names nothing that is there.`);
  }
}

async function checkYaml({ code }: Sample): Promise<void> {
  const { errors } = await checkWorkflow(code);
  assert.deepEqual(errors.map(faultLine), []);
}

async function runInNode(path: string): Promise<void> {
  const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const script = path.replace(/\.\w+$/, '.mjs');
  writeFileSync(script, outputText);
  await promisify(execFile)(process.execPath, [script], { timeout: 20_000 });
}

/** Opens a page, runs the sample in it, and has what answers there answer. */
async function visit(browser: Browser, address: string, sample: Sample): Promise<void> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    // Whoever is asked says yes.
    page.on('dialog', (dialog) => void dialog.accept());
    const faults = watch(page);
    const late = setTimeout(PATIENCE, undefined, { ref: false }).then(() =>
      Promise.reject(new Error('It never ended.')),
    );
    await Promise.race([play(page, address, sample), late]);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

async function play(page: Page, address: string, sample: Sample): Promise<void> {
  await page.goto(address);
  if (isCode(sample)) await page.evaluate((script) => import(script), address.replace(/html$/, 'js'));
  if (sample.code.includes('<inpage-workflow')) await runWorkflows(page);
  if (!hasAgent(sample)) return;
  const request = /examples: \[\s*'([^']+)'/.exec(sample.code)?.[1];
  await converse(page, request);
  if (!sample.code.includes('serviceWorker.register')) return;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.setOfflineMode(true);
  await page.reload();
  await converse(page, request);
}

const hasAgent = (sample: Sample): boolean =>
  /<inpage-chat|'inpage-chat'|inpage-agent|inpage\.js/.test(sample.code) ||
  isOwnWorker(sample) ||
  textOf(sample).includes('sampleAgent');

/** Notes what goes wrong in a page: errors of its console, what it throws, and requests to others. */
function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') faults.push(`It asked ${request.url()}.`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url ?? ''}`);
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  return faults;
}

/** Sends a message, allows what is asked, and expects an answer; where the sample names a request, by a call of its tool. */
async function converse(page: Page, request: string | undefined): Promise<void> {
  // The script tag's button comes before its agent, unless something was said here before.
  await page.evaluate(() => document.querySelector('.floating')?.shadowRoot?.querySelector('button')?.click());
  await page.waitForFunction(() => window.sampleAgent ?? document.querySelector('inpage-chat')?.agent, HIDDEN);
  const { status, text, outcomes } = await page.evaluate(async (message) => {
    const chat = document.querySelector('inpage-chat');
    const place = chat?.agent ? chat : window.sampleAgent?.newThread();
    if (!place) throw new Error('There is no agent.');
    let turn = await place.send(message);
    for (const { id } of turn.interrupts) turn = await place.answer(id, { decision: 'approve' });
    return { status: turn.status, text: turn.text, outcomes: turn.toolCalls.map(({ outcome }) => outcome) };
  }, request ?? 'What can you do?');
  assert.equal(status, 'completed');
  assert.notEqual(text, '');
  if (request !== undefined) assert.deepEqual(outcomes, ['ok'], `"${request}" was answered with: ${text}`);
}

/** Starts every workflow of a page, and expects that it ends well or waits for a person. */
async function runWorkflows(page: Page): Promise<void> {
  await page.waitForFunction(() => customElements.get('inpage-workflow'), HIDDEN);
  const found = await page.evaluate(async () => {
    const elements = [...document.querySelectorAll('inpage-workflow')];
    for (const element of elements) await element.start();
    return elements.map(({ shadowRoot }) => shadowRoot?.querySelector('[part=alert]')?.textContent ?? '');
  });
  assert.deepEqual(
    found.filter((alert) => alert !== ''),
    [],
  );
}
