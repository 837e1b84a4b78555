/** Stand-ins for the values that MessagePack would change: -0, and integers of any size. */
import { isRecord } from '../core/index.ts';

/** A bigint as decimal text. */
export class BigIntTag {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

/** The class behind {@link NEGATIVE_ZERO}; the codec recognises extensions by class. */
export class NegativeZeroTag {
  readonly value = -0;
}

export const NEGATIVE_ZERO = new NegativeZeroTag();

/**
 * The form in which an admitted value is packed: the value itself, or a copy along the way to what needs a tag.
 */
export function tagged(value: unknown): unknown {
  if (typeof value === 'bigint') return new BigIntTag(value.toString());
  if (typeof value === 'number') return Object.is(value, -0) ? NEGATIVE_ZERO : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    let copy: unknown[] | undefined;
    for (const [index, item] of value.entries()) {
      const packed = tagged(item);
      // A tag is never the value that it stands for, -0 included.
      if (packed !== item) (copy ??= [...(value as readonly unknown[])])[index] = packed;
    }
    return copy ?? value;
  }
  if (isRecord(value)) {
    let copy: Record<string, unknown> | undefined;
    for (const [key, item] of Object.entries(value)) {
      const packed = tagged(item);
      if (packed !== item) (copy ??= { ...value })[key] = packed;
    }
    return copy ?? value;
  }
  // Copies, because an admitted Map or Set has methods of its own that the codec must not see.
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [tagged(key), tagged(item)]));
  if (value instanceof Set) return new Set([...value].map(tagged));
  return value;
}
