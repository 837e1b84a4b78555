/** What is done to drafts of one state of 1 MB, by this package and by its peer. */
import { verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { key, message, messages, record } from './data.ts';
import type { Entry, Message } from './data.ts';

/** Six records deep, and a value. */
interface Tree {
  a: { b: { c: { d: { e: { value: number } } } } };
}

/** The state, as a draft: everything in it may be written. */
export interface Board {
  n: number;
  messages: Message[];
  record: Record<string, Entry>;
  tree: Tree;
}

export function board(): Board {
  return {
    n: 0,
    messages: messages(10_000, 60),
    record: record(1000, 60),
    tree: { a: { b: { c: { d: { e: { value: 0 } } } } } },
  };
}

const CASES: Readonly<Record<string, (draft: Board, i: number) => void>> = {
  shallow(draft, i) {
    draft.n = i;
  },
  append(draft, i) {
    draft.n = i;
    draft.messages.push(message(i, 60));
  },
  deep(draft, i) {
    draft.n = i;
    draft.tree.a.b.c.d.e.value = i;
  },
  mixed(draft, i) {
    draft.n = i;
    draft.messages.push(message(i, 60), message(i + 1, 60));
    for (let k = 0; k < 5; k++) draft.record[key((i * 7 + k * 131) % 1000)] = { score: i, note: 'new' };
    draft.tree.a.b.c.d.e.value = i;
  },
};

/** Changes in a row, after which the state begins anew: the lists stay about as long as they are at first. */
const ROW = 1000;

/**
 * The cases as scenarios.
 *
 * @param fresh a state that nothing was changed in
 * @param change makes a draft, lets `edit` change it, and gives the next state
 * @param read the n of a state
 */
export function draftScenarios<S>(
  fresh: () => S,
  change: (state: S, edit: (draft: Board) => void) => S,
  read: (state: S) => Pick<Board, 'n'>,
): Record<string, Scenario> {
  const scenario =
    (edit: (draft: Board, i: number) => void): Scenario =>
    async (units) => {
      let ms = 0;
      for (let row = 0; row < units; row++) {
        let state = fresh();
        const start = performance.now();
        for (let i = 1; i <= ROW; i++) {
          state = change(state, (draft) => {
            edit(draft, i);
          });
        }
        ms += performance.now() - start;
        verify(read(state).n, ROW, 'n');
      }
      return ms;
    };
  return Object.fromEntries(Object.entries(CASES).map(([name, edit]) => [name, scenario(edit)]));
}
