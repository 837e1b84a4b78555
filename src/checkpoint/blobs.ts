/** Blobs and Files of the state. A packed value holds an id; the bytes lie beside it, once for all that are the same. */
import { randomId } from '../core/index.ts';

/** What is kept of a Blob for each thread that names it, keyed by `[thread, id]`. */
export interface BlobRef {
  readonly thread: string;
  readonly id: string;
  /** The key of its bytes. */
  readonly hash: string;
  readonly size: number;
  readonly type: string;
  /** Of a File. */
  readonly name?: string | undefined;
  readonly lastModified?: number | undefined;
}

/** What tells a Blob apart from its bytes. */
type Traits = Omit<BlobRef, 'thread' | 'hash'>;

/** Bytes that are hashed at a time, so that a large file need not fit into memory. */
const SLICE = 16_777_216;

interface Known {
  readonly id: string;
  hash?: string | undefined;
  /** It stands for one whose bytes are gone. */
  readonly isLost?: boolean;
}

const known = new WeakMap<Blob, Known>();

function entryOf(blob: Blob): Known {
  const entry = known.get(blob) ?? { id: randomId() };
  known.set(blob, entry);
  return entry;
}

/** The id of a Blob, the same for as long as it lives and wherever it is stored. */
export const idOf = (blob: Blob): string => entryOf(blob).id;

export const isLost = (blob: Blob): boolean => known.get(blob)?.isLost === true;

/** Makes a Blob or File of what is known of one and its bytes; an empty one when they are not what they were. */
export function blobOf(ref: Traits & Partial<BlobRef>, bytes?: BlobPart): Blob {
  const { id, hash, type, name, lastModified } = ref;
  const parts = bytes === undefined ? [] : [bytes];
  const blob =
    name === undefined ? new Blob(parts, { type }) : new File(parts, name, { type, lastModified: lastModified ?? 0 });
  if (bytes !== undefined && blob.size !== ref.size) return blobOf(ref);
  known.set(blob, { id, hash, isLost: bytes === undefined });
  return blob;
}

/** An empty Blob in the place of one that is not there, with its id. */
export const standIn = (id: string): Blob => blobOf({ id, size: 0, type: '' });

/** What a Blob is beside its bytes. */
export function traitsOf(blob: Blob & Partial<File>): Traits {
  const { size, type, name, lastModified } = blob;
  return { id: idOf(blob), size, type, name, lastModified };
}

/** The SHA-256 of bytes; of more than a slice, that of the slices' hashes. */
async function sha256(blob: Blob): Promise<ArrayBuffer> {
  const hashes: ArrayBuffer[] = [];
  for (let at = 0; at === 0 || at < blob.size; at += SLICE) {
    hashes.push(await crypto.subtle.digest('SHA-256', await blob.slice(at, at + SLICE).arrayBuffer()));
  }
  const [first] = hashes;
  return first && hashes.length === 1 ? first : sha256(new Blob(hashes));
}

/** The hash of the bytes, or where the context is not secure and so cannot hash, the id. */
export async function hashOf(blob: Blob): Promise<string> {
  const entry = entryOf(blob);
  if (!('subtle' in crypto)) return entry.hash ?? entry.id;
  entry.hash ??= Array.from(new Uint8Array(await sha256(blob)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return entry.hash;
}
