/** How far each node of a workflow has come. Pure. */
import type { TaskView, ThreadView, WorkflowOutline } from '../src/client/index.ts';

type Line = WorkflowOutline['nodes'][number];

/** What is known of a node; nothing of one that has not begun. */
export interface NodeStatus {
  readonly status: TaskView['status'];
  readonly attempt: number;
}

/** The node that a part of a task's path names. */
const nameOf = (part: string): string => part.slice(part.indexOf(':') + 1).replace(/:\d+$/, '');

/** All lines, those of branches too. */
export const flat = (lines: readonly Line[]): readonly Line[] =>
  lines.flatMap((line) => [line, ...flat(line.branches.flat())]);

/**
 * The node of a workflow that a task is of; undefined for what is within an agent or another workflow. A branch of
 * several nodes has a task of its own, which goes by the name of its first node.
 */
export function nodeAt(
  path: string,
  nodes: readonly Line[],
): { readonly id: string; readonly more: string } | undefined {
  let within = nodes;
  let branches: Line['branches'] | undefined;
  let found: { readonly id: string; readonly more: string } | undefined;
  for (const part of path.split('/').map(nameOf)) {
    const [id = '', more = ''] = part.split('~');
    const branch: readonly Line[] | undefined = branches?.find(([first]) => first?.id === id);
    const line: Line | undefined = branches ? branch?.[0] : within.find((each) => each.id === id);
    if (!line) return undefined;
    within = branch ?? [];
    branches = branches || line.branches.length === 0 ? undefined : line.branches;
    found = { id, more };
  }
  return found;
}

/**
 * The states of the nodes of a workflow, by node.
 *
 * @param before paths of tasks that were done by earlier runs.
 */
export function statusesOf(
  { nodes }: WorkflowOutline,
  { tasks, interrupts }: Pick<ThreadView, 'tasks' | 'interrupts'>,
  before: readonly string[],
): ReadonlyMap<string, NodeStatus> {
  const found = new Map<string, NodeStatus>();
  const note = (path: string, status: TaskView['status'], attempt: number): void => {
    const node = nodeAt(path, nodes);
    if (node?.more === '') found.set(node.id, { status, attempt });
    // It was passed over, which is for whoever reads on to know.
    else if (node?.more === 'failed') found.set(node.id, { status: 'failed', attempt: 1 });
  };
  for (const path of before) note(path, 'ok', 1);
  for (const { task, status, attempt } of tasks) note(task, status, attempt);
  for (const { task } of interrupts) note(task, 'interrupted', 1);
  return found;
}

/** The share of nodes that are done, from 0 to 1. */
export function shareOf(
  { nodes }: WorkflowOutline,
  statuses: ReadonlyMap<string, NodeStatus>,
  isOver: boolean,
): number {
  if (isOver) return 1;
  const all = flat(nodes);
  const done = all.filter(({ id }) => ['ok', 'cached'].includes(statuses.get(id)?.status ?? '')).length;
  // The end is told by the run alone.
  return all.length === 0 ? 0 : Math.min(done / all.length, 0.99);
}
