/** Names contents: what has the same hash is taken for the same. Not against those who mean to deceive. */

/** Two lanes of FNV-1a with primes of their own, mixed at the end: 64 bits, in base 36. */
export function contentHash(text: string): string {
  let a = 2166136261;
  let b = 0x9747b28c;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 16777619);
    b = Math.imul(b ^ code, 0x85ebca6b);
    b ^= b >>> 15;
  }
  a = Math.imul(a ^ (a >>> 16), 0xc2b2ae35) ^ text.length;
  b = Math.imul(b ^ (b >>> 13), 0x27d4eb2f);
  return `${((a ^ (a >>> 15)) >>> 0).toString(36)}${((b ^ (b >>> 16)) >>> 0).toString(36).padStart(7, '0')}`;
}
