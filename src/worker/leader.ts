/** One writer per thread over all tabs of the origin, by Web Locks. */
import { abortError, AgentError } from '../core/index.ts';
import type { Tabs } from './tabs.ts';

/** Milliseconds to wait for a thread before asking whether its leader is still awake. */
const PATIENCE = 1000;

/** Milliseconds without an answer after which a leader counts as frozen: browsers freeze tabs, their locks and all. */
const DEAF = 5000;

/**
 * Runs `work` as the leader of a thread. Others wait their turn. A leader that is frozen loses the thread to one that
 * waits: its signal aborts, and the epoch of the log refuses what it may still try to write.
 *
 * @throws AgentError `aborted` when `signal` aborts before the thread is had, `fenced` when it was lost.
 */
export type Lead = <T>(threadId: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** How leaders are told that another tab waits: the times are shortened by tests alone. */
export interface LeaderOptions {
  readonly patience?: number;
  readonly deaf?: number;
}

function lostError(threadId: string): AgentError {
  return new AgentError('fenced', `Thread "${threadId}" was taken over by another tab while this one was frozen.`, {
    fix: 'Look at the thread, and do this again if it is still wanted.',
    details: { thread: threadId },
  });
}

/** Resolves after so many milliseconds, or as soon as `signal` aborts. */
const after = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = (): void => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });

/** Makes what the turns of a namespace's threads are led by. */
export function createLead(
  namespace: string,
  tabs: Tabs,
  { patience = PATIENCE, deaf = DEAF }: LeaderOptions = {},
): Lead {
  const leading = new Set<string>();
  tabs.listen((news) => {
    if (news.type === 'who-leads' && leading.has(news.threadId)) tabs.tell({ ...news, type: 'leads' });
  });

  /** Whether the leader of a thread did not answer for too long; false once `had` aborts. */
  const isDeaf = async (threadId: string, had: AbortSignal): Promise<boolean> => {
    while (!had.aborted) {
      await after(patience, had);
      // Nobody hears what they tell themselves.
      if (leading.has(threadId)) continue;
      const heard = new AbortController();
      const stop = tabs.listen((news) => {
        if (news.type === 'leads' && news.threadId === threadId) heard.abort();
      });
      tabs.tell({ type: 'who-leads', threadId });
      await after(deaf, AbortSignal.any([heard.signal, had]));
      stop();
      if (!heard.signal.aborted) return !had.aborted;
    }
    return false;
  };

  return async (threadId, signal, work) => {
    // Absent in insecure contexts, whatever the type says.
    const locks = navigator.locks as LockManager | undefined;
    if (!locks) return work(signal);
    const had = new AbortController();
    const lost = new AbortController();
    let working: ReturnType<typeof work> | undefined;
    const lead = async (): Promise<void> => {
      had.abort();
      leading.add(threadId);
      // Whoever has asked the one before must not take this one to be deaf.
      tabs.tell({ type: 'leads', threadId });
      working = work(AbortSignal.any([signal, lost.signal]));
      // How it ends is for whoever awaits it: the lock fails by itself only when it is taken away.
      await Promise.allSettled([working]);
      leading.delete(threadId);
    };
    const request = async (options: LockOptions): Promise<void> => {
      try {
        await locks.request(`inpage:${namespace}:${threadId}`, options, lead);
      } catch (error) {
        if (!working) throw error;
        lost.abort(lostError(threadId));
        await Promise.allSettled([working]);
        throw lostError(threadId);
      }
    };
    const waiting = new AbortController();
    void isDeaf(threadId, AbortSignal.any([had.signal, signal])).then((deafness) => {
      if (deafness) waiting.abort();
    });
    try {
      await request({ signal: AbortSignal.any([signal, waiting.signal]) });
    } catch (error) {
      if (working) throw error;
      if (signal.aborted) throw abortError(signal);
      if (waiting.signal.aborted) await request({ steal: true });
    } finally {
      had.abort();
    }
    // A sandboxed frame has locks that it may not use.
    return working ?? work(signal);
  };
}
