/** Sends the events of a thread to everyone who watches it, in batches over a port of their own. */
import type { RunEvent } from '../core/index.ts';
import { eventToWire } from '../wire/index.ts';
import type { WireEvent } from '../wire/index.ts';

/** A batch goes out when it holds this many events, or after this many milliseconds; the first one of a burst at once. */
const MAX_BATCH = 256;
const MAX_WAIT = 16;

/** Events of the run under way that are kept for those who come later. Of a longer run they see the newest. */
const MAX_REPLAY = 4096;

class Subscriber {
  readonly #port: MessagePort;
  #batch: WireEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(port: MessagePort, leave: () => void) {
    this.#port = port;
    // Any message back means that the page has stopped listening.
    port.onmessage = () => {
      clearTimeout(this.#timer);
      port.close();
      leave();
    };
  }

  push(event: WireEvent): void {
    const previous = this.#batch.at(-1);
    if (event.type === 'text-delta' && previous?.type === 'text-delta' && previous.id === event.id) {
      this.#batch[this.#batch.length - 1] = { ...event, text: previous.text + event.text };
      return;
    }
    this.#batch.push(event);
    if (this.#batch.length >= MAX_BATCH || event.type === 'run-end') this.#flush();
    else if (this.#timer === undefined) {
      this.#flush();
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#flush();
      }, MAX_WAIT);
    }
  }

  #flush(): void {
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    try {
      this.#port.postMessage(batch);
    } catch {
      // Something in it cannot be cloned. One bad event must not cost the others, nor the run.
      for (const event of batch) this.#send(event);
    }
  }

  #send(event: WireEvent): void {
    try {
      this.#port.postMessage([event]);
    } catch {
      const { seq, runId, ns, type } = event;
      const message = `An event "${type}" held something that cannot be sent to the page.`;
      this.#port.postMessage([{ type: 'notice', code: 'unsendable-event', message, seq, runId, ns }]);
    }
  }
}

export interface EventHub {
  publish(threadId: string, event: RunEvent): void;
  /** @param replay begins with the events of the run under way, if there is one. */
  subscribe(threadId: string, port: MessagePort, replay: boolean): void;
  /** Tells the other tabs that nothing is stored any more. */
  erased(): void;
  close(): void;
}

/** What one tab tells the others: the checkpoint of a thread. */
interface News {
  /** Undefined when it is about all threads. */
  readonly threadId: string | undefined;
  readonly event: WireEvent;
}

function remember(events: WireEvent[] | undefined, event: WireEvent): void {
  if (!events) return;
  events.push(event);
  // The first one says which run it is.
  if (events.length > MAX_REPLAY) events.splice(1, MAX_REPLAY / 2);
}

/** The channel between the hosts of a namespace, in whatever tab; undefined where there is none to be had. */
function openChannel(namespace: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(`inpage:${namespace}`);
  } catch {
    // A sandboxed frame may not speak to others.
    return undefined;
  }
}

/** Makes the hub of a host. The tabs of a namespace tell each other what has become durable, so that mirrors look again. */
export function createEventHub(namespace: string): EventHub {
  const subscribers = new Map<string, Set<Subscriber>>();
  const running = new Map<string, WireEvent[]>();
  const channel = openChannel(namespace);
  const deliver = (threadId: string, event: WireEvent): void => {
    for (const subscriber of subscribers.get(threadId) ?? []) subscriber.push(event);
  };
  channel?.addEventListener('message', ({ data }: MessageEvent<News>) => {
    const about = data.threadId === undefined ? [...subscribers.keys()] : [data.threadId];
    for (const threadId of about) deliver(threadId, data.event);
  });
  return {
    publish(threadId, event) {
      const wire = eventToWire(event);
      if (event.type === 'run-start') running.set(threadId, []);
      if (event.type === 'run-end') running.delete(threadId);
      else remember(running.get(threadId), wire);
      deliver(threadId, wire);
      if (event.type === 'checkpoint') channel?.postMessage({ threadId, event: wire } satisfies News);
    },
    subscribe(threadId, port, replay) {
      const watching = subscribers.get(threadId) ?? new Set();
      const subscriber: Subscriber = new Subscriber(port, () => watching.delete(subscriber));
      subscribers.set(threadId, watching.add(subscriber));
      if (replay) for (const event of running.get(threadId) ?? []) subscriber.push(event);
    },
    erased() {
      const event = { type: 'checkpoint', version: 0, seq: 0, runId: '', ns: '' } as const;
      channel?.postMessage({ threadId: undefined, event } satisfies News);
    },
    close() {
      channel?.close();
    },
  };
}
