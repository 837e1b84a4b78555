import { expect } from 'chai';
import { contentHash } from '../../src/checkpoint/hash.ts';

const hashOf = (text: string): string => contentHash(new TextEncoder().encode(text));

describe('the content hash', () => {
  it('stays as it is, for chunks are stored under it', () => {
    expect(hashOf('I will not buy this record, it is scratched.')).to.equal('a0a9683b25ac5e40d9af2895890dddf5');
    expect(hashOf('')).to.equal('0'.repeat(32));
  });

  it('is another one when one bit is, wherever it lies, or when zeros follow', () => {
    for (const length of [1, 15, 16, 17, 33]) {
      const bytes = new Uint8Array(length);
      const found = new Set([contentHash(bytes), contentHash(new Uint8Array(length + 1))]);
      for (let bit = 0; bit < 8 * length; bit++) {
        found.add(contentHash(bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))));
      }
      expect(found.size).to.equal(8 * length + 2);
    }
  });

  it('reads a part of a buffer from wherever it begins', () => {
    const bytes = new Uint8Array(50).map((_, index) => index);
    expect(contentHash(bytes.subarray(3, 40))).to.equal(contentHash(bytes.slice(3, 40)));
  });
});
