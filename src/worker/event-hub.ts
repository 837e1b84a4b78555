/** Sends the events of a thread to everyone who watches it: in this page over a port of their own, in others as news. */
import { randomId } from '../core/index.ts';
import type { RunEvent } from '../core/index.ts';
import { eventToWire, untilGone } from '../wire/index.ts';
import type { WireEvent } from '../wire/index.ts';
import { Batcher } from './batcher.ts';
import type { News, Tabs } from './tabs.ts';

/** Events of the run under way that are kept for those who come later. Of a longer run they see the newest. */
const MAX_REPLAY = 4096;

export interface EventHub {
  publish(threadId: string, event: RunEvent): void;
  /** @param replay begins with the events of the run under way, if there is one. */
  subscribe(threadId: string, port: MessagePort, replay: boolean): void;
  /** Makes whoever watches a thread, in this tab or another, look at what is stored. */
  changed(threadId: string): void;
  /** Somebody here has stopped a thread: where no lock tells whether another tab still runs it, it counts as over. */
  stopped(threadId: string): void;
  /** Tells the other tabs that nothing is stored any more. */
  erased(): void;
  close(): void;
}

/** What makes whoever watches a thread look at what is stored. */
const LOOK: WireEvent = { type: 'checkpoint', version: 0, seq: 0, runId: '', ns: '' };

/** A run under way, here or in another tab. */
interface Running {
  readonly runId: string;
  readonly events: WireEvent[];
  /** Ends the waiting for the death of the tab that it runs in. */
  readonly end?: AbortController;
}

class Hub implements EventHub {
  readonly #id = randomId();
  readonly #tabs: Tabs;
  readonly #lifeline: string | undefined;
  /** Who watches each thread in this page. */
  readonly #here = new Map<string, Set<Batcher>>();
  /** The hubs of other tabs in which each thread is watched. */
  readonly #there = new Map<string, Set<string>>();
  readonly #relays = new Map<string, Batcher>();
  readonly #running = new Map<string, Running>();
  /** The threads of which something was stored here. */
  readonly #stored = new Set<string>();

  constructor(tabs: Tabs, lifeline: string | undefined) {
    this.#tabs = tabs;
    this.#lifeline = lifeline;
    tabs.listen((news) => {
      this.#hear(news);
    });
    tabs.tell({ type: 'watch', hub: this.#id, threadIds: [], asks: true });
  }

  publish(threadId: string, event: RunEvent): void {
    const wire = eventToWire(event);
    const isStored = event.type === 'checkpoint';
    const { end, runId } = this.#running.get(threadId) ?? {};
    // Another tab has taken the thread over: whoever watches sees the run that is there now.
    if (end && runId !== event.runId && event.type !== 'run-start' && !isStored) return;
    this.#note(threadId, wire);
    if (isStored) this.#stored.add(threadId);
    this.#send(threadId, wire);
  }

  changed(threadId: string): void {
    this.#stored.add(threadId);
    this.#send(threadId, LOOK);
  }

  subscribe(threadId: string, port: MessagePort, replay: boolean): void {
    const watching = this.#here.get(threadId) ?? new Set();
    if (watching.size === 0) this.#tabs.tell({ type: 'watch', hub: this.#id, threadIds: [threadId], asks: false });
    const subscriber = new Batcher((batch) => {
      port.postMessage(batch);
    });
    // Any message back means that the page has stopped listening.
    port.onmessage = () => {
      subscriber.close();
      port.close();
      watching.delete(subscriber);
      if (watching.size > 0) return;
      this.#here.delete(threadId);
      this.#tabs.tell({ type: 'leave', hub: this.#id, threadId });
    };
    this.#here.set(threadId, watching.add(subscriber));
    if (replay) for (const event of this.#running.get(threadId)?.events ?? []) subscriber.push(event);
  }

  stopped(threadId: string): void {
    const running = this.#running.get(threadId);
    if (running?.end && this.#lifeline === undefined) this.#lose(threadId, running.runId);
  }

  erased(): void {
    this.#tabs.tell({ type: 'erased' });
  }

  close(): void {
    for (const threadId of this.#here.keys()) this.#tabs.tell({ type: 'leave', hub: this.#id, threadId });
    for (const { end } of this.#running.values()) end?.abort();
    for (const relay of this.#relays.values()) relay.close();
  }

  #send(threadId: string, event: WireEvent): void {
    this.#deliver(threadId, event);
    if (this.#there.has(threadId)) this.#relay(threadId).push(event);
  }

  #deliver(threadId: string, event: WireEvent): void {
    for (const subscriber of this.#here.get(threadId) ?? []) subscriber.push(event);
  }

  /** Remembers the events of the run under way. */
  #note(threadId: string, event: WireEvent, end?: AbortController): void {
    if (event.type === 'run-start') {
      this.#running.get(threadId)?.end?.abort();
      this.#running.set(threadId, { runId: event.runId, events: [], ...(end ? { end } : {}) });
    }
    const running = this.#running.get(threadId);
    if (running?.runId !== event.runId) return;
    running.events.push(event);
    // The first one says which run it is.
    if (running.events.length > MAX_REPLAY) running.events.splice(1, MAX_REPLAY / 2);
    if (event.type !== 'run-end') return;
    running.end?.abort();
    this.#running.delete(threadId);
  }

  #relay(threadId: string): Batcher {
    const known = this.#relays.get(threadId);
    if (known) return known;
    const relay = new Batcher((events) => {
      this.#tabs.tell({ type: 'events', threadId, events, lifeline: this.#lifeline });
    });
    this.#relays.set(threadId, relay);
    return relay;
  }

  #hear(news: News): void {
    switch (news.type) {
      case 'watch':
        for (const threadId of news.threadIds) this.#welcome(threadId, news.hub);
        if (news.asks)
          this.#tabs.tell({ type: 'watch', hub: this.#id, threadIds: [...this.#here.keys()], asks: false });
        break;
      case 'leave':
        this.#there.get(news.threadId)?.delete(news.hub);
        if (this.#there.get(news.threadId)?.size === 0) this.#there.delete(news.threadId);
        break;
      case 'events':
        if (news.to === undefined || news.to === this.#id) {
          for (const event of news.events) this.#mirror(news.threadId, event, news.lifeline);
        }
        break;
      case 'erased':
        for (const threadId of this.#here.keys()) this.#deliver(threadId, LOOK);
        break;
      default:
    }
  }

  /** Another tab has begun to watch: it gets what it would have seen had it been there. */
  #welcome(threadId: string, hub: string): void {
    const watching = this.#there.get(threadId) ?? new Set();
    this.#there.set(threadId, watching.add(hub));
    const running = this.#running.get(threadId);
    const isOurs = running !== undefined && running.end === undefined;
    // What was stored here before this tab was known to watch may have come after it has looked.
    const events = isOurs ? running.events : this.#stored.has(threadId) ? [LOOK] : [];
    if (events.length > 0) {
      this.#tabs.tell({ type: 'events', threadId, events, lifeline: this.#lifeline, to: hub });
    }
  }

  /** Takes an event of another tab as if it came from here. */
  #mirror(threadId: string, event: WireEvent, lifeline: string | undefined): void {
    if (!this.#here.has(threadId)) return;
    const before = this.#running.get(threadId);
    if (event.type === 'run-start') {
      // Told once more to somebody who has come later.
      if (before?.runId === event.runId) return;
      const end = new AbortController();
      this.#note(threadId, event, end);
      if (lifeline !== undefined) this.#mourn(threadId, event.runId, lifeline, end.signal);
    } else if (event.type !== 'checkpoint') {
      // Of a run whose thread another tab has taken over, or that is over.
      if (before?.runId !== event.runId) return;
      if (event.seq <= (before.events.at(-1)?.seq ?? -1)) return;
      this.#note(threadId, event);
    }
    this.#deliver(threadId, event);
  }

  /** The run of another tab is over, and what it had not stored never was. */
  #lose(threadId: string, runId: string): void {
    const seq = (this.#running.get(threadId)?.events.at(-1)?.seq ?? 0) + 1;
    const end: WireEvent = { type: 'run-end', status: 'cancelled', seq, runId, ns: '' };
    this.#note(threadId, end);
    this.#deliver(threadId, end);
    this.#deliver(threadId, LOOK);
  }

  /** When the tab that runs a thread dies, its run is over. */
  #mourn(threadId: string, runId: string, lifeline: string, signal: AbortSignal): void {
    untilGone(lifeline, signal).then(
      () => {
        this.#lose(threadId, runId);
      },
      () => undefined,
    );
  }
}

/**
 * Makes the hub of a host.
 *
 * @param lifeline the lock of this host, by which other tabs know that it lives.
 */
export function createEventHub(tabs: Tabs, lifeline: string | undefined): EventHub {
  return new Hub(tabs, lifeline);
}
