/** The plan: a checked graph in the form that the loop reads. Checking reports every fault at once. */
import { AgentError } from '../core/index.ts';
import type { Channels, Values } from '../state/index.ts';
import { END, START } from './command.ts';
import type { Goto } from './command.ts';
import type { Context } from './context.ts';

/** A node as the plan runs it: types of channels are the builder's business. */
export type PlanFunction = (state: unknown, context: Context) => unknown;
export type Route = (state: Values) => Goto | Promise<Goto>;

/** Where a node leads. */
export interface Exits {
  readonly edges: readonly string[];
  readonly routes: readonly { readonly route: Route; readonly targets: readonly string[] | undefined }[];
}

export interface PlanNode {
  readonly name: string;
  /** Its place in the order of the builder: tasks of a step are merged by it. */
  readonly index: number;
  readonly run: PlanFunction;
  readonly exits: Exits;
  readonly ends: readonly string[];
}

export interface Plan {
  readonly id: string;
  readonly version: string;
  readonly channels: Channels;
  readonly entry: Exits;
  readonly nodes: ReadonlyMap<string, PlanNode>;
}

/** What the builder has gathered. */
export interface GraphParts {
  readonly id: string;
  readonly version: string;
  readonly channels: Channels;
  readonly nodes: readonly {
    readonly name: string;
    readonly run: PlanFunction;
    /** Where its Commands may go. */
    readonly ends: readonly string[];
  }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  readonly branches: readonly {
    readonly from: string;
    readonly route: Route;
    readonly targets: readonly string[] | undefined;
  }[];
}

const CHANNEL_NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** The paths of tasks and questions are made of node names and these marks. */
const NOT_IN_NODE_NAME = /[:/#!]/;

function nameFaults(parts: GraphParts): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const { name } of parts.nodes) {
    if (name === START || name === END || name === '') faults.push(`"${name}" is no name for a node`);
    if (NOT_IN_NODE_NAME.test(name)) faults.push(`"${name}" is no name for a node (none of : / # !)`);
    if (seen.has(name)) faults.push(`there are two nodes named "${name}"`);
    seen.add(name);
  }
  for (const name of Object.keys(parts.channels)) {
    if (!CHANNEL_NAME.test(name)) faults.push(`"${name}" is no name for a channel (letters, digits, _ and -)`);
  }
  if (parts.nodes.length === 0) faults.push('it has no nodes');
  return faults;
}

function edgeFaults(parts: GraphParts, names: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const from = (name: string): void => {
    if (name !== START && !names.has(name)) faults.push(`an edge leaves "${name}", which is no node`);
  };
  const to = (source: string, name: string): void => {
    if (name !== END && !names.has(name)) faults.push(`an edge of "${source}" leads to "${name}", which is no node`);
  };
  for (const edge of parts.edges) {
    from(edge.from);
    to(edge.from, edge.to);
  }
  for (const branch of parts.branches) {
    from(branch.from);
    for (const target of branch.targets ?? []) to(branch.from, target);
  }
  for (const node of parts.nodes) for (const target of node.ends) to(node.name, target);
  const entries = [...parts.edges, ...parts.branches].filter((edge) => edge.from === START);
  if (entries.length === 0) faults.push('nothing leads away from START');
  return faults;
}

function unreachable(parts: GraphParts): string[] {
  // A branch without declared targets may lead anywhere: then nothing can be said.
  if (parts.branches.some((branch) => branch.targets === undefined)) return [];
  const leads = new Map<string, string[]>();
  const lead = (from: string, to: readonly string[]): void => {
    leads.set(from, [...(leads.get(from) ?? []), ...to]);
  };
  for (const { from, to } of parts.edges) lead(from, [to]);
  for (const { from, targets = [] } of parts.branches) lead(from, targets);
  for (const { name, ends } of parts.nodes) lead(name, ends);
  const reached = new Set([START]);
  for (const name of reached) for (const to of leads.get(name) ?? []) reached.add(to);
  return parts.nodes
    .filter(({ name }) => !reached.has(name))
    .map(({ name }) => `nothing leads to "${name}" (name it in \`targets\` or \`ends\`)`);
}

/** Where each place leads, gathered in one pass over the edges. */
function exitsOf(parts: GraphParts): (name: string) => Exits {
  const all = new Map<string, { edges: string[]; routes: GraphParts['branches'][number][] }>();
  const at = (name: string): { edges: string[]; routes: GraphParts['branches'][number][] } => {
    const exits = all.get(name) ?? { edges: [], routes: [] };
    all.set(name, exits);
    return exits;
  };
  for (const { from, to } of parts.edges) if (to !== END) at(from).edges.push(to);
  for (const branch of parts.branches) at(branch.from).routes.push(branch);
  return at;
}

/**
 * Checks a graph and puts it into the form that the loop reads.
 *
 * @throws AgentError `invalid-graph`, with every fault and the names that exist.
 */
export function createPlan(parts: GraphParts): Plan {
  const names = new Set(parts.nodes.map((node) => node.name));
  const faults = [...nameFaults(parts), ...edgeFaults(parts, names)];
  if (faults.length === 0) faults.push(...unreachable(parts));
  if (faults.length > 0) {
    throw new AgentError('invalid-graph', `Graph "${parts.id}" cannot be compiled: ${faults.join('; ')}.`, {
      fix: `Its nodes are: ${[...names].join(', ') || 'none'}.`,
      details: { graph: parts.id, faults, nodes: [...names] },
    });
  }
  const exits = exitsOf(parts);
  const nodes = parts.nodes.map(
    ({ name, run, ends }, index) => [name, { name, index, run, ends, exits: exits(name) }] as const,
  );
  return {
    id: parts.id,
    version: parts.version,
    channels: parts.channels,
    entry: exits(START),
    nodes: new Map(nodes),
  };
}
