/** The picture of a graph: as data, and as a Mermaid flowchart. */
import { END, START } from './command.ts';
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

const ARROWS = { always: '-->', maybe: '-.->', join: '==>', error: '-. error .->' } as const;

/** Text within a quoted Mermaid label: its quotes and marks as entities. */
const quoted = (text: string): string => `"${text.replace(/[#"<>&]/g, (mark) => `#${mark.charCodeAt(0)};`)}"`;

function lines(graph: GraphDescription, prefix: string, indent: string): string[] {
  // Names may hold anything, ids may not.
  const ids = new Map([START, END, ...graph.nodes.map(({ name }) => name)].map((name, n) => [name, `${prefix}${n}`]));
  const id = (name: string): string => ids.get(name) ?? '';
  const nodes = graph.nodes.flatMap(({ name, deferred, subgraph }) => {
    if (!subgraph) return [`${indent}${id(name)}${deferred ? `[[${quoted(name)}]]` : `(${quoted(name)})`}`];
    const inner = lines(subgraph, `${id(name)}_`, `${indent}  `);
    return [`${indent}subgraph ${id(name)}[${quoted(name)}]`, ...inner, `${indent}end`];
  });
  const ends = graph.edges.some(({ to }) => to === END) ? [`${indent}${id(END)}(((" ")))`] : [];
  const edges = graph.edges.map(({ from, to, kind }) => `${indent}${id(from)} ${ARROWS[kind]} ${id(to)}`);
  return [`${indent}${id(START)}((" "))`, ...nodes, ...ends, ...edges];
}

/** A description as a Mermaid flowchart, from top to bottom. */
export function mermaid(graph: GraphDescription): string {
  return ['flowchart TD', ...lines(graph, 'n', '  ')].join('\n');
}
