/** A model behind HTTP: one that speaks as OpenAI or Anthropic do, and those that answer when it cannot. */
import { abortError, asAgentError } from '../../core/index.ts';
import type { AgentError, Model } from '../../core/index.ts';
import { realm } from './config.ts';
import type { Realm, RemoteModelConfig } from './config.ts';
import { createRoute } from './route.ts';

/** What another model would not do better, or must not be asked for. */
const FINAL: ReadonlySet<string> = new Set(['aborted', 'context-overflow', 'invalid-option']);

/**
 * Makes a model of an endpoint. It runs in a worker as well as in a page.
 *
 * @param given what it uses of the realm; tests give their own clock.
 * @throws AgentError `invalid-option` when an endpoint is no address.
 *
 * @example
 * const model = remoteModel({ endpoint: '/ai/v1', model: 'gpt-5-mini', getToken: () => session.token });
 */
export function remoteModel(config: RemoteModelConfig, given: Realm = realm): Model {
  const first = createRoute(config, given);
  const routes = [first, ...(config.fallback ?? []).map((other) => createRoute(other, given))];
  return {
    id: config.model,
    generative: true,
    get contextTokens() {
      return first.contextTokens;
    },
    get nativeTools() {
      return first.nativeTools;
    },
    async *stream(request, { signal }) {
      const failures: AgentError[] = [];
      for (const [at, route] of routes.entries()) {
        if (signal.aborted) throw abortError(signal);
        const hasNext = at + 1 < routes.length;
        let hasBegun = false;
        try {
          for await (const part of route.stream(request, signal, hasNext)) {
            if (!hasBegun && part.type !== 'notice') {
              hasBegun = true;
              const [failure] = failures;
              if (failure) {
                const message = `${route.name} answers, because of this: ${failure.message}`;
                yield { type: 'notice', code: 'model-fallback', message };
              }
            }
            yield part;
          }
          return;
        } catch (caught) {
          const error = asAgentError(caught, 'model-failed', 'Try again, or choose another model.');
          if (hasBegun || FINAL.has(error.code)) throw error;
          failures.push(error);
          // The first one is what the site has chosen; why it failed matters most.
          if (!hasNext) throw failures[0] ?? error;
        }
      }
    },
  };
}
