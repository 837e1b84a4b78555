/**
 * The thin suite in WebKitGTK (Debian: `webkit2gtk-driver`, `xvfb`): `npm run test:webkit`. Its launcher is heavy, so
 * it lives in `test/webkit/` and is installed there on first use.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { shared } from './helpers/runner.js';

const DRIVER = '/usr/bin/WebKitWebDriver';
const XVFB = '/usr/bin/Xvfb';
const PORT = 4460;
const DISPLAY = ':97';
const folder = fileURLToPath(new URL('webkit/', import.meta.url));

const binary = findMiniBrowser();
if (binary === undefined || !existsSync(DRIVER) || !existsSync(XVFB)) {
  console.log('WebKitGTK is not installed, so its tests were skipped: install webkit2gtk-driver and xvfb.');
  process.exit(0);
}
if (!existsSync(join(folder, 'node_modules'))) {
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
}
const launcher = createRequire(join(folder, 'package.json')).resolve('@web/test-runner-webdriver');
const { webdriverLauncher } = await import(pathToFileURL(launcher).href);

/** @type {import('node:child_process').ChildProcess[]} */
const processes = [];
const driver = {
  name: 'webkit-driver',
  async serverStart() {
    const env = { ...process.env, DISPLAY, LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' };
    processes.push(spawn(XVFB, [DISPLAY, '-screen', '0', '1280x800x24'], { stdio: 'ignore' }));
    processes.push(spawn(DRIVER, [`--port=${String(PORT)}`], { stdio: 'ignore', env }));
    await answering(`http://127.0.0.1:${String(PORT)}/status`);
  },
  serverStop() {
    for (const child of processes) child.kill();
  },
};

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...shared,
  files: [
    'test/thin/*.test.ts',
    'test/engine/interrupt.test.ts',
    'test/engine/known-faults.test.ts',
    'test/checkpoint/{blobs,values}.test.ts',
  ],
  plugins: [...shared.plugins, driver],
  concurrency: 1,
  browsers: [
    webdriverLauncher({
      hostname: '127.0.0.1',
      port: PORT,
      logLevel: 'error',
      capabilities: {
        browserName: 'MiniBrowser',
        'wdio:enforceWebDriverClassic': true,
        'webkitgtk:browserOptions': { binary, args: ['--automation'] },
      },
    }),
  ],
};

/** @returns {string | undefined} */
function findMiniBrowser() {
  const libraries = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
  if (!existsSync(libraries)) return undefined;
  const versions = readdirSync(libraries).filter((name) => /^webkit(2gtk|gtk)-/.test(name));
  return versions.map((name) => join(libraries, name, 'MiniBrowser')).find((path) => existsSync(path));
}

/** Resolves once the driver answers. @param {string} url */
async function answering(url) {
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`WebKitWebDriver does not answer at ${url}.`);
}
