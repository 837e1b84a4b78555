/** The content hash that chunks are stored under. It is no secret and stands against accidents, not against attackers. */

const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;

const BLOCK = 16;

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/**
 * 128 bits of some bytes, as 32 hexadecimal digits. The platform's hashes answer later and only in secure contexts.
 *
 * Source: MurmurHash3_x86_128 with seed 0 (Austin Appleby, public domain).
 */
export function contentHash(bytes: Uint8Array): string {
  const { length } = bytes;
  const whole = length - (length % BLOCK);
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  for (let at = 0; at < whole; at += BLOCK) {
    h1 ^= Math.imul(rotate(Math.imul(view.getInt32(at, true), C1), 15), C2);
    h1 = (Math.imul((rotate(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotate(Math.imul(view.getInt32(at + 4, true), C2), 16), C3);
    h2 = (Math.imul((rotate(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
    h3 ^= Math.imul(rotate(Math.imul(view.getInt32(at + 8, true), C3), 17), C4);
    h3 = (Math.imul((rotate(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
    h4 ^= Math.imul(rotate(Math.imul(view.getInt32(at + 12, true), C4), 18), C1);
    h4 = (Math.imul((rotate(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
  }
  // What is left of a block counts as zeros, which change nothing.
  const rest = new DataView(new ArrayBuffer(BLOCK));
  for (let at = whole; at < length; at++) rest.setUint8(at - whole, view.getUint8(at));
  h1 ^= Math.imul(rotate(Math.imul(rest.getInt32(0, true), C1), 15), C2) ^ length;
  h2 ^= Math.imul(rotate(Math.imul(rest.getInt32(4, true), C2), 16), C3) ^ length;
  h3 ^= Math.imul(rotate(Math.imul(rest.getInt32(8, true), C3), 17), C4) ^ length;
  h4 ^= Math.imul(rotate(Math.imul(rest.getInt32(12, true), C4), 18), C1) ^ length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  const [f1, f2, f3, f4] = [finish(h1), finish(h2 + h1), finish(h3 + h1), finish(h4 + h1)];
  const sum = f1 + f2 + f3 + f4;
  return [sum, f2 + sum, f3 + sum, f4 + sum].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
