/** What went wrong with a server, as errors that name the likely cause. Nothing here lets a secret through. */
import { abortable, AgentError, isRecord } from '../../core/index.ts';
import type { ErrorCode } from '../../core/index.ts';
import type { Realm } from './config.ts';
import { createWatch } from './watch.ts';

/** A model as errors name it. */
export interface Target {
  readonly url: URL;
  /** Such as `"gpt-5" at api.openai.com`. */
  readonly name: string;
  /** What must not be told: keys and tokens. */
  readonly secrets: ReadonlySet<string>;
}

/** What the errors of remote models tell beside their sentences. */
export interface Details {
  readonly status?: number;
  /** Whether the same request may succeed later. */
  readonly isTransient?: boolean;
  /** Milliseconds. */
  readonly retryAfter?: number;
  /** How much the model takes, where the error says so. */
  readonly contextTokens?: number;
}

export const fault = (
  code: ErrorCode,
  { name }: Pick<Target, 'name'>,
  what: string,
  fix: string,
  details?: Details,
): AgentError => new AgentError(code, `${name} ${what}`, { fix, details: { model: name, ...details } });

const CHECK = 'Check `endpoint`, `provider` and `model`.';

const TRANSIENT: Details = { isTransient: true };

const SHOWN = 500;

/** What looks like a key although nobody gave it, such as one that a server repeats in parts. */
const KEY = /\b(?:(?:sk|key)[-_]|bearer )[\w*.-]{6,}/gi;

/** A text without secrets, short enough for a message. */
export function cleaned(said: string, secrets: ReadonlySet<string>): string {
  for (const secret of secrets) said = said.replaceAll(secret, '…');
  return said.replace(KEY, '…').slice(0, SHOWN);
}

/** The sentence in the body of an error; empty where it is a web page. */
function wordsOf(body: string): string {
  try {
    const [parsed] = [JSON.parse(body)].flat() as [{ error?: unknown }];
    const error = (parsed.error ?? parsed) as { message?: unknown };
    const words = error.message ?? error;
    return typeof words === 'string' ? words : body;
  } catch {
    return body.trimStart().startsWith('<') ? '' : body;
  }
}

const OVERFLOW = /context.{0,20}(?:length|size|window|limit)|too long|(?:exceed|longer).{0,60}(?:maximum|limit)/i;

/** One thing in it that is too large: to say less of the others does not help. */
const PART = /\b(?:image|file|document|name)s?\b/i;

/** The number behind what says that it is a limit. */
const LIMIT = /(?:maximum|limit|only|allowed|>)\D{0,40}(\d{4,})/i;

const HINT = /(?:again in|retry ?delay)\W*([\d.]+)(m?s)/i;

/** The error for an answer that is one, by its status and its body. */
export function serverFault(to: Target, status: number, body: string, now: number, headers?: Headers): AgentError {
  const words = cleaned(wordsOf(body), to.secrets);
  const fail = (code: ErrorCode, what: string, fix: string, details?: Details): AgentError =>
    fault(code, to, `${what} (${status})${words && ': '}${words || '.'}`, fix, {
      status,
      ...(status >= 500 && TRANSIENT),
      ...details,
    });
  if (status === 401 || status === 403) {
    return fail('model-unauthorized', 'refused the key or the token', 'Give a valid one.');
  }
  const isSpent = status === 402 || /insufficient|billing/i.test(body);
  if (isSpent || status === 429 || status === 529 || /overloaded/i.test(body)) {
    // A page may not read every header; some say it in words too.
    const given = headers?.get('retry-after');
    const [, amount, unit] = HINT.exec(body) ?? [];
    const wait = given ? Number(given) * 1000 || Date.parse(given) - now : Number(amount) * (unit === 'ms' ? 1 : 1000);
    const fix = isSpent ? 'Look at its billing.' : 'Go on with `resume()` later.';
    const details = { isTransient: !isSpent, ...(wait > 0 && { retryAfter: wait }) };
    return fail('model-rate-limited', 'takes no more requests for now', fix, details);
  }
  if (status === 413 || (status < 501 && OVERFLOW.test(words) && !PART.test(words))) {
    const contextTokens = Number(LIMIT.exec(words)?.[1]);
    const details = { isTransient: false, ...(contextTokens ? { contextTokens } : {}) };
    return fail('context-overflow', 'takes no conversation this long', 'Begin a new thread.', details);
  }
  return status === 404
    ? fail('model-failed', 'is not there', CHECK)
    : fail('model-failed', 'failed', 'Try again, or choose another model.');
}

/** The error for one that came within a stream. */
export function streamFault(to: Target, event: unknown, now: number): AgentError {
  const body = JSON.stringify(event);
  const error = isRecord(event) ? (event.error ?? event) : event;
  const code = isRecord(error) ? Number(error.code) : 0;
  // The status that it would have had before the stream.
  const status = code >= 400 ? code : /rate.?limit|quota/i.test(body) ? 429 : 500;
  return serverFault(to, status, body, now);
}

/** The error for an answer that is not what a model's server sends. */
export const nonsense = (to: Target, what: string): AgentError =>
  fault('model-failed', to, `answered with ${what}.`, CHECK);

/** The error for an answer without its end. */
export const broken = (to: Target): AgentError =>
  fault('model-unreachable', to, 'broke off.', 'Go on with `resume()`.', TRANSIENT);

/** Milliseconds that a server has to show that it is there at all. */
const PROBE = 3000;

/**
 * The error for a request without an answer, which says why as far as a page can know it. It may ask whether anybody is
 * there: then the server runs, and does not let this page read what it says. The cause stays out: it may name secrets.
 */
export async function diagnosed(to: Target, realm: Realm, signal: AbortSignal): Promise<AgentError> {
  const { href, hostname, origin: place, port, protocol } = to.url;
  const { origin, isOnline } = realm;
  const isLocal = /^127\.|^\[::1\]|localhost$/.test(hostname);
  const fail = (why: string, fix: string): AgentError =>
    fault('model-unreachable', to, `could not be reached: ${why}.`, fix, TRANSIENT);
  if (!isLocal) {
    if (!isOnline()) return fail('this device is offline', 'Go on with `resume()` when it is online.');
    if (protocol === 'http:' && origin.startsWith('https:')) {
      return fail('it has no https (mixed content)', 'Serve it by https.');
    }
  }
  if (origin === place) return fail('there was no answer', 'See whether it runs.');
  const watch = createWatch(to, PROBE, Infinity, signal, realm);
  const request = realm.fetch(href, { method: 'HEAD', mode: 'no-cors', signal: watch.signal });
  const isThere = await abortable(request, watch.signal).then(Boolean, () => false);
  watch.close();
  const allow =
    port === '11434' ? `start Ollama with OLLAMA_ORIGINS=${origin}.` : `allow ${origin} there, or use a proxy.`;
  return isThere
    ? fail(`it runs, but does not let ${origin} read it (CORS)`, `To mend it, ${allow}`)
    : fail('it does not run, or the page may not call it', `See whether it runs; if so, ${allow}`);
}
