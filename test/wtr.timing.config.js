/** The browser tests that measure time or memory, one file at a time and without coverage: `npm test -- timing`. */
import { chromeLauncher } from '@web/test-runner-chrome';
import puppeteer from 'puppeteer-core';
import { chromium } from './helpers/browser.js';
import { shared } from './helpers/runner.js';

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...shared,
  files: ['test/**/*.timing.test.ts', '!test/**/node_modules/**'],
  // What bounds these tests is in them; this only ends one that hangs, on a machine of any speed.
  testFramework: { config: { timeout: 60_000 } },
  testsFinishTimeout: 300_000,
  browsers: [chromeLauncher({ puppeteer, launchOptions: await chromium(), concurrency: 1 })],
};
