/** Runs a tool under its deadline, tries again where that can do no harm, and turns every ending into a value. */
import { abortable, abortError, AgentError, asAgentError } from '../core/index.ts';
import type { ToolContext, ToolSpec } from '../core/index.ts';

/** How a call ended. A call never throws. */
export type CallOutcome =
  { readonly outcome: 'ok'; readonly output: unknown } | { readonly outcome: 'failed'; readonly error: AgentError };

/** Milliseconds before the second try; each further wait is twice as long. */
const FIRST_DELAY = 250;

/** Faults that another try would only repeat. */
const LASTING: readonly string[] = ['invalid-tool-input', 'page-gone', 'tool-gone'];

const FIX = 'Ask for something else, or try again later.';

function timeoutError({ name, timeout }: ToolSpec): AgentError {
  return new AgentError('tool-timeout', `"${name}" did not finish within ${timeout} ms.`, {
    fix: 'Try again, or give the tool a longer timeout. It may still have had its effect.',
    details: { tool: name, timeout },
  });
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

async function attempt(
  tool: ToolSpec,
  work: (context: ToolContext) => unknown,
  context: ToolContext,
): Promise<CallOutcome> {
  const stopped = (): boolean => context.signal.aborted;
  if (stopped()) throw abortError(context.signal);
  // A tool that answers at once costs neither a signal nor a timer.
  let stop: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onAbort = (): void => {
    stop?.abort(context.signal.reason);
  };
  const stopper = (): AbortController => {
    if (!stop) {
      stop = new AbortController();
      if (stopped()) onAbort();
      else context.signal.addEventListener('abort', onAbort, { once: true });
    }
    return stop;
  };
  try {
    const given = work({
      idempotencyKey: context.idempotencyKey,
      progress: (value) => {
        context.progress(value);
      },
      get signal() {
        return stopper().signal;
      },
    });
    if (!isThenable(given)) return { outcome: 'ok', output: given };
    const running = stopper();
    timer = setTimeout(() => {
      running.abort(timeoutError(tool));
    }, tool.timeout);
    return { outcome: 'ok', output: await abortable(Promise.resolve(given), running.signal) };
  } catch (error) {
    if (stopped()) throw abortError(context.signal);
    return { outcome: 'failed', error: asAgentError(error, 'tool-failed', FIX) };
  } finally {
    clearTimeout(timer);
    if (stop) context.signal.removeEventListener('abort', onAbort);
  }
}

function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return abortable(new Promise((resolve) => setTimeout(resolve, milliseconds)), signal);
}

/**
 * Runs some work of a tool, such as a call. Its signal aborts when the caller's does or when the tool's time is up; work
 * that ignores the signal is left behind, and whatever it does later is not waited for. What failed is tried again as
 * often as the tool's `retries` say, which only reads and idempotent tools have.
 *
 * @throws AgentError only when the caller's signal aborts: stopping a run is no outcome of its tool.
 */
export async function callTool(
  tool: ToolSpec,
  work: (context: ToolContext) => unknown,
  context: ToolContext,
): Promise<CallOutcome> {
  for (let tries = 0; ; tries++) {
    const result = await attempt(tool, work, context);
    if (result.outcome === 'ok' || tries >= tool.retries || LASTING.includes(result.error.code)) return result;
    await delay(FIRST_DELAY * 2 ** tries, context.signal);
  }
}
