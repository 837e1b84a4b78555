/** What the earlier runs of a thread have done, on behalf of an element that shows it. */
import type { ReactiveControllerHost } from 'lit';
import type { Thread, ThreadView } from '../src/client/index.ts';
import { doneTasks } from '../src/core/index.ts';

/** Reads the history of a thread when it has been loaded and whenever a run begins. */
export class DoneBefore {
  /** Paths of tasks. */
  tasks: readonly string[] = [];
  readonly #host: ReactiveControllerHost;
  #thread: Thread | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** Turns to a thread. */
  follow(thread: Thread | undefined): void {
    this.#thread = thread;
    this.tasks = [];
  }

  /** To be called with each view of the thread and the one before it. */
  onView(view: ThreadView, before: ThreadView): void {
    const isFirst = view.loaded && !before.loaded && view.version > 0;
    if (!isFirst && !(view.running && !before.running)) return;
    const thread = this.#thread;
    thread?.history().then(
      (history) => {
        if (thread !== this.#thread) return;
        this.tasks = doneTasks(history);
        this.#host.requestUpdate();
      },
      () => {
        // Whoever sends something learns why nothing can be read.
      },
    );
  }
}
