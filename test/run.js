/**
 * Runs the tests: `npm test`, or `npm test -- node` for one group. Streams what each group prints, holds each to its
 * share of time, and ends with the line `N passed, N failed` alone.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ensureDist, ROOT } from './helpers/built.js';
import { closingLine } from './helpers/tally.js';

/** @typedef {{ passed: number, failed: number, skipped: number }} Sum */

/**
 * The groups. `seconds` is the share of time on a machine with two cores; a group that takes longer has failed, and one
 * that takes twice as long is stopped.
 *
 * @type {Record<string, { seconds: number, run(limit: AbortSignal): Promise<Sum> }>}
 */
const GROUPS = {
  browser: { seconds: 360, run: (limit) => browser('test/wtr.config.js', limit) },
  timing: { seconds: 120, run: (limit) => browser('test/wtr.timing.config.js', limit) },
  node: { seconds: 480, run: node },
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in GROUPS));
if (unknown !== undefined) fail(`There is no group ${unknown}: choose from ${Object.keys(GROUPS).join(', ')}.`);

const total = { passed: 0, failed: 0, skipped: 0 };
const notes = [];
for (const [name, group] of Object.entries(GROUPS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const begun = performance.now();
  const sum = await group.run(AbortSignal.timeout(2 * group.seconds * 1000));
  const seconds = (performance.now() - begun) / 1000;
  notes.push(`${name}: ${closingLine(sum)}, ${seconds.toFixed(1)} s of ${String(group.seconds)} s`);
  if (seconds > group.seconds) {
    sum.failed++;
    notes.push(`${name} took longer than its share of time: make its tests faster, or give it a larger one here.`);
  }
  if (sum.passed + sum.failed === 0) {
    sum.failed++;
    notes.push(`${name} ran no test, which counts as a failure.`);
  }
  total.passed += sum.passed;
  total.failed += sum.failed;
  total.skipped += sum.skipped;
}
console.log(`\n${notes.join('\n')}\n${closingLine(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** @param {string} config @param {AbortSignal} limit */
async function browser(config, limit) {
  const runner = join(ROOT, 'node_modules', '@web', 'test-runner', 'dist', 'bin.js');
  const { code, output } = await stream([runner, '--config', config], limit);
  const line = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1);
  return settle(code, 'the test runner', line?.[1], line?.[2], line?.[3]);
}

/** @param {AbortSignal} limit */
async function node(limit) {
  let files = find(join(ROOT, 'test'));
  const built = /** @param {string} file */ (file) => /^test\/(e2e|package|docs\/samples)/.test(file);
  const sum = { passed: 0, failed: 0, skipped: 0 };
  if (files.some(built)) {
    try {
      ensureDist();
    } catch {
      notes.push('The build failed, so the tests that need it did not run.');
      files = files.filter((file) => !built(file));
      sum.failed++;
    }
  }
  if (files.length === 0) return sum;
  const { code, output } = await stream(['--import', 'tsx', '--test', '--test-reporter=spec', ...files], limit);
  const number = /** @param {string} word */ (word) =>
    [...output.matchAll(new RegExp(`^ℹ ${word} (\\d+)$`, 'gm'))].at(-1)?.[1];
  const failed = Number(number('fail')) + Number(number('cancelled'));
  const tests = settle(code, 'node --test', number('pass'), failed, number('skipped'));
  return { ...tests, failed: tests.failed + sum.failed };
}

/**
 * Runs Node with its output shown as it comes, and returned without colours.
 *
 * @param {string[]} args
 * @param {AbortSignal} limit stops it
 * @returns {Promise<{ code: number, output: string }>}
 */
function stream(args, limit) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    const stop = () => child.kill();
    limit.addEventListener('abort', stop);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.on('close', (code) => {
      limit.removeEventListener('abort', stop);
      resolve({ code: code ?? 1, output: stripVTControlCharacters(output) });
    });
  });
}

/**
 * The counts that a runner printed. One that ended badly without a failed test, or without a count, has failed once.
 *
 * @param {number} code its exit code
 * @param {string} runner
 * @param {...(string | number | undefined)} counts passed, failed, skipped
 * @returns {Sum}
 */
function settle(code, runner, ...counts) {
  const [passed = 0, failed = 0, skipped = 0] = counts.map((count) => Number(count) || 0);
  if (code === 0 || failed > 0) return { passed, failed, skipped };
  notes.push(`${runner} ended with exit code ${String(code)} though no test failed: see its output above.`);
  return { passed, failed: 1, skipped };
}

/** The Node tests below a folder, as paths from the root. @param {string} folder @returns {string[]} */
function find(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : find(path);
    return entry.name.endsWith('.node.test.ts') ? [relative(ROOT, path).replaceAll(sep, '/')] : [];
  });
}

/** @param {string} sentence @returns {never} */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
