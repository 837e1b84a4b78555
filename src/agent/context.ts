/** What the nodes of the agent work with. */
import type { AssistantMessage, Message, Model, ModelRequest, ModelTool, ToolSpec } from '../core/index.ts';
import type { Context } from '../engine/index.ts';
import type { State, Update } from '../state/index.ts';
import type { Executor, ToolRegistry, ToolSet } from '../tools/index.ts';
import type { AgentChannels } from './channels.ts';
import type { GuideOptions } from './guide.ts';
import { createToolChoice } from './model-tools.ts';

/** What the nodes of an agent ask of the run that they are part of. The context of a node is one. */
export type AgentScope = Pick<Context<AgentContext>, 'context' | 'runId' | 'step' | 'task' | 'signal' | 'emit'>;

/** What a model that writes freely needs beside its tools. A model that follows rules has none. */
export interface Guide {
  /** Whether something is to be prepared before the model is asked. */
  isDue(state: State<AgentChannels>, context: AgentContext): boolean;
  prepare(state: State<AgentChannels>, ctx: AgentScope): Promise<Update<AgentChannels>>;
  /** The tools and categories that come first where not all have room. */
  preferred(state: State<AgentChannels>): readonly string[];
  request(
    state: State<AgentChannels>,
    messages: readonly Message[],
    tools: readonly ModelTool[],
    now: number,
  ): ModelRequest;
  /** The answer; or, where the model cannot give one yet, what is to be done about it. */
  ask(
    request: ModelRequest,
    state: State<AgentChannels>,
    ctx: AgentScope,
    id: string,
  ): Promise<AssistantMessage | Pick<Update<AgentChannels>, 'seen'>>;
  /** One with other words or limits, for a part of the conversation. What it takes counts together. */
  with(options: Pick<GuideOptions, 'instructions' | 'limits' | 'stages'>): Guide;
  /** What becomes of an answer: messages that follow it, and whether the model is asked again at once. */
  settle(
    answer: AssistantMessage,
    state: State<AgentChannels>,
    ctx: AgentScope,
  ): { readonly answer: AssistantMessage; readonly more: readonly Message[]; readonly isAgain: boolean };
}

export interface AgentContextOptions {
  readonly model: Model;
  /** Needed where the model is a language model, or that of a part. */
  readonly guide?: Guide | undefined;
  readonly registry: ToolRegistry;
  /** The tools that may be used just now. */
  readonly set: () => ToolSet;
  readonly executor: Executor;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Given with each run of the agent, never stored. */
export interface AgentContext extends AgentContextOptions {
  /** That of the model; none where it follows rules. */
  readonly guide: Guide | undefined;
  /** What guides a part of the agent that has a language model of its own. */
  readonly guideOfParts: Guide | undefined;
  /** The tools that the model gets for a message of the person. */
  readonly select: (message: Message | undefined, preferred?: readonly string[]) => readonly ModelTool[];
  readonly toolOf: (name: string) => ToolSpec | undefined;
}

/** Makes the context of an agent's runs; one serves all threads. */
export function createAgentContext(options: AgentContextOptions): AgentContext {
  const { registry, model, set, guide } = options;
  return {
    ...options,
    guide: model.generative ? guide : undefined,
    guideOfParts: guide,
    select: createToolChoice(registry, set, model),
    toolOf: (name) => registry.find(name)?.tool,
  };
}
