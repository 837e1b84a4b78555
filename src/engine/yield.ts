/** Gives the realm's message loop a turn: a loop that only awaits promises would starve cancel and IndexedDB. */

/** Milliseconds that a run may hold the thread before it lets others in. */
export const SLICE = 8;

interface Scheduler {
  yield?(): Promise<void>;
}

/** Resolves in a later task. `scheduler.yield` where there is one, else a message: timers are clamped to 4 ms. */
export function yieldToEventLoop(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: Scheduler };
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      // An open port keeps a Node process alive.
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
