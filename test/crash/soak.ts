/** What stays behind of very many runs: on one thread, and on very many threads. */
import type { CDPSession, Page } from 'puppeteer-core';
import { launch } from '../helpers/browser.js';
import { serve } from '../helpers/serve.js';
import { buildPage } from './build.ts';
import { pause } from './plan.ts';
import type { Stored } from './soak-page.ts';

/** What one run or one thread more may leave behind. */
interface Bounds {
  /** Bytes of the worker's heap after a collection, as the slope over all samples. */
  readonly heap: number;
  /** Bytes of records. */
  readonly stored: number;
  /** Records of the log, on average. */
  readonly segments: number;
}

const RUNS = 1000;
const THREADS = 500;
const SAMPLES = 10;

/** How often each of the threads runs. */
const RUNS_EACH = 3;

/**
 * About twice what was measured when they were set. The heap is never quite still: its slope was found to be 30 to 520
 * bytes at the same size in the end. A run that was kept would cost 5,000.
 */
const BOUNDS: Record<'run' | 'thread', Bounds> = {
  run: { heap: 1024, stored: 750, segments: 0.1 },
  thread: { heap: 1024, stored: 3600, segments: 24 },
};

/** Milliseconds in which nobody is at work, so that housekeeping is done. */
const REST = 400;

interface Sample {
  readonly at: number;
  readonly heap: number;
  readonly stored: Stored;
}

/** The slope of the line through points that is nearest to them. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: (point: readonly [number, number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([at]) => at), mean(([, value]) => value)];
  return mean(([at, value]) => (at - x) * (value - y)) / mean(([at]) => (at - x) ** 2);
}

async function heapOf(worker: CDPSession): Promise<number> {
  // Twice, because the first one only queues what finalizers let go.
  for (let times = 0; times < 2; times++) await worker.send('HeapProfiler.collectGarbage');
  return (await worker.send('Runtime.getHeapUsage')).usedSize;
}

async function measure(
  page: Page,
  worker: CDPSession,
  total: number,
  work: (from: number, to: number) => Promise<void>,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  const part = total / SAMPLES;
  for (let at = 0; at <= total; at += part) {
    if (at > 0) await work(at - part, at);
    await pause(REST);
    samples.push({ at, heap: await heapOf(worker), stored: await page.evaluate(() => window.soak.stored()) });
  }
  return samples;
}

/** Prints the figures of one kind, and says which are over their bounds. */
function judge(kind: 'run' | 'thread', samples: readonly Sample[]): string[] {
  const bounds = BOUNDS[kind];
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) throw new Error('Nothing was measured.');
  const records = (sample: Sample): number => sample.stored.records['segments'] ?? 0;
  const found: Bounds = {
    // What is made once, such as code, is made before the third sample.
    heap: slope(samples.slice(2).map(({ at, heap }) => [at, heap])),
    stored: (last.stored.bytes - first.stored.bytes) / last.at,
    segments: (records(last) - records(first)) / last.at,
  };
  console.log(
    `${last.at} ${kind}s: heap ${(last.heap / 1e6).toFixed(2)} MB, stored ${(last.stored.bytes / 1e6).toFixed(2)} MB`,
  );
  return (['heap', 'stored', 'segments'] as const).flatMap((name) => {
    console.log(`  ${name} per ${kind}: ${found[name].toFixed(2)}, at most ${bounds[name]}`);
    return found[name] <= bounds[name] ? [] : [`${name} per ${kind} is ${found[name].toFixed(2)}`];
  });
}

/** Measures, and says what is over its bounds. */
export async function soak(): Promise<readonly string[]> {
  const server = await serve(await buildPage('soak', ['soak-page', 'soak-worker']));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.origin);
    await page.waitForFunction(() => 'soak' in window, { polling: 20 });
    await page.evaluate(() => window.soak.run(['warm'], 0));
    const [worker] = page.workers();
    if (!worker) throw new Error('The page has no worker.');
    const { client } = worker;
    const runs = await measure(page, client, RUNS, async (from, to) => {
      for (let n = from; n < to; n += 50) {
        await page.evaluate(
          async (begin, end) => {
            for (let each = begin; each < end; each++) await window.soak.run(['one'], each);
          },
          n,
          Math.min(n + 50, to),
        );
      }
    });
    const threads = await measure(page, client, THREADS, async (from, to) => {
      const names = Array.from({ length: to - from }, (_, offset) => `thread ${from + offset}`);
      await page.evaluate(
        async (all, times) => {
          for (let n = 0; n < times; n++) await window.soak.run(all, n);
        },
        names,
        RUNS_EACH,
      );
    });
    return [...judge('run', runs), ...judge('thread', threads)];
  } finally {
    await browser.close();
    await server.close();
  }
}
