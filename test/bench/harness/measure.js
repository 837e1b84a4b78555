/** Measures contenders in turns, so that what disturbs the machine disturbs them all alike. */

/**
 * One run of a scenario by one contender.
 *
 * @typedef {object} Contender
 * @property {string} file the script, without `.ts`
 * @property {string} run the name of the scenario in it
 * @property {number} [per] what one unit of the run counts for, such as 1,000 steps; 1 if not given
 * @property {number} [units] units to begin with; 1 if not given
 * @property {boolean} [watched] whether the page listens
 */

/**
 * One measurement: `us` is microseconds for one of `count`; `pageMs` is what the page's main thread worked meanwhile;
 * `notes` are numbers that the contender found out.
 *
 * @typedef {{ us: number, pageMs: number, events: number, count: number, notes: Record<string, number> }} Sample
 */

/** @typedef {Readonly<Record<string, Sample>>} Round the samples of one round, by contender */

/** Rounds, and measurements that are thrown away, so that the code is compiled before the first round. */
const USUAL = { rounds: 15, warmUps: 5 };
/** Milliseconds that a measurement lasts at least. */
const SHORTEST = 50;

/**
 * Runs all contenders in each round, each in a worker that lives through all rounds.
 *
 * @param {import('puppeteer-core').Page} page
 * @param {Readonly<Record<string, Contender>>} contenders
 * @param {{ rounds?: number, warmUps?: number }} [often]
 * @returns {Promise<Round[]>}
 * @throws what the first contender that failed threw, with its name.
 */
export async function measure(page, contenders, often = {}) {
  const { rounds: count = USUAL.rounds, warmUps = USUAL.warmUps } = often;
  const runners = Object.entries(contenders).map(([name, contender]) => createRunner(page, name, contender));
  try {
    for (const runner of runners) {
      await runner.start();
      for (let i = 0; i < warmUps; i++) await runner.sample();
    }
    const rounds = [];
    for (let i = 0; i < count; i++) {
      /** @type {Record<string, Sample>} */
      const round = {};
      // Everybody is first in some rounds and last in others.
      const first = i % runners.length;
      for (const runner of [...runners.slice(first), ...runners.slice(0, first)]) {
        round[runner.name] = await runner.sample();
      }
      rounds.push(round);
    }
    return rounds;
  } finally {
    for (const runner of runners) await runner.stop();
  }
}

/** @param {import('puppeteer-core').Page} page @param {string} name @param {Contender} contender */
function createRunner(page, name, { file, run, per = 1, units: begin = 1, watched = false }) {
  let units = begin;
  return {
    name,
    start: () => page.evaluate((...args) => globalThis.bench.start(...args), name, `/${file}.js`),
    stop: () => page.evaluate((...args) => globalThis.bench.stop(...args), name),
    /** Measures once; with more units, and again, while the run was too short. @returns {Promise<Sample>} */
    async sample() {
      for (;;) {
        const before = await taskTime(page);
        const { found, events } = await page
          .evaluate((...args) => globalThis.bench.run(...args), name, run, units, watched)
          .catch((error) => {
            throw new Error(`${name}: ${error.message}`);
          });
        const pageMs = (await taskTime(page)) - before;
        const { ms, ...notes } = found;
        const count = units * per;
        if (ms >= SHORTEST) return { us: (ms * 1000) / count, pageMs, events, count, notes };
        units = Math.ceil(units * Math.min(10, (1.3 * SHORTEST) / Math.max(ms, 0.01)));
      }
    },
  };
}

/** Milliseconds that the page's main thread has worked. @param {import('puppeteer-core').Page} page */
async function taskTime(page) {
  const { TaskDuration = 0 } = await page.metrics();
  return TaskDuration * 1000;
}

/** The middle one of an odd count. @param {readonly number[]} numbers @returns {number} */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}
