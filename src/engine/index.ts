/** The graph engine: a plain library for page, worker and Node. */
export { Command, END, Send, START } from './command.ts';
export type { Goto } from './command.ts';
export { CompiledGraph } from './compiled.ts';
export type { AnyGraph, GraphDescription, Ports, Run, RunOptions } from './compiled.ts';
export type { Context, InterruptOptions } from './context.ts';
export { StateGraph } from './graph.ts';
export type { Node, NodeOptions, SendNode } from './graph.ts';
