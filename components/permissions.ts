/** The panel that lists what may be done without asking, while it is open. */
import type { ReactiveControllerHost } from 'lit';
import type { Agent, Thread } from '../src/client/index.ts';
import type { Grant } from '../src/core/index.ts';

/** Reads a thread's grants and takes them back, on behalf of an element. */
export class Permissions {
  isOpen = false;
  /** Undefined until they have been read. */
  grants: readonly Grant[] | undefined;
  readonly #element: ReactiveControllerHost;
  readonly #fail: (error: unknown) => void;
  /** Counts the readings, so that one that was overtaken is dropped. */
  #reading = 0;
  #unfollow: (() => void) | undefined;

  /** @param fail called with what could not be read or taken back. */
  constructor(element: ReactiveControllerHost, fail: (error: unknown) => void) {
    this.#element = element;
    this.#fail = fail;
  }

  open(thread: Promise<Thread>, { verticals }: Agent): void {
    this.isOpen = true;
    this.grants = undefined;
    this.#unfollow?.();
    this.#unfollow = verticals.subscribe(() => {
      this.#element.requestUpdate();
    });
    this.#read(thread);
  }

  close(): void {
    this.isOpen = false;
    this.#unfollow?.();
    this.#element.requestUpdate();
  }

  revoke(thread: Promise<Thread>, grant: Grant): void {
    const revoked = thread.then(async (known) => {
      await known.revoke(grant);
      return known;
    });
    this.#read(revoked);
  }

  #read(thread: Promise<Thread>): void {
    const reading = ++this.#reading;
    this.#element.requestUpdate();
    thread
      .then((known) => known.grants())
      .then((grants) => {
        if (reading !== this.#reading) return;
        this.grants = grants;
        this.#element.requestUpdate();
      })
      .catch(this.#fail);
  }
}
