/** An agent as a node of a site's own graph, with words and tools of its own. */
import { AgentError } from '../core/index.ts';
import type { Limits, Model, ModelRequest, ToolSpec } from '../core/index.ts';
import type { CompiledGraph } from '../engine/index.ts';
import type { Executor, ToolSet } from '../tools/index.ts';
import { agentGraph } from './agent-graph.ts';
import type { AgentChannels } from './channels.ts';
import { createAgentContext } from './context.ts';
import type { AgentContext } from './context.ts';

/** How a model is to write. */
export type ModelManner = Pick<ModelRequest, 'settings' | 'stop'>;

export interface SubAgentOptions {
  /** Names it in pictures and in the log. */
  readonly id: string;
  /** What it is told in the place of the agent's own instructions. */
  readonly instructions?: string;
  /** The tools that it may use, of those that the agent may: their names, or what says it of each. Default: all of them. */
  readonly tools?: readonly string[] | ((tool: ToolSpec) => boolean);
  /** A model of its own. Default: the agent's. */
  readonly model?: () => Model;
  /** How its model is to write. */
  readonly manner?: ModelManner;
  /** How far a turn of it may go. */
  readonly limits?: Partial<Limits>;
}

/** Lets only some tools through, whatever a model calls. */
function only(executor: Executor, isAllowed: (name: string) => boolean): Executor {
  return {
    ...executor,
    execute(task, scope, store) {
      const { toolName } = task;
      if (isAllowed(toolName)) return executor.execute(task, scope, store);
      const error = new AgentError('tool-not-granted', `This part of the assistant may not use "${toolName}".`, {
        fix: 'Use one of the tools that it has.',
        details: { tool: toolName },
      });
      const { code, message, fix } = error;
      return Promise.resolve({
        outcome: 'failed',
        output: { type: 'error-json', value: { code, message, fix } },
        error,
      });
    },
  };
}

/** The model, asked in that manner each time. */
function asked(model: Model, manner: ModelManner): Model {
  const { id, generative, sentTo } = model;
  return {
    ...{ id, generative },
    ...(sentTo ? { sentTo } : {}),
    // A remote one learns both from its server.
    get contextTokens() {
      return model.contextTokens;
    },
    get nativeTools() {
      return model.nativeTools;
    },
    stream: (request, options) => model.stream({ ...request, ...manner }, options),
  };
}

function contextFor(context: AgentContext, options: SubAgentOptions, own: Model | undefined): AgentContext {
  const { instructions, tools, limits, manner } = options;
  const { guideOfParts: guide, set, executor, toolOf } = context;
  const model = own ?? context.model;
  const names = typeof tools === 'object' ? new Set(tools) : undefined;
  const isAllowed = (name: string): boolean => {
    const tool = toolOf(name);
    if (typeof tools === 'function') return tool !== undefined && tools(tool);
    return names?.has(tool?.name ?? name) ?? true;
  };
  const some = (): ToolSet => {
    const all = set();
    return tools ? { ...all, has: (name) => isAllowed(name) && all.has(name) } : all;
  };
  const words = { ...(instructions === undefined ? {} : { instructions }), ...(limits ? { limits } : {}), stages: [] };
  return createAgentContext({
    ...context,
    model: manner ? asked(model, manner) : model,
    set: some,
    executor: tools ? only(executor, isAllowed) : executor,
    guide: guide?.with(words),
  });
}

/**
 * Makes an agent that is a node of another graph. It goes on with the `messages` of that graph and ends when its model
 * has no more to do. Give the graph the channels of an agent (`agentChannels`), so that what one part of the conversation
 * has read of strangers makes all parts careful.
 *
 * @example
 * const research = createSubAgent({ id: 'research', instructions: 'Find out; do not decide.', tools: ['search'] });
 * const graph = new StateGraph({ id: 'help', version: '1', channels: agentChannels })
 *   .addNode('research', research)
 *   .addNode('advise', createSubAgent({ id: 'advise', instructions: 'Advise by what was found.', tools: [] }))
 *   .addEdge(START, 'research').addEdge('research', 'advise')
 *   .compile();
 * serve({ graphs: [graph] });
 */
export function createSubAgent(options: SubAgentOptions): CompiledGraph<AgentChannels, AgentContext> {
  const made = new WeakMap<AgentContext, AgentContext>();
  const own = options.model?.();
  return agentGraph(options.id, (context) => {
    const known = made.get(context) ?? contextFor(context, options, own);
    made.set(context, known);
    return known;
  });
}
