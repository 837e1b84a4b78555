/** The state that all contenders keep, and the small change that each step makes to it. */

export interface Message {
  readonly id: number;
  readonly content: string;
}

export interface Filling {
  readonly messages: readonly Message[];
  readonly record: Readonly<Record<string, { readonly score: number; readonly note: string }>>;
  readonly text: string;
}

/** What a step changes. */
export interface Change {
  readonly n: number;
  readonly last: { readonly step: number; readonly note: string };
}

export type Full = Filling & Change;

export const SIZES = { '1 KB': 1000, '100 KB': 100_000, '1 MB': 1_000_000, '10 MB': 10_000_000 } as const;

export type Size = keyof typeof SIZES;

export const NAMES = Object.keys(SIZES) as Size[];

const made = new Map<Size, Filling>();

/** About as many bytes, the same at every call: three quarters of them messages, the rest a wide record and a text. */
export function filling(size: Size): Filling {
  const found = made.get(size) ?? make(size);
  made.set(size, found);
  return found;
}

function make(size: Size): Filling {
  const bytes = SIZES[size];
  const count = Math.max(1, Math.floor((0.75 * bytes) / 520));
  const entries = Math.max(1, Math.floor((0.15 * bytes) / 130));
  return {
    messages: Array.from({ length: count }, (_, id) => ({ id, content: `message ${id} `.padEnd(500, '.') })),
    record: Object.fromEntries(
      Array.from({ length: entries }, (_, i) => [`key${i}`, { score: i, note: `note ${i} `.padEnd(100, '.') }]),
    ),
    text: '.'.repeat(0.1 * bytes),
  };
}

/** The node of all contenders. */
export function change({ n }: Change): Change {
  return { n: n + 1, last: { step: n + 1, note: `Looked at item ${n + 1} of the list and found nothing to do.` } };
}

export const BEGIN: Change = { n: 0, last: { step: 0, note: '' } };

/** The bytes of what steps have changed, as JSON. */
export function payload(steps: number): number {
  let bytes = 0;
  let state = BEGIN;
  for (let i = 0; i < steps; i++) {
    state = change(state);
    bytes += new TextEncoder().encode(JSON.stringify(state)).length;
  }
  return bytes;
}

/** About the bytes that a value takes in a database: text as UTF-8, numbers as floats. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return new TextEncoder().encode(value).length;
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? 8 : 1;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (Array.isArray(value) ? 0 : key.length) + sizeOf(item),
    0,
  );
}
