/**
 * Loads the page half of a vertical. Code that has a hash is fetched, held against it, kept for offline, and imported
 * from a blob; where the page's policy forbids that, the browser is to preload the module with its hash and imports what
 * it has checked.
 */
import { AgentError, errorText } from '../core/index.ts';
import type { AskPart } from '../core/index.ts';
import type { CodeAddress, Vertical } from '../verticals/index.ts';

function failed(why: string): AgentError {
  return new AgentError('vertical-failed', why, { fix: 'Look at the address, the hash and the policy of the page.' });
}

/** Code that has been held against its hash, by address and hash. */
const CACHE = 'inpage-verticals';

const importFrom = (url: string): Promise<unknown> => import(/* @vite-ignore */ url) as Promise<unknown>;

/** Caches and hashes are there in secure contexts alone. */
async function keptCode(key: string): Promise<Response | undefined> {
  try {
    return await (await caches.open(CACHE)).match(key);
  } catch {
    return undefined;
  }
}

async function keepCode(key: string, code: Response): Promise<void> {
  try {
    await (await caches.open(CACHE)).put(key, code);
  } catch {
    // It is fetched again next time.
  }
}

const ALGORITHMS: Readonly<Record<string, string>> = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' };

/** Whether bytes have a hash. What is kept is no safer than the storage of the site, so it is held against it again. */
async function fits(bytes: ArrayBuffer, integrity: string): Promise<boolean> {
  const at = integrity.indexOf('-');
  const hash = await crypto.subtle.digest(ALGORITHMS[integrity.slice(0, at)] ?? '', bytes);
  const text = Array.from(new Uint8Array(hash), (byte) => String.fromCharCode(byte)).join('');
  return btoa(text) === integrity.slice(at + 1);
}

async function fetchCode(url: string, integrity: string): Promise<ArrayBuffer> {
  const key = `${url}#${integrity}`;
  const kept = await keptCode(key);
  if (kept) {
    const bytes = await kept.arrayBuffer();
    if (await fits(bytes, integrity)) return bytes;
  }
  // The browser itself refuses what has another hash.
  const response = await fetch(url, { integrity, credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw failed(`${url} answered ${response.status}`);
  const again = response.clone();
  const bytes = await response.arrayBuffer();
  await keepCode(key, again);
  return bytes;
}

async function importBlob(bytes: ArrayBuffer, importFrom: (url: string) => Promise<unknown>): Promise<unknown> {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'text/javascript' }));
  try {
    return await importFrom(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Has the browser load the module with its hash; what it then imports is that very module. */
function importPreloaded(url: string, integrity: string): Promise<unknown> {
  const link = document.createElement('link');
  if (!link.relList.supports('modulepreload')) throw failed('this browser preloads no modules');
  Object.assign(link, { rel: 'modulepreload', href: url, integrity, crossOrigin: 'anonymous' });
  // As the script that begins this has one, what it adds may have it.
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
  if (nonce) link.nonce = nonce;
  return new Promise((resolve, reject) => {
    link.onload = () => {
      resolve(importFrom(url));
    };
    link.onerror = () => {
      reject(failed('it has another hash, or the policy of the page forbids it'));
    };
    document.head.append(link);
  }).finally(() => {
    link.remove();
  });
}

async function loadAddress({ url: address, integrity }: CodeAddress): Promise<unknown> {
  const url = new URL(address, document.baseURI).href;
  if (integrity === undefined) return importFrom(url);
  let first: unknown;
  try {
    return await importBlob(await fetchCode(url, integrity), importFrom);
  } catch (error) {
    // A module that does not parse, or that throws of itself, is no better from elsewhere.
    if (!(error instanceof TypeError)) throw error;
    first = error;
  }
  try {
    return await importPreloaded(url, integrity);
  } catch (error) {
    throw new AgentError('vertical-failed', `${url} could not be loaded: ${errorText(first)}; ${errorText(error)}.`, {
      fix: 'Look at its hash, at the network, and at script-src and connect-src of the policy of the page; then try again.',
      details: { url, integrity },
      cause: first,
    });
  }
}

/** The module of a page half; one that does nothing where a vertical has none. */
export function loadPageHalf({ page }: Pick<Vertical, 'page'>): Promise<unknown> {
  if (page === undefined) return Promise.resolve({ activate: () => undefined });
  return typeof page === 'function' ? page() : loadAddress(page);
}

/**
 * Has the host load the worker half of a vertical. Code that has a hash is fetched here, held against it and kept for
 * offline like that of a page half; the worker gets the bytes that were checked, and nothing else under their name.
 */
export async function openWorkerHalf(
  ask: AskPart,
  name: string,
  { url: address, integrity }: CodeAddress,
): Promise<void> {
  const url = new URL(address, document.baseURI).href;
  // A part is opened by any question.
  const open = (file: string): Promise<unknown> => ask(name, { url: file }, '', []);
  await (integrity === undefined ? open(url) : importBlob(await fetchCode(url, integrity), open));
}
