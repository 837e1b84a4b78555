/** Has an element render again when the time to answer one of its questions is over. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isRecord } from '../src/core/index.ts';
import type { Interrupt } from '../src/core/index.ts';

/** Timers go no further than this, in ms. */
const FURTHEST = 2 ** 31 - 1;

/** When silence becomes the answer, in ms since 1970; never is infinite. */
export function expiryOf({ payload }: Interrupt): number {
  const expiresAt = isRecord(payload) ? payload['expiresAt'] : undefined;
  return typeof expiresAt === 'number' ? expiresAt : Infinity;
}

/** Looks at the open questions after each render, and waits for the first of them to be over. */
export class Expiry implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #questions: () => readonly Interrupt[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param questions gives those that are shown. */
  constructor(host: ReactiveControllerHost, questions: () => readonly Interrupt[]) {
    this.#host = host;
    this.#questions = questions;
    host.addController(this);
  }

  hostUpdated(): void {
    clearTimeout(this.#timer);
    const now = Date.now();
    const next = Math.min(
      ...this.#questions()
        .map(expiryOf)
        .filter((at) => at > now),
    );
    if (next === Infinity) return;
    this.#timer = setTimeout(
      () => {
        this.#host.requestUpdate();
      },
      Math.min(next - now, FURTHEST),
    );
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
