/** Names contents: what has the same hash is taken for the same. Not against those who mean to deceive. */

/** Hashes texts one after the other as one content, in which each of them has its place. */
export class Hash {
  // Two lanes that take turns and mix into each other, each with two letters at a time: FNV-1a, but by words.
  #a = 2166136261;
  #b = 0x9747b28c;

  /** @param kind tells it from another content that reads the same. */
  add(text: string, kind = 0): void {
    let a = Math.imul(this.#a ^ kind, 16777619);
    let b = this.#b;
    const { length } = text;
    let index = 0;
    for (; index + 3 < length; index += 4) {
      a = Math.imul(a ^ (text.charCodeAt(index) | (text.charCodeAt(index + 1) << 16)) ^ (b >>> 15), 16777619);
      b = Math.imul(b ^ (text.charCodeAt(index + 2) | (text.charCodeAt(index + 3) << 16)) ^ (a >>> 13), 0x85ebca6b);
    }
    for (; index < length; index++) a = Math.imul(a ^ text.charCodeAt(index) ^ (b >>> 15), 16777619);
    this.#a = Math.imul(a ^ (a >>> 16) ^ (b >>> 9), 0xc2b2ae35) ^ length;
    this.#b = Math.imul(b ^ (b >>> 13) ^ this.#a, 0x27d4eb2f);
  }

  /** 64 bits, in base 36. */
  get text(): string {
    const a = Math.imul(this.#a ^ (this.#a >>> 15), 0xc2b2ae35);
    const b = Math.imul(this.#b ^ (this.#b >>> 16), 0x27d4eb2f);
    return `${((a ^ (a >>> 16)) >>> 0).toString(36)}${((b ^ (b >>> 15)) >>> 0).toString(36).padStart(7, '0')}`;
  }
}

export function contentHash(text: string): string {
  const hash = new Hash();
  hash.add(text);
  return hash.text;
}
