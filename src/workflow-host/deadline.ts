/** The time that a run of a workflow may take. */
import { AgentError } from '../core/index.ts';
import type { WorkflowSpec } from '../workflow/index.ts';
import type { PartGraph } from '../worker/index.ts';

/** Runs for as long as the workflow says. A run whose time is over has failed; what it has done is kept. */
export function withDeadline({ name, execution: { timeout } }: WorkflowSpec): Pick<PartGraph, 'follow'> {
  if (timeout === undefined) return {};
  return {
    async follow(start, options) {
      const error = new AgentError('workflow-timeout', `"${name}" has run for ${timeout} ms, which is its limit.`, {
        fix: 'Go on with the thread, or raise `execution.timeout`.',
        details: { workflow: name, ms: timeout },
      });
      const late = new AbortController();
      const timer = setTimeout(() => {
        late.abort();
      }, timeout);
      const { signal, onEvent } = options;
      try {
        const result = await start({
          ...options,
          signal: AbortSignal.any([late.signal, ...(signal ? [signal] : [])]),
          onEvent(event) {
            const isLate = late.signal.aborted && event.type === 'run-end' && event.status === 'cancelled';
            onEvent?.(isLate ? { ...event, status: 'failed', error } : event);
          },
        }).result;
        return late.signal.aborted && result.status === 'cancelled' ? { ...result, status: 'failed', error } : result;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
