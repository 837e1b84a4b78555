/**
 * The engine as a plain library, for page, worker and Node: `import { StateGraph } from 'inpage/engine'`.
 *
 * @module
 */
export { createMemoryCheckpointer } from './checkpoint/index.ts';
export { AgentError, isAgentError } from './core/index.ts';
export type { Checkpointer, Interrupt, RunEvent, RunResult, Snapshot } from './core/index.ts';
export { Command, CompiledGraph, END, Send, START, StateGraph } from './engine/index.ts';
export type { Context, Goto, Node, NodeOptions, Ports, Run, RunOptions, SendNode } from './engine/index.ts';
export { append, last } from './state/index.ts';
export type { Channel, Channels, State, Update } from './state/index.ts';
