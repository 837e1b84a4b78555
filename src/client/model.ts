/** The model that an agent's options ask for. */
import { AgentError } from '../core/index.ts';
import type { Model, ModelChoice } from '../core/index.ts';
import type { PageParts } from './page.ts';
import type { AgentOptions, AgentReady, RemoteModelOptions } from './types.ts';

/** What the host is told, and what the page keeps for it. */
export interface ChosenModel extends Pick<PageParts, 'model' | 'getToken'> {
  readonly choice: ModelChoice;
  /** The hosts that conversations are sent to; undefined where the page cannot know. */
  readonly sentTo?: readonly string[] | undefined;
  /** What is used where no host can be started for it. */
  readonly otherwise?: ChosenModel;
  /** What would be used once it is downloaded. */
  readonly better?: Model;
  readonly notice?: AgentReady['notices'][number];
}

const OWN_KEY = {
  code: 'own-key',
  message: 'Your key is kept in memory alone. Every script of this page can read it.',
};

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

/** What is refused by name, because the reason that cloning gives would tell nobody what to do. */
function refuseFunctions({ fallback = [], ...config }: RemoteModelOptions): void {
  const { body, fetch } = config as { readonly body?: unknown; readonly fetch?: unknown };
  const others = fallback.map((other) => (other as RemoteModelOptions).getToken);
  if (![body, fetch, ...others].some((given) => typeof given === 'function')) return;
  throw new AgentError('invalid-option', 'The worker takes no function of a model, but for its `getToken`.', {
    fix: 'Import remoteModel from inpage and give `model: remoteModel({ … })`: it runs in the page.',
  });
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
    return {
      choice: { kind: 'page', id, generative, contextTokens, nativeTools },
      model: option,
      sentTo: option.sentTo,
    };
  }
  refuseFunctions(option);
  const { getToken, ...config } = option;
  const asksToken = getToken !== undefined;
  const withAddress = (one: Omit<RemoteModelOptions, 'getToken'>): Omit<RemoteModelOptions, 'getToken'> => ({
    ...one,
    endpoint: addressOf(one.endpoint),
    ...(one.fallback ? { fallback: one.fallback.map(withAddress) } : {}),
  });
  const asked = withAddress(config);
  const all = [asked, ...(asked.fallback ?? [])];
  return {
    choice: { kind: 'remote', config: asked, asksToken },
    getToken,
    sentTo: [...new Set(all.map(({ endpoint }) => new URL(endpoint).host))],
    ...(all.some(({ key }) => key) ? { notice: OWN_KEY } : {}),
  };
}
