/**
 * The engine as a plain library, for page, worker and Node: `import { StateGraph } from 'inpage/engine'`.
 *
 * @module
 */
export { createMemoryCheckpointer } from './checkpoint/index.ts';
export { AgentError, isAgentError } from './core/index.ts';
export type {
  Checkpointer,
  HistoryEntry,
  HistoryKind,
  HistoryWrite,
  Interrupt,
  LimitReached,
  RunEvent,
  RunResult,
  Snapshot,
  Write,
} from './core/index.ts';
export {
  Command,
  CompiledGraph,
  draftNode,
  END,
  getHistory,
  migration,
  profiler,
  Send,
  START,
  StateGraph,
  toMermaid,
  undo,
} from './engine/index.ts';
export type {
  AnyGraph,
  Context,
  DraftNode,
  EdgeDescription,
  Failure,
  Goto,
  GraphDescription,
  GraphSpec,
  InterruptOptions,
  Node,
  Migration,
  NodeDescription,
  NodeOptions,
  Ports,
  Profiler,
  RetryPolicy,
  Run,
  RunOptions,
  SendNode,
  StreamMode,
  StreamOptions,
} from './engine/index.ts';
export { append, last, local, map, Overwrite, reduce, text } from './state/index.ts';
export type { Channel, Channels, Draft, State, Update } from './state/index.ts';
