/** Names contents: what has the same hash is taken for the same. Not against those who mean to deceive. */

/** Two lanes of FNV-1a that take turns and mix into each other, 64 bits in all, in base 36. */
export function contentHash(text: string): string {
  let a = 2166136261;
  let b = 0x9747b28c;
  // Beyond the end there is NaN, which counts as 0; the length tells it from a letter of that code.
  for (let index = 0; index < text.length; index += 2) {
    a = Math.imul(a ^ text.charCodeAt(index) ^ (b >>> 15), 16777619);
    b = Math.imul(b ^ text.charCodeAt(index + 1) ^ (a >>> 13), 0x85ebca6b);
  }
  a = Math.imul(a ^ (a >>> 16) ^ (b >>> 9), 0xc2b2ae35) ^ text.length;
  b = Math.imul(b ^ (b >>> 13) ^ a, 0x27d4eb2f);
  return `${((a ^ (a >>> 15)) >>> 0).toString(36)}${((b ^ (b >>> 16)) >>> 0).toString(36).padStart(7, '0')}`;
}
