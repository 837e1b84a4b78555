/** One run of a thread at a time: the others wait, are refused, or take its place. */
import { AgentError, stopError } from '../core/index.ts';
import type { Checkpointer } from '../core/index.ts';
import type { Brakes } from './brakes.ts';

/** What a run does that finds its thread busy. */
export type BusyPolicy = 'queue' | 'reject' | 'replace';

interface Occupied {
  /** Settles when the last run of the queue has. */
  tail: Promise<unknown>;
  readonly brakes: Set<Brakes>;
}

/** By checkpointer, so that graphs that share one share its threads. */
const occupied = new WeakMap<Checkpointer, Map<string, Occupied>>();

function refused(threadId: string): AgentError {
  return new AgentError('thread-busy', 'Another run of this thread is under way.', {
    fix: "Wait for it, stop it, or run with whenBusy: 'queue' or 'replace'.",
    details: { threadId },
  });
}

/**
 * Does `work` on a thread when it is its turn; at once when it is cancelled before, for then it only reads.
 *
 * @param brakes those of a run, for another that takes its place.
 * @throws AgentError `thread-busy` with the policy `reject`.
 */
export async function inTurn<T>(
  checkpointer: Checkpointer,
  threadId: string,
  policy: BusyPolicy,
  brakes: Brakes | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const threads = occupied.get(checkpointer) ?? new Map<string, Occupied>();
  occupied.set(checkpointer, threads);
  const busy = threads.get(threadId);
  if (busy && policy === 'reject') throw refused(threadId);
  if (busy && policy === 'replace')
    for (const each of busy.brakes) each.cancel(stopError('Another run has taken its place.'));
  const entry = busy ?? { tail: Promise.resolve(), brakes: new Set() };
  threads.set(threadId, entry);
  if (brakes) entry.brakes.add(brakes);
  const turn = brakes ? Promise.race([entry.tail, brakes.whenCancelled()]) : entry.tail;
  const result = turn.then(work);
  // Of what has ended nothing is kept.
  const tail = Promise.allSettled([entry.tail, result]).then(() => undefined);
  entry.tail = tail;
  try {
    return await result;
  } finally {
    if (brakes) entry.brakes.delete(brakes);
    if (entry.tail === tail) void tail.then(() => entry.tail === tail && threads.delete(threadId));
  }
}
