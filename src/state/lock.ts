/** Closes a Map or Set, which Object.freeze leaves open. */
import { AgentError } from '../core/index.ts';

/** Refuses a change in place. */
export function refuseChange(): never {
  throw new AgentError('invalid-update', 'The state cannot be changed in place.', { fix: 'Return an update instead.' });
}

const locked = new WeakSet<object>();

/** Whether {@link lock} has closed a collection. */
export function isLocked(collection: object): boolean {
  return locked.has(collection);
}

/** Closes a collection for good: its own methods, shadowed, refuse every change. */
export function lock(collection: Map<unknown, unknown> | Set<unknown>): void {
  for (const method of ['set', 'add', 'delete', 'clear']) {
    if (method in collection) Object.defineProperty(collection, method, { value: refuseChange });
  }
  Object.freeze(collection);
  locked.add(collection);
}
