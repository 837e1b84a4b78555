/**
 * inpage: an agent inside a web page.
 *
 * @example
 * import { createAgent, defineTool } from 'inpage';
 * const agent = createAgent();
 * agent.tool(defineTool({
 *   name: 'greet', description: 'Greet somebody', effect: 'read', examples: ['say hello to Ada'],
 *   input: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
 *   run: ({ name }: { name: string }) => `Hello ${name}`,
 * }));
 * const { text } = await agent.thread().send('say hello to Ada');
 *
 * @module
 */
export { createAgent, watchThread } from './client/index.ts';
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
  WorkflowOutline,
  WorkflowResume,
  WorkflowSource,
  WorkflowStart,
  WorkflowStream,
} from './client/index.ts';
export { AgentError, isAgentError } from './core/index.ts';
export type {
  AgentVerticals,
  Approval,
  ApprovalRequest,
  ApprovalScope,
  Budget,
  ErrorCode,
  ExplainedCall,
  ExplainedField,
  ExplainedText,
  ExplainedWord,
  Explanation,
  Grant,
  HistoryEntry,
  HistoryKind,
  HistoryWrite,
  InputIssue,
  Interrupt,
  JsonSchema,
  Limits,
  Message,
  Model,
  OutcomeAnswer,
  OutcomeUnknown,
  Prices,
  RemoteModelConfig,
  RecordedExchange,
  RecordedRequest,
  Recording,
  Retention,
  RunEvent,
  RunStatus,
  Snapshot,
  Stage,
  ThreadInfo,
  Tool,
  ToolContext,
  ToolInfo,
  ToolSetPreset,
  ToolSetRecipe,
  ToolSource,
  VerticalChange,
  VerticalEntry,
  Write,
} from './core/index.ts';
export { record, remoteModel, replay } from './models/index.ts';
export type { Recorder, RemoteModelInit, ReplayOptions } from './models/index.ts';
export { fromAISDK, promptApi, promptAvailability } from './page/index.ts';
export type { AISDKModel, AISDKOptions, PromptApiOptions, PromptAvailability } from './page/index.ts';
export type { ScriptTag, TagAgent, TagCommand } from './script-tag.ts';
export { defineTool } from './tools/index.ts';
export type { ToolDefinition } from './tools/index.ts';
