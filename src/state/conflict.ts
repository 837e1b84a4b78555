/** Parallel tasks may add to one channel together, but only one may set it. */
import { AgentError } from '../core/index.ts';
import type { Write } from '../core/index.ts';

/** The writes of one task, and the node that it ran. */
export interface TaskWrites {
  readonly node: string;
  readonly writes: readonly Write[];
}

/**
 * Joins the writes of a step's tasks in the order given.
 *
 * @throws AgentError `write-conflict`, naming both nodes and the channel, when two tasks meet in one channel and one of
 *   them sets it.
 */
export function mergeWrites(tasks: readonly TaskWrites[]): readonly Write[] {
  const merged: Write[] = [];
  const writers = new Map<string, { task: TaskWrites; sets: boolean }>();
  for (const task of tasks) {
    for (const write of task.writes) {
      const sets = write[1] !== 'append' && write[1] !== 'put' && write[1] !== 'text';
      const earlier = writers.get(write[0]);
      if (earlier && earlier.task !== task && (sets || earlier.sets)) {
        const names = `"${earlier.task.node}" and "${task.node}"`;
        throw new AgentError('write-conflict', `${names} both wrote channel "${write[0]}" in one step.`, {
          fix: 'Let one of them write it, put them one after the other, or make it an append channel.',
          details: { nodes: [earlier.task.node, task.node], path: [write[0]] },
        });
      }
      writers.set(write[0], { task, sets: sets || (earlier?.sets ?? false) });
      merged.push(write);
    }
  }
  return merged;
}
