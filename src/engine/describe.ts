/** The graph as data: for pictures, checks and progress. */
import { END } from './command.ts';
import type { Plan } from './plan.ts';

export interface NodeDescription {
  readonly name: string;
  /** Whether it waits until nothing else is due. */
  readonly deferred: boolean;
  /** The graph that it runs, for a subgraph. */
  readonly subgraph?: GraphDescription;
}

export interface EdgeDescription {
  readonly from: string;
  readonly to: string;
  /**
   * `always`; `maybe` for what a route or a Command decides; `join` for one of several that are waited for; `error` for
   * where a failed node leads.
   */
  readonly kind: 'always' | 'maybe' | 'join' | 'error';
}

/** A graph as names: for pictures, checks and progress. */
export interface GraphDescription {
  readonly id: string;
  readonly version: string;
  readonly nodes: readonly NodeDescription[];
  readonly edges: readonly EdgeDescription[];
}

/** Describes a checked graph. */
export function describeGraph({ id, version, parts }: Plan): GraphDescription {
  const nodes = parts.nodes.map(({ name, defer, subgraph }) => ({
    name,
    deferred: defer,
    ...(subgraph ? { subgraph: describeGraph(subgraph) } : {}),
  }));
  const edges: EdgeDescription[] = [
    ...parts.edges.map(({ from, to }) => ({ from, to, kind: 'always' as const })),
    ...parts.joins.flatMap((join) => join.from.map((from) => ({ from, to: join.to, kind: 'join' as const }))),
    ...parts.branches.flatMap(({ from, targets }) =>
      (targets ?? parts.nodes.map(({ name }) => name).concat(END)).map((to) => ({ from, to, kind: 'maybe' as const })),
    ),
    ...parts.nodes.flatMap(({ name: from, ends }) => ends.map((to) => ({ from, to, kind: 'maybe' as const }))),
    ...parts.nodes.flatMap(({ name: from, onError: to }) =>
      to === undefined ? [] : [{ from, to, kind: 'error' as const }],
    ),
  ];
  return { id, version, nodes, edges };
}
