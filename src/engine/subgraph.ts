/** Subgraphs: a graph as a node of another one, with its own namespace in the same thread. */
import type { Write } from '../core/index.ts';
import { apply, difference, initialWrites, lower, NO_VALUES } from '../state/index.ts';
import type { Lowered, TaskWrites } from '../state/index.ts';
import { Command, Send } from './command.ts';
import { cancelReason } from './context.ts';
import type { TaskContext } from './context.ts';
import { BASE, Frame } from './frame.ts';
import type { Plan, PlanFunction } from './plan.ts';
import { follow } from './route.ts';
import type { RunControl } from './run-control.ts';
import type { Status } from './run.ts';
import { LoweredResult, Unfinished } from './task.ts';

/** The channels that a subgraph shares with its parent: those of the same name. */
function shared(parent: Plan, child: Plan): readonly string[] {
  return Object.keys(child.channels).filter((name) => Object.hasOwn(parent.channels, name));
}

/** Begins a subgraph: its own channels with their first values, those that it shares with the values of the parent. */
async function begin(context: TaskContext, frame: Frame, input: unknown): Promise<void> {
  const { run, frame: parent } = context;
  const { plan } = frame;
  const inherited = shared(parent.plan, plan);
  const fresh = initialWrites(plan.channels).filter(([name]) => !inherited.includes(name));
  const values: Record<string, unknown> = { ...apply(NO_VALUES, fresh) };
  for (const name of inherited) values[name] = parent.values[name];
  // What was sent to it is its input, and no change that it made.
  const sent = context.index < 0 ? [] : lower(plan.channels, values, input, 'input').writes;
  frame.base = apply(values, sent);
  const state = frame.readable(frame.base);
  const next = await follow(plan, plan.entry, state, 'START');
  if (run.thread.observed) {
    const kept = inherited.filter((name) => plan.channels[name]?.kind !== 'local');
    const copies = kept.map((name): Write => [frame.prefix + name, 'copy', parent.prefix + name]);
    const bases = kept.map((name): Write => [frame.prefix + BASE + name, 'copy', frame.prefix + name]);
    const all = [...frame.qualified(fresh), ...copies, ...frame.qualified(sent), ...bases];
    frame.addPosition(all, 1, next);
    run.commit(frame, all);
  } else run.thread.count();
  frame.moveTo(1, next, frame.base, state);
}

/** What a subgraph has changed in the channels that it shares with its parent. */
export function changesOf(parent: Plan, frame: Frame): readonly Write[] {
  const { channels } = frame.plan;
  return shared(parent, frame.plan).flatMap((name) => {
    const kind = channels[name]?.kind ?? 'last';
    return difference(kind, name, frame.base[name], frame.values[name]);
  });
}

function resultOf(context: TaskContext, frame: Frame, status: Status): LoweredResult | Unfinished {
  const { thread } = context.run;
  switch (status.status) {
    case 'completed': {
      const lowered: Lowered = { writes: changesOf(context.frame.plan, frame), updates: [] };
      const { exit } = frame.position;
      if (!exit) return new LoweredResult(lowered, undefined);
      const sends = exit.sends.map(({ node, input }) => new Send(node, input));
      // The parent checks the update when it lowers it.
      const update = exit.update as Readonly<Record<string, unknown>> | undefined;
      const command = new Command({ ...(update ? { update } : {}), goto: [...exit.goto, ...sends] });
      return new LoweredResult(lowered, command);
    }
    case 'failed':
      return new Unfinished({ kind: 'failed', error: status.error });
    case 'interrupted': {
      const asked = thread.interrupts.filter(({ task }) => task.startsWith(frame.prefix));
      return new Unfinished({ kind: 'interrupted', interrupts: asked });
    }
    case 'cancelled':
      return new Unfinished({ kind: 'cancelled' });
    case 'paused':
    case 'limit':
      return new Unfinished({ kind: 'stopped', status });
  }
}

/** A compiled graph as a node. Begins its frame, or takes it up where the thread has left it. */
export function subgraphNode(plan: Plan): PlanFunction {
  return async (input, context) => {
    const { run, task } = context;
    const open = run.frames.get(task);
    const frame = open ?? new Frame(plan, task);
    run.frames.set(task, frame);
    const stored = run.thread.stored.get(task);
    if (!open) {
      if (stored) frame.restore(stored);
      else await begin(context, frame, input);
    }
    if (run.ended) throw cancelReason(undefined);
    return resultOf(context, frame, await run.makeRunner(run, frame).loop());
  };
}

/** What the subgraphs of an unfinished step have changed in the channels that they share with their parent. */
export function subgraphChanges(run: RunControl, parent: Frame): readonly TaskWrites[] {
  return [...run.thread.stored].flatMap(([task, stored]) => {
    const [, name = ''] = task.split(':');
    const plan = task.includes('/') ? undefined : parent.plan.nodes[parent.plan.ids.get(name) ?? -1]?.subgraph;
    if (!plan) return [];
    const frame = new Frame(plan, task);
    frame.restore(stored);
    return { node: name, writes: changesOf(parent.plan, frame), updates: [] };
  });
}
