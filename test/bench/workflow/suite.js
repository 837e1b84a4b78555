/** The scenarios of workflows: who takes part in each, and which figures come of it. */

const inpage = (run, more = {}) => ({ file: 'inpage', run, ...more });

/** The Python framework whose format of files this is: it cannot run in a page, and was measured once, on 2 cores. */
const VICTOR = 'Victor (Python)';

/** @type {readonly import('../harness/suite.js').Scenario[]} */
export const scenarios = [
  {
    name: 'load_20',
    unit: 'document',
    contenders: {
      inpage: inpage('load 20', { units: 10 }),
      'yaml, parse()': { file: 'yaml', run: 'load 20', units: 10 },
    },
    figures: {
      load_vs_parse: {
        'text to plan, over the YAML library alone; 20 nodes': (round) => round.inpage.us / round['yaml, parse()'].us,
      },
    },
  },
  {
    name: 'compile_20',
    unit: 'document',
    contenders: { inpage: inpage('compile 20', { units: 50 }) },
    elsewhere: [[VICTOR, '0.3 to 4.6 ms, text to plan']],
    figures: { compile_20_ms: { 'document to plan, 20 nodes': (round) => round.inpage.us / 1000 } },
  },
  {
    name: 'compile_200',
    unit: 'document',
    contenders: { inpage: inpage('compile 200', { units: 10 }) },
    figures: { compile_200_ms: { 'document to plan, 200 nodes': (round) => round.inpage.us / 1000 } },
  },
  {
    name: 'cached_by_identity',
    unit: 'plan',
    contenders: { inpage: inpage('cached by identity', { units: 1000 }) },
    figures: { cached_by_identity_us: { 'the same document again': (round) => round.inpage.us } },
  },
  {
    name: 'cached_by_text',
    unit: 'plan',
    contenders: { inpage: inpage('cached by text', { units: 100 }) },
    figures: { cached_by_text_us: { 'the same text again, as a new string': (round) => round.inpage.us } },
  },
  {
    name: 'transform',
    unit: 'node',
    contenders: {
      'a transform': inpage('run transforms', { units: 5000 }),
      'the same node by hand': inpage('run nodes', { units: 5000 }),
    },
    elsewhere: [
      [
        VICTOR,
        'a writing node: 11 µs with tiny state, 747 µs with 7 KB, 10.5 ms with 69 KB, 143 ms with 696 KB (events off)',
      ],
      [VICTOR, 'a node with its defaults, events on: 15 to 30 ms'],
    ],
    figures: {
      transform_vs_engine_node: {
        'an assignment': (round) => round['a transform'].us / round['the same node by hand'].us,
      },
    },
  },
  {
    name: 'execute_20',
    unit: 'run',
    contenders: { inpage: inpage('execute 20', { units: 20 }) },
    elsewhere: [[VICTOR, '440 to 900 ms with its defaults']],
    figures: {
      execute_20_ms: { '20 transforms by the engine, checkpoints in memory': (round) => round.inpage.us / 1000 },
    },
  },
];
