/** States of a known size, and the work that is done on them. */

export interface Message {
  readonly id: number;
  readonly content: string;
}

export interface Entry {
  readonly score: number;
  readonly note: string;
}

export interface Data {
  readonly messages: readonly Message[];
  readonly record: Readonly<Record<string, Entry>>;
  readonly text: string;
}

export function message(id: number, bytes: number): Message {
  return { id, content: String(id).padEnd(bytes, '.') };
}

export function messages(count: number, bytes: number): Message[] {
  return Array.from({ length: count }, (_, id) => message(id, bytes));
}

export function key(i: number): string {
  return `key${i}`;
}

export function record(count: number, bytes: number): Record<string, Entry> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [key(i), { score: i, note: '.'.padEnd(bytes, '.') }]),
  );
}

/** 1 KB. */
export function smallData(): Data {
  return { messages: messages(2, 250), record: record(2, 100), text: '.'.repeat(200) };
}

/** 10 MB: most of it messages, beside a wide record and a long text. */
export function largeData(): Data {
  return { messages: messages(13_108, 500), record: record(10_000, 200), text: '.'.repeat(1_500_000) };
}

const KEYS = Array.from({ length: 1000 }, (_, i) => key(i));

/** Sums the lengths of the last 1,000 messages, reads 1,000 entries of the record and three fields at the root. */
export async function readMuch(
  state: Data & { readonly n: number; readonly sum: number },
): Promise<{ n: number; sum: number }> {
  const list = state.messages;
  const entries = state.record;
  let sum = state.text.length + state.sum;
  for (let i = list.length - 1000; i < list.length; i++) sum += list[i]?.content.length ?? 0;
  for (const name of KEYS) sum += entries[name]?.score ?? 0;
  return { n: state.n + 1, sum: sum % 1_000_003 };
}
