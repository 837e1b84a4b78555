/** The validated document: plain data, so that it can be sent to the worker that compiles it. */
import type { Fault } from './faults.ts';

/** Where something stands, by lines and columns from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Some text of a document that is read again where it runs, such as an expression. */
export interface Located {
  readonly text: string;
  readonly at: Place;
}

/** Everything that a file says, checked, its references followed and its variables filled in. */
export interface WorkflowDocument {
  /** The version of this form. */
  readonly format: 1;
  readonly file: string;
  /** Whether the file has `inpage: 1`, so that nothing in it may be unknown. */
  readonly strict: boolean;
  /** Names the contents: two documents with the same one do the same. */
  readonly hash: string;
  /** Names the texts that it was read from: with other ones, what it does is the same but stands elsewhere. */
  readonly layout: string;
  readonly workflows: Readonly<Record<string, WorkflowSpec>>;
  /** What is read otherwise than it looks, or not served in a page. */
  readonly notes: readonly Fault[];
}

export interface WorkflowSpec {
  readonly name: string;
  readonly description: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly start: string;
  readonly execution: Execution;
  readonly nodes: readonly NodeSpec[];
  readonly at: Place;
}

export interface Execution {
  /** Milliseconds that a run may take; time that it waits for persons does not count. */
  readonly timeout?: number;
  /** How often a node that is part of a loop may run. */
  readonly maxIterations: number;
}

/** What is done when a node has failed for good: the run fails, it goes on as if nothing was, or it goes on elsewhere. */
export type OnError = 'fail' | 'continue' | { readonly goto: string };

/** What every node has. */
export interface NodeBase {
  readonly id: string;
  readonly name: string;
  /** Where it leads, implicit chaining done; of a branch of a `parallel` node, within that branch. */
  readonly next: readonly string[];
  readonly at: Place;
  /** Milliseconds that one try may take. */
  readonly timeout?: number;
  /** Tries beyond the first, and milliseconds before the second. */
  readonly retry?: { readonly attempts: number; readonly delay?: number };
  readonly onError: OnError;
  readonly constraints: Constraints;
  /** A version tag: what the node gives depends on its inputs alone. */
  readonly pure?: string;
}

/** What a node may not do, or how much of it. What is not named is allowed. */
export interface Constraints {
  readonly llm: boolean;
  readonly network: boolean;
  readonly write: boolean;
  readonly maxToolCalls?: number;
  readonly allowedTools?: readonly string[];
  readonly blockedTools?: readonly string[];
}

/** Plain data in which a text that begins with `$ctx.` is a path into the data, and `{{…}}` in a text an expression. */
export type Inputs = Readonly<Record<string, unknown>>;

export interface LlmConfig {
  readonly temperature?: number;
  readonly modelHint?: string;
  readonly maxTokens?: number;
  readonly topP?: number;
  readonly stopSequences?: readonly string[];
}

export interface AgentSpec extends NodeBase {
  readonly type: 'agent';
  readonly role: string;
  /** With `{{key}}` and `{key}` for data. */
  readonly goal: Located;
  readonly toolBudget: number;
  /** The tools that it may use; undefined for all. */
  readonly tools?: readonly string[];
  /** Further names by which its goal knows data. */
  readonly inputs?: Inputs;
  readonly output: string;
  readonly llm: LlmConfig;
  readonly profile?: string;
}

export interface ComputeSpec extends NodeBase {
  readonly type: 'compute';
  readonly tools: readonly string[];
  /** A registered function, in place of tools. */
  readonly handler?: Located;
  readonly inputs: Inputs;
  readonly output: string;
  /** Whether the first tool that fails fails the node; else it fails when all have. */
  readonly failFast: boolean;
  readonly parallel: boolean;
}

export interface ConditionSpec extends NodeBase {
  readonly type: 'condition';
  /** A registered condition, else an expression. */
  readonly condition: Located;
  readonly branches: Readonly<Record<string, string>>;
  readonly otherwise?: string;
}

/** When the branches of a `parallel` node are done: all; as soon as so many have succeeded; as soon as one has ended. */
export type JoinStrategy = 'all' | 'first' | { readonly succeeded: number };

export interface ParallelSpec extends NodeBase {
  readonly type: 'parallel';
  /** The first node of each branch. */
  readonly branches: readonly string[];
  readonly join: JoinStrategy;
  /** Where what the branches gave is put together. */
  readonly merge?: string;
}

export interface TransformSpec extends NodeBase {
  readonly type: 'transform';
  /** A registered transform, else assignments. */
  readonly transform: Located;
}

export type HitlType = 'approval' | 'review' | 'choice' | 'input' | 'confirmation';
export type Fallback = 'abort' | 'continue' | 'skip' | 'retry';

export interface HitlSpec extends NodeBase {
  readonly type: 'hitl';
  readonly hitlType: HitlType;
  readonly prompt: Located;
  /** The data that is shown, and in a review may be changed. */
  readonly contextKeys: readonly string[];
  readonly choices: readonly unknown[];
  readonly defaultValue?: unknown;
  /** Milliseconds after which nobody is waited for any more; undefined for never. */
  readonly expires?: number;
  readonly fallback: Fallback;
  readonly output: string;
}

export type Formation = 'sequential' | 'parallel' | 'pipeline' | 'consensus';

export interface MemberSpec {
  readonly id: string;
  readonly role: string;
  readonly goal: Located;
  readonly tools?: readonly string[];
  readonly toolBudget: number;
  readonly expertise: readonly string[];
}

export interface TeamSpec extends NodeBase {
  readonly type: 'team';
  readonly goal: Located;
  readonly formation: Formation;
  readonly members: readonly MemberSpec[];
  readonly merge: 'dict' | 'list';
  readonly output: string;
  readonly continueOnError: boolean;
  /** Rounds of a consensus. */
  readonly maxIterations: number;
}

export interface SubWorkflowSpec extends NodeBase {
  readonly type: 'workflow';
  readonly workflow: Located;
  /** What it begins with; undefined for all data. */
  readonly inputs?: Inputs;
  readonly output: string;
}

export type NodeSpec =
  AgentSpec | ComputeSpec | ConditionSpec | ParallelSpec | TransformSpec | HitlSpec | TeamSpec | SubWorkflowSpec;

export type NodeType = NodeSpec['type'];
