/** All that the page hands out to verticals, as it is; `src/verticals` guards it. */
import { AgentError } from '../core/index.ts';
import type { FetchOptions, Ground } from '../verticals/index.ts';
import { createPageGround } from './page.ts';
import { createStorageGround } from './storage.ts';

export { loadPageHalf, openWorkerHalf } from './code.ts';
export { isOff, keepOff } from './storage.ts';

function ask(url: string | URL, options: FetchOptions = {}): Promise<Response> {
  const { method = 'GET', headers = {}, body, credentials = 'omit', signal } = options;
  return fetch(url, {
    ...{ method, headers: { ...headers }, credentials },
    // It could lead to an origin that was not granted.
    redirect: 'error',
    ...(body === undefined ? {} : { body }),
    ...(signal ? { signal } : {}),
  });
}

function navigate(url: string | URL): void {
  const target = new URL(url, document.baseURI);
  if (!/^https?:$/.test(target.protocol)) {
    throw new AgentError('invalid-option', `"${target.protocol}" leads to no page.`, { fix: 'Use http or https.' });
  }
  location.assign(target);
}

/** Makes the ground of one vertical. */
export function createGround(id: string, namespace: string, within: string | undefined): Omit<Ground, 'ask'> {
  return {
    page: createPageGround(within),
    fetch: ask,
    storage: createStorageGround(namespace, id),
    navigate,
  };
}
