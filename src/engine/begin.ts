/** How a run begins: with an input, with answers, or where the thread is. */
import type { Answers, Write } from '../core/index.ts';
import { apply, foldUpdates, initialWrites, INTERRUPTS, lower, MEMO, mergeWrites } from '../state/index.ts';
import type { Frame } from './frame.ts';
import { follow } from './route.ts';
import type { RunControl } from './run-control.ts';
import { subgraphChanges } from './subgraph.ts';
import type { TaskResult } from './task.ts';

/**
 * What tasks of a step that is given up had finished, happened: it must not be forgotten with the step. Of results that
 * contradict each other, what adds is kept.
 */
function keptWrites(run: RunControl, frame: Frame): readonly Write[] {
  const { channels } = frame.plan;
  const finished = [...frame.pending].map(([node, { writes, updates }]: [string, TaskResult]) => ({
    node,
    writes,
    updates,
  }));
  const tasks = [...finished, ...subgraphChanges(run, frame)];
  try {
    const updates = tasks.flatMap((task) => task.updates);
    return [...mergeWrites(tasks), ...foldUpdates(channels, frame.values, updates)];
  } catch {
    return tasks.flatMap(({ writes }) => writes.filter(([, op]) => op === 'append'));
  }
}

/** Begins at START with an update of the channels. What was due before is given up. */
export async function beginWith(run: RunControl, frame: Frame, input: unknown): Promise<void> {
  const { plan } = frame;
  const fresh = run.thread.version === 0 ? initialWrites(plan.channels) : [];
  const kept = keptWrites(run, frame);
  const base = apply(frame.values, [...fresh, ...kept]);
  const { writes, updates } = lower(plan.channels, base, input, 'input');
  const given = [...writes, ...foldUpdates(plan.channels, base, updates)];
  const values = apply(base, given);
  const state = frame.readable(values);
  const next = await follow(plan, plan.entry, state, 'START');
  const { step } = frame;
  if (run.thread.observed) {
    const all = frame.qualified([...fresh, ...kept, ...given]);
    frame.addPosition(all, step + 1, next);
    all.push(...run.clearBelow(''));
    run.commit(frame, all);
  } else run.thread.count();
  frame.moveTo(step + 1, next, values, state);
}

/** Notes answers, and lets breakpoints pass: all of them when there is no answer. */
export function goOn(run: RunControl, answers: Answers): void {
  const { thread } = run;
  const given: Record<string, unknown> = { ...answers };
  if (Object.keys(answers).length === 0) {
    for (const { id, kind } of thread.interrupts) if (kind === 'breakpoint') given[id] = true;
  }
  if (Object.keys(given).length === 0) return;
  const open = thread.interrupts.filter(({ id }) => !Object.hasOwn(given, id));
  run.commitEngine([
    [MEMO, 'put', given],
    [INTERRUPTS, 'set', open],
  ]);
  for (const [id, answer] of Object.entries(given)) thread.memo.set(id, answer);
  thread.interrupts = open;
}
