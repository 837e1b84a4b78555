/** Runs the scenarios of a suite, shows what came out, and returns it. */
import { serve } from '../../helpers/serve.js';
import { buildSuite } from './build.js';
import { measure, median } from './measure.js';
import { table } from './table.js';

/**
 * @typedef {object} Scenario
 * @property {string} name
 * @property {string} unit what a time is the time of, such as `step`
 * @property {Readonly<Record<string, import('./measure.js').Contender>>} contenders
 * @property {Readonly<Record<string, Parts>>} figures what comes of a round; a figure is the worst of its parts
 * @property {readonly (readonly [who: string, what: string])[]} [elsewhere] what others took that cannot run here, for
 *   the eye alone: measured on another day on a machine with as many cores
 * @property {number} [rounds] where one takes long
 * @property {number} [warmUps]
 * @property {boolean} [best] whether the figures are of the best of all rounds, and not the middle one of each round's
 */

/** @typedef {Readonly<Record<string, (round: import('./measure.js').Round) => number>>} Parts */

/** @typedef {{ scenario: string, contender: string, unit: string, median: number, best: number }} Row */

/** A page that is isolated from other origins has a clock of 5 µs instead of 100. */
export const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/**
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} suite its name, which is its folder
 * @param {readonly Scenario[]} scenarios
 * @returns {Promise<{ rows: Row[], figures: Record<string, number>, failed: Record<string, string> }>} `failed` says why
 *   a scenario has no figures.
 */
export async function runSuite(browser, suite, scenarios) {
  const files = new Set(scenarios.flatMap(({ contenders }) => Object.values(contenders).map(({ file }) => file)));
  const { folder, faults } = await buildSuite(suite, [...files]);
  const server = await serve(folder, { headers: ISOLATED });
  const result = { rows: [], figures: {}, failed: {} };
  const parts = [];
  try {
    const page = await browser.newPage();
    await page.goto(server.origin);
    await page.waitForFunction('globalThis.bench !== undefined && crossOriginIsolated', { timeout: 10_000 });
    for (const scenario of scenarios) {
      try {
        for (const { file } of Object.values(scenario.contenders)) {
          if (faults.has(file)) throw new Error(`${file}.ts was not built: ${faults.get(file)}`);
        }
        const rounds = await measure(page, scenario.contenders, scenario);
        result.rows.push(...rowsOf(scenario, rounds));
        parts.push(...figuresOf(scenario, rounds, result.figures));
      } catch (error) {
        result.failed[scenario.name] = error.message;
      }
    }
    await page.close();
  } finally {
    await server.close();
  }
  show(result, parts, scenarios);
  return result;
}

/** @param {Scenario} scenario @param {readonly import('./measure.js').Round[]} rounds @returns {Row[]} */
function rowsOf({ name, unit, contenders }, rounds) {
  return Object.keys(contenders).map((contender) => {
    const times = rounds.map((round) => round[contender].us);
    return {
      scenario: name,
      contender,
      unit: `µs/${unit}`,
      median: short(median(times)),
      best: short(Math.min(...times)),
    };
  });
}

/**
 * Puts the figures of a scenario into `figures`, and returns the table of their parts.
 *
 * @param {Scenario} scenario
 * @param {readonly import('./measure.js').Round[]} rounds
 * @param {Record<string, number>} figures
 */
function figuresOf(scenario, rounds, figures) {
  const counted = scenario.best ? [bestOf(rounds)] : rounds;
  return Object.entries(scenario.figures).flatMap(([figure, parts]) => {
    const lines = Object.entries(parts).map(([part, of]) => {
      const values = counted.map(of);
      return {
        figure,
        part,
        median: short(median(values)),
        min: short(Math.min(...values)),
        max: short(Math.max(...values)),
      };
    });
    figures[figure] = Math.max(...lines.map((line) => line.median));
    return lines;
  });
}

/**
 * One round of the best sample of each contender.
 *
 * @param {readonly import('./measure.js').Round[]} rounds
 * @returns {import('./measure.js').Round}
 */
function bestOf(rounds) {
  const names = Object.keys(rounds[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [name, rounds.map((round) => round[name]).reduce((a, b) => (b.us < a.us ? b : a))]),
  );
}

/** Three significant digits. @param {number} value @returns {number} */
export function short(value) {
  return Number(value.toPrecision(3));
}

function show({ rows, failed }, parts, scenarios) {
  const times = rows.map((row) => [row.scenario, row.contender, row.median, row.best, row.unit]);
  const ratios = parts.map(({ figure, part, median: middle, min, max }) => [figure, part, middle, `${min}..${max}`]);
  console.log(table(['scenario', 'contender', 'median', 'best', 'unit'], times));
  console.log(table(['figure', 'part', 'median', 'min..max'], ratios));
  const others = scenarios.flatMap(({ name, elsewhere = [] }) => elsewhere.map((line) => [name, ...line]));
  if (others.length > 0) console.log(table(['scenario', 'measured elsewhere', ''], others));
  for (const [name, why] of Object.entries(failed)) console.log(`FAILED ${name}: ${why}\n`);
}
