/** The agent's handle. */
import { AgentError, checkTool, randomId } from '../core/index.ts';
import { closeConnection, connectionFor } from './shared.ts';
import { currentThread, forgetThread, rememberThread } from './current-thread.ts';
import { agentStorage } from './storage.ts';
import { createThread } from './thread.ts';
import { agentThreads, checkRetention, threadId } from './threads.ts';
import { agentTools } from './agent-tools.ts';
import { loadWorkflows } from './workflows.ts';
import type { Agent, AgentOptions, Thread } from './types.ts';

/** The graph that a thread runs when it names no other. */
const DEFAULT_GRAPH = 'agent';

const APPROVALS: readonly string[] = ['auto', 'dangerous', 'all'];

const NAMESPACE = /^[A-Za-z0-9_.-]{1,64}$/;

/**
 * Gives the page its agent. Returns at once; the host starts in the background. The same options on one page give the
 * same host, so an element and a script see the same threads and tools.
 *
 * @throws AgentError `invalid-option` for a namespace that is not 1 to 64 of `A-Z a-z 0-9 _ . -` and for other options
 *   that have no meaning, and what `tool()` throws.
 * @example
 * const agent = createAgent({ namespace: hashedUserId });
 * const { text } = await agent.thread().send('what is in my cart?');
 */
export function createAgent(options: AgentOptions = {}): Agent {
  const { namespace = 'default', tools = [], approval = 'dangerous', approvalTimeout = 1 } = options;
  if (!NAMESPACE.test(namespace)) {
    throw new AgentError('invalid-option', `"${namespace}" is no namespace.`, {
      fix: 'Use 1 to 64 of A-Z a-z 0-9 _ . - such as a hashed user id.',
    });
  }
  if (!APPROVALS.includes(approval)) {
    throw new AgentError('invalid-option', `"${approval}" is no way to ask.`, {
      fix: `Use one of: ${APPROVALS.join(', ')}.`,
    });
  }
  if (!(approvalTimeout > 0)) {
    throw new AgentError('invalid-option', '`approvalTimeout` must be milliseconds above 0.', {
      fix: 'Leave it out, so that questions stay open.',
    });
  }
  checkRetention(options.retention ?? {});
  for (const tool of tools) checkTool(tool);
  const connection = connectionFor(options);
  const thread = (id?: string, { graph = DEFAULT_GRAPH }: { graph?: string } = {}): Thread => {
    return createThread(connection, { id: threadId(id ?? currentThread(namespace)), graph });
  };
  for (const tool of tools) connection.offer(tool);
  return {
    ready: connection.ready,
    tool: (tool, offer) => connection.offer(tool, offer),
    workflows: () => loadWorkflows(connection, thread),
    tools: agentTools(connection),
    verticals: connection.verticals,
    threads: agentThreads(connection, thread),
    storage: agentStorage(connection),
    thread,
    newThread() {
      const id = randomId();
      rememberThread(namespace, id);
      return thread(id);
    },
    prepareModel: (prepare) => connection.prepareModel(prepare),
    recording: () => connection.ask((remote) => remote.recording()),
    async erase() {
      try {
        await connection.ask((remote) => remote.erase());
      } finally {
        forgetThread(namespace);
        await closeConnection(connection);
      }
    },
    close: () => closeConnection(connection),
  };
}
