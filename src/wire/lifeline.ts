/** A lock that a realm holds while it lives: no event tells a page that its worker has died, or a worker that its page has, but the lock comes free. */
import { randomId } from '../core/index.ts';

export interface Lifeline {
  /** The name to wait for; undefined where there are no locks. */
  readonly lifeline: string | undefined;
  readonly release: () => void;
}

/** Takes a lock of its own, and resolves once it is held. */
export function holdLifeline(): Promise<Lifeline> {
  const none: Lifeline = { lifeline: undefined, release: () => undefined };
  // Absent in insecure contexts, whatever the type says.
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return Promise.resolve(none);
  const lifeline = `inpage:life:${randomId()}`;
  return new Promise((resolve) => {
    locks
      .request(lifeline, () => {
        return new Promise<void>((release) => {
          resolve({ lifeline, release });
        });
      })
      .catch(() => {
        // A sandboxed frame has locks that it may not use.
        resolve(none);
      });
  });
}

/**
 * Resolves when the realm that holds the lock is gone.
 *
 * @param end stops the waiting; then it rejects.
 */
export async function untilGone(lifeline: string, end: AbortSignal): Promise<void> {
  await navigator.locks.request(lifeline, { signal: end }, () => undefined);
}
