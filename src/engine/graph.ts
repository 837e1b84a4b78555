/** The builder: nodes, edges, branches; compile() checks it whole. */
import { AgentError } from '../core/index.ts';
import type { Channels, State, Update } from '../state/index.ts';
import type { Command, Goto } from './command.ts';
import { CompiledGraph } from './compiled.ts';
import type { AnyGraph, Ports } from './compiled.ts';
import type { Context } from './context.ts';
import type { Migration } from './migrate.ts';
import { takesState } from './node-mark.ts';
import { createPlan } from './plan.ts';
import type { GraphParts, Plan, PlanFunction, Route } from './plan.ts';
import { withPolicy } from './policy.ts';
import type { RetryPolicy } from './policy.ts';
import { subgraphNode } from './subgraph.ts';

type Result<C> = Update<C> | Command<C> | void;

/**
 * A node: takes the state and its context, and returns an update, a Command or nothing. A node that was reached by a
 * `Send` gets the send's input in place of the state.
 */
export type Node<C, X> = (state: State<C>, context: Context<X>) => Result<C> | Promise<Result<C>>;

/** A node that only sends reach: its first argument is what was sent. */
export type SendNode<C, X, I> = (input: I, context: Context<X>) => Result<C> | Promise<Result<C>>;

export interface NodeOptions {
  /** Every node that a `Command` of this node may go to, and END: for the compile check and for pictures. */
  readonly ends?: readonly string[];
  /** How often it is tried, when it throws or its time is up. */
  readonly retry?: RetryPolicy;
  /** Milliseconds that one try may take; then it fails with `node-timeout`. A node that never awaits cannot be stopped. */
  readonly timeout?: number;
  /** Milliseconds that one try may give no sign of life: `heartbeat()`, `write()` or `emit()`. */
  readonly idleTimeout?: number;
  /** The node that the run goes on with when this one has failed for good; it finds the failure in `ctx.failures`. */
  readonly onError?: string;
  /** Waits until nothing else is due. */
  readonly defer?: boolean;
  /**
   * Races with the nodes of the same name that are due with it: once so many of them have succeeded, the others are told
   * to stop and count as finished, without any writes and without going on.
   */
  readonly race?: { readonly name: string; readonly enough: number };
}

/** What names a graph and what it keeps. */
export interface GraphSpec<C extends Channels> {
  /** Kept with every thread, together with the version: a thread goes on with the version that wrote it, or by `migrate`. */
  readonly id: string;
  readonly version: string;
  readonly channels: C;
  /**
   * Takes over a thread that another version of this graph has written: called once, when the thread goes on. Without it
   * such a thread can be read, but not go on. See {@link migration}.
   */
  readonly migrate?: Migration;
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
    [K in 'nodes' | 'edges' | 'joins' | 'branches']: GraphParts[K][number][];
  } = { nodes: [], edges: [], joins: [], branches: [] };
  readonly #spec: GraphSpec<C>;

  constructor(spec: GraphSpec<C>) {
    this.#spec = spec;
  }

  /**
   * Adds a node: a function, or a compiled graph. A graph runs as a subgraph, in the same thread: the channels that it
   * has in common with this one by name begin with this one's values, and what it changes in them becomes the node's
   * update. Its own ports are not used.
   *
   * @param name without any of `: / # !`
   */
  addNode(name: string, node: Node<C, X> | AnyGraph, options: NodeOptions = {}): this {
    if (typeof node === 'function') return this.#add(name, node as unknown as PlanFunction, options);
    const plan = planOf(node);
    return this.#add(name, subgraphNode(plan), options, plan);
  }

  /** A node that gets the input of the `Send` that reached it. */
  addSendNode<I>(name: string, node: SendNode<C, X, I>, options: NodeOptions = {}): this {
    return this.#add(name, node as unknown as PlanFunction, options);
  }

  /** Nodes one after the other, each with an edge from the one before. */
  addSequence(nodes: readonly (readonly [name: string, node: Node<C, X> | AnyGraph, options?: NodeOptions])[]): this {
    nodes.forEach(([name, node, options], index) => {
      this.addNode(name, node, options);
      const before = nodes[index - 1];
      if (before) this.addEdge(before[0], name);
    });
    return this;
  }

  /**
   * From a node or START to a node or END. Several edges from one node run their targets together; one edge from a list
   * of nodes waits for all of them.
   */
  addEdge(from: string | readonly string[], to: string): this {
    if (typeof from === 'string') this.#parts.edges.push({ from, to });
    else this.#parts.joins.push({ from, to });
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

  /**
   * Checks the graph and makes it runnable.
   *
   * @param options.interruptBefore nodes before which a run stops until it is told to go on.
   * @param options.interruptAfter nodes after which it does.
   * @throws AgentError `invalid-graph`, with every fault at once.
   */
  compile(
    options: Ports & { readonly interruptBefore?: readonly string[]; readonly interruptAfter?: readonly string[] } = {},
  ): CompiledGraph<C, X> {
    const { interruptBefore = [], interruptAfter = [], ...ports } = options;
    const plan = createPlan({ ...this.#spec, ...this.#parts, interruptBefore, interruptAfter });
    return new CompiledGraph<C, X>(plan, ports);
  }

  // The plan calls a node with the state of these channels and nothing else, so the types meet again there.
  #add(name: string, node: PlanFunction, options: NodeOptions, subgraph?: Plan): this {
    const { ends = [], retry, timeout, idleTimeout, onError, defer = false, race } = options;
    const policy = { retry, timeout, idleTimeout };
    const run = withPolicy(node, name, policy);
    this.#parts.nodes.push({ name, run, ends, defer, onError, policy, race, takesState: takesState(node), subgraph });
    return this;
  }
}

function planOf(graph: AnyGraph): Plan {
  if (graph instanceof CompiledGraph) return graph.plan;
  throw new AgentError('invalid-graph', 'A node is a function or a compiled graph.', {
    fix: 'Pass what compile() returned.',
  });
}
