/** JSON types, and the stable text form from which identities are hashed. No I/O. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON Schema (drafts 4 to 2020-12). Only `type` is named, because every reader of a schema looks at it. */
export interface JsonSchema {
  readonly type?: string;
  readonly [keyword: string]: unknown;
}

/** Whether `value` is an object literal: not an array, not a class instance, not null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * JSON text with sorted keys, so that equal values give equal text. Maps and Sets count with their entries.
 *
 * @example
 * stableText({ b: 1, a: 2 }) === stableText({ a: 2, b: 1 }); // true
 */
export function stableText(value: unknown): string {
  const sorted = (_key: string, inner: unknown): unknown => {
    if (isRecord(inner)) return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
    if (inner instanceof Map) return { '~map': [...inner] };
    if (inner instanceof Set) return { '~set': [...inner] };
    return typeof inner === 'bigint' ? `${inner}n` : inner;
  };
  return value === undefined ? 'undefined' : JSON.stringify(value, sorted);
}

/**
 * A short, stable, non-cryptographic hash: FNV-1a, 32 bits, in base 36.
 *
 * Source: http://www.isthe.com/chongo/tech/comp/fnv/ (offset basis 2166136261, prime 16777619).
 */
export function shortHash(text: string): string {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  }
  return (hash >>> 0).toString(36);
}
