/** Kills, comes back, and compares what is there with what somebody was told. */
import type { Page } from 'puppeteer-core';
import { Chromium } from './chromium.ts';
import { Control } from './control.ts';
import { below, pause, randomFrom } from './plan.ts';
import type { Plan } from './plan.ts';
import { PHASES } from './points.ts';
import type { Arm, Phase } from './points.ts';
import { POINTS } from './tell.ts';
import type { Point } from './tell.ts';

/**
 * What ends, and when: the browser at a point, at a random moment, or while it makes its first database; its worker, or one
 * of four tabs, at a random moment.
 */
export const KINDS = [...POINTS, 'random', 'birth', 'terminate', 'tab'] as const;

export type Kind = (typeof KINDS)[number];

/** What one kill has shown. */
export interface Result {
  readonly kind: Kind;
  readonly seed: number;
  /** False when the threads were done before the point had come so often. */
  readonly killed: boolean;
  /** Effects that were had again. */
  readonly again: number;
  /** Threads that were cut off and came to their end all the same. */
  readonly resumed: number;
  readonly faults: readonly string[];
}

/** Kills after which the profile is replaced, so that it does not grow for ever. */
const PROFILE = 12;

/** Milliseconds of a run in which a random moment lies, and that housekeeping may take to begin. */
const LONGEST = { random: 600, birth: 200, terminate: 400, tab: 400 };
const TIDY = 300;

/** Turns of each thread. Two bring two generations of snapshots where there is something to keep house with. */
const TURNS = 2;

/** How many of the kills at random moments are followed by another one. */
const TWICE = 0.3;

/** How often a point comes in a run, at least. */
const OFTEN: Record<Point, number> = {
  intent: 6,
  effect: 10,
  put: 40,
  complete: 40,
  merge: 2,
  snapshot: 4,
  prune: 3,
  blob: 5,
  copy: 8,
};

/** Points whose transactions end by themselves. */
const UNSAID: ReadonlySet<Kind> = new Set<Kind>(['blob', 'copy']);

const HOUSEKEEPING: ReadonlySet<Kind> = new Set<Kind>(['merge', 'snapshot', 'prune']);

const isPoint = (kind: Kind): kind is Point => (POINTS as readonly string[]).includes(kind);

function plansOf(kind: Kind, seed: number): Plan[] {
  const size = HOUSEKEEPING.has(kind) ? 40_000 : 1200;
  return (['agent', 'order', 'agent'] as const).map((graph, index) => ({
    id: `${kind}-${seed}-${index}`,
    graph,
    seed: seed * 7 + index,
    turns: TURNS,
    size,
    copies: kind === 'copy' && index < 2,
  }));
}

function armOf(point: Point, random: () => number): Arm {
  const phases: readonly Phase[] =
    point === 'complete'
      ? ['complete']
      : point === 'put'
        ? ['request', 'commit']
        : UNSAID.has(point)
          ? ['request', 'complete']
          : PHASES;
  const phase = phases[below(random, phases.length)] ?? 'request';
  return { point, phase, nth: 1 + below(random, OFTEN[point]) };
}

export class Suite {
  readonly #control: Control;
  #browser = new Chromium();
  #kills = 0;
  /** How many versions of each thread had been seen when it was cut off. */
  #before = new Map<string, number>();

  /** @param folder what `buildPage` has built. */
  static async start(folder: string): Promise<Suite> {
    return new Suite(await Control.start(folder));
  }

  private constructor(control: Control) {
    this.#control = control;
  }

  /** Kills once, and says what that has shown. */
  async run(kind: Kind, seed: number): Promise<Result> {
    if (++this.#kills % PROFILE === 0) {
      await this.#browser.close();
      this.#browser = new Chromium();
    }
    const { ledger } = this.#control;
    ledger.clear();
    // What is left of earlier kills would be pruned first.
    if (kind !== 'birth') await (await this.#open()).evaluate(() => window.crash.clear());
    const plans = plansOf(kind, seed);
    const random = randomFrom(seed);
    const early: string[] = [];
    const killed = await this.#kill(kind, plans, random, early);
    // Some are cut off again while they go on.
    if (kind === 'random' && random() < TWICE) await this.#kill(kind, plans, random, early);
    if (kind !== 'tab') this.#note();
    const page = await this.#open();
    const { faults, resumed } = await this.#examine(page, plans, kind);
    return { kind, seed, killed, again: ledger.again, resumed, faults: [...early, ...ledger.faults, ...faults] };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#control.close();
  }

  #open(): Promise<Page> {
    return this.#browser.open(this.#control.origin);
  }

  async #kill(kind: Kind, plans: readonly Plan[], random: () => number, faults: string[]): Promise<boolean> {
    if (kind === 'birth') return this.#killAtBirth(random);
    const page = await this.#open();
    if (isPoint(kind)) return this.#killAt(page, kind, plans, random, faults);
    const delay = random() * LONGEST[kind];
    const others = kind === 'tab' ? await this.#mirror(plans) : [];
    const driving = page.evaluate((all) => window.crash.drive(all), plans);
    // What a page says that is cut off means nothing.
    driving.catch(() => undefined);
    await pause(delay);
    if (kind === 'random') await this.#browser.kill();
    else if (kind === 'terminate') {
      await page.evaluate(() => {
        window.crash.terminate();
      });
      await driving;
    } else await this.#closeTab(page, others, plans, faults);
    return true;
  }

  /** Kills while the page makes a database where there has never been one. */
  async #killAtBirth(random: () => number): Promise<boolean> {
    await this.#browser.close();
    this.#browser = new Chromium();
    await this.#browser.begin(this.#control.origin);
    await pause(random() * LONGEST.birth);
    await this.#browser.kill();
    return true;
  }

  #note(): void {
    this.#before = new Map([...this.#control.ledger.seen].map(([thread, versions]) => [thread, versions.size]));
  }

  /** Kills at the moment that the page says is the one. */
  async #killAt(
    page: Page,
    point: Point,
    plans: readonly Plan[],
    random: () => number,
    faults: string[],
  ): Promise<boolean> {
    const kills: Promise<void>[] = [];
    const killed = new Promise<void>((resolve) => {
      this.#control.onKill = () => {
        kills.push(this.#browser.kill());
        resolve();
      };
    });
    const lived = async (): Promise<void> => {
      await page.evaluate(
        (arm) => {
          window.crash.arm(arm);
        },
        armOf(point, random),
      );
      const house = HOUSEKEEPING.has(point);
      for (let turns = house ? 1 : TURNS; turns <= TURNS; turns++) {
        const part = plans.map((plan) => ({ ...plan, turns }));
        faults.push(...(await page.evaluate((all) => window.crash.drive(all), part)));
        if (house) await pause(TIDY);
      }
      for (let share = 0.9; point === 'prune' && share > 0.3; share -= 0.1) {
        await page.evaluate((part) => window.crash.prune(part), share);
      }
      await page.evaluate(() => {
        window.crash.arm(undefined);
      });
    };
    const living = lived().catch((error: unknown) => {
      if (kills.length === 0) throw error;
    });
    await Promise.race([killed, living]);
    await Promise.all(kills);
    return kills.length > 0;
  }

  /** Three more tabs in which the threads are seen. */
  async #mirror(plans: readonly Plan[]): Promise<readonly Page[]> {
    const pages: Page[] = [];
    for (let count = 0; count < 3; count++) {
      const page = await this.#browser.another(this.#control.origin);
      await page.evaluate((all) => {
        window.crash.watch(all);
      }, plans);
      pages.push(page);
    }
    return pages;
  }

  /** Closes the tab that leads. Two of the others go on at once, and one of them stays. */
  async #closeTab(page: Page, others: readonly Page[], plans: readonly Plan[], faults: string[]): Promise<void> {
    await page.close();
    this.#note();
    const [heir, second, third] = others;
    if (!heir || !second || !third) throw new Error('There are not enough tabs.');
    this.#browser.adopt(heir);
    const driving = second.evaluate((all) => window.crash.drive(all, false), plans);
    faults.push(...(await heir.evaluate((all) => window.crash.drive(all), plans)), ...(await driving));
    await second.close();
    await third.close();
  }

  /** Compares the threads with what somebody was told, brings them to their end, and compares again. */
  async #examine(page: Page, plans: readonly Plan[], kind: Kind): Promise<{ faults: string[]; resumed: number }> {
    const faults: string[] = [];
    const { ledger } = this.#control;
    const left: Plan[] = [];
    for (const plan of plans) {
      const reading = await this.#compare(page, plan.id, kind, faults);
      if (reading > 0 || kind !== 'prune') left.push(plan);
    }
    const orphans = await page.evaluate(() => window.crash.orphans());
    if (orphans.length > 0) faults.push(`records of no thread: ${orphans.join(', ')}`);
    const named = new Set(plans.map(({ id }) => id));
    for (const id of ledger.seen.keys()) if (!named.has(id)) await this.#compare(page, id, kind, faults);
    faults.push(...(await page.evaluate((all) => window.crash.drive(all), left)));
    let resumed = 0;
    for (const plan of left) {
      if ((ledger.seen.get(plan.id)?.size ?? 0) > (this.#before.get(plan.id) ?? Infinity)) resumed++;
      await this.#compare(page, plan.id, kind, faults);
      const wrong = await page.evaluate((each, known) => window.crash.faults(each, known), plan, ledger.known());
      faults.push(...wrong.map((fault) => `${plan.id}: ${fault}`));
    }
    faults.push(...(await page.evaluate(() => window.crash.damages())));
    return { faults, resumed };
  }

  /** Compares a thread with what somebody was told of it. Returns its newest version. */
  async #compare(page: Page, id: string, kind: Kind, faults: string[]): Promise<number> {
    const seen = this.#control.ledger.seen.get(id) ?? new Map<number, string | undefined>();
    const versions = [...seen].flatMap(([version, digest]) => (digest === undefined ? [] : [version]));
    const reading = await page.evaluate((thread, wanted) => window.crash.read(thread, wanted), id, versions);
    faults.push(...reading.faults.map((fault) => `${id}: ${fault}`));
    // Retention takes whole threads, and what lies before an older snapshot.
    if (kind === 'prune' && reading.head === 0) return 0;
    if (kind !== 'prune' && reading.from > 0) faults.push(`${id}: its log begins after ${reading.from}`);
    for (const [version, digest] of seen) {
      if (version > reading.head) faults.push(`${id}: version ${version} was seen, and ${reading.head} is the last`);
      else if (version >= reading.from && digest !== undefined && reading.digests[version] !== digest) {
        faults.push(`${id}: version ${version} is not what was seen`);
      }
    }
    return reading.head;
  }
}
