/** The scenarios of checkpoints: one small change per step beside states of 1 KB to 10 MB. */

/** Steps of a run that is cheap enough. */
const STEPS = 2000;

/** Steps of a run that stores the whole state each time, by the size of the state. */
const FEW = { '1 KB': 100, '100 KB': 20, '1 MB': 4, '10 MB': 1 };

const SIZES = Object.keys(FEW);

const inpage = (size, run = 'durable') => ({ file: 'inpage', run: `${run} ${size}`, units: STEPS });
const floor = (size, run = 'run') => ({ file: 'floor', run: `${run} ${size}`, units: STEPS });

/** @param {{ notes: Readonly<Record<string, number>>, count: number }} sample */
const bytesPerStep = ({ notes, count }) => notes.bytes / count;

const budget = ({ notes, count }) => 1.2 * (notes.payload / count) + 48;

/** @type {readonly import('../harness/suite.js').Scenario[]} */
export const scenarios = [
  {
    name: 'durable_step_vs_floor',
    unit: 'step',
    rounds: 11,
    warmUps: 3,
    contenders: Object.fromEntries(
      SIZES.flatMap((size) => [
        [`inpage, ${size}`, inpage(size)],
        [`floor, ${size}`, floor(size)],
        [`floor without the engine, ${size}`, floor(size, 'bare')],
      ]),
    ),
    figures: {
      durable_step_vs_floor: { '1 MB': (round) => round['inpage, 1 MB'].us / round['floor, 1 MB'].us },
      bytes_per_step_over_budget: Object.fromEntries(
        SIZES.map((size) => [
          size,
          (round) => bytesPerStep(round[`inpage, ${size}`]) / budget(round[`inpage, ${size}`]),
        ]),
      ),
    },
  },
  {
    name: 'growth_100KB_10MB',
    unit: 'step',
    rounds: 7,
    warmUps: 2,
    best: true,
    contenders: {
      'inpage, 100 KB': inpage('100 KB'),
      'unstored, 100 KB': inpage('100 KB', 'loop'),
      'inpage, 10 MB': inpage('10 MB'),
      'unstored, 10 MB': inpage('10 MB', 'loop'),
    },
    figures: {
      growth_100KB_10MB: {
        'without the loop': (round) =>
          (round['inpage, 10 MB'].us - round['unstored, 10 MB'].us) /
          (round['inpage, 100 KB'].us - round['unstored, 100 KB'].us),
      },
    },
  },
  {
    name: 'disk_vs_log',
    unit: 'step',
    rounds: 3,
    warmUps: 0,
    contenders: {
      'the same state': { file: 'inpage', run: 'disk, the same', per: 5000 },
      'a state that grows': { file: 'inpage', run: 'disk, growing', per: 5000 },
    },
    figures: {
      disk_vs_log: {
        'the same state': (round) => diskVsLog(round['the same state']),
        'a state that grows': (round) => diskVsLog(round['a state that grows']),
      },
    },
  },
  {
    name: 'restore_vs_full_record',
    unit: 'restore',
    rounds: 9,
    warmUps: 2,
    contenders: Object.fromEntries(
      ['100 KB', '1 MB'].flatMap((size) => [
        [`inpage, ${size}`, { file: 'inpage', run: `restore ${size}`, units: 5 }],
        [`one record, ${size}`, { file: 'floor', run: `restore ${size}`, units: 5 }],
      ]),
    ),
    figures: {
      restore_vs_full_record: { '1 MB': (round) => round['inpage, 1 MB'].us / round['one record, 1 MB'].us },
      // Here the ways to the database and back are most of it, of which a thread takes one more.
      restore_vs_full_record_100KB: {
        '100 KB': (round) => round['inpage, 100 KB'].us / round['one record, 100 KB'].us,
      },
    },
  },
  {
    name: 'turn_end_durable_ms',
    unit: 'turn',
    contenders: { inpage: { file: 'inpage', run: 'turns', units: 20 } },
    figures: { turn_end_durable_ms: { '5 steps beside 1 MB': (round) => round.inpage.us / 1000 } },
  },
  {
    name: 'peers',
    unit: 'step',
    rounds: 5,
    warmUps: 1,
    contenders: Object.fromEntries(
      SIZES.flatMap((size) => [
        [`inpage, ${size}`, inpage(size)],
        [`langgraph, ${size}`, { file: 'langgraph', run: `run ${size}`, units: FEW[size] }],
        ...['object', 'packed', 'JSON'].map((form) => [
          `whole state as ${form}, ${size}`,
          { file: 'full', run: `${form} ${size}`, units: FEW[size] },
        ]),
      ]),
    ),
    figures: {
      faster_than_langgraph: { '1 MB': (round) => round['langgraph, 1 MB'].us / round['inpage, 1 MB'].us },
      smaller_than_langgraph: {
        '1 MB': (round) => bytesPerStep(round['langgraph, 1 MB']) / bytesPerStep(round['inpage, 1 MB']),
      },
    },
  },
];

function diskVsLog({ notes }) {
  return notes.bytes / notes.log;
}
