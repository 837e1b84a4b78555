/** Leaves a server alone that keeps failing: after some failures in a row nobody asks for a while, then one does. */

const FAILURES = 5;
const PAUSE = 15_000;

export interface Breaker {
  /** Whether a request may go out now. */
  enter(): boolean;
  /** Ends a request that went out; undefined where it says nothing about the server, as when it was stopped. */
  leave(hasFailed: boolean | undefined): void;
}

export function createBreaker(now: () => number): Breaker {
  let failures = 0;
  let openUntil = 0;
  let isTrying = false;
  return {
    enter() {
      if (failures < FAILURES) return true;
      if (isTrying || now() < openUntil) return false;
      return (isTrying = true);
    },
    leave(hasFailed) {
      isTrying = false;
      if (hasFailed === undefined) return;
      failures = hasFailed ? failures + 1 : 0;
      openUntil = now() + PAUSE;
    },
  };
}
