/** The browser tests, in Chromium, with coverage: `npm test -- browser`. */
import { chromeLauncher } from '@web/test-runner-chrome';
import puppeteer from 'puppeteer-core';
import { chromium } from './helpers/browser.js';
import { shared } from './helpers/runner.js';

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...shared,
  browsers: [
    chromeLauncher({
      puppeteer,
      launchOptions: await chromium(),
      // More pages than cores make the tests that measure time unsteady.
      concurrency: 2,
      // A profile for each page, or test files that run side by side would share a database and its locks.
      createPage: async ({ browser }) => (await browser.createBrowserContext()).newPage(),
    }),
  ],
  coverage: true,
  coverageConfig: {
    include: ['src/**/*.ts', 'components/**/*.ts'],
    // Code in a worker is not measured, so the host is tested in the page as well.
    threshold: { lines: 85, statements: 0, branches: 0, functions: 0 },
    reporters: ['lcovonly', 'text-summary'],
  },
};
