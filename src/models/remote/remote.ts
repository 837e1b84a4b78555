/** A model behind HTTP: asks it, tries again where that is safe, and learns what its server does not take. */
import { abortable, abortError, asAgentError, errorText } from '../../core/index.ts';
import type { AgentError, Model, ModelPart, ModelRequest } from '../../core/index.ts';
import { anthropic } from './anthropic.ts';
import { createAnswer } from './answer.ts';
import type { Plan } from './answer.ts';
import { createBreaker } from './breaker.ts';
import { addressOf, realm as here } from './config.ts';
import type { Realm, RemoteModelInit } from './config.ts';
import { cleaned, diagnosed, fault } from './faults.ts';
import type { Details, Target } from './faults.ts';
import { downgrade, planOf } from './flags.ts';
import type { Flags } from './flags.ts';
import { openai } from './openai.ts';
import { createWriter } from './request.ts';
import type { Writer } from './request.ts';
import { readAnswer } from './response.ts';
import { createWatch } from './watch.ts';

/** A model that may be asked because another one failed. */
interface Remote extends Model {
  stream(request: ModelRequest, options: { signal: AbortSignal }, failure?: AgentError): AsyncIterable<ModelPart>;
}

/** The longest wait between two tries, and the longest where another model can be asked; milliseconds. */
const PATIENCE = 60_000;
const IMPATIENCE = 2000;

/** What is shorter is no key, and may be part of any word. */
const isSecret = (value: string): boolean => value.length > 7;

/** A key without what came along when it was copied, and no header takes. */
const visible = (value: string): string => value.replace(/[^!-~]/g, '');

/**
 * Makes a model of an endpoint. It runs in a worker as well as in a page.
 *
 * @param given what it uses of the realm; tests give their own clock.
 * @throws AgentError `invalid-option` when an endpoint is no address.
 *
 * @example
 * const model = remoteModel({ endpoint: '/ai/v1', model: 'gpt-5-mini', getToken: () => session.token });
 */
export function remoteModel(config: RemoteModelInit, given: Realm = here): Model {
  const { fallback = [], ...first } = config;
  const next = fallback.reduceRight<Remote | undefined>((after, other) => createRemote(other, given, after), undefined);
  return createRemote(first, given, next);
}

function createRemote(config: Omit<RemoteModelInit, 'fallback'>, realm: Realm, next: Remote | undefined): Remote {
  const { model, provider = 'openai', getToken, headers, body: more, timeouts, retries = 2 } = config;
  const { idle = 120_000, total = 600_000 } = timeouts ?? {};
  let { contextTokens = 128_000 } = config;
  const key = visible(config.key ?? '');
  const { now, random, after, origin, fetch } = realm;
  const dialect = provider === 'anthropic' ? anthropic : openai;
  const url = addressOf(config.endpoint, dialect.path, origin);
  const name = `"${model}" at ${url.host}`;
  const by = `${provider}:${model}`;
  const secrets = new Set([key, ...Object.values(headers ?? {})].filter(isSecret));
  const to: Target = { url, name, secrets };
  const flags: Flags = { usage: true, tools: true, choice: true, system: dialect.system, level: 0 };
  const write = (): Writer => createWriter(dialect, flags, model, by, typeof more === 'object' ? more : {});
  let writer = write();
  const breaker = createBreaker(now);

  /** Sends the request, with what the page gives for it. What is thrown is an AgentError. */
  const send = async (request: ModelRequest, plan: Plan, signal: AbortSignal): Promise<Response> => {
    let body = await abortable(writer.body(request, plan), signal);
    if (typeof more === 'function') body = JSON.stringify(more(JSON.parse(body) as Record<string, unknown>));
    let token: string | undefined;
    try {
      token = visible((await abortable(Promise.resolve(getToken?.()), signal)) ?? '');
      if (isSecret(token)) secrets.add(token);
      const own = { 'content-type': 'application/json', ...dialect.headers(key) };
      const sent = { ...own, ...(token && { authorization: `Bearer ${token}` }), ...headers };
      return await abortable(
        // Where it leads to, nobody has said that the key may go.
        (config.fetch ?? fetch)(url.href, { method: 'POST', headers: sent, body, redirect: 'manual', signal }),
        signal,
      );
    } catch (error) {
      if (signal.aborted) throw abortError(signal);
      if (token !== undefined) throw await diagnosed(to, realm, signal);
      const why = cleaned(errorText(error), secrets);
      throw fault('model-unauthorized', to, `got no token: ${why}`, 'Mend `getToken`.');
    }
  };

  return {
    id: model,
    generative: true,
    get contextTokens() {
      return contextTokens;
    },
    get nativeTools() {
      return flags.tools;
    },
    async *stream(request, { signal }, failure) {
      const check = (): void => {
        if (signal.aborted) throw abortError(signal);
      };
      check();
      const deadline = now() + total;
      let hasAskedAgain = false;
      let last: AgentError | undefined;
      for (let tries = 0; breaker.enter();) {
        const plan = planOf(request, flags);
        const watch = createWatch(to, idle, deadline, signal, realm);
        let hasBegun = false;
        let hasFailed: boolean | undefined;
        let details: Details = {};
        try {
          const answer = createAnswer(plan);
          const response = await send(request, plan, watch.signal);
          for await (const parts of readAnswer(response, to, dialect.reader(answer, by), answer, watch, now)) {
            hasBegun = true;
            if (failure) {
              const message = `${name} answers, as ${failure.message}`;
              yield { type: 'notice', code: 'model-fallback', message, model: { id: model, sentTo: [url.host] } };
              failure = undefined;
            }
            for (const part of parts) {
              check();
              yield part;
            }
          }
          hasFailed = false;
          return;
        } catch (caught) {
          check();
          last = asAgentError(caught, 'model-failed', 'Try again.');
          details = last.details ?? {};
          hasFailed = details.isTransient ?? last.code === 'model-timeout';
          if (hasBegun) throw last;
        } finally {
          watch.close();
          breaker.leave(hasFailed);
        }
        const { status, isTransient, retryAfter, contextTokens: limit = contextTokens } = details;
        contextTokens = limit;
        const lesson = last.code === 'model-failed' && downgrade(plan, flags, last.message.slice(name.length));
        if (lesson) {
          writer = write();
          yield { type: 'notice', code: 'model-downgraded', message: `${name} ${lesson}.` };
          continue;
        }
        if (status === 401 && getToken && !hasAskedAgain) {
          hasAskedAgain = true;
          continue;
        }
        // With some chance in it, so that not all pages come back at once.
        const wait = (retryAfter ?? 0) + random() * Math.min(8000, 500 * 2 ** tries);
        const most = Math.min(next ? IMPATIENCE : PATIENCE, deadline - now());
        if (!isTransient || tries++ >= retries || wait > most) break;
        await abortable(new Promise<void>((resolve) => after(wait, resolve)), signal);
      }
      last ??= fault('model-unreachable', to, 'failed too often.', 'Try again in 15 s.');
      // The first one is what the site has chosen; why it failed matters most.
      failure ??= last;
      if (!next || last.code === 'context-overflow') throw failure;
      yield* next.stream(request, { signal }, failure);
    },
  };
}
