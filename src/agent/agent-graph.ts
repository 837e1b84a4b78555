/** The agent as a graph: the model speaks or calls tools, the tools answer, the model goes on. */
import { END, START, StateGraph } from '../engine/index.ts';
import type { CompiledGraph } from '../engine/index.ts';
import type { ToolTask } from '../tools/index.ts';
import { channels } from './channels.ts';
import type { AgentChannels } from './channels.ts';
import type { AgentContext } from './context.ts';
import { modelNode, prepareNode } from './model-node.ts';
import { outputNode } from './output-node.ts';
import { afterCalls, afterModel, afterPreparing } from './pending-calls.ts';
import { toolNode } from './tool-node.ts';

type AgentGraph = CompiledGraph<AgentChannels, AgentContext>;

/** The id under which a host runs the agent. */
export const AGENT = 'agent';

/** Compiles the agent. Bind it to a host's checkpointer with `with()`. */
export function createAgentGraph(): AgentGraph {
  return new StateGraph<AgentChannels, AgentContext>({ id: AGENT, version: '1', channels })
    .addNode('model', modelNode, { ends: ['prepare', 'model'] })
    .addNode('prepare', prepareNode)
    .addSendNode<ToolTask>('tool', toolNode)
    .addNode('outputs', outputNode)
    .addEdge(START, 'model')
    .addConditionalEdges('model', afterModel, ['tool', 'outputs', END])
    .addConditionalEdges('prepare', afterPreparing, ['model', END])
    .addConditionalEdges('tool', afterCalls, ['tool', 'outputs', 'model'])
    .addConditionalEdges('outputs', afterCalls, ['tool', 'outputs', 'model'])
    .compile();
}
