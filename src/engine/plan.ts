/** The plan: a checked graph as integer ids, edge lists and flag bits, in the form that the loop reads. */
import type { Channels, Values } from '../state/index.ts';
import { END, START } from './command.ts';
import type { Goto } from './command.ts';
import { checkGraph } from './faults.ts';
import type { NodePolicy } from './policy.ts';
import { inOrder } from './route.ts';
import { at } from './frame.ts';
import type { Migration } from './migrate.ts';
import type { Position } from './frame.ts';
import type { TaskContext } from './context.ts';

/** A node as the plan runs it: types of channels are the builder's business. */
export type PlanFunction = (state: unknown, context: TaskContext) => unknown;
export type Route = (state: Values) => Goto | Promise<Goto>;

/** What the loop must do for a node beyond running it, as bits of {@link Plan.flags}. */
export const Flag = { DEFER: 1, BEFORE: 2, AFTER: 4, JOINS: 8 } as const;

/** An edge from several nodes: it leads on when all of them have finished since it did so last. */
export interface Join {
  /** Names it in the thread: `a#b!c`. */
  readonly key: string;
  readonly from: readonly number[];
  readonly to: number;
}

/** Where a place leads. */
export interface Exits {
  /** Targets of plain edges, in the order of the plan; END is left out. */
  readonly edges: readonly number[];
  readonly routes: readonly Route[];
  readonly joins: readonly Join[];
}

export interface PlanNode extends NodeParts {
  readonly id: number;
  readonly exits: Exits;
}

export interface Plan {
  readonly id: string;
  readonly version: string;
  readonly channels: Channels;
  /** Nodes by id. The id is a node's place in the order of the builder: tasks of a step are merged by it. */
  readonly nodes: readonly PlanNode[];
  readonly ids: ReadonlyMap<string, number>;
  // What the loop needs of a node lies in arrays of its own: in a large graph every object looked at costs a wait.
  readonly names: readonly string[];
  readonly run: readonly PlanFunction[];
  readonly exits: readonly Exits[];
  readonly flags: Uint8Array;
  /** Whether any node has a flag. */
  readonly special: boolean;
  /** What is due after a node that has plain edges only; undefined for the others. */
  readonly next: readonly (Position | undefined)[];
  /** For each node that it alone is due. */
  readonly alone: readonly Position[];
  readonly entry: Exits;
  /** Whether any channel is local. */
  readonly hasLocals: boolean;
  /** Whether any channel is a list, which is made when it is read. */
  readonly hasLists: boolean;
  readonly parts: GraphParts;
}

/** A node as the builder has gathered it. */
export interface NodeParts {
  readonly name: string;
  readonly run: PlanFunction;
  /** Where its Commands may go. */
  readonly ends: readonly string[];
  readonly defer: boolean;
  /** Whether it takes the state whatever it was reached by, so that nothing can be sent to it. */
  readonly takesState: boolean;
  /** Where it leads when it has failed for good. */
  readonly onError: string | undefined;
  readonly policy: NodePolicy;
  readonly race: { readonly name: string; readonly enough: number } | undefined;
  /** The plan of the graph that it runs, for a subgraph. */
  readonly subgraph: Plan | undefined;
}

/** What the builder has gathered. */
export interface GraphParts {
  readonly id: string;
  readonly version: string;
  readonly channels: Channels;
  readonly migrate?: Migration;
  readonly nodes: readonly NodeParts[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  readonly joins: readonly { readonly from: readonly string[]; readonly to: string }[];
  readonly branches: readonly {
    readonly from: string;
    readonly route: Route;
    readonly targets: readonly string[] | undefined;
  }[];
  readonly interruptBefore: readonly string[];
  readonly interruptAfter: readonly string[];
}

interface GatheredExits {
  readonly edges: number[];
  readonly routes: Route[];
  readonly joins: Join[];
}

/** Where each place leads, gathered in one pass over the edges. */
function gatherExits(parts: GraphParts, ids: ReadonlyMap<string, number>): (name: string) => Exits {
  const all = new Map<string, GatheredExits>();
  const at = (name: string): GatheredExits => {
    const exits = all.get(name) ?? { edges: [], routes: [], joins: [] };
    all.set(name, exits);
    return exits;
  };
  // The graph has been checked: every name but END has an id.
  const id = (name: string): number => ids.get(name) ?? -1;
  for (const { from, to } of parts.edges) if (to !== END) at(from).edges.push(id(to));
  const seen = new Set<string>();
  for (const { from, to } of parts.joins) {
    if (to === END) continue;
    const sources = [...new Set(from)];
    const key = `${sources.join('#')}!${to}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const join = { key, from: sources.map(id), to: id(to) };
    for (const name of sources) at(name).joins.push(join);
  }
  for (const { from, route } of parts.branches) at(from).routes.push(route);
  return (name) => {
    const { edges, routes, joins } = at(name);
    return { edges: inOrder(edges), routes, joins };
  };
}

/**
 * Checks a graph and puts it into the form that the loop reads.
 *
 * @throws AgentError `invalid-graph`, with every fault and the names that exist.
 */
export function createPlan(parts: GraphParts): Plan {
  checkGraph(parts);
  const ids = new Map(parts.nodes.map(({ name }, id) => [name, id]));
  const exitsOf = gatherExits(parts, ids);
  const nodes = parts.nodes.map((node, id): PlanNode => ({ ...node, id, exits: exitsOf(node.name) }));
  const flags = new Uint8Array(nodes.length);
  const before = new Set(parts.interruptBefore);
  const after = new Set(parts.interruptAfter);
  for (const { id, name, defer, exits } of nodes) {
    flags[id] =
      (defer ? Flag.DEFER : 0) |
      (before.has(name) ? Flag.BEFORE : 0) |
      (after.has(name) ? Flag.AFTER : 0) |
      (exits.joins.length > 0 ? Flag.JOINS : 0);
  }
  const kinds = new Set(Object.values(parts.channels).map(({ kind }) => kind));
  const alone = nodes.map(({ id }) => at([id]));
  return {
    id: parts.id,
    version: parts.version,
    channels: parts.channels,
    nodes,
    ids,
    names: nodes.map(({ name }) => name),
    exits: nodes.map(({ exits }) => exits),
    run: nodes.map(({ run }) => run),
    flags,
    special: flags.some((bits) => bits !== 0),
    next: nodes.map(({ exits: { routes, edges } }) => {
      const [only] = edges;
      if (routes.length > 0) return undefined;
      return (edges.length === 1 && only !== undefined && alone[only]) || at(edges);
    }),
    alone,
    entry: exitsOf(START),
    hasLocals: kinds.has('local'),
    hasLists: kinds.has('append'),
    parts,
  };
}

/** The plan of the graph that a node runs, by the name of its task; undefined where it runs none. */
export function childOf({ nodes, ids }: Plan, task: string): Plan | undefined {
  return nodes[ids.get(task.split(':')[1] ?? '') ?? -1]?.subgraph;
}
