/**
 * Measures this package beside its peers in Chromium: `npm run bench`, or `npm run bench -- engine` for one
 * suite, or with `--only step_vs_floor,invoke_fixed_us` for some of its scenarios. The last line of a suite is `RESULT`
 * and its figures as JSON.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from '../helpers/browser.js';
import { runSuite } from './harness/suite.js';

const SUITES = ['engine', 'tools', 'agent', 'checkpoint', 'planner', 'workflow', 'render', 'tag'];

const { positionals, values } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
const unknown = positionals.find((name) => !SUITES.includes(name));
if (unknown !== undefined) throw new Error(`There is no suite ${unknown}: choose from ${SUITES.join(', ')}.`);
const only = values.only?.split(',');

const wantedSuites = positionals.length > 0 ? positionals : SUITES;
if (wantedSuites.some((suite) => suite !== 'tag')) installPeers();
const browser = await launch();
try {
  for (const suite of wantedSuites) {
    // A suite that is not about workers measures by itself.
    const { scenarios = [], run = runSuite } = await import(`./${suite}/suite.js`);
    const wanted = scenarios.filter(
      ({ name, figures }) => !only || [name, ...Object.keys(figures)].some((one) => only.includes(one)),
    );
    if (wanted.length === 0 && scenarios.length > 0)
      throw new Error(`Suite ${suite} has no scenario ${String(values.only)}.`);
    const { rows, figures, failed } = await run(browser, suite, wanted);
    if (Object.keys(failed).length > 0) process.exitCode = 1;
    console.log(`RESULT ${JSON.stringify({ suite, rows, figures })}`);
  }
} finally {
  await browser.close();
}

/** The peers are heavy, so they have a folder of their own and are installed on first use. */
function installPeers() {
  if (existsSync(join(import.meta.dirname, 'node_modules', '.package-lock.json'))) return;
  execFileSync('npm', ['ci', '--silent', '--prefix', import.meta.dirname], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
