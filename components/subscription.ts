/** A subscription to what an element follows, held while that element is in the page. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Subscribes to one source at a time.
 *
 * @example
 * readonly #following = new Subscription<Thread>(this, (thread) => thread.subscribe((batch) => this.#hear(batch)));
 * willUpdate() { this.#following.follow(this.agent?.thread(this.thread)); }
 */
export class Subscription<T> implements ReactiveController {
  /** What is followed. */
  source: T | undefined;
  readonly #begin: (source: T, isCurrent: () => boolean) => () => void;
  #isConnected = false;
  #end: (() => void) | undefined;

  /**
   * @param begin subscribes, and gives what ends that. What was on its way by then asks `isCurrent` whether anybody waits
   *   for it.
   */
  constructor(host: ReactiveControllerHost, begin: (source: T, isCurrent: () => boolean) => () => void) {
    this.#begin = begin;
    host.addController(this);
  }

  /** Turns to another source, or to the same anew. */
  follow(source: T | undefined): void {
    this.#stop();
    this.source = source;
    this.#start();
  }

  hostConnected(): void {
    this.#isConnected = true;
    this.#start();
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#stop();
  }

  #start(): void {
    const { source } = this;
    if (source === undefined || !this.#isConnected || this.#end) return;
    let isCurrent = true;
    const end = this.#begin(source, () => isCurrent);
    this.#end = () => {
      isCurrent = false;
      end();
    };
  }

  #stop(): void {
    this.#end?.();
    this.#end = undefined;
  }
}
