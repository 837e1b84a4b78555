/** Puts events into batches: as many as there are, but none of them late. */
import type { WireEvent } from '../wire/index.ts';

/** A batch goes out when it holds this many events, or after this many milliseconds; the first one of a burst at once. */
const MAX_BATCH = 256;
const MAX_WAIT = 16;

export class Batcher {
  readonly #send: (batch: readonly WireEvent[]) => void;
  #batch: WireEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param send gets each batch. What it throws is told as `unsendable-event` in the place of the event. */
  constructor(send: (batch: readonly WireEvent[]) => void) {
    this.#send = send;
  }

  push(event: WireEvent): void {
    const previous = this.#batch.at(-1);
    if (event.type === 'text-delta' && previous?.type === 'text-delta' && previous.id === event.id) {
      this.#batch[this.#batch.length - 1] = { ...event, text: previous.text + event.text };
      return;
    }
    this.#batch.push(event);
    if (this.#batch.length >= MAX_BATCH || event.type === 'run-end') this.#flush();
    else if (this.#timer === undefined) this.#sendAndWait();
  }

  /** Sends nothing any more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#batch = [];
  }

  #sendAndWait(): void {
    this.#timer = undefined;
    if (this.#batch.length === 0) return;
    this.#flush();
    this.#timer = setTimeout(() => {
      this.#sendAndWait();
    }, MAX_WAIT);
  }

  #flush(): void {
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    try {
      this.#send(batch);
    } catch {
      // Something in it cannot be cloned. One bad event must not cost the others, nor the run.
      for (const event of batch) this.#sendOne(event);
    }
  }

  #sendOne(event: WireEvent): void {
    try {
      this.#send([event]);
    } catch {
      const { seq, runId, ns, type } = event;
      const message = `An event "${type}" held something that cannot be sent to the page.`;
      this.#send([{ type: 'notice', code: 'unsendable-event', message, seq, runId, ns }]);
    }
  }
}
