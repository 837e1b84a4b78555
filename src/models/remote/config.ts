/** What a remote model is made from: the config of a site, and what the realm that it runs in gives. */
import { AgentError } from '../../core/index.ts';
import type { RemoteModelConfig } from '../../core/index.ts';

/** The config of a site, and the functions that cannot cross a port. */
export interface RemoteModelInit extends Omit<RemoteModelConfig, 'body' | 'fallback'> {
  /** Gives a short-lived token, sent as `authorization: Bearer`. Asked before each request, and once more after a 401. */
  readonly getToken?: () => string | Promise<string>;
  /** Used in place of the realm's own. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** More fields for the body of each request, or a function that gives the body to send. */
  readonly body?: Readonly<Record<string, unknown>> | ((body: Record<string, unknown>) => unknown);
  /** Who is asked instead, in this order, when a model fails before it has said anything. */
  readonly fallback?: readonly Omit<RemoteModelInit, 'fallback'>[];
}

/** What the realm gives. Tests give their own. */
export interface Realm {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly now: () => number;
  readonly random: () => number;
  /** Calls a function in some milliseconds; returns what takes that back. */
  readonly after: (ms: number, run: () => void) => () => void;
  /** The page's origin, also in its workers; the text `null` where it has none, as a sandboxed frame. */
  readonly origin: string;
  readonly isOnline: () => boolean;
}

/** About the longest time that a timer takes, 2^31 milliseconds: more would be taken for none. */
const LONGEST = 2e9;

const scope = globalThis as { location?: { origin?: string }; navigator?: { onLine?: boolean } };

export const realm: Realm = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(ms, LONGEST));
    return () => {
      clearTimeout(timer);
    };
  },
  origin: scope.location?.origin ?? 'null',
  isOnline: () => scope.navigator?.onLine ?? true,
};

/** The whole address of an endpoint. Throws `invalid-option`. */
export function addressOf(endpoint: string, path: string, origin: string): URL {
  try {
    const url = new URL(endpoint, origin === 'null' ? undefined : origin);
    const base = url.pathname.replace(/\/+$/, '') || '/v1';
    url.pathname = base.endsWith(path) ? base : base + path;
    return url;
  } catch {
    throw new AgentError('invalid-option', '`endpoint` of the model is no address.', {
      fix: 'Give one such as https://api.openai.com/v1.',
    });
  }
}
