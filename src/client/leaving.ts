/**
 * Tools that leave the page. What ran on it then goes on by itself on the page that comes next in this tab, if that is
 * soon; else it waits there until somebody says that it is to go on.
 */
import { isRecord } from '../core/index.ts';
import { untilGone } from '../wire/index.ts';
import type { ThreadRef } from '../wire/index.ts';

/** Milliseconds within which the next page may go on by itself. */
const SOON = 30_000;

/** Milliseconds after which a page that said it was leaving has stayed after all, as for a download. */
const STAYED = 5000;

/** What is kept for the next page. */
interface Left {
  readonly threads: readonly ThreadRef[];
  /** The lock that the page which keeps it holds while it lives. */
  readonly lifeline?: string | undefined;
  /** Milliseconds since 1970. */
  readonly until: number;
}

const key = (namespace: string): string => `inpage:${namespace}:leaving`;

const isRef = (value: unknown): value is ThreadRef =>
  isRecord(value) && typeof value['id'] === 'string' && typeof value['graph'] === 'string';

/** What is kept, unless it was for too long. Throws in a page without storage, and for what is none of ours. */
function read(namespace: string): Left {
  const { threads, lifeline, until } = JSON.parse(sessionStorage.getItem(key(namespace)) ?? '{}') as Partial<Left>;
  if (!Array.isArray(threads) || !(Number(until) > Date.now())) return { threads: [], until: 0 };
  return { threads: threads.filter(isRef), lifeline, until: Number(until) };
}

function write(namespace: string, left: Left): void {
  if (left.threads.length > 0) sessionStorage.setItem(key(namespace), JSON.stringify(left));
  else sessionStorage.removeItem(key(namespace));
}

/** Keeps, for this tab, which threads are at work while a tool leaves the page. */
export function keepLeaving(namespace: string, threads: Iterable<ThreadRef>, lifeline: string | undefined): void {
  try {
    write(namespace, { threads: [...threads], lifeline, until: Date.now() + SOON });
  } catch {
    // A page without storage leaves nothing to go on with either.
  }
}

/** Forgets a thread: what was at work on it has ended here. */
export function forgetLeaving(namespace: string, { id }: ThreadRef): void {
  try {
    const left = read(namespace);
    write(namespace, { ...left, threads: left.threads.filter((thread) => thread.id !== id) });
  } catch {
    // Nothing was kept.
  }
}

/** The threads that are to go on here, once; none when the page before this one was left too long ago, or not at all. */
export async function takeLeaving(namespace: string): Promise<readonly ThreadRef[]> {
  try {
    const { threads, lifeline } = read(namespace);
    sessionStorage.removeItem(key(namespace));
    // A page that opens one beside itself, or that is duplicated, gives it a copy of what it keeps.
    if (lifeline !== undefined) await untilGone(lifeline, AbortSignal.timeout(STAYED));
    return threads;
  } catch {
    return [];
  }
}

/**
 * Runs something that may leave the page. Where it does, the answer is held back, so that nobody goes on with the tools
 * of a page that is on its way out.
 *
 * @param keep called when it begins to leave.
 */
export async function leave<T>(work: () => T | Promise<T>, keep: () => void): Promise<T> {
  const left = new AbortController();
  const leaving = (): void => {
    // The time of the next page begins now, however long the tool has worked.
    keep();
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
