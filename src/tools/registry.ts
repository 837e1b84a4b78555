/** The tools that a host knows, by name. */
import { AgentError } from '../core/index.ts';
import type { Tool } from '../core/index.ts';
import { compileCheck } from './validate.ts';
import type { InputCheck } from './validate.ts';

/** A registered tool with its compiled check. */
export interface RegisteredTool {
  readonly tool: Tool;
  readonly check: InputCheck;
}

export interface ToolRegistry {
  /** Adds a tool; the returned function removes it. Throws `tool-exists` for a taken name. */
  add(tool: Tool): () => void;
  /** Throws `unknown-tool`, with the names that exist. */
  get(name: string): RegisteredTool;
  /** All tools in the order in which they came: the same list until something changes. */
  list(): readonly Tool[];
}

/** Makes an empty registry. */
export function createToolRegistry(): ToolRegistry {
  const tools = new Map<string, RegisteredTool>();
  let listed: readonly Tool[] | undefined;
  return {
    add(tool) {
      if (tools.has(tool.name)) {
        throw new AgentError('tool-exists', `There is already a tool named "${tool.name}".`, {
          fix: 'Choose another name, or withdraw the first one with the function that tool() returned.',
          details: { tool: tool.name },
        });
      }
      const entry = { tool, check: compileCheck(tool) };
      tools.set(tool.name, entry);
      listed = undefined;
      return () => {
        if (tools.get(tool.name) !== entry) return;
        tools.delete(tool.name);
        listed = undefined;
      };
    },
    get(name) {
      const entry = tools.get(name);
      if (entry) return entry;
      const names = [...tools.keys()];
      throw new AgentError('unknown-tool', `There is no tool named "${name}".`, {
        fix: names.length > 0 ? `Use one of: ${names.join(', ')}.` : 'Offer it first with agent.tool().',
        details: { tool: name, names },
      });
    },
    list() {
      listed ??= Object.freeze([...tools.values()].map((entry) => entry.tool));
      return listed;
    },
  };
}
