/** How large a value is, without making its text. */

/** How deep a value may be; one that is within itself has no size either. */
const DEEPEST = 1000;

/**
 * About how many characters the JSON of a value has. Stops counting beyond `limit`, so that it costs no more than that;
 * Infinity for a value that is too deep.
 *
 * @param limit in characters.
 */
export function sizeOf(value: unknown, limit: number): number {
  let size = 0;
  const walk = (inner: unknown, depth: number): void => {
    if (size > limit) return;
    if (depth > DEEPEST) size = Infinity;
    else if (typeof inner === 'string') size += inner.length + 2;
    else if (typeof inner !== 'object' || inner === null) size += 5;
    else if (ArrayBuffer.isView(inner)) size += inner.byteLength;
    else if (inner instanceof Map) for (const pair of inner) walk(pair, depth + 1);
    else if (Array.isArray(inner) || inner instanceof Set) for (const each of inner) walk(each, depth + 1);
    else {
      for (const [key, each] of Object.entries(inner)) {
        size += key.length + 3;
        walk(each, depth + 1);
      }
    }
    size += 2;
  };
  walk(value, 0);
  return size;
}
