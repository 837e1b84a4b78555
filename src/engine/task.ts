/** Runs one task. However the node ends, what comes out is a value. */
import { abortable, AgentError, errorText, isAgentError } from '../core/index.ts';
import type { Interrupt } from '../core/index.ts';
import { lower } from '../state/index.ts';
import type { PendingTask } from '../state/index.ts';
import { Command } from './command.ts';
import { createContext } from './context.ts';
import type { TaskScope } from './context.ts';
import type { Plan, PlanNode } from './plan.ts';
import { resolveGoto } from './route.ts';

/** A node that is due, with what it will be given. */
export interface Task {
  readonly id: string;
  readonly node: PlanNode;
  readonly input: unknown;
}

export type TaskOutcome =
  | { readonly kind: 'ok'; readonly result: PendingTask }
  | { readonly kind: 'interrupted'; readonly interrupts: readonly Interrupt[] }
  | { readonly kind: 'failed'; readonly error: AgentError }
  | { readonly kind: 'cancelled' };

/** An error that a node threw, with the node named. An AgentError keeps its code. */
function nodeError(error: unknown, node: string): AgentError {
  if (isAgentError(error)) return error;
  return new AgentError('node-failed', `Node "${node}" failed: ${errorText(error)}`, {
    fix: 'Mend the cause, then go on with invoke(null) on the same thread: what finished is kept.',
    details: { node },
    cause: error,
  });
}

function resultOf(plan: Plan, node: PlanNode, returned: unknown): PendingTask {
  const command = returned instanceof Command ? returned : undefined;
  const due = resolveGoto(plan, command?.goto ?? [], node.name);
  const writes = lower(plan.channels, command ? command.update : returned, node.name);
  return { writes, goto: due.nodes, sends: due.sends };
}

/** Runs a task to its end, or until the run is cancelled; a node that ignores the signal is left behind. */
export async function runTask(plan: Plan, task: Task, scope: TaskScope<unknown>): Promise<TaskOutcome> {
  const { node } = task;
  const { context, asked } = createContext(scope);
  try {
    const returned = node.run(task.input, context);
    const value: unknown = returned instanceof Promise ? await abortable(returned, scope.signal) : returned;
    if (asked.length > 0) return { kind: 'interrupted', interrupts: asked };
    return { kind: 'ok', result: resultOf(plan, node, value) };
  } catch (error) {
    if (scope.signal.aborted) return { kind: 'cancelled' };
    if (asked.length > 0) return { kind: 'interrupted', interrupts: asked };
    return { kind: 'failed', error: nodeError(error, node.name) };
  }
}
