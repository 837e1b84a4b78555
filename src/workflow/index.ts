/** Workflows: documents, expressions, their compilation, the engine's facade. */
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
export { faultLine } from './faults.ts';
export type { Fault } from './faults.ts';
export { checkWorkflow, readDocument } from './read/document.ts';
export type { CheckedWorkflow, ReadOptions } from './read/document.ts';
export type { Entry, Parse, Parsed, ScalarTree, Source, Tree } from './tree.ts';
