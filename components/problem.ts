/** What went wrong, in the words of a person at the page; what the site has to know stands behind them. Pure. */
import { errorText, isAgentError, isRecord } from '../src/core/index.ts';
import type { AgentError, InputIssue } from '../src/core/index.ts';
import type { Strings } from './strings/index.ts';

/** A failure as two sentences: what happened and what to do about it. */
export interface Problem {
  readonly message: string;
  readonly fix: string;
  /** The same for who looks after the site, where that is something else. */
  readonly details?: Pick<Problem, 'message' | 'fix'>;
  /** What can be done about it: going on where it stopped, or another conversation. Default: what the thread allows. */
  readonly way?: 'retry' | 'go-on' | 'begin' | 'none';
}

type Words = Omit<Problem, 'details'>;

/** What went wrong with a model; undefined for what is no fault of one. */
function modelFailure({ code, details }: AgentError, { failures }: Strings): Words | undefined {
  const known = isRecord(details) ? details : {};
  switch (code) {
    case 'model-unreachable':
      return { ...(navigator.onLine ? failures.unreachable : failures.offline), way: 'retry' };
    case 'model-unauthorized':
      return { ...failures.unauthorized, way: 'retry' };
    case 'model-rate-limited': {
      const { message, fix, later, spent } = failures.rateLimited;
      if (known['isTransient'] === false) return { message, fix: spent, way: 'retry' };
      const wait = known['retryAfter'];
      return { message, fix: typeof wait === 'number' ? later(wait) : fix, way: 'retry' };
    }
    case 'model-timeout':
      return { ...failures.timeout, way: 'retry' };
    case 'model-failed':
      return { ...failures.failed, way: 'retry' };
    case 'invalid-output':
      return { ...failures.output, way: 'retry' };
    case 'context-overflow':
      return { ...failures.overflow, way: 'begin' };
    case 'budget-exhausted':
      return String(known['limit']).endsWith('Day')
        ? { ...failures.daySpent, way: 'none' }
        : { ...failures.runSpent, way: 'go-on' };
    default:
      return undefined;
  }
}

/** Whether it is in words already. */
const isProblem = (error: unknown): error is Problem => isRecord(error) && !(error instanceof Error) && 'fix' in error;

/** Anything that was thrown, as a {@link Problem}. */
export function problemOf(error: unknown, strings: Strings): Problem {
  if (isProblem(error)) return error;
  if (!isAgentError(error)) return { message: errorText(error), fix: strings.failedFix };
  const { code, message, fix } = error;
  // The person sees the question; "thread" and "answer" are words for the site.
  if (code === 'awaiting-answer') return { message: strings.answerFirst, fix: '' };
  // In another tab, or by whoever was faster: it is done, and nothing is open.
  if (code === 'unknown-interrupt') return { message: strings.answeredBefore, fix: '', details: { message, fix } };
  const words = modelFailure(error, strings);
  return words ? { ...words, details: { message, fix } } : { message, fix };
}

/** What the host has found wrong with the arguments of an approval; nothing when it was something else. */
export function issuesOf(error: unknown): readonly InputIssue[] {
  const details: unknown = isAgentError(error) && error.code === 'invalid-tool-input' ? error.details : undefined;
  const issues: unknown = isRecord(details) ? details['issues'] : undefined;
  // The host makes them of this shape alone.
  return Array.isArray(issues) ? (issues as readonly InputIssue[]) : [];
}
