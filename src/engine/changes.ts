/** What has happened in a step that is not over: in its finished tasks, and in its subgraphs. */
import type { Write } from '../core/index.ts';
import { apply, difference, foldUpdates, mergeWrites } from '../state/index.ts';
import type { TaskWrites, Values } from '../state/index.ts';
import { Frame } from './frame.ts';
import { childOf } from './plan.ts';
import type { Plan } from './plan.ts';
import type { RunControl } from './run-control.ts';

/** The channels that a subgraph shares with its parent: those of the same name. */
export function shared(parent: Plan, child: Plan): readonly string[] {
  return Object.keys(child.channels).filter((name) => Object.hasOwn(parent.channels, name));
}

/** What a subgraph has changed in the channels that it shares with its parent. */
export function changesOf(parent: Plan, { plan, base }: Frame, values: Values): readonly Write[] {
  return shared(parent, plan).flatMap((name) => difference(plan.channels[name], name, base[name], values[name]));
}

/** What the stored subgraphs of a frame's unfinished step have changed for it. */
function subgraphChanges(run: RunControl, parent: Frame): readonly TaskWrites[] {
  const { plan, prefix } = parent;
  return [...run.thread.stored].flatMap(([task, stored]) => {
    if (!task.startsWith(prefix) || task.includes('/', prefix.length)) return [];
    const name = task.slice(prefix.length);
    const child = childOf(plan, name);
    if (!child) return [];
    const frame = new Frame(child, task);
    frame.restore(stored);
    const values = apply(frame.values, keptWrites(run, frame));
    return { node: name, writes: changesOf(plan, frame, values), updates: [] };
  });
}

/**
 * What tasks of a step that is given up had finished, happened: it must not be forgotten with the step. Of results that
 * contradict each other, what adds is kept.
 */
export function keptWrites(run: RunControl, frame: Frame): readonly Write[] {
  const finished = [...frame.pending].map(([node, { writes, updates }]) => ({ node, writes, updates }));
  const tasks = [...finished, ...subgraphChanges(run, frame)];
  try {
    const updates = tasks.flatMap((task) => task.updates);
    return [...mergeWrites(tasks), ...foldUpdates(frame.plan.channels, frame.values, updates)];
  } catch {
    return tasks.flatMap(({ writes }) => writes.filter(([, op]) => op === 'append'));
  }
}
