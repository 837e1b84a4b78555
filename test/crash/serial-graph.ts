/** A graph whose state says in which order everything was done to it: two parallel branches that append and patch. */
import { append, draftNode, END, last, map, reduce, START, StateGraph, text } from '../../src/engine.ts';
import { below, pause, randomFrom } from './plan.ts';

/** One change of the list, and how long the list was for whoever made it. */
export interface Entry {
  readonly op: string;
  readonly side: 'left' | 'right' | 'update';
  readonly seen: number;
}

/** Waits for nothing, some microtasks, or some milliseconds. */
export async function jitter(random: () => number): Promise<void> {
  const kind = below(random, 4);
  if (kind === 1) for (let left = below(random, 8); left > 0; left--) await Promise.resolve();
  else if (kind > 1) await pause(below(random, 4));
}

const seedOf = (text: string): number =>
  Array.from(text).reduce((hash, each) => (hash * 31 + each.charCodeAt(0)) | 0, 7);

export const pairChannels = {
  op: last(() => ''),
  log: append<Entry>(),
  cells: map<number>(),
  rows: last(() => ({ left: { count: 0, by: '' }, right: { count: 0, by: '' } })),
  count: reduce<number, number>(
    (sum, more) => sum + more,
    () => 0,
  ),
  words: text(),
};

export const pair = new StateGraph({
  id: 'pair',
  version: '1',
  channels: pairChannels,
})
  .addNode(
    'left',
    draftNode(async (draft) => {
      const { op } = draft;
      const seen = draft.log.length;
      await jitter(randomFrom(seedOf(`${op}left`)));
      draft.rows.left.count++;
      draft.rows.left.by = op;
      draft.log.push({ op, side: 'left', seen });
    }),
  )
  .addNode(
    'right',
    draftNode(async (draft) => {
      const { op } = draft;
      const seen = draft.log.length;
      await jitter(randomFrom(seedOf(`${op}right`)));
      draft.log.push({ op, side: 'right', seen });
      draft.rows.right.count++;
      draft.rows.right.by = op;
      draft.cells.set(op, seen);
    }),
  )
  .addNode('sum', ({ op }) => ({ count: 1, words: `${op},` }))
  .addEdge(START, 'left')
  .addEdge(START, 'right')
  .addEdge(['left', 'right'], 'sum')
  .addEdge('sum', END)
  .compile();
