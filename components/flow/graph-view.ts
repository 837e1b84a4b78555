/** A workflow as a graph, laid out by a library that is loaded with this. The list beside it says the same in words. */
import dagre from '@dagrejs/dagre';
import { html, nothing, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import type { WorkflowOutline } from '../../src/client/index.ts';
import { flat } from '../flow-status.ts';
import type { NodeStatus } from '../flow-status.ts';
import { lateIcons } from '../late-icons.ts';
import { TASK_ICONS } from '../progress-view.ts';
import type { Strings } from '../strings/index.ts';
import type { RunStrings } from '../strings/index.ts';
import { head, inWords } from '../words.ts';
import type { Way } from './facts.ts';

export { graphStyles as styles } from './graph.styles.ts';

export interface GraphScope {
  readonly outline: WorkflowOutline;
  readonly statuses: ReadonlyMap<string, NodeStatus>;
  readonly ways: readonly Way[];
  readonly strings: Strings;
  readonly runs: RunStrings;
}

/** In px: a node, and about as much as a letter of its name takes. */
const HIGH = 38;
const LETTER = 7.4;
const ROOM = 46;
/** Letters of a name that are shown. */
const MOST = 24;
const MARGIN = 8;

interface Placed {
  readonly id: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

interface Line {
  readonly way: Way;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Placed[];
  readonly lines: readonly Line[];
}

const layouts = new WeakMap<WorkflowOutline, Layout>();

const keyOf = ({ from, to, value }: Way): string => `${from} ${to} ${value ?? ''}`;

/** Of several ways between two nodes. The library takes an empty name for none. */
const nameOf = ({ value }: Way): string => `by ${value ?? ''}`;

/** Where everything stands. It depends on the workflow alone, and is worked out once. */
function layoutOf(outline: WorkflowOutline, ways: readonly Way[]): Layout {
  const known = layouts.get(outline);
  if (known) return known;
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 40, marginx: MARGIN, marginy: MARGIN });
  for (const { id, name } of flat(outline.nodes)) {
    const full = name === id ? inWords(id) : name;
    const label = full.length > MOST ? `${head(full, MOST - 1)}…` : full;
    graph.setNode(id, { label, width: ROOM + LETTER * label.length, height: HIGH });
  }
  for (const way of ways) {
    const label = way.value === undefined ? {} : { width: LETTER * way.value.length, height: 16, labelpos: 'c' };
    graph.setEdge(way.from, way.to, label, nameOf(way));
  }
  dagre.layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const nodes = graph.nodes().map((id): Placed => ({ ...(graph.node(id) as unknown as Omit<Placed, 'id'>), id }));
  const lines = ways.map((way): Line => {
    const { points = [] } = graph.edge(way.from, way.to, nameOf(way)) as unknown as Partial<Line>;
    return { way, points };
  });
  const layout = { width, height, nodes, lines };
  layouts.set(outline, layout);
  return layout;
}

function nodeView({ id, label, x, y, width }: Placed, status: NodeStatus['status'] | undefined): SVGTemplateResult {
  const icon = status ? TASK_ICONS[status] : lateIcons.pending;
  return svg`<g class="node" data-status=${status ?? 'pending'} transform=${`translate(${x - width / 2} ${y - HIGH / 2})`}>
    <rect width=${width} height=${HIGH} rx="10" />
    <svg x="10" y=${HIGH / 2 - 9} width="18" height="18">${icon}</svg>
    <text x=${(width + 28) / 2} y=${HIGH / 2} data-id=${id}>${label}</text>
  </g>`;
}

const round = (value: number): string => String(Math.round(value * 10) / 10);

function lineView({ way, points }: Line, isTaken: boolean | undefined): SVGTemplateResult {
  const [end, before] = [points.at(-1), points.at(-2)];
  if (!end || !before) return svg``;
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
  const angle = (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI;
  const middle = points[Math.floor(points.length / 2)] ?? end;
  const state = isTaken === undefined ? 'open' : isTaken ? 'taken' : 'passed';
  return svg`<g class="way" data-way=${state}>
    <path d=${path} />
    <path class="head" d="M-8 -4.5L0 0L-8 4.5Z" transform=${`translate(${round(end.x)} ${round(end.y)}) rotate(${round(angle)})`} />
    ${way.value ? svg`<text x=${middle.x} y=${middle.y}>${way.value}</text>` : nothing}
  </g>`;
}

/** The graph, in a box of its own that scrolls. */
export function graphView({ outline, statuses, ways, strings, runs }: GraphScope): TemplateResult {
  const { width, height, nodes, lines } = layoutOf(outline, ways);
  const taken = new Map(ways.map((way) => [keyOf(way), way.isTaken]));
  const name = outline.name === '' ? strings.progress : inWords(outline.name);
  return html`<div part="graph" role="group" tabindex="0" aria-label=${runs.graph}>
    <svg
      class="graph"
      role="img"
      aria-label=${runs.graphOf(name, nodes.length)}
      viewBox=${`0 0 ${Math.ceil(width)} ${Math.ceil(height)}`}
      width=${Math.ceil(width)}
      height=${Math.ceil(height)}
    >
      ${lines.map((line) => lineView(line, taken.get(keyOf(line.way))))}
      ${nodes.map((node) => nodeView(node, statuses.get(node.id)?.status))}
    </svg>
  </div>`;
}
