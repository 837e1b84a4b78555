/** Values to bytes and back: MessagePack with in-band records, without eval and without state between calls. */
import { addExtension, Packr } from 'msgpackr/index-no-eval';
import { BigIntTag, NegativeZeroTag } from './tags.ts';

// Extension codes are part of the stored format and stay as they are for ever.
addExtension({
  Class: BigIntTag,
  type: 1,
  write: (tag: BigIntTag) => tag.digits,
  read: (digits: unknown) => BigInt(String(digits)),
});
addExtension({ Class: NegativeZeroTag, type: 2, write: () => 0, read: () => -0 });

const packr = new Packr({ useRecords: true, moreTypes: true, mapsAsObjects: false, useToJSON: false });

/** Packs a value that {@link storable} has let through. The bytes own their buffer, so storing them stores no more. */
export function pack(value: unknown): Uint8Array<ArrayBuffer> {
  // pack() returns a view on a buffer that it uses again and that is far larger than the value.
  return new Uint8Array(packr.pack(value));
}

/** The inverse of {@link pack}. Throws whatever the decoder throws when the bytes are not what pack() made. */
export function unpack(bytes: Uint8Array): unknown {
  return packr.unpack(bytes);
}
