/** A workflow as a list that a person can read. */
import type { NodeSpec, NodeType, WorkflowSpec } from './document.ts';

export interface OutlineNode {
  readonly id: string;
  readonly name: string;
  readonly type: NodeType;
  /** The nodes of each branch, of one that has branches. */
  readonly branches: readonly (readonly OutlineNode[])[];
  /** The nodes that it leads to, those of a condition by the value that leads there; of one to the end, nothing. */
  readonly leads: readonly { readonly to: string; readonly value?: string }[];
}

function leadsWith(node: NodeSpec): OutlineNode['leads'] {
  if (node.type !== 'condition') return node.next.flatMap((to) => (to === 'end' ? [] : { to }));
  const ways = Object.entries(node.branches).map(([value, to]) => ({ to, value }));
  const otherwise = node.otherwise === undefined ? [] : [{ to: node.otherwise, value: '' }];
  return [...ways, ...otherwise].filter(({ to }) => to !== 'end');
}

/** The nodes of a workflow in the order of their document, those of branches within the node that they belong to. */
export function outlineOf({ nodes }: WorkflowSpec): readonly OutlineNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  /** The nodes that a branch leads through; it names those of its own alone. */
  const chainOf = (start: string): readonly NodeSpec[] => {
    const reached = new Set([start]);
    for (const id of reached) for (const to of leadsOf(byId.get(id))) reached.add(to);
    return nodes.filter(({ id }) => reached.has(id));
  };
  const lineOf = (node: NodeSpec): OutlineNode => {
    const { id, name, type } = node;
    const branches = type === 'parallel' ? node.branches.map((start) => linesOf(chainOf(start))) : [];
    return { id, name, type, branches, leads: leadsWith(node) };
  };
  /** Those that none of them has for a branch. */
  const linesOf = (some: readonly NodeSpec[]): readonly OutlineNode[] => {
    const lines = some.map(lineOf);
    const nested = new Set(lines.flatMap(({ branches }) => idsOf(branches.flat())));
    return lines.filter(({ id }) => !nested.has(id));
  };
  return linesOf(nodes);
}

function leadsOf(node: NodeSpec | undefined): readonly string[] {
  if (!node) return [];
  const ways = node.type === 'condition' ? [...Object.values(node.branches), node.otherwise ?? ''] : node.next;
  return ways.filter((id) => id !== '' && id !== 'end');
}

function idsOf(lines: readonly OutlineNode[]): readonly string[] {
  return lines.flatMap(({ id, branches }) => [id, ...idsOf(branches.flat())]);
}
