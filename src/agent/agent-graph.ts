/** The agent as a graph: the model speaks or calls tools, the tools answer, the model goes on. */
import { messageCalls } from '../core/index.ts';
import type { Message, ToolCallPart } from '../core/index.ts';
import { END, Send, START, StateGraph } from '../engine/index.ts';
import type { CompiledGraph } from '../engine/index.ts';
import { channels } from './channels.ts';
import type { AgentChannels, AgentContext } from './channels.ts';
import { modelNode } from './model-node.ts';
import { toolNode } from './tool-node.ts';

type AgentGraph = CompiledGraph<AgentChannels, AgentContext>;

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
