/** The checks of a graph. Every fault is found at once, so that a graph is mended in one go. */
import { AgentError } from '../core/index.ts';
import { END, START } from './command.ts';
import type { GraphParts, NodeParts } from './plan.ts';

const CHANNEL_NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** The paths of tasks and questions are made of node names and these marks, and some names have a meaning already. */
const NO_NODE_NAME = /[:/#!]|^(__(start|end|proto)__)?$/;

function nameFaults(parts: GraphParts): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const { name } of parts.nodes) {
    if (NO_NODE_NAME.test(name)) faults.push(`"${name}" is no name for a node (none of : / # !)`);
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
  for (const join of parts.joins) {
    if (join.from.length === 0) faults.push(`an edge to "${join.to}" leaves an empty list of nodes`);
    for (const name of join.from) {
      if (!names.has(name)) faults.push(`a join to "${join.to}" waits for "${name}", which is no node`);
      to(name, join.to);
    }
  }
  for (const branch of parts.branches) {
    from(branch.from);
    for (const target of branch.targets ?? []) to(branch.from, target);
  }
  for (const node of parts.nodes) {
    for (const target of node.ends) to(node.name, target);
    if (node.onError !== undefined && !names.has(node.onError)) {
      faults.push(`\`onError\` of "${node.name}" is "${node.onError}", which is no node`);
    }
  }
  if (![...parts.edges, ...parts.branches].some((edge) => edge.from === START)) {
    faults.push('nothing leads away from START');
  }
  return faults;
}

function optionFaults(parts: GraphParts, names: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const positive = (node: string, option: string, value: number | undefined): void => {
    if (value !== undefined && !(value > 0)) faults.push(`\`${option}\` of "${node}" is ${value}, not above 0`);
  };
  for (const { name, policy } of parts.nodes) {
    const { retry, timeout, idleTimeout } = policy;
    positive(name, 'timeout', timeout);
    positive(name, 'idleTimeout', idleTimeout);
    positive(name, 'retry.delay', retry?.delay);
    if (retry && !(Number.isInteger(retry.attempts) && retry.attempts >= 1)) {
      faults.push(`\`retry.attempts\` of "${name}" is ${retry.attempts}, not a whole number of 1 or more`);
    }
  }
  for (const [option, list] of [
    ['interruptBefore', parts.interruptBefore],
    ['interruptAfter', parts.interruptAfter],
  ] as const) {
    for (const name of list) if (!names.has(name)) faults.push(`\`${option}\` names "${name}", which is no node`);
  }
  return faults;
}

/** A channel that a subgraph shares with its parent has to mean the same in both. */
function subgraphFaults(parts: GraphParts): string[] {
  return parts.nodes.flatMap(({ name, subgraph }) =>
    Object.entries(subgraph?.channels ?? {}).flatMap(([channel, { kind }]) => {
      const own = Object.hasOwn(parts.channels, channel) ? parts.channels[channel] : undefined;
      if (!own || own.kind === kind) return [];
      return [`channel "${channel}" is of kind ${own.kind} here and of kind ${kind} in the subgraph "${name}"`];
    }),
  );
}

/** Where a node may lead. Undefined: anywhere, because one of its branches does not say. */
export function leadsOf(parts: GraphParts): ReadonlyMap<string, ReadonlySet<string>> | undefined {
  if (parts.branches.some((branch) => branch.targets === undefined)) return undefined;
  const leads = new Map<string, Set<string>>();
  const lead = (from: string, to: readonly string[]): void => {
    const known = leads.get(from) ?? new Set();
    for (const name of to) known.add(name);
    leads.set(from, known);
  };
  for (const { from, to } of parts.edges) lead(from, [to]);
  for (const { from, to } of parts.joins) for (const name of from) lead(name, [to]);
  for (const { from, targets = [] } of parts.branches) lead(from, targets);
  for (const { name, ends, onError } of parts.nodes) lead(name, onError === undefined ? ends : [...ends, onError]);
  return leads;
}

function unreachable(parts: GraphParts): string[] {
  const leads = leadsOf(parts);
  // A branch without declared targets may lead anywhere: then nothing can be said.
  if (!leads) return [];
  const reached = new Set([START]);
  for (const name of reached) for (const to of leads.get(name) ?? []) reached.add(to);
  return parts.nodes
    .filter(({ name }: NodeParts) => !reached.has(name))
    .map(({ name }) => `nothing leads to "${name}" (name it in \`targets\` or \`ends\`)`);
}

/**
 * Checks a graph.
 *
 * @throws AgentError `invalid-graph`, with every fault and the names that exist.
 */
export function checkGraph(parts: GraphParts): void {
  const names = new Set(parts.nodes.map((node) => node.name));
  const faults = [
    ...nameFaults(parts),
    ...edgeFaults(parts, names),
    ...optionFaults(parts, names),
    ...subgraphFaults(parts),
  ];
  if (faults.length === 0) faults.push(...unreachable(parts));
  if (faults.length === 0) return;
  throw new AgentError('invalid-graph', `Graph "${parts.id}" cannot be compiled: ${faults.join('; ')}.`, {
    fix: `Its nodes are: ${[...names].join(', ') || 'none'}.`,
    details: { graph: parts.id, faults, nodes: [...names] },
  });
}
