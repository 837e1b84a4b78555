/** What models of the AI SDK throw, as errors that say what is wrong. Nothing here lets a secret through. */
import { AgentError, errorText, isAgentError, isRecord } from '../core/index.ts';
import type { ErrorCode } from '../core/index.ts';
import { maskText } from '../tools/index.ts';

/** An error of a request, as far as it is read. */
interface CallError {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly statusCode?: unknown;
  readonly responseHeaders?: unknown;
  readonly responseBody?: unknown;
  readonly isRetryable?: unknown;
}

const OVERFLOW =
  /context.{0,20}(?:length|size|window|limit)|(?:prompt|input|request).{0,20} too l|(?:exceed|longer).{0,60}(?:maximum|limit)/i;

/** One thing in it that is too large: to say less of the others does not help. */
const PART = /\b(?:image|file|document|name)s?\b/i;

/** How browsers, and the SDK after them, say that there was no answer or no end of it. */
const CUT = /fetch|network|load failed|cannot connect|terminated|stream ended/i;

const SHOWN = 300;

/** The error for an answer without its end. */
export const broken = (model: string): AgentError =>
  new AgentError('model-unreachable', `${model} broke off in the middle of its answer.`, {
    fix: 'Go on with `resume()`.',
    details: { model, isTransient: true },
  });

/** Milliseconds to wait, where the headers tell it. */
function retryAfter(headers: unknown): number | undefined {
  if (!isRecord(headers)) return undefined;
  const { 'retry-after-ms': ms, 'retry-after': given } = headers;
  const wait = Number(ms) || Number(given) * 1000 || Date.parse(String(given)) - Date.now();
  return wait > 0 ? wait : undefined;
}

/** The kinds of errors that come within a stream, as the status that they would have had before it. */
function statusOf({ statusCode, type, name }: CallError, words: string): number {
  if (typeof statusCode === 'number') return statusCode;
  if (name === 'AI_LoadAPIKeyError') return 401;
  if (/overloaded|rate.?limit/i.test(`${String(type)} ${words}`)) return 429;
  return 0;
}

/**
 * The error for what was thrown.
 *
 * @param model as errors name it.
 */
export function sdkError(thrown: unknown, model: string): AgentError {
  if (isAgentError(thrown)) return thrown;
  const said = typeof thrown === 'object' && thrown !== null ? (thrown as CallError) : {};
  const words = maskText(errorText(thrown)).slice(0, SHOWN);
  const status = statusOf(said, words);
  const isTransient = said.isRetryable === true || status === 429 || status >= 500;
  const fail = (code: ErrorCode, what: string, fix: string, more: object = {}): AgentError =>
    new AgentError(code, `${model} ${what}: ${words}`, {
      fix,
      details: { model, ...(status > 0 ? { status } : {}), ...more },
    });
  const isLong = OVERFLOW.test(`${words} ${String(said.responseBody)}`) && !PART.test(words);
  if (status === 413 || (status < 501 && status !== 429 && isLong)) {
    return fail('context-overflow', 'takes no conversation as long as this', 'Begin a new thread.');
  }
  if (status === 401 || status === 403) {
    return fail('model-unauthorized', 'refused the key or the token', 'Give a valid one, and see what it may use.');
  }
  if (status === 402 || status === 429 || status === 529) {
    const wait = retryAfter(said.responseHeaders);
    const details = { isTransient: status !== 402, ...(wait === undefined ? {} : { retryAfter: wait }) };
    return fail('model-rate-limited', 'takes no more requests for now', 'Wait and go on with `resume()`.', details);
  }
  if (said.name === 'TimeoutError') {
    return fail('model-timeout', 'did not answer in time', 'Go on with `resume()`.', { isTransient: true });
  }
  if (status === 0 && (said.isRetryable === true || CUT.test(words))) {
    const fix = 'See whether its server runs and lets this page read it (CORS), then go on with `resume()`.';
    return fail('model-unreachable', 'could not be reached, or broke off', fix, { isTransient: true });
  }
  return fail('model-failed', 'failed', 'Try again, or choose another model.', { isTransient });
}
