/** The browser tests that measure time or memory, one file at a time and without coverage: `npm test -- timing`. */
import { chromeLauncher } from '@web/test-runner-chrome';
import puppeteer from 'puppeteer-core';
import { chromium } from './helpers/browser.js';
import { shared } from './helpers/runner.js';

const options = await chromium();
// So that what is kept can be told from what was not collected yet.
const args = [...(options.args ?? []), '--js-flags=--expose-gc', '--enable-precise-memory-info'];

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...shared,
  files: ['test/**/*.timing.test.ts', '!test/**/node_modules/**'],
  // What bounds these tests is in them; this only ends one that hangs, on a machine of any speed.
  testFramework: { config: { timeout: 60_000 } },
  testsFinishTimeout: 300_000,
  browsers: [chromeLauncher({ puppeteer, launchOptions: { ...options, args }, concurrency: 1 })],
};
