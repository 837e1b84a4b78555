/** Gives the realm's message loop a turn: a loop that only awaits promises would starve cancel and IndexedDB. */

/** Milliseconds that a run may hold the thread before it lets others in. */
export const SLICE = 8;

/**
 * Resolves in a later task, by a message to itself: timers are clamped to 4 ms, and the continuation of
 * `scheduler.yield()` goes before timers and messages, so that it starves the very cancel it should let in.
 */
export function yieldToEventLoop(): Promise<void> {
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
