/** What is known of the nodes of a workflow beside their states: how long, how often, and which way was taken. Pure. */
import type { WorkflowOutline } from '../../src/client/index.ts';
import { flat, nodeAt } from '../flow-status.ts';
import type { NodeStatus } from '../flow-status.ts';
import type { Stand } from './moments.ts';

/** What is known of one node. */
export interface Facts {
  /** Milliseconds of its last time, where both ends are known. */
  readonly ms?: number;
  /** How often it has been done, in a loop. */
  readonly times: number;
  /** Calls that were answered from the cache. */
  readonly cached: number;
}

/** The facts of all nodes that have begun, by their ids. */
export function factsOf({ nodes }: WorkflowOutline, { tasks, calls }: Stand): ReadonlyMap<string, Facts> {
  const found = new Map<string, Facts>();
  const tasksOf = new Map<string, Set<string>>();
  const depths = new Map<string, number>();
  for (const { task, begun, ended } of tasks) {
    const node = nodeAt(task, nodes);
    if (node?.more !== '') continue;
    // A branch of several nodes is a task by the name of its first one, which has a task of its own within.
    const depth = task.split('/').length;
    const before = depths.get(node.id) ?? 0;
    if (depth < before) continue;
    const own = (depth === before && tasksOf.get(node.id)) || new Set<string>();
    depths.set(node.id, depth);
    tasksOf.set(node.id, own.add(task));
    const ms = begun === undefined || ended === undefined ? {} : { ms: ended - begun };
    found.set(node.id, { times: own.size, cached: 0, ...ms });
  }
  for (const { ns, status } of calls) {
    // The calls of an agent are made within it, those of a node by itself.
    const node = status === 'cached' ? [...tasksOf].findLast(([, own]) => isWithin(ns, own)) : undefined;
    const known = node && found.get(node[0]);
    if (node && known) found.set(node[0], { ...known, cached: known.cached + 1 });
  }
  return found;
}

const isWithin = (ns: string, tasks: ReadonlySet<string>): boolean =>
  [...tasks].some((task) => ns === task || ns.startsWith(`${task}/`));

/** A way from one node to another. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly value?: string;
  /** Undefined while that is open. */
  readonly isTaken?: boolean;
}

/** All ways of a workflow, also into the branches of parallel nodes and out of them. */
export function waysOf(
  outline: WorkflowOutline,
  statuses: ReadonlyMap<string, NodeStatus>,
  { tasks }: Stand,
  isOver: boolean,
): readonly Way[] {
  const order = new Map<string, number>();
  tasks.forEach(({ task }, index) => {
    const node = nodeAt(task, outline.nodes);
    if (node?.more === '') order.set(node.id, index);
  });
  const has = (id: string): boolean => statuses.has(id);
  const isDone = (id: string): boolean => ['ok', 'cached'].includes(statuses.get(id)?.status ?? '');
  const lines = flat(outline.nodes);
  const pairs = lines.flatMap(({ id, type, leads, branches }) => {
    if (branches.length === 0) return leads.map(({ to, value }) => ({ from: id, to, type, ...named(value) }));
    const into = branches.flatMap(([first]) => (first ? [{ from: id, to: first.id, type }] : []));
    const lasts = branches.flatMap((branch) => branch.filter((line) => line.leads.length === 0));
    const out = leads.flatMap(({ to }) => lasts.map((line) => ({ from: line.id, to, type })));
    return [...into, ...out];
  });
  return pairs.map(({ type, ...way }) => {
    const { from, to } = way;
    if (type !== 'condition') return has(from) && has(to) ? { ...way, isTaken: true } : way;
    if (!isDone(from)) return way;
    const isAfter = has(to) && (order.get(to) ?? 0) >= (order.get(from) ?? 0);
    if (isAfter) return { ...way, isTaken: true };
    const isElsewhere = pairs.some((other) => other.from === from && other.to !== to && has(other.to));
    return isElsewhere || isOver ? { ...way, isTaken: false } : way;
  });
}

const named = (value: string | undefined): { readonly value?: string } => (value === undefined ? {} : { value });
