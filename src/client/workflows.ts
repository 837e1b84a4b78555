/** What runs an agent's workflows, loaded when somebody asks for it. */
import type { Connection } from './connection.ts';
import type { AgentWorkflows, Thread } from './types.ts';
import { workflowPart } from './workflow-part.ts';

const loaded = new WeakMap<Connection, Promise<AgentWorkflows>>();

/** The workflows of a connection: loaded once, and again when that has failed. */
export function loadWorkflows(
  connection: Connection,
  thread: (id: string, options: { graph: string }) => Thread,
): Promise<AgentWorkflows> {
  const known = loaded.get(connection);
  if (known) return known;
  const loading = import('../workflow-page/index.ts').then(({ createWorkflows }) =>
    createWorkflows({
      thread: (id, graph) => thread(id, { graph }),
      ask: (call, args) => connection.ask((remote) => remote.askPart('workflows', workflowPart(), call, args)),
    }),
  );
  loaded.set(connection, loading);
  loading.catch(() => loaded.delete(connection));
  return loading;
}
