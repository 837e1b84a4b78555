/** From where a frame stands and what has finished to where it stands next: joins, deferred nodes, failures, exits. */
import { NONE, stableText } from '../core/index.ts';
import type { StoredFailure } from '../state/index.ts';
import type { TaskContext } from './context.ts';
import { NOTHING, NOWHERE } from './frame.ts';
import type { Frame, Position } from './frame.ts';
import { Flag } from './plan.ts';
import type { Plan } from './plan.ts';
import { inOrder } from './route.ts';
import type { TaskResult } from './task.ts';

/** Marks the joins that finished nodes have reached, and gives the nodes behind those that are complete. */
function reach(
  frame: Frame,
  finished: readonly TaskContext[],
): { readonly joins: Position['joins']; readonly complete: readonly number[] } {
  const joins: Record<string, readonly number[]> = { ...frame.position.joins };
  const complete: number[] = [];
  for (const { node, result } of finished) {
    if (!result?.exits) continue;
    for (const { key, from, to } of frame.plan.exits[node]?.joins ?? NONE) {
      const reached = new Set([...(joins[key] ?? []), node]);
      if (from.every((node) => reached.has(node))) {
        complete.push(to);
        joins[key] = NONE;
      } else joins[key] = [...reached];
    }
  }
  const open = Object.entries(joins).filter(([, reached]) => reached.length > 0);
  return { joins: open.length === 0 ? NOTHING : Object.fromEntries(open), complete };
}

/** What has failed, by the node that handles it: in this step, and before it where the node still waits. */
function gatherFailures(
  frame: Frame,
  finished: readonly TaskContext[],
  deferred: readonly number[],
): Position['failures'] {
  // Without a prototype, for nodes may be called as anything that every object has.
  const failures = Object.create(null) as Record<string, StoredFailure[]>;
  for (const node of deferred) {
    const name = frame.plan.names[node] ?? '';
    const before = frame.position.failures[name];
    if (before && Object.hasOwn(frame.position.failures, name)) failures[name] = [...before];
  }
  for (const { result } of finished) {
    for (const [handler, found] of Object.entries(result?.failures ?? NOTHING))
      (failures[handler] ??= []).push(...found);
  }
  return failures;
}

/** A position with the nodes that wait until nothing else is due set aside. */
function settled(plan: Plan, position: Position): Position {
  const { due, sends, deferred } = position;
  const isDeferred = (node: number): boolean => ((plan.flags[node] ?? 0) & Flag.DEFER) !== 0;
  const now = due.filter((node) => !isDeferred(node));
  const later = inOrder([...deferred, ...due.filter(isDeferred)]);
  const isIdle = now.length === 0 && sends.length === 0;
  return { ...position, due: isIdle ? later : now, deferred: isIdle ? NONE : later };
}

/** Where a frame stands when it begins with what START leads to. */
export function firstPosition(plan: Plan, due: Position): Position {
  return plan.special ? settled(plan, due) : due;
}

/**
 * Where a frame stands after a step.
 *
 * @param only the result of the only task, if there is just one.
 */
export function nextPosition(
  frame: Frame,
  finished: readonly TaskContext[],
  only: TaskResult | undefined,
  due: Position,
): Position {
  const { plan, position } = frame;
  const isPlain = !plan.special && position.joins === NOTHING;
  if (isPlain && only?.exits === true && only.parent === undefined) return due;
  let failed = false;
  let left = false;
  for (const { result } of finished) {
    failed ||= result?.exits === false;
    left ||= result?.parent !== undefined;
  }
  if (left) return { ...NOWHERE, exit: finished.flatMap(({ result }) => result?.parent ?? []) };
  if (isPlain && !failed) return due;
  const { joins, complete } = reach(frame, finished);
  return settled(plan, {
    due: inOrder([...due.due, ...complete]),
    sends: due.sends,
    deferred: position.deferred,
    joins,
    failures: failed || position.failures !== NOTHING ? gatherFailures(frame, finished, position.deferred) : NOTHING,
    exit: undefined,
  });
}

/** Names a position among others of the same frame. */
export function frontierKey({ due, sends, deferred, joins }: Position): string {
  return stableText({ due, sends, deferred, joins });
}
