/** Which thread of a namespace this browser used last, so that a reload finds it again. */

/** The thread of a browser that has not chosen one. */
const FIRST = 'main';

const key = (namespace: string): string => `inpage:${namespace}:thread`;

/** For pages that have no localStorage, such as sandboxed frames: it then lasts as long as the page. */
const fallback = new Map<string, string>();

export function currentThread(namespace: string): string {
  const name = key(namespace);
  try {
    return fallback.get(name) ?? localStorage.getItem(name) ?? FIRST;
  } catch {
    return FIRST;
  }
}

export function rememberThread(namespace: string, id: string): void {
  const name = key(namespace);
  try {
    localStorage.setItem(name, id);
  } catch {
    fallback.set(name, id);
  }
}

/** Forgets it, and all else that is kept for the namespace outside its database. */
export function forgetThread(namespace: string): void {
  fallback.delete(key(namespace));
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(`inpage:${namespace}:`)) localStorage.removeItem(name);
    }
  } catch {
    // Nothing was kept.
  }
}
