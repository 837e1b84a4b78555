/** The page around a chat: shows it in a panel, and watches what the browser says of tasks, keys and shifts. */
import type {} from './contender.ts';

interface Watched {
  /** Milliseconds of each long task. */
  readonly longTasks: number[];
  /** Each key that the browser tells of, by when it was pressed. */
  readonly keys: Record<number, Key>;
  readonly shift: number;
  /** What has moved, and how far, in px. */
  readonly moved: string[];
}

/** Milliseconds of one key. */
export interface Key {
  /** From the press to the paint after it; the browser counts in steps of 8. */
  readonly total: number;
  /** From the press until the page hears of it. */
  readonly wait: number;
  /** In which the page sees to it. */
  readonly work: number;
}

interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly sources: readonly { readonly previousRect: DOMRect; readonly currentRect: DOMRect }[];
}

const nothingYet = (): Watched => ({ longTasks: [], keys: {}, shift: 0, moved: [] });
let watched = nothingYet();

/** What a key sets off, one after another, is told in entries of its own that begin with it. */
const KEY = /^(key(down|press)|(before)?input)$/;

function hear({ name, startTime, duration, processingStart, processingEnd }: PerformanceEventTiming): void {
  if (!KEY.test(name)) return;
  const known = watched.keys[startTime] ?? { total: 0, wait: Infinity, work: 0 };
  watched.keys[startTime] = {
    total: Math.max(known.total, duration),
    wait: Math.min(known.wait, processingStart - startTime),
    work: known.work + (processingEnd - processingStart),
  };
}

function observe(type: string, take: (entry: PerformanceEntry) => void): PerformanceObserver {
  const observer = new PerformanceObserver((list) => {
    list.getEntries().forEach(take);
  });
  // `durationThreshold` is for keys, and as low as it may be.
  observer.observe({ type, durationThreshold: 16 } as PerformanceObserverInit);
  return observer;
}

const observers = [
  observe('longtask', ({ duration }) => watched.longTasks.push(duration)),
  observe('event', (entry) => {
    hear(entry as PerformanceEventTiming);
  }),
  observe('layout-shift', (entry) => {
    const { value, sources } = entry as Shift;
    watched = { ...watched, shift: watched.shift + value };
    watched.moved.push(
      ...sources.map(({ previousRect: from, currentRect: to }) => {
        // The browser does not tell what is in a shadow root.
        const element = globalThis.chat.element.shadowRoot?.elementFromPoint(to.x + 1, to.y + 1);
        return `${element?.localName ?? 'something'} by ${to.x - from.x}, ${to.y - from.y}`;
      }),
    );
  }),
];

const frame = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      // After the paint of this frame.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        resolve();
      };
      port2.postMessage(0);
    });
  });

/** What the driver calls, as `globalThis.bench`. */
const bench = {
  async show(script: string, messages: number): Promise<void> {
    await import(/* @vite-ignore */ `/${script}.js`);
    document.querySelector('main')?.append(globalThis.chat.element);
    await globalThis.chat.prepare(messages);
    await frame();
  },
  /** Milliseconds until the newest message is seen and the page has nothing more to do. */
  async open(): Promise<number> {
    const { chat } = globalThis;
    const begun = performance.now();
    chat.open();
    for (;;) {
      await frame();
      const box = chat.last()?.getBoundingClientRect();
      const panel = chat.element.getBoundingClientRect();
      if (box && box.bottom > panel.top && box.top < panel.bottom) return performance.now() - begun;
      if (performance.now() - begun > 60_000) throw new Error('The newest message was never seen.');
    }
  },
  watch(): void {
    for (const observer of observers) observer.takeRecords();
    watched = nothingYet();
  },
  reply: (seconds: number) => globalThis.chat.reply(seconds),
  /** After the frames that are under way, since keys are told with them. */
  async watched(): Promise<Watched> {
    for (let left = 10; left > 0; left--) await frame();
    return watched;
  },
  focus: () => {
    globalThis.chat.focus();
  },
  draft: () => globalThis.chat.draft(),
};

export type Bench = typeof bench;

const style = new CSSStyleSheet();
style.replaceSync('body { margin: 0; } main { inline-size: 420px; block-size: 700px; } main > * { block-size: 100%; }');
document.adoptedStyleSheets = [style];
document.body.append(document.createElement('main'));
Object.assign(globalThis, { bench });
