/** Tells promises from values, so that what is not asynchronous is not awaited. */

/** Whether `value` is a promise, of this realm or any other, or anything else with a `then` method. */
export function isThenable<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
