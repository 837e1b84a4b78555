/** Workflows: documents, expressions, their compilation, the engine's facade. */
export type { WorkflowCalls } from './calls.ts';
export type { AuditRecord, Data, Origin, WorkflowChannels, WorkflowState, WorkflowUpdate } from './compile/channels.ts';
export { workflowChannels } from './compile/channels.ts';
export { compileWorkflow } from './compile/compile.ts';
export type { FlowGraph } from './compile/flow.ts';
export { EXPIRED_ANSWER } from './compile/hitl-node.ts';
export type { HitlRequest } from './compile/hitl-node.ts';
export { ResultCache } from './compile/result-cache.ts';
export type { ResultCacheOptions } from './compile/result-cache.ts';
export type { ResultStore, StoredResult } from './compile/result-store.ts';
export { contentHash } from './hash.ts';
export type {
  AgentNode,
  AgentNodeSpec,
  CompileOptions,
  Condition,
  Handler,
  Transform,
  WorkflowContext,
  WorkflowNode,
} from './compile/ports.ts';
export type {
  AgentSpec,
  ComputeSpec,
  ConditionSpec,
  Constraints,
  HitlSpec,
  MemberSpec,
  NodeSpec,
  ParallelSpec,
  Place,
  SubWorkflowSpec,
  TeamSpec,
  TransformSpec,
  WorkflowDocument,
  WorkflowSpec,
} from './document.ts';
export { WorkflowEngine } from './engine.ts';
export type {
  ProgressEvent,
  WorkflowEngineOptions,
  WorkflowEvent,
  WorkflowResult,
  WorkflowRun,
  WorkflowRunOptions,
  WorkflowSource,
} from './engine.ts';
export { faultLine, faultsOf, suggest } from './faults.ts';
export type { Fault } from './faults.ts';
export { outlineOf } from './outline.ts';
export type { OutlineNode } from './outline.ts';
export { PlanCache } from './plan-cache.ts';
export { createProgress } from './progress.ts';
export { checkWorkflow, readDocument } from './read/document.ts';
export type { CheckedWorkflow, ReadOptions } from './read/document.ts';
export type { Entry, Parse, Parsed, ScalarTree, Source, Tree } from './tree.ts';
