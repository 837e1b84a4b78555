/** One host and everything that a page shares about it: all agents of the same options use the same connection. */
import { abortable, abortError, AgentError, asAgentError, checkTool, toolSpec } from '../core/index.ts';
import type { Tool } from '../core/index.ts';
import { installErrorHandler, PROTOCOL } from '../wire/index.ts';
import type { Connected, Rung } from './ladder.ts';
import { startHost } from './ladder.ts';
import { servePageTools } from './page-tools.ts';
import type { AgentReady } from './types.ts';

export interface Connection {
  readonly namespace: string;
  readonly ready: Promise<AgentReady>;
  /** Offers a tool; returns the function that withdraws it. Throws `invalid-tool`, `tool-exists`, `closed`. */
  offer(tool: Tool): () => void;
  /** Asks the host. Rejects with `closed` when the connection is, or is closed before the answer has come. */
  ask<T>(question: (remote: Connected['remote']) => Promise<T>): Promise<T>;
  /** Ends the host. */
  close(): Promise<void>;
}

/** Milliseconds that a host has to stop its runs and close its database. */
const FAREWELL = 1000;

function died(): AgentError {
  return new AgentError('worker-failed', 'The worker that ran the agent is gone.', {
    fix: 'Call createAgent() again; everything that was stored is still there.',
  });
}

function readyFrom({ kind, welcome, failures }: Connected): AgentReady {
  const { storage, model, notices } = welcome;
  if (failures.length === 0) return { host: kind, storage, model, notices };
  const reasons = failures.join('; ');
  const fellBack =
    kind === 'page'
      ? {
          code: 'worker-failed',
          message: `No worker could be started, so the assistant runs in the page (${reasons}).`,
        }
      : { code: 'worker-fallback', message: `The first way to start a worker failed (${reasons}).` };
  return { host: kind, storage, model, notices: [fellBack, ...notices] };
}

/**
 * Starts a host and connects to it. Nothing throws here: a host that cannot be started rejects `ready`.
 *
 * @param onDeath called when a host that had answered is gone.
 */
export function connect(namespace: string, model: string, rungs: readonly Rung[], onDeath: () => void): Connection {
  installErrorHandler();
  const tools = new Map<string, Tool>();
  const serveTools = (port: MessagePort): void => {
    servePageTools(tools, port, (callId, value) => {
      // What cannot be cloned is no progress that anybody could see.
      host.then(({ remote }) => remote.progress(callId, value)).catch(() => undefined);
    });
  };
  const host = startHost(rungs, { protocol: PROTOCOL, namespace, model }, serveTools);
  const ready = host.then(readyFrom);
  // Whoever needs the host awaits it and gets the error; an agent that nobody uses must not report it as unhandled.
  host.catch(() => undefined);
  ready.catch(() => undefined);
  const closing = new AbortController();
  const ask: Connection['ask'] = (question) =>
    abortable(
      host.then(({ remote }) => question(remote)),
      closing.signal,
    );
  // When the host dies, its lock comes free: then nobody need wait for its answers any more.
  host
    .then(async ({ welcome: { lifeline }, end }) => {
      if (lifeline === undefined) return;
      await navigator.locks.request(lifeline, { signal: closing.signal }, () => undefined);
      closing.abort(died());
      end();
      onDeath();
    })
    .catch(() => undefined);
  const tell: (question: (remote: Connected['remote']) => Promise<unknown>) => void = (question) => {
    ask(question).catch((error: unknown) => {
      if (closing.signal.aborted) return;
      const { message, fix } = asAgentError(error, 'worker-failed', 'Reload the page.');
      console.warn(`inpage: ${message} ${fix}`);
    });
  };
  return {
    namespace,
    ready,
    ask,
    offer(tool) {
      checkTool(tool);
      if (closing.signal.aborted) throw abortError(closing.signal);
      const known = tools.get(tool.name);
      if (known && known !== tool) {
        throw new AgentError('tool-exists', `There is already a tool named "${tool.name}".`, {
          fix: 'Choose another name, or withdraw the first one with the function that tool() returned.',
          details: { tool: tool.name },
        });
      }
      tools.set(tool.name, tool);
      if (!known) tell((remote) => remote.addTool(toolSpec(tool)));
      return () => {
        if (tools.get(tool.name) !== tool) return;
        tools.delete(tool.name);
        tell((remote) => remote.removeTool(tool.name));
      };
    },
    async close() {
      if (closing.signal.aborted) return;
      const reason = new AgentError('closed', 'The agent is closed.', { fix: 'Call createAgent() again.' });
      closing.abort(reason);
      const connected = await host.catch(() => undefined);
      if (!connected) return;
      // A host that hangs is ended all the same.
      await abortable(connected.remote.close(), AbortSignal.timeout(FAREWELL)).catch(() => undefined);
      connected.end();
    },
  };
}
