/**
 * The crash suite: `npm run test:crash`. With `--point put --seed 1003` one kill is made again, with `--without-flushed`
 * nothing waits for the disk, which the suite must find out.
 */
import { parseArgs } from 'node:util';
import { buildPage } from './build.ts';
import { KINDS, Suite } from './suite.ts';
import type { Kind, Result } from './suite.ts';
import { POINTS } from './tell.ts';

/** How many kills of each kind. */
const COUNTS: Record<Kind, number> = {
  ...(Object.fromEntries(POINTS.map((point) => [point, 10])) as Record<(typeof POINTS)[number], number>),
  random: 100,
  terminate: 30,
  tab: 20,
};

/** Kills that may come to nothing before a kind counts as failed. */
const MISSES = 20;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    point: { type: 'string' },
    count: { type: 'string' },
    'without-flushed': { type: 'boolean' },
  },
});
const flushes = values['without-flushed'] !== true;
const kinds = KINDS.filter((kind) => values.point === undefined || kind === values.point);
if (kinds.length === 0) throw new Error(`There is no point ${String(values.point)}: choose from ${KINDS.join(', ')}.`);

const begun = performance.now();
const folder = await buildPage(flushes ? 'crash' : 'crash-without-flushed', ['page', 'worker'], { flushes });
const suite = await Suite.start(folder);
const results: Result[] = [];
let missed = 0;
try {
  for (const kind of kinds) {
    const first = values.seed === undefined ? 1000 * (1 + KINDS.indexOf(kind)) : Number(values.seed);
    const usual = values.seed === undefined ? (flushes ? COUNTS[kind] : 3) : 1;
    const count = values.count === undefined ? usual : Number(values.count);
    let [seed, misses] = [first, 0];
    for (let kills = 0; kills < count && misses <= MISSES; seed++) {
      const result = await suite.run(kind, seed);
      results.push(result);
      if (result.killed) kills++;
      else misses++;
      for (const fault of result.faults)
        console.log(`  ${fault}\n    npm run test:crash -- --point ${kind} --seed ${seed}`);
    }
    missed += misses > MISSES ? 1 : 0;
    console.log(`${kind}: seeds ${first} to ${seed - 1}${misses > 0 ? `, ${misses} came too late` : ''}`);
  }
} finally {
  await suite.close();
}

const failed = results.filter(({ faults }) => faults.length > 0).length;
const sum = (of: (result: Result) => number): number => results.reduce((total, each) => total + of(each), 0);
const perKind = kinds.map((kind) => `${kind} ${sum((each) => (each.kind === kind && each.killed ? 1 : 0))}`);
console.log(
  `\nkills: ${perKind.join(', ')}; effects had again: ${sum(({ again }) => again)}; ` +
    `threads resumed: ${sum(({ resumed }) => resumed)}; failures: ${failed}; ` +
    `${((performance.now() - begun) / 1000).toFixed(0)} s`,
);
if (flushes) process.exitCode = failed + missed > 0 ? 1 : 0;
else {
  console.log(failed > 0 ? 'The suite finds out that nothing waits for the disk.' : 'The suite did not notice!');
  process.exitCode = failed > 0 ? 0 : 1;
}
