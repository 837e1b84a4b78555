/** Ids. `crypto.randomUUID` exists in secure contexts only; this works everywhere. */

const BYTES = 16;

/** Random bytes for many ids at once: asking for them costs more than the id. */
const pool = new Uint8Array(64 * BYTES);
let used = pool.length;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A random id of 128 bits, as 32 hexadecimal digits. */
export function randomId(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  let id = '';
  for (const end = used + BYTES; used < end; used++) id += HEX[pool[used] ?? 0] ?? '';
  return id;
}
