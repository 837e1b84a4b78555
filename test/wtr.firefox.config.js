/** The thin suite in Firefox, over WebDriver BiDi: `npm run test:firefox`. `$FIREFOX_PATH` names another Firefox. */
import { chromeLauncher } from '@web/test-runner-chrome';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { shared } from './helpers/runner.js';

const places = [
  ...(process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => [join(folder, 'firefox'), join(folder, 'firefox-esr')]),
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];
const executablePath = process.env.FIREFOX_PATH ?? places.find((place) => existsSync(place));
if (executablePath === undefined) {
  console.log('Firefox is not installed, so its tests were skipped: install it, or set FIREFOX_PATH.');
  process.exit(0);
}

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...shared,
  files: [
    'test/thin/*.test.ts',
    'test/engine/interrupt.test.ts',
    'test/engine/known-faults.test.ts',
    'test/checkpoint/{blobs,values}.test.ts',
  ],
  browsers: [chromeLauncher({ puppeteer, concurrency: 1, launchOptions: { browser: 'firefox', executablePath } })],
};
