/** The scenarios of the planner: how long a turn takes, of which nineteen in twenty are faster. */

const inpage = (run) => ({ file: 'inpage', run });

const ms = (round) => round.inpage.us / 1000;

/** @type {readonly import('../harness/suite.js').Scenario[]} */
export const scenarios = [
  {
    name: 'p95_ms_40',
    unit: 'turn',
    contenders: { inpage: inpage('turns 40') },
    figures: { p95_ms_40: { '40 tools, one in five with 30 candidates': ms } },
  },
  {
    name: 'p95_ms_1000',
    unit: 'turn',
    contenders: { inpage: inpage('turns 1,000') },
    figures: { p95_ms_1000: { '1,000 tools, one in five with 30 candidates': ms } },
  },
  {
    name: 'first_ms_40',
    unit: 'turn',
    contenders: { inpage: inpage('first turn') },
    figures: { first_ms_40: { 'the first message of a page, 40 tools': ms } },
  },
];
