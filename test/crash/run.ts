/**
 * The crash suite: `npm run test:crash`. With `--point put --seed 3003` one kill is made again; with `--without-flushed`
 * nothing waits for the disk, which the suite must find out; with `--soak` it is measured what very many runs leave behind.
 */
import { parseArgs } from 'node:util';
import { buildPage } from './build.ts';
import { playSchedules } from './serial.ts';
import { soak } from './soak.ts';
import { KINDS, Suite } from './suite.ts';
import type { Kind, Result } from './suite.ts';
import { POINTS } from './tell.ts';

/** How many kills of each kind. */
const COUNTS: Record<Kind, number> = {
  ...(Object.fromEntries(POINTS.map((point) => [point, 10])) as Record<(typeof POINTS)[number], number>),
  random: 100,
  birth: 10,
  terminate: 30,
  tab: 20,
};

/** How many schedules four tabs play on one thread: in one page with four workers, and in four pages. */
const SCHEDULES = [480, 20] as const;

/** Kills that may come to nothing before a kind counts as failed. */
const MISSES = 20;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    point: { type: 'string' },
    count: { type: 'string' },
    'without-flushed': { type: 'boolean' },
    soak: { type: 'boolean' },
  },
});
const flushes = values['without-flushed'] !== true;
const kinds = KINDS.filter((kind) => values.point === undefined || kind === values.point);
if (kinds.length === 0) throw new Error(`There is no point ${String(values.point)}: choose from ${KINDS.join(', ')}.`);

const begun = performance.now();
const seconds = (): string => `${((performance.now() - begun) / 1000).toFixed(0)} s`;

if (values.soak) {
  const faults = await soak();
  for (const fault of faults) console.log(fault);
  console.log(`${faults.length} over their bounds; ${seconds()}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} else {
  const { results, late } = await killAll();
  const faults = flushes && values.point === undefined ? await schedules() : [];
  process.exitCode = judge(results, late, faults) ? 0 : 1;
}

/** Makes all kills that were asked for. `late` are the kinds whose runs were over too often. */
async function killAll(): Promise<{ results: readonly Result[]; late: readonly Kind[] }> {
  const folder = await buildPage(flushes ? 'crash' : 'crash-without-flushed', ['page', 'worker'], { flushes });
  const suite = await Suite.start(folder);
  const results: Result[] = [];
  const late: Kind[] = [];
  try {
    for (const kind of kinds) {
      const first = values.seed === undefined ? 1000 * (1 + KINDS.indexOf(kind)) : Number(values.seed);
      const usual = values.seed !== undefined ? 1 : flushes ? COUNTS[kind] : 3;
      const count = values.count === undefined ? usual : Number(values.count);
      let [seed, misses] = [first, 0];
      for (let kills = 0; kills < count && misses <= MISSES; seed++) {
        const result = await suite.run(kind, seed);
        results.push(result);
        if (result.killed) kills++;
        else misses++;
        if (result.faults.length > 0) tell(result);
      }
      if (misses > MISSES) late.push(kind);
      console.log(
        `${kind}: seeds ${first} to ${seed - 1}${misses > 0 ? `, of which ${misses} were over too soon` : ''}`,
      );
    }
  } finally {
    await suite.close();
  }
  return { results, late };
}

function tell({ kind, seed, faults }: Result): void {
  for (const fault of faults) console.log(`  ${fault}`);
  console.log(`  again: npm run test:crash -- --point ${kind} --seed ${seed}${flushes ? '' : ' --without-flushed'}`);
}

async function schedules(): Promise<readonly string[]> {
  const faults = await playSchedules(1, ...SCHEDULES);
  for (const fault of faults) console.log(`  ${fault}`);
  console.log(`schedules: seeds 1 to ${SCHEDULES[0] + SCHEDULES[1]}, ${faults.length} faults`);
  return faults;
}

/** Sums up, and says whether it is as it should be. */
function judge(results: readonly Result[], late: readonly Kind[], faults: readonly string[]): boolean {
  const failed = results.filter((result) => result.faults.length > 0).length;
  const sum = (of: (result: Result) => number): number => results.reduce((total, each) => total + of(each), 0);
  const perKind = kinds.map((kind) => `${kind} ${sum((each) => (each.kind === kind && each.killed ? 1 : 0))}`);
  const all = [
    `kills: ${perKind.join(', ')}`,
    `effects had again: ${sum(({ again }) => again)}`,
    `threads resumed: ${sum(({ resumed }) => resumed)}`,
    `failures: ${failed + faults.length + late.length}`,
  ];
  console.log(`\n${all.join('; ')}; ${seconds()}`);
  if (flushes) return failed + faults.length + late.length === 0;
  console.log(failed > 0 ? 'The suite finds out that nothing waits for the disk.' : 'The suite did not notice it.');
  return failed > 0;
}
