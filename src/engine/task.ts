/** How a task ends. However its node ends, what comes out is a value. */
import { NONE } from '../core/index.ts';
import type { AgentError, Interrupt, Write } from '../core/index.ts';
import { apply, lower } from '../state/index.ts';
import type { Lowered, ParentCommand, PendingSend, ReduceUpdate, StoredFailure } from '../state/index.ts';
import { isCommand } from './command.ts';
import type { Command } from './command.ts';
import type { TaskContext } from './context.ts';
import { NOTHING } from './frame.ts';
import { nodeError, storableError } from './failure.ts';
import { resolveGoto, resolveParent } from './route.ts';
import type { Status } from './run.ts';

/** What a finished task has to write, and where it leads. */
export interface TaskResult {
  readonly kind: 'ok';
  readonly writes: readonly Write[];
  readonly updates: readonly ReduceUpdate[];
  readonly goto: readonly number[];
  readonly sends: readonly PendingSend[];
  /** Whether the node's own edges are followed. */
  readonly exits: boolean;
  /** What failed, by the node that handles it. */
  readonly failures: Readonly<Record<string, readonly StoredFailure[]>>;
  /** Ends the subgraph that the task belongs to. */
  readonly parent: ParentCommand | undefined;
}

export type Outcome =
  | TaskResult
  | { readonly kind: 'interrupted'; readonly interrupts: readonly Interrupt[] }
  | { readonly kind: 'failed'; readonly error: AgentError }
  | { readonly kind: 'cancelled' }
  /** A subgraph that stopped on its way because the run did. */
  | { readonly kind: 'stopped'; readonly status: Extract<Status, { status: 'paused' | 'limit' }> };

/** What a node returns that has lowered its writes itself: a draft node, or a subgraph. */
export class LoweredResult {
  readonly lowered: Lowered;
  readonly command: Command | undefined;

  constructor(lowered: Lowered, command: Command | undefined) {
    this.lowered = lowered;
    this.command = command;
  }
}

/** What a subgraph returns that did not get to its end. */
export class Unfinished {
  readonly outcome: Exclude<Outcome, { kind: 'ok' | 'failed' }>;

  constructor(outcome: Exclude<Outcome, { kind: 'ok' | 'failed' }>) {
    this.outcome = outcome;
  }
}

export const TASK_CANCELLED: Outcome = Object.freeze({ kind: 'cancelled' });

function plainResult({ writes, updates }: Lowered): TaskResult {
  return { kind: 'ok', writes, updates, goto: NONE, sends: NONE, exits: true, failures: NOTHING, parent: undefined };
}

/** What has lost a race has finished: it has nothing to write, and leads nowhere. */
export const LOST: TaskResult = Object.freeze({ ...plainResult({ writes: NONE, updates: NONE }), exits: false });

function commandResult(lowered: Lowered | undefined, command: Command, context: TaskContext): TaskResult {
  const { name, frame } = context;
  const { writes, updates } = lowered ?? { writes: NONE, updates: NONE };
  if (command.graph === 'parent') {
    return { ...plainResult({ writes, updates }), parent: resolveParent(frame, command, name) };
  }
  // What a Command updates comes after what its node has drafted.
  const added = lower(frame.plan.channels, apply(frame.values, writes), command.update, name);
  const { due: goto, sends } = resolveGoto(frame.plan, command.goto, name);
  const all = { writes: [...writes, ...added.writes], updates: [...updates, ...added.updates] };
  return { ...plainResult(all), goto, sends };
}

/** The outcome of a node that returned. Never throws. */
export function outcomeOf(context: TaskContext, returned: unknown): Outcome {
  const { asked } = context.latest;
  if (asked) return { kind: 'interrupted', interrupts: asked };
  try {
    const { plan, values } = context.frame;
    // Most nodes return an object literal, which is none of the others.
    if (typeof returned === 'object' && returned !== null && returned.constructor !== Object) {
      if (isCommand(returned)) return commandResult(undefined, returned, context);
      if (returned instanceof Unfinished) return returned.outcome;
      if (returned instanceof LoweredResult) {
        const { lowered, command } = returned;
        return command ? commandResult(lowered, command, context) : plainResult(lowered);
      }
    }
    return plainResult(lower(plan.channels, values, returned, context.name));
  } catch (error) {
    return failedOutcome(context, nodeError(error, context.name));
  }
}

/** The outcome of a node that threw. */
export function outcomeOfError(context: TaskContext, error: unknown): Outcome {
  const { asked, stopped } = context.latest;
  if (asked) return { kind: 'interrupted', interrupts: asked };
  // A deadline that has passed is a failure of the node; every other reason to stop comes from outside.
  if (stopped && stopped.code !== 'node-timeout') return TASK_CANCELLED;
  return failedOutcome(context, nodeError(error, context.name));
}

function failedOutcome(context: TaskContext, error: AgentError): Outcome {
  const handler = context.frame.plan.nodes[context.node]?.onError;
  if (handler === undefined) return { kind: 'failed', error };
  const id = context.frame.plan.ids.get(handler);
  const failure = { node: context.name, task: context.task, error: storableError(error) };
  return {
    ...LOST,
    goto: id === undefined ? NONE : [id],
    failures: { [handler]: [failure] },
  };
}
