/** The agent as a graph: the model speaks or calls tools, the tools answer, the model goes on. */
import { messageCalls } from '../core/index.ts';
import type { Message, Model, ToolCallPart } from '../core/index.ts';
import { END, Send, START, StateGraph } from '../engine/index.ts';
import type { CompiledGraph } from '../engine/index.ts';
import { append, last } from '../state/index.ts';
import type { ToolRegistry } from '../tools/index.ts';
import { modelNode } from './model-node.ts';
import { toolNode } from './tool-node.ts';

/** What the nodes of the agent work with; given with each run, never stored. */
export interface AgentContext {
  readonly model: Model;
  readonly tools: ToolRegistry;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const channels = {
  messages: append<Message>(),
  /** Names the thread in lists: the beginning of its first message. */
  title: last(() => ''),
};

export type AgentChannels = typeof channels;
export type AgentGraph = CompiledGraph<AgentChannels, AgentContext>;

/** The id under which a host runs the agent. */
export const AGENT = 'agent';

function toTools({ messages }: { readonly messages: readonly Message[] }): readonly Send[] | typeof END {
  const latest = messages.at(-1);
  const calls = latest ? messageCalls(latest) : [];
  return calls.length > 0 ? calls.map((call) => new Send('tool', call)) : END;
}

/** Compiles the agent. Bind it to a host's checkpointer with `with()`. */
export function createAgentGraph(): AgentGraph {
  return new StateGraph<AgentChannels, AgentContext>({ id: AGENT, version: '1', channels })
    .addNode('model', modelNode)
    .addSendNode<ToolCallPart>('tool', toolNode)
    .addEdge(START, 'model')
    .addConditionalEdges('model', toTools, ['tool', END])
    .addEdge('tool', 'model')
    .compile();
}
