/** The scenarios of the engine: who takes part in each, and which figures come of it. */

/** Steps that the peers' loops begin with, so that what a run costs once does not count. */
const LOOP = 1000;

const inpage = { file: 'inpage', run: 'async node', units: LOOP };
const floor = { file: 'floor', run: 'async node', units: LOOP };

const growth = (round) => {
  const times = Object.values(round).map(({ us }) => us);
  return Math.max(...times) / Math.min(...times);
};

const drafts = ['shallow', 'append', 'deep', 'mixed'];

/** @type {readonly import('../harness/suite.js').Scenario[]} */
export const scenarios = [
  {
    name: 'step_vs_floor',
    unit: 'step',
    contenders: {
      'inpage, async node': inpage,
      'floor, async node': floor,
      'inpage, sync node': { ...inpage, run: 'sync node' },
      'floor, sync node': { ...floor, run: 'sync node' },
    },
    figures: {
      step_vs_floor: {
        'async node': (round) => round['inpage, async node'].us / round['floor, async node'].us,
        'sync node': (round) => round['inpage, sync node'].us / round['floor, sync node'].us,
      },
    },
  },
  {
    name: 'growth_with_nodes',
    unit: 'step',
    contenders: {
      '10 nodes': { file: 'inpage', run: 'ring 10', per: 10_000 },
      '1,000 nodes': { file: 'inpage', run: 'ring 1,000', per: 10_000 },
      '10,000 nodes': { file: 'inpage', run: 'ring 10,000', per: 10_000 },
    },
    figures: { growth_with_nodes: { 'slowest / fastest': growth } },
  },
  {
    name: 'invoke_fixed_us',
    unit: 'invoke',
    contenders: { inpage: { file: 'inpage', run: 'single' } },
    figures: { invoke_fixed_us: { 'whole invoke': (round) => round.inpage.us } },
  },
  {
    name: 'growth_fanout',
    unit: 'task',
    contenders: {
      '100 tasks': { file: 'inpage', run: 'fan-out 100', per: 100 },
      '1,000 tasks': { file: 'inpage', run: 'fan-out 1,000', per: 1000 },
    },
    figures: { growth_fanout: { '1,000 / 100': (round) => round['1,000 tasks'].us / round['100 tasks'].us } },
  },
  {
    name: 'growth_with_state',
    unit: 'step',
    contenders: {
      '1 KB': { file: 'inpage-state', run: 'write beside 1 KB', units: LOOP },
      '10 MB': { file: 'inpage-state', run: 'write beside 10 MB', units: LOOP },
    },
    figures: { growth_with_state: { '10 MB / 1 KB': (round) => round['10 MB'].us / round['1 KB'].us } },
  },
  {
    name: 'read_only_vs_raw',
    unit: 'step',
    contenders: {
      inpage: { file: 'inpage-state', run: 'read 10 MB', units: LOOP },
      floor: { file: 'floor-state', run: 'read 10 MB', units: LOOP },
    },
    figures: { read_only_vs_raw: { 'inpage / floor': (round) => round.inpage.us / round.floor.us } },
  },
  {
    name: 'append_unread_growth',
    unit: 'step',
    contenders: {
      '10 items': { file: 'inpage-state', run: 'append to 10', per: 1000 },
      '10,000 items': { file: 'inpage-state', run: 'append to 10,000', per: 1000 },
    },
    figures: { append_unread_growth: { '10,000 / 10': (round) => round['10,000 items'].us / round['10 items'].us } },
  },
  {
    name: 'append_read_vs_copy',
    unit: 'step',
    contenders: {
      inpage: { file: 'inpage-state', run: 'append and read', per: 100 },
      floor: { file: 'floor-state', run: 'append and read', per: 100 },
    },
    figures: { append_read_vs_copy: { 'inpage / floor': (round) => round.inpage.us / round.floor.us } },
  },
  {
    name: 'draft_vs_mutative',
    unit: 'draft',
    contenders: Object.fromEntries(
      drafts.flatMap((run) => [
        [`inpage, ${run}`, { file: 'inpage-draft', run, per: 1000 }],
        [`mutative, ${run}`, { file: 'mutative', run, per: 1000 }],
      ]),
    ),
    figures: {
      draft_vs_mutative: Object.fromEntries(
        drafts.map((run) => [run, (round) => round[`inpage, ${run}`].us / round[`mutative, ${run}`].us]),
      ),
    },
  },
  {
    name: 'listener_in_realm',
    unit: 'step',
    contenders: { listening: { ...inpage, run: 'listener' }, silent: inpage },
    figures: { listener_in_realm: { 'listening / silent': (round) => round.listening.us / round.silent.us } },
  },
  {
    name: 'page_event_us',
    unit: 'step',
    contenders: {
      watched: { file: 'inpage-events', run: 'watched', units: LOOP, watched: true },
      silent: { file: 'inpage-events', run: 'silent', units: LOOP },
    },
    figures: {
      page_event_us: {
        'worker + page': (round) => workerPart(round) + pagePart(round),
        'worker alone': workerPart,
        'page alone': pagePart,
      },
    },
  },
  {
    name: 'peers',
    unit: 'step',
    contenders: {
      floor,
      inpage,
      pocketflow: { ...inpage, file: 'pocketflow' },
      'xstate, promise actors': { ...inpage, file: 'xstate' },
      langgraph: { ...inpage, file: 'langgraph' },
    },
    figures: {
      faster_than_langgraph: { 'langgraph / inpage': (round) => round.langgraph.us / round.inpage.us },
      faster_than_pocketflow: { 'pocketflow / inpage': (round) => round.pocketflow.us / round.inpage.us },
      faster_than_xstate: { 'xstate / inpage': (round) => round['xstate, promise actors'].us / round.inpage.us },
    },
  },
];

/** What an event costs the worker: the run with the page listening, without the run that nobody listens to. */
function workerPart({ watched, silent }) {
  return ((watched.us - silent.us) * watched.count) / watched.events;
}

/** What it costs the page's main thread, without what any measurement costs it. */
function pagePart({ watched, silent }) {
  return ((watched.pageMs - silent.pageMs) * 1000) / watched.events;
}
