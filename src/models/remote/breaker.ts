/** Leaves a server alone that keeps failing: after some failures in a row nobody asks for a while, then one does. */

const FAILURES = 5;
const PAUSE = 15_000;

export interface Breaker {
  /** Whether a request may go out now. Each one that does ends with one of the other three. */
  enter(): boolean;
  succeed(): void;
  fail(): void;
  /** It says nothing about the server, such as one that was stopped. */
  leave(): void;
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
    succeed() {
      failures = 0;
      isTrying = false;
    },
    fail() {
      failures++;
      isTrying = false;
      openUntil = now() + PAUSE;
    },
    leave() {
      isTrying = false;
    },
  };
}
