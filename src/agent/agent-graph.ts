/** The agent as a graph: the model speaks or calls tools, the tools answer, the model goes on. */
import { END, START, StateGraph } from '../engine/index.ts';
import type { CompiledGraph, Context } from '../engine/index.ts';
import type { ToolTask } from '../tools/index.ts';
import { agentChannels } from './channels.ts';
import type { AgentChannels } from './channels.ts';
import type { AgentContext, AgentScope } from './context.ts';
import { modelNode, prepareNode } from './model-node.ts';
import { outputNode } from './output-node.ts';
import { afterCalls, afterModel, afterPreparing } from './pending-calls.ts';
import { toolNode } from './tool-node.ts';

type AgentGraph = CompiledGraph<AgentChannels, AgentContext>;

/** The id under which a host runs the agent. */
export const AGENT = 'agent';

/** A run with another context. */
function within(ctx: Context<AgentContext>, context: AgentContext): AgentScope {
  if (context === ctx.context) return ctx;
  const { runId, step, task } = ctx;
  return {
    ...{ context, runId, step, task },
    emit: (event) => {
      ctx.emit(event);
    },
    get signal() {
      return ctx.signal;
    },
  };
}

/**
 * Compiles an agent. Bind it to a host's checkpointer with `with()`.
 *
 * @param own gives the context that its nodes work with, of that of the run.
 */
export function agentGraph(id: string, own: (context: AgentContext) => AgentContext): AgentGraph {
  return new StateGraph<AgentChannels, AgentContext>({ id, version: '1', channels: agentChannels })
    .addNode('model', (state, ctx) => modelNode(state, within(ctx, own(ctx.context))), { ends: ['prepare', 'model'] })
    .addNode('prepare', (state, ctx) => prepareNode(state, within(ctx, own(ctx.context))))
    .addSendNode<ToolTask>('tool', (task, ctx) => toolNode(task, ctx, own(ctx.context)))
    .addNode('outputs', outputNode)
    .addEdge(START, 'model')
    .addConditionalEdges('model', afterModel, ['tool', 'outputs', END])
    .addConditionalEdges('prepare', afterPreparing, ['model', END])
    .addConditionalEdges('tool', afterCalls, ['tool', 'outputs', 'model'])
    .addConditionalEdges('outputs', afterCalls, ['tool', 'outputs', 'model'])
    .compile();
}

/** Compiles the agent of a host. */
export const createAgentGraph = (): AgentGraph => agentGraph(AGENT, (context) => context);
