/** The way to one model: asks it, tries again where that is safe, and learns what its server does not take. */
import { abortable, abortError, asAgentError, errorText } from '../../core/index.ts';
import type { AgentError, ModelPart, ModelRequest } from '../../core/index.ts';
import { anthropic } from './anthropic.ts';
import { createAnswer } from './answer.ts';
import type { Plan } from './answer.ts';
import { createBreaker } from './breaker.ts';
import { addressOf } from './config.ts';
import type { Realm, RemoteModelConfig } from './config.ts';
import { cleaned, diagnosed, fault, refusalOf, unreachable } from './faults.ts';
import type { Details, Target } from './faults.ts';
import { downgrade, planOf } from './flags.ts';
import type { Flags } from './flags.ts';
import { openai } from './openai.ts';
import { createWriter } from './request.ts';
import { readAnswer } from './response.ts';
import { createWatch } from './watch.ts';

export interface Route {
  /** As errors and notices name it. */
  readonly name: string;
  /** What is known of it. */
  readonly contextTokens: number;
  readonly nativeTools: boolean;
  /** @param hasNext whether somebody else can be asked, so that a long wait is not worth it */
  stream(request: ModelRequest, signal: AbortSignal, hasNext: boolean): AsyncIterable<ModelPart>;
}

/** The longest wait between two tries, and the longest where somebody else can be asked; milliseconds. */
const PATIENCE = 60_000;
const IMPATIENCE = 2000;

const FIX = 'Try again, or choose another model.';

const notice = (code: string, message: string): ModelPart => ({ type: 'notice', code, message });

export function createRoute(config: Omit<RemoteModelConfig, 'fallback'>, given: Realm): Route {
  const { model, provider = 'openai', key = '', getToken, headers, body: more, timeouts, retries = 2 } = config;
  const realm: Realm = { ...given, fetch: config.fetch ?? given.fetch };
  const { now, random, after } = realm;
  const { idle = 120_000, total = 600_000 } = timeouts ?? {};
  let { contextTokens = 128_000 } = config;
  const dialect = provider === 'anthropic' ? anthropic : openai;
  const url = addressOf(config.endpoint, dialect.path, realm.origin);
  const name = `"${model}" at ${url.host}`;
  const by = `${provider}:${model}`;
  const flags: Flags = { usage: true, tools: true, choice: true, system: dialect.system, level: 0 };
  const writer = createWriter(dialect, flags, model, by, typeof more === 'object' ? more : {});
  const breaker = createBreaker(now);
  let hasTold = key === '';

  const secretsWith = (token: string): readonly string[] =>
    [key.trim(), token, ...Object.values(headers ?? {})].filter((secret) => secret.length > 7);

  const tokenOf = async (to: Target, signal: AbortSignal): Promise<string> => {
    try {
      return getToken ? (await abortable(Promise.resolve(getToken()), signal)).trim() : '';
    } catch (error) {
      if (signal.aborted) throw abortError(signal);
      const why = cleaned(errorText(error), to.secrets);
      throw fault('model-unauthorized', to, `got no token: ${why}`, 'See why `getToken` failed.');
    }
  };

  const send = async (
    request: ModelRequest,
    plan: Plan,
    token: string,
    to: Target,
    signal: AbortSignal,
  ): Promise<Response> => {
    let body = await abortable(writer.body(request, plan), signal);
    if (typeof more === 'function') body = JSON.stringify(more(JSON.parse(body) as Record<string, unknown>));
    const own = { 'content-type': 'application/json', ...dialect.headers(key.trim()) };
    let sent: Headers;
    try {
      sent = new Headers({ ...own, ...(token && { authorization: `Bearer ${token}` }), ...headers });
    } catch {
      throw fault(
        'model-unauthorized',
        to,
        'has a key or a header with signs that HTTP does not take.',
        'Copy it again.',
      );
    }
    try {
      return await abortable(realm.fetch(url.href, { method: 'POST', headers: sent, body, signal }), signal);
    } catch {
      throw signal.aborted ? abortError(signal) : unreachable(to, realm);
    }
  };

  return {
    name,
    get contextTokens() {
      return contextTokens;
    },
    get nativeTools() {
      return flags.tools;
    },
    async *stream(request, signal, hasNext) {
      const deadline = now() + total;
      let tries = 0;
      let hasAskedAgain = false;
      if (!hasTold) {
        hasTold = true;
        yield notice('own-key', 'Your key is kept in memory only, but every script of this page could read it.');
      }
      for (;;) {
        let to: Target = { url, name, secrets: secretsWith('') };
        if (!breaker.enter()) {
          throw fault(
            'model-unreachable',
            to,
            'failed too often, and is left alone for a while.',
            'Try again in 15 s.',
          );
        }
        const plan = planOf(request, flags);
        const watch = createWatch(to, idle, deadline, signal, realm);
        let hasAnswered = false;
        let hasBegun = false;
        let error: AgentError | undefined;
        try {
          const token = await tokenOf(to, watch.signal);
          to = { ...to, secrets: secretsWith(token) };
          const response = await send(request, plan, token, to, watch.signal);
          hasAnswered = true;
          const answer = createAnswer(plan);
          for await (const parts of readAnswer(response, to, dialect.reader(answer, by), answer, watch, now)) {
            for (const part of parts) {
              if (signal.aborted) throw abortError(signal);
              hasBegun = true;
              yield part;
            }
          }
          breaker.succeed();
          return;
        } catch (caught) {
          error = signal.aborted ? abortError(signal) : asAgentError(caught, 'model-failed', FIX, `${name} failed: `);
        } finally {
          watch.close();
          // Without an error, nobody listens any more.
          if (!error) breaker.leave();
        }
        const { status = 0, isTransient, retryAfter, ...told } = (error.details ?? {}) as Details;
        contextTokens = told.contextTokens ?? contextTokens;
        if (signal.aborted) breaker.leave();
        else if (status >= 500 || error.code === 'model-unreachable' || error.code === 'model-timeout') breaker.fail();
        else breaker.succeed();
        if (signal.aborted || hasBegun) throw error;

        const lesson = downgrade(plan, flags, refusalOf(error) ?? '');
        if (lesson !== undefined) {
          yield notice('model-downgraded', `${name} ${lesson}.`);
          continue;
        }
        if (status === 401 && getToken && !hasAskedAgain) {
          hasAskedAgain = true;
          continue;
        }
        const wait =
          retryAfter === undefined ? random() * Math.min(8000, 500 * 2 ** tries) : retryAfter * (1 + random() / 4);
        const isTooLong = wait > (hasNext ? IMPATIENCE : PATIENCE) || now() + wait > deadline;
        if (!isTransient || tries++ >= retries || isTooLong) {
          throw hasAnswered || error.code !== 'model-unreachable' ? error : await diagnosed(to, realm, signal);
        }
        let stop = (): void => {};
        await abortable(new Promise<void>((resolve) => (stop = after(wait, resolve))), signal).finally(() => {
          stop();
        });
      }
    },
  };
}
