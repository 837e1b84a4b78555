/** One writer per thread over all tabs of the origin, by Web Locks. */
import { abortError } from '../core/index.ts';

/**
 * Runs `work` while holding the thread's lock; others wait their turn. Where there are none to be had (insecure contexts,
 * sandboxed frames) it runs at once, and the log's epoch fence still refuses the second writer.
 *
 * @throws AgentError `aborted` when `signal` aborts before the lock is had.
 */
export async function asLeader<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  // Absent in insecure contexts, whatever the type says.
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return work();
  const lock = { granted: false };
  try {
    return await locks.request(name, { signal }, () => {
      lock.granted = true;
      return work();
    });
  } catch (error) {
    if (lock.granted) throw error;
    if (signal.aborted) throw abortError(signal);
    // A sandboxed frame has locks that it may not use.
    return work();
  }
}
