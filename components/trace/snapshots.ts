/** A thread at its versions, read one after the other on behalf of an element. */
import type { ReactiveControllerHost } from 'lit';
import type { Thread } from '../../src/client/index.ts';
import type { Stood } from './detail-view.ts';

/** As many are kept: what is compared, and a few that the reader has come by. */
const KEPT = 8;

export class Snapshots {
  readonly #host: ReactiveControllerHost;
  readonly #known = new Map<number, Stood>();
  #thread: Thread | undefined;
  /** What is wanted and not there: only the newest wishes matter to who moves along. */
  #wanted: number[] = [];
  #isReading = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  follow(thread: Thread | undefined): void {
    this.#thread = thread;
    this.#wanted = [];
    this.#known.clear();
  }

  /** To be called before each render: what was wanted by the one before is not any more. */
  begin(): void {
    this.#wanted = [];
  }

  /** The thread at a version, as far as it has been read; asks for it otherwise. */
  readonly at = (version: number): Stood => {
    if (version === 0) return 'empty';
    const known = this.#known.get(version);
    if (known !== undefined) return known;
    this.#wanted.push(version);
    // After the render, when all that it wants is known.
    queueMicrotask(() => void this.#read());
    return 'loading';
  };

  async #read(): Promise<void> {
    const thread = this.#thread;
    const version = this.#wanted[0];
    if (this.#isReading || version === undefined || !thread) return;
    this.#isReading = true;
    const stood = await thread.state(version).catch(() => undefined);
    this.#isReading = false;
    if (thread === this.#thread) {
      this.#known.set(version, stood ?? 'gone');
      const [oldest] = this.#known.keys();
      if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
      this.#host.requestUpdate();
    }
    this.#wanted = this.#wanted.filter((each) => each !== version);
    void this.#read();
  }
}
