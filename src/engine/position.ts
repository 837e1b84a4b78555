/** From where a frame stands and what has finished to where it stands next: joins, deferred nodes, failures, exits. */
import { stableText } from '../core/index.ts';
import type { StoredFailure } from '../state/index.ts';
import type { TaskContext } from './context.ts';
import { NOTHING, NOWHERE } from './frame.ts';
import type { Frame, Position } from './frame.ts';
import { Flag } from './plan.ts';
import { inOrder } from './route.ts';

const NONE: readonly never[] = Object.freeze([]);

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

function gatherFailures(finished: readonly TaskContext[]): Position['failures'] {
  const failures: Record<string, StoredFailure[]> = {};
  for (const { result } of finished) {
    for (const [handler, found] of Object.entries(result?.failures ?? NOTHING))
      (failures[handler] ??= []).push(...found);
  }
  return failures;
}

/** Where a frame stands after a step. */
export function nextPosition(frame: Frame, finished: readonly TaskContext[], due: Position): Position {
  const { plan, position } = frame;
  let failed = false;
  for (const { result } of finished) {
    if (result?.parent) return { ...NOWHERE, exit: result.parent };
    failed ||= result?.exits === false;
  }
  if (!plan.special && !failed && position.joins === NOTHING) return due;
  const { joins, complete } = reach(frame, finished);
  const isDeferred = (node: number): boolean => ((plan.flags[node] ?? 0) & Flag.DEFER) !== 0;
  const wanted = inOrder([...due.due, ...complete]);
  const now = wanted.filter((node) => !isDeferred(node));
  const later = inOrder([...position.deferred, ...wanted.filter(isDeferred)]);
  const idle = now.length === 0 && due.sends.length === 0;
  return {
    due: idle ? later : now,
    sends: due.sends,
    deferred: idle ? NONE : later,
    joins,
    failures: failed ? gatherFailures(finished) : NOTHING,
    exit: undefined,
  };
}

/** Names a position among others of the same frame. */
export function frontierKey({ due, sends, deferred, joins }: Position): string {
  return stableText({ due, sends, deferred, joins });
}
