/**
 * What the script tag costs a page: the same page without it, with it as it comes (a button), and with the chat in the page once that is idle, in turns. There is no
 * worker to time and no peer, so that this suite runs itself.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ensureDist, ROOT } from '../../helpers/built.js';
import { serve } from '../../helpers/serve.js';
import { median } from '../harness/measure.js';
import { table } from '../harness/table.js';

const ROUNDS = 9;
/** Milliseconds that a page is watched after all has come. */
const AFTER = 500;

const KINDS = {
  without: '',
  default: '<script defer src="/inpage.js"></script>',
  idle: '<script defer src="/inpage.js" data-mount="#help"></script>',
};

/** @typedef {{ ours: number, longest: number, long: number, shift: number, busy: number, paint: number, bytes: number }} Visit */

/** What each measure is, for the eye. */
const MEASURES = {
  ours: 'tasks over 50 ms with a script of ours',
  longest: 'ms of the longest script of ours in a long frame',
  long: 'tasks over 50 ms',
  shift: 'layout shift',
  busy: 'ms of the main thread',
  paint: 'ms to the first contentful paint',
  bytes: 'bytes of ours (gzip) before an interaction',
};

/** A page of text with a place for the chat. @param {string} tag */
const pageWith = (tag) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<style>body { max-inline-size: 40rem; margin: auto } #help { block-size: 30rem }</style></head><body><h1>Shop</h1>
${Array.from({ length: 40 }, (_, index) => `<p>Beans of lot ${index}, roasted on Tuesday, and what people say of them.</p>`).join('')}
<div id="help"></div><p>Imprint</p>${tag}</body></html>`;

/** @param {import('puppeteer-core').Browser} browser */
export async function run(browser) {
  ensureDist();
  const server = await serve(join(ROOT, 'dist'));
  /** @type {Record<string, Visit[]>} */
  const visits = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, []]));
  try {
    // The first one has to fill the caches of the system.
    for (const kind of Object.keys(KINDS)) await visit(browser, server.origin, kind);
    for (let round = 0; round < ROUNDS; round++) {
      const order = Object.keys(KINDS);
      // Whoever is first has no advantage from it.
      if (round % 2 === 1) order.reverse();
      for (const kind of order) visits[kind].push(await visit(browser, server.origin, kind));
    }
  } finally {
    await server.close();
  }
  const rows = Object.entries(visits).flatMap(([kind, all]) =>
    Object.keys(MEASURES).map((measure) => ({ kind, measure, ...spread(all.map((one) => one[measure])) })),
  );
  const figures = { loader_bytes: gzipSync(readFileSync(join(ROOT, 'dist', 'inpage.js')), { level: 9 }).length };
  for (const kind of ['default', 'idle']) {
    const added = (measure) => median(visits[kind].map((one, round) => one[measure] - visits.without[round][measure]));
    figures[`tag_${kind}_long_tasks_of_ours`] = median(visits[kind].map(({ ours }) => ours));
    figures[`tag_${kind}_layout_shift_added`] = round(added('shift'));
    figures[`tag_${kind}_main_thread_ms_added`] = round(added('busy'));
    figures[`tag_${kind}_first_paint_ms_added`] = round(added('paint'));
    figures[`tag_${kind}_bytes_before_interaction`] = median(visits[kind].map(({ bytes }) => bytes));
  }
  const lines = rows.map(({ kind, measure, median: middle, min, max }) => [kind, MEASURES[measure], middle, min, max]);
  console.log(table(['page', 'measure', 'median', 'min', 'max'], lines));
  return { rows, figures, failed: {} };
}

const round = (value) => Math.round(value * 1000) / 1000;

/** @param {readonly number[]} values */
const spread = (values) => ({
  median: round(median(values)),
  min: round(Math.min(...values)),
  max: round(Math.max(...values)),
});

/** One visit of somebody who does nothing. @returns {Promise<Visit>} */
async function visit(browser, origin, kind) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    const asked = [];
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith('.js')) asked.push(pathname);
      if (pathname === '/') void request.respond({ contentType: 'text/html', body: pageWith(KINDS[kind]) });
      else void request.continue();
    });
    await page.evaluateOnNewDocument(watch);
    await page.goto(`${origin}/`, { waitUntil: 'load' });
    await page.evaluate(untilThere, kind, AFTER);
    const { frames, tasks, shift, paint } = await page.evaluate(() => window.seen());
    const { TaskDuration } = await page.metrics();
    const ours = frames.filter((duration) => duration > 50);
    const bytes = asked.map((path) => gzipSync(readFileSync(join(ROOT, 'dist', path)), { level: 9 }).length);
    return {
      ours: ours.length,
      longest: Math.max(0, ...frames),
      long: tasks.length,
      shift,
      busy: TaskDuration * 1000,
      paint,
      bytes: bytes.reduce((sum, size) => sum + size, 0),
    };
  } finally {
    await context.close();
  }
}

/** In the page: notes what its main thread does. */
function watch() {
  const seen = { frames: [], tasks: [], shift: 0, paint: 0 };
  const on = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  on('long-animation-frame', ({ scripts }) => {
    for (const { sourceURL, duration } of scripts)
      if (/\/(inpage|page|worker|parts\/[^/]*)\.js/.test(sourceURL)) seen.frames.push(duration);
  });
  on('longtask', ({ duration }) => seen.tasks.push(duration));
  on('layout-shift', ({ value, hadRecentInput }) => (seen.shift += hadRecentInput ? 0 : value));
  on('paint', ({ name, startTime }) => name === 'first-contentful-paint' && (seen.paint = startTime));
  window.seen = () => seen;
}

/** In the page: resolves when what comes by itself has come, and some time has passed. */
async function untilThere(kind, after) {
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  if (kind === 'idle') {
    const ready = new Promise((resolve) => (window.inpage ??= []).push((agent) => resolve(agent.ready)));
    await ready;
  }
  if (kind === 'default') while (!document.querySelector('.floating')) await pause(10);
  await pause(after);
}
