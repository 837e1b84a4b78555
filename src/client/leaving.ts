/**
 * Tools that leave the page. What ran on it then goes on by itself on the page that comes next in this tab, if that is
 * soon; else it waits there until somebody says that it is to go on.
 */
import { isRecord } from '../core/index.ts';
import type { ThreadRef } from '../wire/index.ts';

/** Milliseconds within which the next page may go on by itself. */
const SOON = 30_000;

/** Milliseconds after which a page that said it was leaving has stayed after all, as for a download. */
const STAYED = 5000;

const key = (namespace: string): string => `inpage:${namespace}:leaving`;

/** Keeps, for this tab, which threads were at work when a tool began to leave the page. */
export function keepLeaving(namespace: string, threads: Iterable<ThreadRef>): void {
  try {
    sessionStorage.setItem(key(namespace), JSON.stringify({ threads: [...threads], until: Date.now() + SOON }));
  } catch {
    // A page without storage leaves nothing to go on with either.
  }
}

/** Forgets it: what was at work has ended on this page. */
export function forgetLeaving(namespace: string): void {
  try {
    sessionStorage.removeItem(key(namespace));
  } catch {
    // Nothing was kept.
  }
}

const isRef = (value: unknown): value is ThreadRef =>
  isRecord(value) && typeof value['id'] === 'string' && typeof value['graph'] === 'string';

/** The threads that are to go on here, once; none when the page before this one was left too long ago. */
export function takeLeaving(namespace: string): readonly ThreadRef[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key(namespace)) ?? 'null');
    sessionStorage.removeItem(key(namespace));
    if (!isRecord(kept) || !(Number(kept['until']) > Date.now())) return [];
    const { threads } = kept;
    return Array.isArray(threads) ? threads.filter(isRef) : [];
  } catch {
    return [];
  }
}

/**
 * Runs something that may leave the page. Where it does, the answer is held back, so that nobody goes on with the tools
 * of a page that is on its way out.
 */
export async function leave<T>(work: () => T | Promise<T>): Promise<T> {
  const left = new AbortController();
  const leaving = (): void => {
    left.abort();
  };
  addEventListener('beforeunload', leaving);
  try {
    const output = await work();
    // A page begins to leave only after the code that told it to.
    await new Promise((resolve) => setTimeout(resolve));
    // A page that is gone waits no more. One that comes back as it was goes on where it stood.
    if (left.signal.aborted) await new Promise((resolve) => setTimeout(resolve, STAYED));
    return output;
  } finally {
    removeEventListener('beforeunload', leaving);
  }
}

/** Resolves once the page has loaded whole, with all that offers tools when it starts. */
export function pageLoaded(): Promise<void> {
  if (document.readyState === 'complete') return Promise.resolve();
  return new Promise((resolve) => {
    addEventListener(
      'load',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}
