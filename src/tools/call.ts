/** Runs one call of a tool: validate, run under a deadline, turn every ending into a value. */
import { abortable, abortError, AgentError, asAgentError } from '../core/index.ts';
import type { ToolContext } from '../core/index.ts';
import type { RegisteredTool } from './registry.ts';

/** How a call ended. A call never throws. */
export type CallOutcome =
  { readonly outcome: 'ok'; readonly output: unknown } | { readonly outcome: 'failed'; readonly error: AgentError };

/**
 * Calls a tool. Its own signal aborts when the caller's does or when the tool's time is up; a tool that ignores the
 * signal is left behind, and whatever it does later is not waited for.
 *
 * @throws AgentError only when the caller's signal aborts: stopping a run is no outcome of its tool.
 */
export async function callTool(entry: RegisteredTool, input: unknown, context: ToolContext): Promise<CallOutcome> {
  const { tool, check } = entry;
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const timer = setTimeout(() => {
    stop.abort(
      new AgentError('tool-timeout', `"${tool.name}" did not finish within ${tool.timeout} ms.`, {
        fix: 'Try again, or give the tool a longer timeout. It may still have had its effect.',
        details: { tool: tool.name, timeout: tool.timeout },
      }),
    );
  }, tool.timeout);
  try {
    if (context.signal.aborted) throw abortError(context.signal);
    check(input);
    const run = async (): Promise<unknown> => tool.run(input, { ...context, signal });
    return { outcome: 'ok', output: await abortable(run(), signal) };
  } catch (error) {
    if (context.signal.aborted) throw abortError(context.signal);
    return {
      outcome: 'failed',
      error: asAgentError(error, 'tool-failed', 'Ask for something else, or try again later.'),
    };
  } finally {
    clearTimeout(timer);
  }
}
