/** The picture of a graph: a Mermaid flowchart. */
import { END, START } from './command.ts';
import type { AnyGraph } from './compiled.ts';
import type { GraphDescription } from './describe.ts';

const ARROWS = { always: '-->', maybe: '-.->', join: '==>', error: '-. error .->' } as const;

/** Text within a quoted Mermaid label: its quotes and marks as entities. */
const quoted = (text: string): string =>
  `"${text.replace(/\s+/g, ' ').replace(/[#"<>&]/g, (mark) => `#${mark.charCodeAt(0)};`)}"`;

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

/**
 * A graph as a Mermaid flowchart, from top to bottom: its nodes, edges, joins, error edges and subgraphs.
 *
 * Source: https://mermaid.js.org/syntax/flowchart.html
 */
export function toMermaid(graph: AnyGraph): string {
  return ['flowchart TD', ...lines(graph.describe(), 'n', '  ')].join('\n');
}
