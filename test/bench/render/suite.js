/**
 * `<inpage-chat>` beside `<deep-chat>`, each in a page of its own, in turns: a reply of markdown that comes in at 1,000 tokens
 * a second below 200 messages while somebody types, and a thread of 10,000 messages that is opened.
 */
import { serve } from '../../helpers/serve.js';
import { buildSuite } from '../harness/build.js';
import { median } from '../harness/measure.js';
import { ISOLATED, short } from '../harness/suite.js';
import { table } from '../harness/table.js';

/** @typedef {Record<string, number> & { moved?: readonly string[] }} Sample */

/**
 * @typedef {object} RenderScenario
 * @property {string} name
 * @property {Readonly<Record<string, string>>} figures what each figure is
 * @property {number} rounds
 * @property {Readonly<Record<string, number>>} messages of the conversation, by contender
 * @property {(page: import('puppeteer-core').Page) => Promise<Sample>} measure
 * @property {Readonly<Record<string, string>>} units of what a sample has
 * @property {(of: (contender: string, what: string, how?: 'median' | 'max' | 'sum') => number) => Record<string, number>} reckon
 */

const CONTENDERS = ['inpage', 'deep-chat', 'bare', 'bare-pre'];

/** Seconds of a reply. */
const SECONDS = 30;

/** How a reply ends, as `text.ts` has it. */
const END = 'That is all.';

/** Milliseconds between two keys: six in a second, as fast typing is. */
const BETWEEN_KEYS = 160;

const TYPED = 'and then some more of the same words ';

/** Milliseconds of a key that the browser tells nothing of. */
const SHORT_KEY = { total: 8, wait: 0, work: 0 };

const UNITS = {
  long_tasks: 'tasks',
  longest_task_ms: 'ms',
  main_thread_share: 'share',
  script_share: 'share',
  layout_share: 'share',
  typing_p95_ms: 'ms',
  typing_wait_p95_ms: 'ms',
  typing_work_p95_ms: 'ms',
  layout_shift: 'score',
  memory_mb: 'MB',
};

/** @type {readonly RenderScenario[]} */
export const scenarios = [
  {
    name: 'stream_30_s',
    rounds: 3,
    messages: { inpage: 200, 'deep-chat': 200, bare: 0, 'bare-pre': 0 },
    units: UNITS,
    measure: stream,
    figures: {
      long_tasks: 'tasks over 50 ms in all rounds',
      main_thread_share: 'busy of all time',
      main_thread_vs_deep_chat: 'busy of all time, ours by theirs',
      typing_p95_ms: 'from a key to the next paint',
      typing_vs_bare_pre: 'the same, by that of a bare field beside a pre with the text',
      typing_wait_p95_ms: 'from a key until the page hears of it',
      typing_work_p95_ms: 'in which the page sees to a key',
      layout_shift: 'score, the worst round',
      memory_mb: 'heap after the reply',
    },
    reckon: (of) => ({
      long_tasks: of('inpage', 'long_tasks', 'sum'),
      main_thread_share: of('inpage', 'main_thread_share'),
      main_thread_vs_deep_chat: of('inpage', 'main_thread_share') / of('deep-chat', 'main_thread_share'),
      typing_p95_ms: of('inpage', 'typing_p95_ms'),
      typing_vs_bare_pre: of('inpage', 'typing_p95_ms') / of('bare-pre', 'typing_p95_ms'),
      typing_wait_p95_ms: of('inpage', 'typing_wait_p95_ms'),
      typing_work_p95_ms: of('inpage', 'typing_work_p95_ms'),
      layout_shift: of('inpage', 'layout_shift', 'max'),
      memory_mb: of('inpage', 'memory_mb'),
    }),
  },
  {
    name: 'open_10000',
    rounds: 5,
    // With all of them the other one takes minutes.
    messages: { inpage: 10_000, 'deep-chat': 1000 },
    units: { open_ms: 'ms', longest_task_ms: 'ms', memory_mb: 'MB' },
    measure: open,
    figures: {
      open_10000_ms: 'to the newest message painted',
      open_10000_vs_deep_chat_1000: 'ours with 10,000 messages by theirs with 1,000',
    },
    reckon: (of) => ({
      open_10000_ms: of('inpage', 'open_ms'),
      open_10000_vs_deep_chat_1000: of('inpage', 'open_ms') / of('deep-chat', 'open_ms'),
    }),
  },
];

/**
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} suite
 * @param {readonly RenderScenario[]} wanted
 */
export async function run(browser, suite, wanted) {
  const { folder, faults } = await buildSuite(suite, [...CONTENDERS, 'inpage-worker', 'feed']);
  const server = await serve(folder, { headers: ISOLATED });
  const result = { rows: [], figures: {}, failed: {} };
  try {
    if (faults.size > 0)
      throw new Error([...faults].map(([file, why]) => `${file}.ts was not built: ${why}`).join('\n'));
    for (const scenario of wanted) {
      try {
        const rounds = await measureAll(browser, server.origin, scenario);
        result.rows.push(...rowsOf(scenario, rounds));
        Object.assign(result.figures, figuresOf(scenario, rounds));
      } catch (error) {
        result.failed[scenario.name] = error.message;
      }
    }
  } finally {
    await server.close();
  }
  show(result, wanted);
  return result;
}

/** Each contender in each round, one after another, in a fresh browser context. Who is first changes. */
async function measureAll(browser, origin, { rounds: count, messages, measure }) {
  const contenders = Object.keys(messages);
  const rounds = [];
  for (let index = 0; index < count; index++) {
    const first = index % contenders.length;
    const round = {};
    for (const name of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      const context = await browser.createBrowserContext();
      try {
        const page = await context.newPage();
        page.setDefaultTimeout(120_000);
        await page.setViewport({ width: 1000, height: 740 });
        await page.goto(origin);
        await page.waitForFunction('globalThis.bench !== undefined');
        await page.evaluate((...args) => globalThis.bench.show(...args), name, messages[name]);
        round[name] = await measure(page);
        tellMoved(name, round[name].moved);
      } catch (error) {
        throw new Error(`${name}: ${error.message}`, { cause: error });
      } finally {
        await context.close();
      }
    }
    rounds.push(round);
  }
  return rounds;
}

/** What a shift is made of, as far as an eye takes it in. @param {readonly string[]} [moved] */
function tellMoved(name, moved = []) {
  if (moved.length > 0) console.log(`${name} moved ${moved.slice(0, 8).join('; ')}`);
}

/** @param {import('puppeteer-core').Page} page @returns {Promise<Sample>} */
async function stream(page) {
  await page.evaluate(() => globalThis.bench.open());
  await page.evaluate(() => globalThis.bench.focus());
  await page.evaluate(() => globalThis.bench.watched());
  const cdp = await page.createCDPSession();
  // Of the thread itself: what else runs on the machine does not count.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.evaluate(() => globalThis.bench.watch());
  const [begun, before] = [performance.now(), await busy(cdp)];
  let over = false;
  const reply = page
    .evaluate((seconds) => globalThis.bench.reply(seconds), SECONDS)
    .finally(() => {
      over = true;
    });
  let typed = '';
  while (!over) {
    const key = TYPED.charAt(typed.length % TYPED.length);
    await page.keyboard.press(key === ' ' ? 'Space' : key);
    typed += key;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_KEYS));
  }
  await reply;
  const [wall, after] = [(performance.now() - begun) / 1000, await busy(cdp)];
  const { longTasks, keys, shift, moved } = await page.evaluate(() => globalThis.bench.watched());
  const text = await page.evaluate(() => globalThis.chat.text());
  if (!text.includes(END)) throw new Error(`The end of the reply is not shown, but ${text.slice(-80)}`);
  const draft = (await page.evaluate(() => globalThis.bench.draft())).replaceAll('\u00a0', ' ').trim();
  // The other one loses the first key.
  if (![typed, typed.slice(1)].some((wanted) => wanted.trim() === draft)) {
    throw new Error(`${typed} came out as ${draft}`);
  }
  const told = Object.values(keys);
  const untold = Array.from({ length: Math.max(0, typed.length - told.length) }, () => SHORT_KEY);
  /** @param {keyof import('./page.ts').Key} what */
  const p95 = (what) =>
    [...told, ...untold].map((key) => key[what]).sort((a, b) => a - b)[Math.floor(typed.length * 0.95)];
  return {
    long_tasks: longTasks.length,
    longest_task_ms: Math.max(0, ...longTasks),
    main_thread_share: (after.TaskDuration - before.TaskDuration) / wall,
    script_share: (after.ScriptDuration - before.ScriptDuration) / wall,
    layout_share:
      (after.LayoutDuration + after.RecalcStyleDuration - before.LayoutDuration - before.RecalcStyleDuration) / wall,
    typing_p95_ms: p95('total'),
    typing_wait_p95_ms: p95('wait'),
    typing_work_p95_ms: p95('work'),
    layout_shift: shift,
    memory_mb: await heap(cdp),
    moved,
  };
}

/** @param {import('puppeteer-core').Page} page @returns {Promise<Sample>} */
async function open(page) {
  await page.evaluate(() => globalThis.bench.watch());
  const open_ms = await page.evaluate(() => globalThis.bench.open());
  const { longTasks } = await page.evaluate(() => globalThis.bench.watched());
  const cdp = await page.createCDPSession();
  await cdp.send('Performance.enable');
  return { open_ms, longest_task_ms: Math.max(0, ...longTasks), memory_mb: await heap(cdp) };
}

/** Seconds that the main thread has worked, by kind. */
async function busy(cdp) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** What the page's scripts hold, in MB. */
async function heap(cdp) {
  await cdp.send('HeapProfiler.collectGarbage');
  return (await busy(cdp)).JSHeapUsedSize / 1e6;
}

/** @param {RenderScenario} scenario */
function rowsOf({ name, units, messages }, rounds) {
  return Object.keys(messages).flatMap((contender) =>
    Object.entries(units).map(([what, unit]) => {
      const values = rounds.map((round) => round[contender][what]);
      return { scenario: name, contender, what, unit, median: short(median(values)), best: short(Math.min(...values)) };
    }),
  );
}

/** @param {RenderScenario} scenario */
function figuresOf({ reckon }, rounds) {
  const figures = reckon((contender, what, how = 'median') => {
    const values = rounds.map((round) => round[contender][what]);
    if (how === 'sum') return values.reduce((a, b) => a + b, 0);
    return how === 'max' ? Math.max(...values) : median(values);
  });
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, short(value)]));
}

function show({ rows, figures, failed }, wanted) {
  const lines = rows.map((row) => [row.scenario, row.contender, row.what, row.median, row.best, row.unit]);
  console.log(table(['scenario', 'contender', 'what', 'median', 'least', 'unit'], lines));
  const told = Object.assign({}, ...wanted.map((scenario) => scenario.figures));
  console.log(
    table(
      ['figure', 'what', 'value'],
      Object.entries(figures).map(([name, value]) => [name, told[name], value]),
    ),
  );
  for (const [name, why] of Object.entries(failed)) console.log(`FAILED ${name}: ${why}\n`);
}
