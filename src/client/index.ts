/** The page's side: starts or finds the host, and gives handles to agents and threads. */
export { createAgent } from './agent.ts';
export { EMPTY_VIEW, watchThread } from './mirror.ts';
export type {
  Agent,
  AgentOptions,
  AgentReady,
  AgentStorage,
  AgentThreads,
  AgentTools,
  AgentWorkflows,
  AnswerOptions,
  CallView,
  ModelInfo,
  OfferOptions,
  PrepareModelOptions,
  RemoteModelOptions,
  SendOptions,
  StorageEstimate,
  TaskView,
  Thread,
  ThreadView,
  TurnResult,
  WorkerStarter,
  WorkflowResume,
  WorkflowSource,
  WorkflowStart,
  WorkflowStream,
} from './types.ts';
