/** Turns what a node put into a draft into plain data: drafts become what they are at the end. */
import { isRecord } from '../core/index.ts';
import { isAdmitted } from '../state/index.ts';
import { insideOf } from './change.ts';

type Container = unknown[] | Record<string, unknown> | Map<unknown, unknown> | Set<unknown>;

function isContainer(value: object): value is Container {
  return Array.isArray(value) || isRecord(value) || value instanceof Map || value instanceof Set;
}

function settledItems(items: readonly unknown[], seen: Map<object, unknown>): readonly unknown[] | undefined {
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const settled = walk(item, seen);
    // A hole is left to be refused as one.
    if (settled !== item) (copy ??= items.slice())[index] = settled;
  }
  return copy;
}

function settledContainer(value: Container, seen: Map<object, unknown>): unknown {
  if (Array.isArray(value)) return settledItems(value, seen) ?? value;
  if (value instanceof Map) {
    const items = settledItems([...value].flat(1), seen);
    return items ? new Map([...value.keys()].map((_, index) => [items[index * 2], items[index * 2 + 1]])) : value;
  }
  if (value instanceof Set) {
    const items = settledItems([...value], seen);
    return items ? new Set(items) : value;
  }
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const settled = walk(value[key], seen);
    if (settled !== value[key]) (copy ??= { ...value })[key] = settled;
  }
  return copy ?? value;
}

function walk(value: unknown, seen: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const inside = insideOf(value);
  if (inside) return inside.settled();
  if (isAdmitted(value) || !isContainer(value)) return value;
  // A value that contains itself stays as it is, and is refused at the door.
  if (seen.has(value)) return seen.get(value);
  seen.set(value, value);
  const settled = settledContainer(value, seen);
  seen.set(value, settled);
  return settled;
}

/** A value with the drafts in it replaced by what they are now. It is copied only along the way to those. */
export function settle(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? walk(value, new Map()) : value;
}
