/** One run of a thread at a time: the others wait, are refused, or take its place. */
import { AgentError } from '../core/index.ts';
import type { Checkpointer } from '../core/index.ts';

/** What a run does that finds its thread busy. */
export type BusyPolicy = 'queue' | 'reject' | 'replace';

interface Occupied {
  /** Settles when the last run of the queue has. */
  tail: Promise<unknown>;
  readonly cancels: Set<() => void>;
}

/** By checkpointer, so that graphs that share one share its threads. */
const occupied = new WeakMap<Checkpointer, Map<string, Occupied>>();

/**
 * Does `work` on a thread when it is its turn.
 *
 * @param cancel ends the work early, for a run that takes its place.
 * @throws AgentError `thread-busy` with the policy `reject`.
 */
export function inTurn<T>(
  checkpointer: Checkpointer,
  threadId: string,
  policy: BusyPolicy,
  cancel: () => void,
  work: () => Promise<T>,
): Promise<T> {
  const threads = occupied.get(checkpointer) ?? new Map<string, Occupied>();
  occupied.set(checkpointer, threads);
  const busy = threads.get(threadId);
  if (busy && policy === 'reject') {
    return Promise.reject(
      new AgentError('thread-busy', 'Another run of this thread is under way.', {
        fix: "Wait for it, stop it, or run with whenBusy: 'queue' or 'replace'.",
        details: { threadId },
      }),
    );
  }
  if (busy && policy === 'replace') for (const stop of busy.cancels) stop();
  const entry = busy ?? { tail: Promise.resolve(), cancels: new Set() };
  threads.set(threadId, entry);
  entry.cancels.add(cancel);
  const result = entry.tail.then(work);
  const settled = result
    .catch(() => undefined)
    .then(() => {
      entry.cancels.delete(cancel);
      if (entry.tail === settled) threads.delete(threadId);
    });
  entry.tail = settled;
  return result;
}
