/** Models of the AI SDK's language model specification, versions 2, 3 and 4, as models of an agent. */
import { abortable, abortError, AgentError } from '../core/index.ts';
import type { Model } from '../core/index.ts';
import { broken, sdkError } from './ai-sdk-errors.ts';
import { createSdkReader } from './ai-sdk-parts.ts';
import type { SdkPart } from './ai-sdk-parts.ts';
import { sdkCall } from './ai-sdk-prompt.ts';

/** A language model object of the AI SDK, as far as it is used. */
export interface AISDKModel {
  /** `v2`, `v3` or `v4`. */
  readonly specificationVersion: string;
  readonly provider: string;
  readonly modelId: string;
  doStream(options: never): PromiseLike<{ readonly stream: ReadableStream<unknown> }>;
}

export interface AISDKOptions {
  /** How much of a conversation the model takes, in tokens. Default: 128,000. */
  readonly contextTokens?: number;
}

const VERSIONS: readonly string[] = ['v2', 'v3', 'v4'];

/**
 * Makes a model of an object of the AI SDK or of any package that follows its specification. It runs in the page, and
 * so does what it needs: its code, its network requests and its key.
 *
 * @throws AgentError `invalid-option` for what is no such object.
 * @example
 * import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
 * const provider = createOpenAICompatible({ name: 'mine', baseURL: '/ai/v1' });
 * const agent = createAgent({ model: fromAISDK(provider('gpt-5-mini')) });
 */
export function fromAISDK(model: AISDKModel, { contextTokens = 128_000 }: AISDKOptions = {}): Model {
  const { specificationVersion: version, provider, modelId } = model;
  if (!VERSIONS.includes(version) || typeof model.doStream !== 'function') {
    throw new AgentError('invalid-option', 'This is no language model of the AI SDK.', {
      fix: `Give an object whose \`specificationVersion\` is ${VERSIONS.join(', ')}: not a name, and not a provider.`,
    });
  }
  const by = `${provider}:${modelId}`;
  const name = `"${modelId}"`;
  /** What it has warned of: once is enough. */
  const warned = new Set<string>();
  return {
    id: modelId,
    generative: true,
    contextTokens,
    nativeTools: true,
    async *stream(request, { signal }) {
      if (signal.aborted) throw abortError(signal);
      const left = new AbortController();
      const stop = AbortSignal.any([signal, left.signal]);
      const { options, names } = await abortable(sdkCall(request, version, by), signal);
      const read = createSdkReader(names, name, by, warned);
      try {
        const answer = Promise.resolve(model.doStream({ ...options, abortSignal: stop } as never));
        const reader = (await abortable(answer, signal)).stream.getReader();
        for (let isOver = false; !isOver;) {
          const { done, value } = await abortable(reader.read(), signal);
          if (done) throw broken(name);
          for (const part of read(value as SdkPart)) {
            signal.throwIfAborted();
            isOver = part.type === 'finish';
            yield part;
          }
        }
      } catch (error) {
        throw stop.aborted ? abortError(signal) : sdkError(error, name);
      } finally {
        // It ends the request as well, where it is not over.
        left.abort();
      }
    },
  };
}
