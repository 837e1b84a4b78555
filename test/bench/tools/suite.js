/** The scenarios of the tools: who takes part in each, and which figures come of it. */

const inpage = (run, more = {}) => ({ file: 'inpage', run, ...more });

/** @type {readonly import('../harness/suite.js').Scenario[]} */
export const scenarios = [
  {
    name: 'resolve_us',
    unit: 'tool',
    contenders: { inpage: inpage('resolve 1,000', { units: 1000 }) },
    figures: { resolve_us: { 'alias, enabled, granted, compact form; 1,000 tools': (round) => round.inpage.us } },
  },
  {
    name: 'executor_us',
    unit: 'call',
    contenders: {
      inpage: inpage('execute 1,000', { units: 1000 }),
      'langgraph, ToolNode': { file: 'langgraph', run: 'execute 1,000', units: 10 },
    },
    figures: {
      executor_us: { 'validate, permission, events; 1,000 tools': (round) => round.inpage.us },
      executor_faster_than_toolnode: { '1,000 tools': (round) => round['langgraph, ToolNode'].us / round.inpage.us },
    },
  },
  {
    name: 'executor_10',
    unit: 'call',
    contenders: {
      inpage: inpage('execute 10', { units: 1000 }),
      'langgraph, ToolNode': { file: 'langgraph', run: 'execute 10', units: 10 },
    },
    figures: {
      executor_faster_than_toolnode_10: { '10 tools': (round) => round['langgraph, ToolNode'].us / round.inpage.us },
    },
  },
  {
    name: 'search_1000_us',
    unit: 'search',
    contenders: { inpage: inpage('search 1,000', { units: 100 }) },
    figures: { search_1000_us: { '3 to 4 words, the best 10 of 1,000': (round) => round.inpage.us } },
  },
  {
    name: 'register_search_growth',
    unit: 'pair',
    contenders: {
      '1,000 pairs': inpage('pairs 1,000', { per: 1000 }),
      '10,000 pairs': inpage('pairs 10,000', { per: 10_000 }),
    },
    figures: {
      register_search_growth: { '10,000 / 1,000': (round) => round['10,000 pairs'].us / round['1,000 pairs'].us },
    },
  },
];
