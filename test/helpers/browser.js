/**
 * Finds the Chromium that the tests run in, for the test runner and for the scripts in `test/e2e/` alike:
 *
 * 1. `$CHROME_PATH`, a path to Chrome, Chromium or Edge;
 * 2. an installed Chrome or Chromium;
 * 3. the headless shell of the package `@sparticuz/chromium` (Linux x64), unpacked once into `.cache/`.
 *
 * `INPAGE_BROWSER=npm` goes straight to the third, to prove that a machine with nothing but Node can run the tests.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { ROOT } from './built.js';

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];

/**
 * How to start a Chromium, as options of `puppeteer.launch()`.
 *
 * @returns {Promise<import('puppeteer-core').LaunchOptions>}
 * @throws when there is none, with a sentence that says what to install.
 */
export async function chromium() {
  const installed = process.env.INPAGE_BROWSER === 'npm' ? undefined : (process.env.CHROME_PATH ?? findInstalled());
  if (installed !== undefined) {
    // Chromium refuses to start its sandbox as root, which is what containers run as.
    return { executablePath: installed, headless: true, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] };
  }
  const shipped = await unpackShipped();
  if (shipped !== undefined) return shipped;
  throw new Error('No Chromium was found: install Chrome, or set CHROME_PATH to the path of Chrome, Chromium or Edge.');
}

/**
 * A started Chromium; the caller closes it.
 *
 * @param {readonly string[]} [args] flags beside those that it needs anyway.
 */
export async function launch(args = []) {
  const options = await chromium();
  return puppeteer.launch({ ...options, args: [...(options.args ?? []), ...args] });
}

/** @returns {string | undefined} */
function findInstalled() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      if (folder !== '' && existsSync(join(folder, name))) return join(folder, name);
    }
  }
  try {
    // The usual places on macOS and Windows, where programs are not in the PATH.
    return puppeteer.executablePath('chrome');
  } catch {
    return undefined;
  }
}

/** @returns {Promise<import('puppeteer-core').LaunchOptions | undefined>} */
async function unpackShipped() {
  const version = shippedVersion();
  if (version === undefined) return undefined;
  const folder = join(ROOT, '.cache', `chromium-${version}`);
  if (!existsSync(folder)) {
    // Unpacked aside and moved in one step, so that an interrupted or a second run never sees half of it.
    const aside = `${folder}.${String(process.pid)}`;
    await mkdir(aside, { recursive: true });
    await unpackInto(aside, folder);
    await rename(aside, folder).catch(() => rm(aside, { recursive: true }));
  }
  return {
    executablePath: join(folder, 'chromium'),
    headless: 'shell',
    // Not the package's own list of flags: that one switches off web security, and no CSP test would prove anything.
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu'],
    env: {
      ...process.env,
      FONTCONFIG_PATH: join(folder, 'fonts'),
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
    },
  };
}

/** @returns {string | undefined} the version of the package, or undefined where it cannot serve. */
function shippedVersion() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const manifest = join(ROOT, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
}

/**
 * @param {string} aside the folder to unpack into
 * @param {string} folder the folder that it will be moved to
 */
async function unpackInto(aside, folder) {
  // The package unpacks to the system's temporary folder under fixed names, and brings its libraries (NSS, expat) only
  // where it takes the machine for a cloud function: hence a process with an environment of its own.
  const script = "const { default: shipped } = await import('@sparticuz/chromium'); await shipped.executablePath();";
  const env = { ...process.env, TMPDIR: aside, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' };
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: ROOT, env });
  // It names /tmp/fonts in there; without a font the renderer dies on the first text.
  const fonts = join(aside, 'fonts', 'fonts.conf');
  await writeFile(fonts, (await readFile(fonts, 'utf8')).replaceAll('/tmp/fonts', join(folder, 'fonts')));
}
