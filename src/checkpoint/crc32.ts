/** CRC-32 (IEEE 802.3, reflected polynomial 0xEDB88320): finds a record that was damaged on disk. */

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/**
 * The checksum of some bytes, 0 to 2^32 - 1.
 *
 * Source: ISO/IEC 13239; the check value of the text "123456789" is 0xCBF43926.
 */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
