/** What a workflow is compiled with, and what it runs with. */
import type { ToolSpec } from '../../core/index.ts';
import type { AnyGraph, Context, Node } from '../../engine/index.ts';
import type { Executor } from '../../tools/index.ts';
import type { LlmConfig } from '../document.ts';
import type { ResultCache } from './result-cache.ts';
import type { Data, WorkflowChannels, WorkflowState, WorkflowUpdate } from './channels.ts';

/** Given with each run of a workflow, never stored. The context of an agent's run is one. */
export interface WorkflowContext {
  /** Makes the calls of compute nodes. */
  readonly executor: Executor;
  /** What is known of a tool. */
  readonly toolOf: (name: string) => ToolSpec | undefined;
  /** Who answers the questions of this run, for the record. */
  readonly by?: string;
}

export type WorkflowNode = Node<WorkflowChannels, WorkflowContext>;

type Given<T> = T | Promise<T>;

/** Gives the result of a compute node. */
export type Handler = (inputs: Data, data: Data, context: Context<WorkflowContext>) => unknown;
/** Gives a value whose branch is taken. */
export type Condition = (data: Data, context: Context<WorkflowContext>) => unknown;
/** Gives the names to set, with their values. */
export type Transform = (data: Data, context: Context<WorkflowContext>) => Given<Data>;

/** An agent as a workflow asks for it. */
export interface AgentNodeSpec {
  /** Names the node, for pictures and for the log. */
  readonly id: string;
  readonly role: string;
  /** The tools that it may use; undefined for all. */
  readonly tools?: readonly string[];
  /** Whether it may use a tool, by the constraints of its node. */
  readonly allows: (tool: ToolSpec) => boolean;
  /** How many calls it may make. */
  readonly toolBudget: number;
  readonly llm: LlmConfig;
  readonly profile?: string;
  /** What it is asked, given the state. Throws `expression-failed`. */
  readonly prompt: (state: WorkflowState) => string;
  /** Says, at the node's place, what of it has no effect here. */
  readonly note: (message: string, suggestion?: string) => void;
  /** The update that keeps what it has said. */
  readonly keep: (state: WorkflowState, said: string) => WorkflowUpdate;
}

/**
 * Makes the node of an agent: a function, or a compiled graph that has the channels `data` and `taintedBy` of a workflow
 * beside its own, begins with `prompt` and ends with `keep`.
 */
export type AgentNode = (spec: AgentNodeSpec) => WorkflowNode | AnyGraph;

export interface CompileOptions {
  /** By the names that documents use. */
  readonly handlers?: Readonly<Record<string, Handler>>;
  readonly conditions?: Readonly<Record<string, Condition>>;
  readonly transforms?: Readonly<Record<string, Transform>>;
  /** Without it, a workflow that has agents cannot be compiled. */
  readonly agentNode?: AgentNode;
  /** Keeps what registered functions of `pure` nodes give. Default: nothing is kept. */
  readonly results?: ResultCache;
  /** Milliseconds since 1970. Default: `Date`. */
  readonly now?: () => number;
}
