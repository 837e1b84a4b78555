/** How large a value is, without making its text. */

/**
 * About how many characters the JSON of a value has. Stops counting beyond `limit`, so that it costs no more than that.
 *
 * @param limit in characters.
 */
export function sizeOf(value: unknown, limit: number): number {
  let size = 0;
  const walk = (inner: unknown): void => {
    if (size > limit) return;
    if (typeof inner === 'string') size += inner.length + 2;
    else if (typeof inner !== 'object' || inner === null) size += 5;
    else if (ArrayBuffer.isView(inner)) size += inner.byteLength;
    else if (inner instanceof Map) for (const pair of inner) walk(pair);
    else if (Array.isArray(inner) || inner instanceof Set) for (const each of inner) walk(each);
    else {
      for (const [key, each] of Object.entries(inner)) {
        size += key.length + 3;
        walk(each);
      }
    }
    size += 2;
  };
  walk(value);
  return size;
}
