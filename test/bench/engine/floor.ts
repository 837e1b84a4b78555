/** The floor: the bare loop that calls a node and spreads what it returns. */
import { contender, verify } from '../harness/contender.ts';
import { asyncNode, syncNode } from './node.ts';
import type { Count } from './node.ts';

contender({
  async 'async node'(units) {
    let state: Count = { n: 0 };
    while (state.n < units) state = { ...state, ...(await asyncNode(state)) };
    verify(state.n, units, 'n');
  },
  async 'sync node'(units) {
    let state: Count = { n: 0 };
    // It waits for whatever a node returns, for it does not know which kind it has.
    // eslint-disable-next-line @typescript-eslint/await-thenable
    while (state.n < units) state = { ...state, ...(await syncNode(state)) };
    verify(state.n, units, 'n');
  },
});
