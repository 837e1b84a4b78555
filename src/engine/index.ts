/** The graph engine: builder, plan, loop, interrupts. */
export { Command, END, Send, START } from './command.ts';
export type { Goto } from './command.ts';
export { CompiledGraph } from './compiled.ts';
export type { AnyGraph, Ports, Run } from './compiled.ts';
export type { Context, Failure, InterruptOptions } from './context.ts';
export { draftNode } from './draft-node.ts';
export type { DraftNode } from './draft-node.ts';
export { StateGraph } from './graph.ts';
export type { GraphSpec, Node, NodeOptions, SendNode } from './graph.ts';
export { getHistory } from './history.ts';
export { undo } from './undo.ts';
export type { RunOptions, StreamMode, StreamOptions } from './options.ts';
export type { EdgeDescription, GraphDescription, NodeDescription } from './describe.ts';
export { toMermaid } from './mermaid.ts';
export type { RetryPolicy } from './policy.ts';
export { profiler } from './profile.ts';
export type { Profiler } from './profile.ts';
