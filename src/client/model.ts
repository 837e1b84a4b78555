/** The model that an agent's options ask for. */
import { AgentError, errorText } from '../core/index.ts';
import type { Model, ModelChoice } from '../core/index.ts';
import type { PageParts } from './page.ts';
import type { AgentOptions, AgentReady, RemoteModelOptions } from './types.ts';

/** What the host is told, and what the page keeps for it. */
export interface ChosenModel extends Pick<PageParts, 'model' | 'getToken'> {
  readonly choice: ModelChoice;
  /** What is used where no host can be started for it. */
  readonly otherwise?: ChosenModel;
  /** What would be used once it is downloaded. */
  readonly better?: Model;
  readonly notice?: AgentReady['notices'][number];
}

const isModel = (option: Model | RemoteModelOptions): option is Model => 'stream' in option;

function addressOf(endpoint: unknown): string {
  try {
    const { href, protocol } = new URL(String(endpoint), globalThis.location.href);
    if (/^https?:$/.test(protocol)) return href;
  } catch {
    // It is told below.
  }
  throw new AgentError('invalid-option', `"${String(endpoint)}" is no endpoint of a model.`, {
    fix: 'Give an address with http or https, absolute or relative to the page, such as "/api/model/v1".',
  });
}

/** A remote model's config, as data. */
function plain<T extends object>(config: T): T {
  try {
    return structuredClone(config);
  } catch (error) {
    throw new AgentError('invalid-option', `This model cannot be sent to the worker: ${errorText(error)}`, {
      fix: 'Give `createAgent` plain data and `getToken`; for functions beside it, give it what `remoteModel` makes of them.',
      cause: error,
    });
  }
}

/**
 * Reads the option `model`.
 *
 * @throws AgentError `invalid-option` for what is no model.
 */
export function chosenModel(option: NonNullable<AgentOptions['model']>): ChosenModel {
  if (typeof option === 'string') return { choice: { kind: 'host', name: option } };
  if (isModel(option)) {
    const { id, generative, contextTokens, nativeTools } = option;
    return { choice: { kind: 'page', id, generative, contextTokens, nativeTools }, model: option };
  }
  const { getToken, ...config } = option;
  const asksToken = getToken !== undefined;
  const withAddress = (one: Omit<RemoteModelOptions, 'getToken'>): Omit<RemoteModelOptions, 'getToken'> => ({
    ...one,
    endpoint: addressOf(one.endpoint),
    ...(one.fallback ? { fallback: one.fallback.map(withAddress) } : {}),
  });
  return { choice: { kind: 'remote', config: plain(withAddress(config)), asksToken }, getToken };
}
