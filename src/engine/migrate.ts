/** A thread that another version of its graph has written: whether this one can go on with it, and what it takes over. */
import { AgentError, asAgentError } from '../core/index.ts';
import type { ThreadLog, Write } from '../core/index.ts';
import { apply, GRAPH, graphOf, initialWrites, lower, Overwrite, storedWrites, userChannels } from '../state/index.ts';
import type { Channels, Values } from '../state/index.ts';
import { Frame } from './frame.ts';
import { childOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { framesOf } from './thread.ts';

/** Takes a thread over from another version of its graph, and gives its channels from there on; made by {@link migration}. */
export type Migration = (plan: Plan, log: ThreadLog, values: Values, runId: string) => Values;

const nameOf = ({ id, version }: Plan): string => `${id}@${version}`;

/**
 * Checks that a graph may go on with a thread: it wrote it, or knows how to take it over.
 *
 * @param thread `id@version` of the graph that has written the thread.
 * @throws AgentError `graph-mismatch` when it is another graph's, `graph-changed` when it is another version's and this
 *   one has no `migrate`.
 */
export function checkGraph(plan: Plan, thread: string): void {
  const graph = nameOf(plan);
  const isOwn = thread.slice(0, thread.lastIndexOf('@')) === plan.id;
  if (thread === graph || (isOwn && plan.parts.migrate)) return;
  throw new AgentError(
    isOwn ? 'graph-changed' : 'graph-mismatch',
    `The thread belongs to ${thread}, not to ${graph}.`,
    {
      fix: 'Go on with the graph that wrote it, give it a `migrate`, or begin a new thread.',
      details: { thread, graph },
    },
  );
}

/** The writes that make the channels of an older version those of this one. */
function changesOf(channels: Channels, before: Values, after: ReadonlyMap<string, unknown>): readonly Write[] {
  const whole = [...after].map(([name, value]) => [name, new Overwrite(value)] as const);
  const { writes } = lower(channels, before, Object.fromEntries(whole), '#migration');
  const isNew = ([name]: Write): boolean => !after.has(name);
  return [
    ...Object.keys(before)
      .map((name): Write => [name, 'delete', []])
      .filter(isNew),
    ...initialWrites(channels).filter(isNew),
    ...storedWrites(channels, writes).filter(([name, , value]) => !Object.is(before[name], value)),
  ];
}

/** Checks that everything that the thread waits at is there. A node that is no subgraph any more begins anew. */
function checkPosition(plan: Plan, values: Values): void {
  new Frame(plan, '').restore(values);
  for (const [task, stored] of framesOf(values)) {
    const child = task.split('/').reduce<Plan | undefined>((at, part) => at && childOf(at, part), plan);
    if (child) new Frame(child, task).restore(stored);
  }
}

/**
 * How a graph takes over the threads of its other versions. What comes of it is one version of the thread.
 *
 * A run then rejects, and the thread stays as it was, with `graph-changed` when `migrate` throws or returns no Map, or
 * when the thread waits at a node that is not there any more; with `unknown-channel`, `invalid-update` or
 * `unstorable-value` for what it returns.
 *
 * @param migrate gets the version that wrote the thread, and the channels of the graph as they are. Channels that are not
 *   in what it returns begin with their first value.
 * @example
 * const migrate = migration((from, channels) => new Map([...channels, ['currency', 'EUR']]));
 * new StateGraph({ id: 'order', version: '2', channels, migrate });
 */
export function migration(
  migrate: (from: string, channels: ReadonlyMap<string, unknown>) => ReadonlyMap<string, unknown>,
): Migration {
  return (plan, log, values, runId) => {
    const graph = nameOf(plan);
    const begun = graphOf(values, log.graph);
    if (begun === graph) return values;
    try {
      const before = userChannels(values);
      const after = migrate(begun.slice(plan.id.length + 1), new Map(Object.entries(before)));
      const writes: Write[] = [...changesOf(plan.channels, before, after), [GRAPH, 'set', graph]];
      const taken = apply(values, writes);
      checkPosition(plan, taken);
      log.append({ ns: '', runId, step: 0, writes });
      return taken;
    } catch (error) {
      throw asAgentError(error, 'graph-changed', 'Mend `migrate`; the thread is as it was.', '`migrate` failed: ');
    }
  };
}

/** Takes a thread over where another version of the graph has written it. */
export function takeOver(plan: Plan, log: ThreadLog | undefined, values: Values, runId: string): Values {
  return (log && log.head > 0 && plan.parts.migrate?.(plan, log, values, runId)) || values;
}
