/** The scenarios of the agent: who takes part in each, and which figures come of it. */

/** Calls of one run of the agent. */
const CALLS = 50;

const inpage = (run, more = {}) => ({ file: 'inpage', run, ...more });
const peer = (file, run) => ({ file, run, per: CALLS });

/** A run of 50 calls, one after another, with every input validated; per call, which is one turn of the model. */
const runs = (count) => ({
  inpage: inpage(`run ${count}`, { per: CALLS }),
  'ai, generateText': peer('aisdk', `run ${count}`),
  'ai, streamText': peer('aisdk', `stream ${count}`),
  'langgraph, createReactAgent': peer('langgraph', `run ${count}`),
});

/** A turn goes through so much code that compiling it takes a second. */
const WARM_UPS = 20;

/** How many times as long others take. The agent streams, as `streamText` does. */
const faster = (name) => (round) => round[name].us / round.inpage.us;

/** @type {readonly import('../harness/suite.js').Scenario[]} */
export const scenarios = [
  {
    name: 'turn_us',
    unit: 'call',
    contenders: runs('10'),
    warmUps: WARM_UPS,
    figures: {
      turn_us: { '10 tools': (round) => round.inpage.us },
      faster_than_langgraph: { '10 tools': faster('langgraph, createReactAgent') },
      faster_than_aisdk_10: { streamText: faster('ai, streamText') },
      faster_than_aisdk_generate_10: { generateText: faster('ai, generateText') },
    },
  },
  {
    name: 'turn_1000_us',
    unit: 'call',
    contenders: runs('1,000'),
    warmUps: WARM_UPS,
    figures: {
      turn_1000_us: { '1,000 tools': (round) => round.inpage.us },
      faster_than_aisdk_1000: { streamText: faster('ai, streamText') },
      faster_than_aisdk_generate_1000: { generateText: faster('ai, generateText') },
    },
  },
  {
    name: 'request_build_growth',
    unit: 'turn',
    contenders: {
      'after 10 messages': inpage('turns after 10', { units: 20 }),
      'after 1,000 messages': inpage('turns after 1,000', { units: 20 }),
    },
    figures: {
      request_build_growth: {
        '1,000 / 10': (round) => round['after 1,000 messages'].us / round['after 10 messages'].us,
      },
    },
  },
  {
    name: 'compaction_1000_ms',
    unit: 'plan',
    contenders: { inpage: inpage('compact 1,000') },
    figures: { compaction_1000_ms: { '1,000 messages, counted': (round) => round.inpage.us / 1000 } },
  },
  {
    name: 'durable_write_turn_ms',
    unit: 'turn',
    contenders: { inpage: inpage('durable', { units: 20 }) },
    figures: { durable_write_turn_ms: { 'a call and a word, on disk': (round) => round.inpage.us / 1000 } },
  },
];
