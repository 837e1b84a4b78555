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
  /** What must not be told: the key, the token. */
  readonly secrets: readonly string[];
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

/** What servers said who refused a request. It may hold secrets. */
const refusals = new WeakMap<AgentError, string>();

export const refusalOf = (error: AgentError): string | undefined => refusals.get(error);

export function fault(
  code: ErrorCode,
  { name }: Pick<Target, 'name'>,
  what: string,
  fix: string,
  details?: Details,
): AgentError {
  return new AgentError(code, `${name} ${what}`, { fix, details: { model: name, ...details } });
}

const SHOWN = 300;

/** What looks like a key although nobody gave it, such as one that a server repeats in parts. */
const KEY = /\b(?:sk|key|bearer)[-_ ][\w*.-]{6,}/gi;

/** A text without secrets, short enough for a message. */
export function cleaned(said: string, secrets: readonly string[]): string {
  for (const secret of secrets) said = said.replaceAll(secret, '…');
  return said.replace(KEY, '…').slice(0, SHOWN);
}

/** The sentence in the body of an error; empty where it is a web page. */
function wordsOf(body: string): string {
  if (/^\s*</.test(body)) return '';
  try {
    const parsed: unknown = [JSON.parse(body)].flat()[0];
    const error = isRecord(parsed) ? (parsed.error ?? parsed) : parsed;
    const words = isRecord(error) ? (error.message ?? error.detail) : error;
    return typeof words === 'string' ? words : body;
  } catch {
    return body;
  }
}

const OVERFLOW =
  /context.{0,20}(?:length|size|window|limit)|(?:prompt|input|request).{0,20} too (?:long|large)|(?:exceed|longer).{0,60}(?:maximum|limit)/i;

/** The number behind what says that it is a limit. */
const LIMIT = /(?:maximum|limit|only|allowed|>)\D{0,40}(\d[\d,]{2,})/i;

const HINT = /(?:again in|retry ?delay)\W*([\d.]+)(m?s)/i;

/** The milliseconds after which a server wants to be asked again. The body tells what a page may not read of the headers. */
function retryAfter(headers: Headers | undefined, body: string, now: number): number | undefined {
  const given = headers?.get('retry-after');
  const [, amount, unit] = HINT.exec(body) ?? [];
  const wait = given ? Number(given) * 1000 || Date.parse(given) - now : Number(amount) * (unit === 'ms' ? 1 : 1000);
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** The error for an answer that is one, by its status and its body. */
export function serverFault(to: Target, status: number, body: string, now: number, headers?: Headers): AgentError {
  const words = cleaned(wordsOf(body), to.secrets);
  const fail = (code: ErrorCode, what: string, fix: string, details?: Details): AgentError =>
    fault(code, to, `${what} (${status})${words && ': '}${words || '.'}`, fix, { status, ...details });
  if (status === 413 || (status < 501 && status !== 429 && OVERFLOW.test(words))) {
    const contextTokens = Number(LIMIT.exec(words)?.[1]?.replaceAll(',', ''));
    const fix = 'Begin a new thread, or use a model with a larger context.';
    return fail(
      'context-overflow',
      'takes no conversation as long as this',
      fix,
      contextTokens ? { contextTokens } : {},
    );
  }
  if (status === 401 || status === 403) {
    return fail('model-unauthorized', 'refused the key or the token', 'Give a valid one, and see what it may use.');
  }
  const isSpent = status === 402 || /insufficient|billing/i.test(body);
  const isTransient = !isSpent && (status >= 500 || status === 429 || status === 408);
  if (isSpent || status === 429 || status === 529 || /overloaded/i.test(body)) {
    const wait = retryAfter(headers, body, now);
    const fix = isSpent ? 'Look at the billing of the account.' : 'Wait and go on with `resume()`.';
    const details = { isTransient, ...(wait === undefined ? {} : { retryAfter: wait }) };
    return fail('model-rate-limited', 'takes no more requests for now', fix, details);
  }
  const error =
    status === 404
      ? fail('model-failed', 'is not there', 'Check `model` and `endpoint`.')
      : fail('model-failed', 'failed', 'Try again, or choose another model.', { isTransient });
  refusals.set(error, body);
  return error;
}

/** The kinds of errors that come within a stream, as the status that they would have had before it. */
const KINDS = [
  [/overloaded/i, 529],
  [/rate.?limit|quota/i, 429],
  [/authenti|api.?key/i, 401],
  [/invalid|context|not.?found|too long/i, 400],
] as const;

/** The error for one that came within a stream. */
export function streamFault(to: Target, event: unknown, now: number): AgentError {
  const body = JSON.stringify(event);
  const error = isRecord(event) ? (event.error ?? event) : event;
  const code = isRecord(error) ? Number(error.code) : 0;
  return serverFault(to, code >= 400 ? code : (KINDS.find(([kind]) => kind.test(body))?.[1] ?? 500), body, now);
}

/** The error for an answer that is not what a model's server sends. */
export const nonsense = (to: Target, what: string): AgentError =>
  fault('model-failed', to, `answered with ${what}.`, 'Check that `endpoint` and `provider` are right.');

/** The error for an answer that ended before its end. */
export const broken = (to: Target): AgentError =>
  fault('model-unreachable', to, 'broke off in the middle of its answer.', 'Go on with `resume()`.', {
    isTransient: true,
  });

const isLocal = ({ hostname }: URL): boolean => /^(?:127\..+|\[::1\]|(?:.+\.)?localhost)$/.test(hostname);

const isMixed = ({ url }: Target, { origin }: Realm): boolean =>
  url.protocol === 'http:' && !isLocal(url) && origin !== null && origin.startsWith('https:');

/** The error for a request that got no answer, without the cause: it may name what is secret. */
export const unreachable = (to: Target, realm: Realm): AgentError =>
  fault('model-unreachable', to, 'did not answer.', 'See whether it runs.', {
    isTransient: realm.isOnline() && !isMixed(to, realm),
  });

/** Milliseconds that a server has to show that it is there at all. */
const PROBE = 3000;

/**
 * Says why there was no answer, as far as a page can know it. It may ask whether anybody is there: then the server runs,
 * and does not let this page read what it says.
 */
export async function diagnosed(to: Target, realm: Realm, signal: AbortSignal): Promise<AgentError> {
  const { url } = to;
  const { origin, isOnline } = realm;
  const fail = (why: string, fix: string): AgentError =>
    fault('model-unreachable', to, `could not be reached: ${why}.`, fix);
  if (!isLocal(url) && !isOnline()) return fail('this device is offline', 'Go on with `resume()` when it is online.');
  if (isMixed(to, realm)) return fail('it has no https, as this page has (mixed content)', 'Serve it by https.');
  if (origin === null || origin === url.origin) return fail('there was no answer', 'See whether it runs.');
  const watch = createWatch(to, PROBE, Infinity, signal, realm);
  const request = realm.fetch(url.href, { method: 'HEAD', mode: 'no-cors', signal: watch.signal });
  const isThere = await abortable(request, watch.signal).then(Boolean, () => false);
  watch.close();
  const allow =
    url.port === '11434'
      ? `start Ollama with OLLAMA_ORIGINS=${origin}`
      : `allow ${origin} there, or go through a server of your own`;
  return isThere
    ? fail(`it runs, but does not let pages of ${origin} read it (CORS)`, `To mend it, ${allow}.`)
    : fail(
        'it does not run, or a policy of the page or the browser is in the way',
        `See whether it runs; if so, ${allow}.`,
      );
}
