/** What the list of threads says of a thread, taken from what is written to it. */
import type { Write } from '../core/index.ts';
import { frontier, INTERRUPTS, interrupts, NEXT, SENDS, sends } from '../state/index.ts';
import type { Frontier, Values } from '../state/index.ts';
import type { ThreadMeta } from './store.ts';

export type Summary = Pick<ThreadMeta, 'title' | 'status'>;

/** The channel whose text names a thread in lists, where a graph has one. */
const TITLE = 'title';

/** What the writes of an entry make of it. */
export function summarise(before: Summary, writes: readonly Write[]): Summary {
  let { title, status } = before;
  for (const [channel, op, value] of writes) {
    if (op !== 'set') continue;
    if (channel === TITLE && typeof value === 'string') title = value;
    else if (channel === NEXT) status = (value as Frontier).nodes.length > 0 ? 'unfinished' : 'idle';
    else if (channel === SENDS && (value as readonly unknown[]).length > 0) status = 'unfinished';
    else if (channel === INTERRUPTS && (value as readonly unknown[]).length > 0) status = 'interrupted';
  }
  return title === before.title && status === before.status ? before : { title, status };
}

/** The same, of a whole state. */
export function summaryOf(values: Values): Summary {
  const title = values[TITLE];
  const due = frontier(values).nodes.length > 0 || sends(values).length > 0;
  const status = interrupts(values).length > 0 ? 'interrupted' : due ? 'unfinished' : 'idle';
  return { title: typeof title === 'string' ? title : '', status };
}
