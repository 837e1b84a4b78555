/** What an element shows that is loaded with the first one of a page. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Loads a panel when its host comes into the page, and again when the network is back. */
export class LatePanel<P> implements ReactiveController {
  /** Undefined until it is there. */
  panel: P | undefined;
  hasFailed = false;
  readonly #host: ReactiveControllerHost;
  readonly #load: () => Promise<P>;
  #isLoading = false;

  constructor(host: ReactiveControllerHost, load: () => Promise<P>) {
    this.#host = host;
    this.#load = load;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('online', this.#try);
    this.#try();
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#try);
  }

  readonly #try = (): void => {
    if (this.panel || this.#isLoading) return;
    this.#isLoading = true;
    void this.#load()
      .then(
        (panel) => {
          this.panel = panel;
        },
        () => {
          this.hasFailed = true;
        },
      )
      .finally(() => {
        this.#isLoading = false;
        this.#host.requestUpdate();
      });
  };
}
