/** What the nodes of the agent work with. */
import type { Budget, Limits, Message, Model, ModelTool, SpendingStore, ToolSpec, Usage } from '../core/index.ts';
import type { Executor, ToolRegistry, ToolSet } from '../tools/index.ts';
import { createTokenCounter } from './compaction/token-counter.ts';
import type { TokenCounter } from './compaction/token-counter.ts';
import { checkBudget } from './guards/budget.ts';
import { limitsOf } from './guards/limits.ts';
import { createToolChoice } from './model-tools.ts';

export interface AgentContextOptions {
  readonly model: Model;
  /** What the site tells a language model before everything else. */
  readonly instructions?: string | undefined;
  readonly registry: ToolRegistry;
  /** The tools that may be used just now. */
  readonly set: () => ToolSet;
  readonly executor: Executor;
  /** How far a turn may go, where that is not the default. */
  readonly limits?: Partial<Limits> | undefined;
  readonly budget?: Budget | undefined;
  /** Where a day's spending is kept; without it, a day has no limit. */
  readonly spending?: SpendingStore | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Given with each run of the agent, never stored. */
export interface AgentContext extends Omit<AgentContextOptions, 'set' | 'limits'> {
  readonly limits: Limits;
  readonly counter: TokenCounter;
  /** What the runs under way have taken, by their ids. */
  readonly spent: Map<string, Usage>;
  /** The tools that the model gets for a message of the person. */
  readonly select: (message: Message | undefined) => readonly ModelTool[];
  readonly toolOf: (name: string) => ToolSpec | undefined;
}

/**
 * Makes the context of an agent's runs; one serves all threads.
 *
 * @throws AgentError `invalid-option` for limits or a budget that are none.
 */
export function createAgentContext({ set, limits, budget, ...rest }: AgentContextOptions): AgentContext {
  const { registry, model } = rest;
  return {
    ...rest,
    limits: limitsOf(limits),
    budget: budget && checkBudget(budget),
    counter: createTokenCounter(),
    spent: new Map(),
    select: createToolChoice(registry, set, model),
    toolOf: (name) => registry.find(name)?.tool,
  };
}
