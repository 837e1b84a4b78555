/** The agents of workflows, as parts of the assistant: each has words, tools and messages of its own, and shares the data. */
import { agentChannels, createSubAgent, lastTurn, userMessage } from '../agent/index.ts';
import type { AgentContext } from '../agent/index.ts';
import type { Model } from '../core/index.ts';
import { START, StateGraph } from '../engine/index.ts';
import { workflowChannels } from '../workflow/index.ts';
import type { AgentNode } from '../workflow/index.ts';

const { data, errors, audit, rounds } = workflowChannels;
const channels = { ...agentChannels, data, errors, audit, rounds };

/** Models by the names that documents give as `profile`. */
export type Profiles = Readonly<Record<string, () => Model>>;

/** Makes agents of the host's own model, or of that of their profile. */
export function agentNodeWith(profiles: Profiles = {}): AgentNode {
  return (spec) => {
    const { id, role, tools, allows, toolBudget, profile } = spec;
    const model = profile !== undefined && Object.hasOwn(profiles, profile) ? profiles[profile] : undefined;
    return new StateGraph<typeof channels, AgentContext>({ id, version: '1', channels })
      .addNode('ask', (state, ctx) => ({ messages: [userMessage(spec.prompt(state), ctx.task, ctx.now())] }))
      .addNode(
        'agent',
        createSubAgent({
          id: role,
          instructions: `You are the ${role}.`,
          tools: (tool) =>
            toolBudget > 0 &&
            allows(tool) &&
            (!tools || [tool.name, ...tool.aliases].some((name) => tools.includes(name))),
          ...(model ? { model } : {}),
          limits: { callsPerTurn: toolBudget },
        }),
      )
      .addNode('keep', (state) => spec.keep(state, lastTurn(state.messages).text))
      .addEdge(START, 'ask')
      .addEdge('ask', 'agent')
      .addEdge('agent', 'keep')
      .compile();
  };
}
