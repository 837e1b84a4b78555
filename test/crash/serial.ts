/** Plays schedules: many in one page with four workers, some in four pages. */
import type { Page } from 'puppeteer-core';
import { launch } from '../helpers/browser.js';
import { serve } from '../helpers/serve.js';
import { buildPage } from './build.ts';
import { pause, randomFrom } from './plan.ts';
import type { Done, Schedule } from './serial-page.ts';

/** How many schedules are played at once: more would only wait for the disk. */
const AT_ONCE = 16;

const TABS = 4;

/** Milliseconds within which a tab is closed. */
const CUT = 60;

/** Of every four, this many have changes that do not wait for their turn. */
const isLed = (seed: number): boolean => seed % 4 !== 3;

async function open(page: Page, origin: string): Promise<Page> {
  await page.goto(origin);
  await page.waitForFunction(() => 'serial' in window, { polling: 20 });
  return page;
}

/** Plays a schedule in four pages, the last of which may be closed in the middle of it, and is taken off the list. */
async function playInTabs(pages: Page[], schedule: Schedule): Promise<readonly string[]> {
  const playing = pages.map((page, tab) =>
    page
      .evaluate((what, who) => window.serial.play(what, who), schedule, tab)
      .catch((error: unknown): Done => {
        // What it was told, nobody knows any more.
        if (schedule.isCut && tab === TABS - 1) return { acknowledged: [], refused: [] };
        throw error;
      }),
  );
  if (schedule.isCut) {
    await pause(randomFrom(schedule.seed)() * CUT);
    await pages.pop()?.close();
  }
  const done = await Promise.all(playing);
  const found = pages.map((page) => page.evaluate((what, all) => window.serial.faults(what, all), schedule, done));
  return (await Promise.all(found)).flat();
}

/**
 * Plays schedules, and says what contradicts that everything was done one by one.
 *
 * @param count in one page.
 * @param inTabs in four pages.
 */
export async function playSchedules(first: number, count: number, inTabs: number): Promise<readonly string[]> {
  const server = await serve(await buildPage('serial', ['serial-page', 'serial-worker']));
  const browser = await launch();
  try {
    const faults: string[] = [];
    const page = await open(await browser.newPage(), server.origin);
    for (let seed = first; seed < first + count; seed += AT_ONCE) {
      const schedules = Array.from({ length: Math.min(AT_ONCE, first + count - seed) }, (_, offset): Schedule => {
        return { seed: seed + offset, isLed: isLed(seed + offset), isCut: false };
      });
      const found = await page.evaluate((all) => Promise.all(all.map((each) => window.serial.all(each))), schedules);
      faults.push(...found.flat());
    }
    const pages: Page[] = [page];
    for (let seed = first + count; seed < first + count + inTabs; seed++) {
      while (pages.length < TABS) pages.push(await open(await browser.newPage(), server.origin));
      const schedule: Schedule = { seed, isLed: isLed(seed), isCut: seed % 2 === 1 };
      faults.push(...(await playInTabs(pages, schedule)));
    }
    return faults;
  } finally {
    await browser.close();
    await server.close();
  }
}
