import { agentChannels, createSubAgent, lastTurn, userMessage } from '../../src/agent/index.ts';
import type { AgentContext } from '../../src/agent/index.ts';
import { START, StateGraph } from '../../src/engine/index.ts';
import { workflowChannels } from '../../src/workflow/index.ts';
import type { AgentNode } from '../../src/workflow/index.ts';

const channels = {
  ...agentChannels,
  data: workflowChannels.data,
  errors: workflowChannels.errors,
  audit: workflowChannels.audit,
  rounds: workflowChannels.rounds,
};

/** The agents of a workflow as the assistant's own graph: each has messages of its own, and shares the data. */
export const subAgentNode: AgentNode = (spec) =>
  new StateGraph<typeof channels, AgentContext>({ id: spec.id, version: '1', channels })
    .addNode('ask', (state, ctx) => ({ messages: [userMessage(spec.prompt(state), ctx.task, ctx.now())] }))
    .addNode(
      'agent',
      createSubAgent({
        id: spec.role,
        instructions: `You are the ${spec.role}.`,
        ...(spec.tools ? { tools: spec.tools } : {}),
        limits: { callsPerTurn: spec.toolBudget },
      }),
    )
    .addNode('keep', (state) => ({ data: spec.keep(state, lastTurn(state.messages).text).data ?? {} }))
    .addEdge(START, 'ask')
    .addEdge('ask', 'agent')
    .addEdge('agent', 'keep')
    .compile();
