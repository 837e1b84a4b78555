/** The page's tools, answered to the host over a port. */
import { expose } from 'comlink';
import { abortError, AgentError } from '../core/index.ts';
import type { Tool } from '../core/index.ts';
import type { PageTools } from '../wire/index.ts';

function gone(name: string): AgentError {
  return new AgentError('tool-gone', `The page has withdrawn its tool "${name}".`, {
    fix: 'Offer it again with agent.tool(), then ask once more.',
    details: { tool: name },
  });
}

/** A value as it survives the port, or an error that says why it does not. */
function sendable(value: unknown, name: string): unknown {
  try {
    return structuredClone(value);
  } catch (error) {
    throw new AgentError('tool-failed', `"${name}" returned something that cannot be sent to the worker.`, {
      fix: 'Return plain data: objects, lists, text, numbers, booleans, dates.',
      details: { tool: name },
      cause: error,
    });
  }
}

/**
 * Serves tools on a port.
 *
 * @param progress called with what a running tool publishes.
 */
export function servePageTools(
  tools: ReadonlyMap<string, Tool>,
  port: MessagePort,
  progress: (callId: string, value: unknown) => void,
): void {
  const calls = new Map<string, AbortController>();
  const find = (name: string): Tool => {
    const tool = tools.get(name);
    if (tool) return tool;
    throw gone(name);
  };
  const page: PageTools = {
    async run(callId, name, input, idempotencyKey) {
      const tool = find(name);
      const stop = new AbortController();
      calls.set(callId, stop);
      try {
        const context = {
          signal: stop.signal,
          idempotencyKey,
          progress: (value: unknown) => {
            progress(callId, value);
          },
        };
        return sendable(await tool.run(input, context), name);
      } catch (error) {
        throw stop.signal.aborted ? abortError(stop.signal) : error;
      } finally {
        calls.delete(callId);
      }
    },
    abort(callId) {
      calls.get(callId)?.abort();
    },
    async suggest(name, field, query) {
      return (await find(name).suggest?.(field, query)) ?? [];
    },
  };
  expose(page, port);
}
