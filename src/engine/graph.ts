/** The builder: nodes, edges, branches; compile() checks it whole. */
import type { Channels, State, Update } from '../state/index.ts';
import type { Command, Goto } from './command.ts';
import { CompiledGraph } from './compiled.ts';
import type { Ports } from './compiled.ts';
import type { Context } from './context.ts';
import { createPlan } from './plan.ts';
import type { GraphParts, PlanFunction, Route } from './plan.ts';

/**
 * A node: takes the state and its context, and returns an update, a Command or nothing. A node that was reached by a
 * `Send` gets the send's input in place of the state.
 */
export type Node<C, X> = (
  state: State<C>,
  context: Context<X>,
) => Update<C> | Command<C> | void | Promise<Update<C> | Command<C> | void>;

/** A node that only sends reach: its first argument is what was sent. */
export type SendNode<C, X, I> = (
  input: I,
  context: Context<X>,
) => Update<C> | Command<C> | void | Promise<Update<C> | Command<C> | void>;

export interface NodeOptions {
  /** Every node that a `Command` of this node may go to, and END: for the compile check and for pictures. */
  readonly ends?: readonly string[];
}

/**
 * Builds a graph. Every method returns the builder.
 *
 * @example
 * const graph = new StateGraph({ id: 'greet', version: '1', channels: { text: last(() => '') } })
 *   .addNode('hello', () => ({ text: 'Hello' }))
 *   .addEdge(START, 'hello')
 *   .compile();
 * const { state } = await graph.invoke({});
 */
export class StateGraph<C extends Channels, X = unknown> {
  readonly #parts: {
    [K in 'nodes' | 'edges' | 'branches']: GraphParts[K][number][];
  } = { nodes: [], edges: [], branches: [] };
  readonly #spec: { readonly id: string; readonly version: string; readonly channels: C };

  /** @param spec `id` and `version` are kept with every thread; a thread goes on only with the version that began it. */
  constructor(spec: { readonly id: string; readonly version: string; readonly channels: C }) {
    this.#spec = spec;
  }

  /** @param name without any of `: / # !` */
  addNode(name: string, node: Node<C, X>, options: NodeOptions = {}): this {
    // The plan calls a node with the state of these channels and nothing else, so the types meet again there.
    this.#parts.nodes.push({ name, run: node as unknown as PlanFunction, ends: options.ends ?? [] });
    return this;
  }

  /** A node that gets the input of the `Send` that reached it. */
  addSendNode<I>(name: string, node: SendNode<C, X, I>, options: NodeOptions = {}): this {
    this.#parts.nodes.push({ name, run: node as unknown as PlanFunction, ends: options.ends ?? [] });
    return this;
  }

  /** From a node or START to a node or END. Several edges from one node run their targets together. */
  addEdge(from: string, to: string): this {
    this.#parts.edges.push({ from, to });
    return this;
  }

  /** @param targets every node that `route` may name, and END: for the compile check and for pictures. */
  addConditionalEdges(
    from: string,
    route: (state: State<C>) => Goto | Promise<Goto>,
    targets?: readonly string[],
  ): this {
    this.#parts.branches.push({ from, route: route as unknown as Route, targets });
    return this;
  }

  /** @throws AgentError `invalid-graph`, with every fault at once. */
  compile(ports: Ports = {}): CompiledGraph<C, X> {
    return new CompiledGraph<C, X>(createPlan({ ...this.#spec, ...this.#parts }), ports);
  }
}
