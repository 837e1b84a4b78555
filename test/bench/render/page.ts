/** The page around a chat: shows it in a panel, and watches what the browser says of tasks, keys and shifts. */
import type {} from './contender.ts';

interface Watched {
  /** Milliseconds of each long task. */
  readonly longTasks: number[];
  /** Milliseconds from a key to the paint after it, as far as the browser tells; it counts in steps of 8. */
  readonly keys: number[];
  readonly shift: number;
}

interface Shift extends PerformanceEntry {
  readonly value: number;
}

let watched: Watched = { longTasks: [], keys: [], shift: 0 };

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
  observe('event', ({ name, duration }) => {
    if (name === 'keydown') watched.keys.push(duration);
  }),
  observe('layout-shift', (entry) => {
    watched = { ...watched, shift: watched.shift + (entry as Shift).value };
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
    watched = { longTasks: [], keys: [], shift: 0 };
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
