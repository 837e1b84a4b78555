/** Ports, errors, events and the types that every folder shares. Imports nothing. */
export { doneTasks } from './done-tasks.ts';
export { AgentError, asAgentError, ERROR_CODES, errorText, fromWire, isAgentError, toWire } from './errors.ts';
export type { ErrorCode, WireError } from './errors.ts';
export type { AnyEventBody, EventBody, RunEvent } from './events.ts';
export type { ExplainedCall, ExplainedField, ExplainedText, ExplainedWord, Explanation } from './explanation.ts';
export type { HistoryEntry, HistoryKind, HistoryWrite } from './history.ts';
export { randomId } from './ids.ts';
export { isRecord, shortHash, stableText } from './json.ts';
export { NO_ENTRIES, NONE } from './none.ts';
export type { Json, JsonSchema } from './json.ts';
export type { Budget, Limits, Prices } from './limits.ts';
export { messageCalls, messageText } from './message.ts';
export type {
  AssistantMessage,
  FilePart,
  Message,
  ReasoningPart,
  SystemMessage,
  TextPart,
  ToolCallPart,
  ToolMessage,
  ToolOutput,
  ToolResultPart,
  TurnCall,
  Usage,
  UserMessage,
} from './message.ts';
export type { ModelChoice, PageModelInfo, RemoteModelConfig } from './model-choice.ts';
export type {
  Checkpointer,
  GrantStore,
  LogEntry,
  Model,
  ModelPart,
  ModelRequest,
  ModelSettings,
  ModelTool,
  Retention,
  SpendingStore,
  ThreadInfo,
  ThreadLog,
} from './ports.ts';
export { createQueue } from './queue.ts';
export type { Queue } from './queue.ts';
export type { RecordedExchange, RecordedRequest, Recording } from './recording.ts';
export type {
  Answers,
  Approval,
  ApprovalRequest,
  ApprovalScope,
  Grant,
  Interrupt,
  LimitReached,
  OutcomeAnswer,
  OutcomeUnknown,
  RunResult,
  RunStatus,
  Snapshot,
} from './run.ts';
export { abortable, abortError, stopError } from './signal.ts';
export type { Stage, StageState } from './stage.ts';
export { asTool, checkTool, TOOL_SOURCES, toolSpec } from './tool.ts';
export type {
  InputIssue,
  Tool,
  ToolContext,
  ToolDanger,
  ToolEffect,
  ToolInfo,
  ToolSetPreset,
  ToolSetRecipe,
  ToolSource,
  ToolSpec,
} from './tool.ts';
export { createVerticals } from './vertical.ts';
export type { AgentVerticals, AskPart, VerticalChange, VerticalEntry } from './vertical.ts';
export type { Path, Write } from './write.ts';
