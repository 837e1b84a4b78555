/** Subgraphs: a graph as a node of another one, with its own namespace in the same thread. */
import { stopError } from '../core/index.ts';
import type { Write } from '../core/index.ts';
import { apply, initialWrites, lower, mergeWrites, NO_VALUES } from '../state/index.ts';
import { Command, Send } from './command.ts';
import { inputWrites } from './begin.ts';
import { changesOf, shared } from './changes.ts';
import type { TaskContext } from './context.ts';
import { BASE, Frame } from './frame.ts';
import type { Plan, PlanFunction } from './plan.ts';
import { firstPosition } from './next-position.ts';
import { follow } from './route.ts';
import type { Status } from './run.ts';
import { LoweredResult, Unfinished } from './task.ts';

/** Begins a subgraph: its own channels with their first values, those that it shares with the values of the parent. */
async function begin(context: TaskContext, frame: Frame, input: unknown): Promise<void> {
  const { run, frame: parent } = context;
  const { plan } = frame;
  const inherited = shared(parent.plan, plan);
  const fresh = initialWrites(plan.channels).filter(([name]) => !inherited.includes(name));
  const values: Record<string, unknown> = { ...apply(NO_VALUES, fresh) };
  for (const name of inherited) values[name] = parent.values[name];
  // What was sent to it is its input, and no change that it made.
  const sent = context.index < 0 ? [] : inputWrites(plan.channels, values, input);
  frame.base = apply(values, sent);
  const state = frame.readable(frame.base);
  const next = firstPosition(plan, await follow(plan, plan.entry, state, 'START'));
  if (context.stopped) throw context.stopped;
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

/** The result of a subgraph that has got to its end: its changes, and what it tells the parent to do. */
function resultOf(context: TaskContext, frame: Frame): LoweredResult {
  const { plan, values } = context.frame;
  const changes = changesOf(plan, frame, frame.values);
  const { exit } = frame.position;
  if (!exit) return new LoweredResult({ writes: changes, updates: [] }, undefined);
  const base = apply(values, changes);
  const told = exit.map(({ node, update }) => ({ node, ...lower(plan.channels, base, update, node) }));
  const writes = [...changes, ...mergeWrites(told)];
  const sends = exit.flatMap((command) => command.sends).map(({ node, input }) => new Send(node, input));
  const command = new Command({ goto: [...exit.flatMap(({ goto }) => goto), ...sends] });
  return new LoweredResult({ writes, updates: told.flatMap(({ updates }) => updates) }, command);
}

function endOf(context: TaskContext, frame: Frame, status: Status): LoweredResult | Unfinished {
  switch (status.status) {
    case 'completed':
      return resultOf(context, frame);
    case 'failed':
      throw status.error;
    case 'interrupted': {
      const asked = context.run.thread.interrupts.filter(({ task }) => task.startsWith(frame.prefix));
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
    const frame = open ?? new Frame(plan, task, context);
    const stored = run.thread.stored.get(task);
    if (!open) {
      if (stored) frame.restore(stored);
      else await begin(context, frame, input);
    }
    run.frames.set(task, frame);
    // It may have been told so since it last looked.
    if (context.stopped) throw context.stopped;
    const runner = run.makeRunner(run, frame);
    // Told to stop, it keeps what it has and does not wait for nodes that take no notice.
    const stopped = new Promise<Unfinished>((resolve) => {
      const stop = (): void => {
        runner.leave(context.stopped ?? stopError());
        resolve(new Unfinished({ kind: 'cancelled' }));
      };
      context.signal.addEventListener('abort', stop, { once: true });
    });
    return Promise.race([runner.loop().then((status) => endOf(context, frame, status)), stopped]);
  };
}
