/** The download of the browser's own model, which only a person begins. */
import type { ReactiveControllerHost } from 'lit';
import type { Agent } from '../src/client/index.ts';

/** Has an agent get its model ready, on behalf of an element, and renders that again as it comes. */
export class Download {
  state: 'none' | 'under-way' | 'done' = 'none';
  /** How much is there, from 0 to 1. */
  ratio = 0;
  readonly #element: ReactiveControllerHost;
  readonly #ended: (error?: unknown) => void;
  #stop: AbortController | undefined;

  /** @param ended called when it is there, and with what went wrong otherwise; not called when it was cancelled. */
  constructor(element: ReactiveControllerHost, ended: (error?: unknown) => void) {
    this.#element = element;
    this.#ended = ended;
  }

  /** Begins. Browsers want that within the handler of a click. */
  begin(agent: Agent): void {
    const { signal } = (this.#stop = new AbortController());
    this.#become('under-way', 0);
    const onProgress = (ratio: number): void => {
      if (!signal.aborted) this.#become('under-way', ratio);
    };
    agent.prepareModel({ onProgress, signal }).then(
      () => {
        if (signal.aborted) return;
        this.#become('done', 1);
        this.#ended();
      },
      (error: unknown) => {
        if (signal.aborted) return;
        this.cancel();
        this.#ended(error);
      },
    );
  }

  /** Ends it, as if it had not begun. */
  readonly cancel = (): void => {
    this.#stop?.abort();
    this.#become('none', 0);
  };

  #become(state: Download['state'], ratio: number): void {
    this.state = state;
    this.ratio = ratio;
    this.#element.requestUpdate();
  }
}
