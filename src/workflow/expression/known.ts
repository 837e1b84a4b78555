/** What texts of documents have been read as: who compiles a document where it was read need not read them again. */
import type { Located } from '../document.ts';

type Read = (text: string) => unknown;

const known = new WeakMap<Located, { readonly text: string; readonly read: Read; readonly value: unknown }>();

/** Reads a text, and knows it from then on by its record. Throws what `read` throws. */
export function readOnce(source: Located, read: Read): void {
  const { text } = source;
  known.set(source, { text, read, value: read(text) });
}

/** What a text was read as in this realm, or is read as now. Throws what `read` throws. */
export function readAs<T>(source: Located, read: (text: string) => T): T {
  const found = known.get(source);
  // What the same function made of the same text.
  return found?.read === read && found.text === source.text ? (found.value as T) : read(source.text);
}
