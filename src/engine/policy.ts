/** What a node may be given beside its function: tries, deadlines. Lives around the node, so that plain nodes pay nothing. */
import { AgentError, stopError } from '../core/index.ts';
import type { TaskContext } from './context.ts';
import type { Deadline } from './deadlines.ts';
import { nodeError } from './failure.ts';
import type { PlanFunction } from './plan.ts';
import { isThenable } from './thenable.ts';

export interface RetryPolicy {
  /** How often the node is tried in all, 1 or more. */
  readonly attempts: number;
  /** Milliseconds before the second try; each further wait is twice as long, up to 30 s. Default: 500. */
  readonly delay?: number;
  /** Whether to try again after this error. Default: always. */
  readonly when?: (error: AgentError) => boolean;
}

export interface NodePolicy {
  readonly retry: RetryPolicy | undefined;
  readonly timeout: number | undefined;
  readonly idleTimeout: number | undefined;
}

const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;

/**
 * Milliseconds to wait after the try `attempt`: exponential, of which a random half is taken off, so that those who
 * failed together do not come back together.
 *
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ ("equal jitter").
 *
 * @param chance a number from 0 up to 1.
 */
export function backoff(attempt: number, delay: number, chance: number): number {
  return Math.min(delay * 2 ** (attempt - 1), LONGEST_DELAY) * (1 - chance / 2);
}

function timeoutError(node: string, ms: number, what: string): AgentError {
  return new AgentError('node-timeout', `Node "${node}" ${what} for ${ms} ms, which is its limit.`, {
    fix: 'Make it faster, let it call heartbeat(), or raise its limit.',
    details: { node, ms },
  });
}

/** One try: the node's value, unless its time is up first. */
function attempt(
  run: PlanFunction,
  name: string,
  { timeout, idleTimeout }: NodePolicy,
  input: unknown,
  context: TaskContext,
): unknown {
  const value = run(input, context);
  if (!isThenable(value) || (timeout === undefined && idleTimeout === undefined)) return value;
  const { deadlines } = context.run;
  return new Promise((resolve, reject) => {
    const open: Deadline[] = [];
    const expire = (ms: number, what: string) => (): void => {
      const error = timeoutError(name, ms, what);
      context.stop(error);
      reject(error);
    };
    if (timeout !== undefined) open.push(deadlines.add(timeout, expire(timeout, 'has run')));
    if (idleTimeout !== undefined) {
      const idle = deadlines.add(idleTimeout, expire(idleTimeout, 'gave no sign of life'));
      open.push(idle);
      context.onBeat = () => {
        idle.at = performance.now() + idleTimeout;
      };
    }
    Promise.resolve(value)
      .then(resolve, reject)
      .finally(() => {
        for (const deadline of open) deadlines.remove(deadline);
      });
  });
}

/** A node with its policy around it; the node itself where it has none. */
export function withPolicy(run: PlanFunction, name: string, policy: NodePolicy): PlanFunction {
  const { retry } = policy;
  if (!retry) {
    if (policy.timeout === undefined && policy.idleTimeout === undefined) return run;
    return (input, context) => attempt(run, name, policy, input, context);
  }
  return async (input, first) => {
    for (let context = first; ;) {
      try {
        return await attempt(run, name, policy, input, context);
      } catch (error) {
        const isOver = context.asked !== undefined || first.run.ended || isStopped(context);
        const failure = nodeError(error, name);
        if (isOver || context.attempt >= retry.attempts || !wants(retry, failure)) throw error;
        first.run.nodeEnd(context, 'failed');
        const wait = backoff(context.attempt, retry.delay ?? FIRST_DELAY, Math.random());
        context = first.again(context);
        await sleep(wait, context);
        first.run.nodeStart(context);
      }
    }
  };
}

/** Whether the policy wants another try. One that throws does not, and hides nothing of what the node has thrown. */
function wants({ when }: RetryPolicy, failure: AgentError): boolean {
  try {
    return when?.(failure) ?? true;
  } catch {
    return false;
  }
}

/** Whether something other than its own deadline has told the try to stop. */
const isStopped = ({ stopped }: TaskContext): boolean => stopped !== undefined && stopped.code !== 'node-timeout';

/** Waits, unless the task is told to stop meanwhile. */
function sleep(ms: number, context: TaskContext): Promise<void> {
  return new Promise((resolve, reject) => {
    const { signal, run } = context;
    const stop = (): void => {
      run.deadlines.remove(deadline);
      reject(context.stopped ?? stopError());
    };
    const deadline = run.deadlines.add(ms, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}
