/** Watches one thread on behalf of an element, while that element is in the page. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { EMPTY_VIEW, watchThread } from '../src/client/index.ts';
import type { Thread, ThreadView } from '../src/client/index.ts';
import { Subscription } from './subscription.ts';

/** Milliseconds from one render of a text that is being written to the next: nobody reads faster, and each has its cost. */
const PACE = 32;

/** Whether two views differ by nothing but the text that is being written. */
function isText(before: ThreadView, after: ThreadView): boolean {
  const names = Object.keys(after) as (keyof ThreadView)[];
  return names.every((name) => name === 'streaming' || after[name] === before[name]);
}

/**
 * Keeps the newest view of a thread and renders its host again when it changes.
 *
 * @example
 * readonly #watch = new ThreadController(this);
 * willUpdate() { this.#watch.follow(this.agent?.thread(this.thread)); }
 * render() { return html`${this.#watch.view.messages.length} messages`; }
 */
export class ThreadController implements ReactiveController {
  /** The newest view; an empty one until the thread has spoken. */
  view: ThreadView = EMPTY_VIEW;
  readonly #host: ReactiveControllerHost;
  readonly #watching: Subscription<Thread>;
  /** When the host has rendered last. */
  #rendered = -PACE;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onView called with each view and the one before it, before the host renders. */
  constructor(host: ReactiveControllerHost, onView: (view: ThreadView, before: ThreadView) => void = () => undefined) {
    this.#host = host;
    this.#watching = new Subscription(host, (thread, isCurrent) => {
      const unwatch = watchThread(thread, (view) => {
        // A batch that was on its way when the element turned to another thread is not for it any more. An element that
        // was moved reads the thread anew; until that is done, what it shows stays.
        if (!isCurrent() || (this.view.loaded && !view.loaded)) return;
        const before = this.view;
        this.view = view;
        onView(view, before);
        if (isText(before, view)) this.#renderText();
        else host.requestUpdate();
      });
      return () => {
        this.hostUpdated();
        unwatch();
      };
    });
    host.addController(this);
  }

  /** Turns to `thread`, and forgets the view of the one before. */
  follow(thread: Thread | undefined): void {
    this.view = EMPTY_VIEW;
    this.#watching.follow(thread);
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#rendered = performance.now();
  }

  /** Renders what is being written, soon: with the text that comes in until then. */
  #renderText(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#host.requestUpdate();
      },
      this.#rendered + PACE - performance.now(),
    );
  }
}
