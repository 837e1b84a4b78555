/** The floor with much state: bare loops on raw data that is not frozen. */
import { contender, verify } from '../harness/contender.ts';
import { largeData, message, messages, readMuch } from './data.ts';
import type { Message } from './data.ts';

interface List {
  readonly n: number;
  readonly items: readonly Message[];
}

/** A run as long as the engine's, so that the list is as long on average. */
const STEPS = 100;

const large = largeData();
const items = messages(10_000, 20);
const item = message(0, 20);

function copyNode(state: List): List {
  const more = state.items.length > 0 ? 1 : 0;
  return { n: state.n + more, items: [...state.items, item] };
}

contender({
  async 'read 10 MB'(units) {
    let state = { ...large, n: 0, sum: 0 };
    while (state.n < units) state = { ...state, ...(await readMuch(state)) };
    verify(state.n, units, 'n');
  },
  async 'append and read'(units) {
    for (let i = 0; i < units; i++) {
      let state: List = { n: 0, items };
      // It waits for whatever a node returns, for it does not know which kind it has.
      // eslint-disable-next-line @typescript-eslint/await-thenable
      while (state.n < STEPS) state = { ...state, ...(await copyNode(state)) };
      verify(state.items.length, items.length + STEPS, 'the length');
    }
  },
});
