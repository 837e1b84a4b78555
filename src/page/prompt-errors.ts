/** What the Prompt API throws, as errors that say what is wrong and what to do. */
import { AgentError, errorText, isAgentError } from '../core/index.ts';
import type { ErrorCode } from '../core/index.ts';
import type { PromptAvailability } from './prompt-types.ts';

const NAME = 'The browser’s own model';

const DOWNLOAD = 'Call `agent.prepareModel()` when somebody clicks, or choose another model.';

/** The error for a model that is not there to be asked. */
export function notThere(availability: PromptAvailability): AgentError {
  const [what, fix] =
    availability === 'unavailable'
      ? ['is not there: this browser has none, or it does not run on this device', 'Choose another model.']
      : [`has to be downloaded first (${availability})`, DOWNLOAD];
  return new AgentError('model-unreachable', `${NAME} ${what}.`, { fix, details: { availability } });
}

/** The error for a conversation that does not fit. */
export const overflow = (contextTokens: number): AgentError =>
  new AgentError('context-overflow', `${NAME} takes no conversation as long as this.`, {
    fix: 'Begin a new thread.',
    details: Number.isFinite(contextTokens) && contextTokens > 0 ? { contextTokens } : {},
  });

const CODES: Readonly<Record<string, readonly [code: ErrorCode, what: string, fix: string]>> = {
  NotAllowedError: [
    'model-unauthorized',
    'may not be used here',
    'Call `agent.prepareModel()` when somebody clicks; in a frame, set allow="language-model".',
  ],
  NotSupportedError: ['model-failed', 'does not take what it was asked', 'See the option `languages`.'],
  NetworkError: ['model-unreachable', 'could not be downloaded', DOWNLOAD],
  TimeoutError: ['model-timeout', 'did not answer in time', 'Go on with `resume()`.'],
};

const OTHER = ['model-failed', 'failed', 'Try again, or choose another model.'] as const;

/** The error for what was thrown. */
export function promptError(thrown: unknown): AgentError {
  if (isAgentError(thrown)) return thrown;
  const { name = '', quota = 0 } = (thrown ?? {}) as { readonly name?: string; readonly quota?: number };
  if (name === 'QuotaExceededError') return overflow(quota);
  const [code, what, fix] = CODES[name] ?? OTHER;
  return new AgentError(code, `${NAME} ${what}: ${errorText(thrown)}`, { fix, details: { name } });
}
