/** How far a run has come: the share of the workflow's own nodes that have finished. */
import type { RunEvent } from '../core/index.ts';
import type { WorkflowSpec } from './document.ts';

/** What the path of a task names: its node, after the step. */
const nameOf = (part: string): string => part.slice(part.indexOf(':') + 1).replace(/:\d+$/, '');

/**
 * Follows the events of a run.
 *
 * @returns the new value from 0 to 1, where an event changes it.
 */
export function createProgress(spec: WorkflowSpec | undefined): (event: RunEvent) => number | undefined {
  const nodes = new Map(spec?.nodes.map(({ id, type }) => [id, type]));
  const done = new Set<string>();
  /** Whether a namespace is that of the workflow and its branches, and of nothing within its nodes. */
  const isOwn = (ns: string): boolean =>
    ns === '' ||
    ns.split('/').every((part) => {
      const type = nodes.get(nameOf(part));
      return type !== undefined && type !== 'workflow' && type !== 'team' && type !== 'agent';
    });
  return (event) => {
    if (event.type === 'run-end') return event.status === 'completed' ? 1 : undefined;
    if (event.type !== 'node-end' || (event.outcome !== 'ok' && event.outcome !== 'cached')) return undefined;
    if (!nodes.has(event.node) || done.has(event.node) || !isOwn(event.ns)) return undefined;
    done.add(event.node);
    // The end is told by the run alone.
    return Math.min(done.size / nodes.size, 0.99);
  };
}
