/** How far a run has come: the share of the workflow's own nodes that have finished. */
import type { RunEvent } from '../core/index.ts';
import type { WorkflowSpec } from './document.ts';

/** What the path of a task names: its node, after the step. */
const nameOf = (part: string): string => part.slice(part.indexOf(':') + 1).replace(/:\d+$/, '');

/**
 * Follows the events of a run.
 *
 * @param before paths of tasks that were done before, by an earlier run of the thread.
 * @returns the new value from 0 to 1, where an event changes it.
 */
export function createProgress(
  spec: WorkflowSpec | undefined,
  before: readonly string[] = [],
): (event: RunEvent) => number | undefined {
  const nodes = new Map(spec?.nodes.map(({ id, type }) => [id, type]));
  const done = new Set<string>();
  /** Whether a namespace is that of the workflow and its branches, and of nothing within its nodes. */
  const isOwn = (ns: string): boolean =>
    ns === '' ||
    ns.split('/').every((part) => {
      const type = nodes.get(nameOf(part));
      return type !== undefined && type !== 'workflow' && type !== 'team' && type !== 'agent';
    });
  /** Whether a node is one that had not been done. */
  const finish = (node: string, ns: string): boolean => {
    if (!nodes.has(node) || done.has(node) || !isOwn(ns)) return false;
    done.add(node);
    return true;
  };
  for (const path of before) {
    const at = path.lastIndexOf('/');
    finish(nameOf(path.slice(at + 1)), path.slice(0, Math.max(at, 0)));
  }
  return (event) => {
    // The end is told by the run alone.
    const share = (): number => (nodes.size === 0 ? 0 : Math.min(done.size / nodes.size, 0.99));
    // What was done before counts from the start.
    if (event.type === 'run-start') return done.size > 0 ? share() : undefined;
    if (event.type === 'run-end') return event.status === 'completed' ? 1 : undefined;
    if (event.type !== 'node-end' || (event.outcome !== 'ok' && event.outcome !== 'cached')) return undefined;
    return finish(event.node, event.ns) ? share() : undefined;
  };
}
