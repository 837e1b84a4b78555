/** Ends a request: when the caller says so, when nothing comes for too long, or when it takes too long in all. */
import type { Realm } from './config.ts';
import { fault } from './faults.ts';

export interface Watch {
  readonly signal: AbortSignal;
  /** Begins to wait for the next byte. */
  readonly wait: () => void;
  /** Cancels whatever is still under way. */
  readonly close: () => void;
}

/**
 * @param of who is waited for, for the error
 * @param idle milliseconds that a wait may take
 * @param deadline the time, in milliseconds since 1970, at which everything ends
 */
export function createWatch(
  of: { readonly name: string },
  idle: number,
  deadline: number,
  signal: AbortSignal,
  realm: Realm,
): Watch {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort(signal.reason);
  };
  let since = realm.now();
  let disarm = (): void => undefined;
  // One timer that looks again is cheaper than a new one with every chunk.
  const look = (): void => {
    const left = Math.min(since + idle, deadline) - realm.now();
    if (left > 0) disarm = realm.after(left, look);
    else {
      const what = 'took too long.';
      controller.abort(fault('model-timeout', of, what, 'Go on with `resume()`, or raise `timeouts`.'));
    }
  };
  look();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  return {
    signal: controller.signal,
    wait() {
      since = realm.now();
    },
    close() {
      disarm();
      signal.removeEventListener('abort', stop);
      controller.abort();
    },
  };
}
