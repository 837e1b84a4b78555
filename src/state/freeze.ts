/** Deep freezing of what enters the state, so that a version that was stored once never changes afterwards. */
import { isRecord } from '../core/index.ts';

/**
 * Freezes plain objects and lists, also those inside a Map or a Set, and returns the value. What is frozen already is
 * taken to be frozen below as well, so a value costs its size once. Class instances are left alone: storing refuses them.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  const inner: Iterable<unknown> | undefined =
    Array.isArray(value) || value instanceof Map || value instanceof Set
      ? value.values()
      : isRecord(value)
        ? Object.values(value)
        : undefined;
  if (!inner) return value;
  Object.freeze(value);
  for (const item of inner) deepFreeze(item);
  return value;
}
