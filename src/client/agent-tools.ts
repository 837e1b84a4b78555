/** The handle of the tools of an agent's host. */
import type { Connection } from './connection.ts';
import type { AgentTools } from './types.ts';

/** Tools that a search gives when nobody says how many. */
const FOUND = 10;

/** Makes the handle on a connection. */
export function agentTools({ ask }: Connection): AgentTools {
  return {
    list: () => ask((remote) => remote.listTools()),
    search: (query, { limit = FOUND } = {}) => ask((remote) => remote.searchTools(query, limit)),
    disable: (name) => ask((remote) => remote.enableTool(name, false)),
    enable: (name) => ask((remote) => remote.enableTool(name, true)),
    registerCategory: (name, tools, { allowRuntime = false } = {}) =>
      ask((remote) => remote.addCategory(name, [...tools], false, allowRuntime)),
    extendCategory: (name, tools, { allowRuntime = false } = {}) =>
      ask((remote) => remote.addCategory(name, [...tools], true, allowRuntime)),
    categories: () => ask((remote) => remote.categories()),
    use: (set) => ask((remote) => remote.useTools(set)),
    freeze: () => ask((remote) => remote.freezeTools()),
  };
}
