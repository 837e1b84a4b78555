/** The agents of workflows, as parts of the assistant: each has words, tools and messages of its own, and shares the data. */
import { agentChannels, createSubAgent, lastTurn, userMessage } from '../agent/index.ts';
import type { AgentContext } from '../agent/index.ts';
import type { Model } from '../core/index.ts';
import { START, StateGraph } from '../engine/index.ts';
import { suggest, workflowChannels } from '../workflow/index.ts';
import type { AgentNode } from '../workflow/index.ts';

const { data, errors, audit, rounds } = workflowChannels;
const channels = { ...agentChannels, data, errors, audit, rounds };

/** Models by the names that documents give as `profile`. */
export type Profiles = Readonly<Record<string, () => Model>>;

/** The fields that are there; undefined where none is. */
function defined<T extends object>(fields: T): { readonly [K in keyof T]?: NonNullable<T[K]> } | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length > 0 ? (Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> }) : undefined;
}

/** Makes agents of the host's own model, or of that of their profile. */
export function agentNodeWith(profiles: Profiles = {}, own?: Model): AgentNode {
  return (spec) => {
    const { id, role, tools, allows, toolBudget, profile, llm } = spec;
    const { modelHint, temperature, maxTokens: max_tokens, topP: top_p, stopSequences: stop } = llm;
    const settings = defined({ temperature, max_tokens, top_p });
    const wanted = profile ?? modelHint;
    const model = wanted !== undefined && Object.hasOwn(profiles, wanted) ? profiles[wanted]?.() : undefined;
    const manner = defined({ settings, stop });
    if (wanted !== undefined && !model)
      spec.note(
        `There is no model \`${wanted}\` here, so that \`${profile === undefined ? 'model_hint' : 'profile'}\` has no effect.`,
        suggest(wanted, Object.keys(profiles)) ?? 'Give `profiles` to the workflows of a worker of your own.',
      );
    if (manner && (model ?? own)?.generative === false)
      spec.note(
        'This assistant follows rules, so that `llm_config` has no effect.',
        'Give the agent a language model.',
      );
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
          ...(model ? { model: () => model } : {}),
          ...(manner ? { manner } : {}),
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
