/** A thread that another version of its graph has written: whether this one can go on with it, and what it takes over. */
import { AgentError, asAgentError } from '../core/index.ts';
import type { ThreadLog, Write } from '../core/index.ts';
import { apply, GRAPH, graphOf, initialWrites, lower, Overwrite, storedWrites, userChannels } from '../state/index.ts';
import type { Values } from '../state/index.ts';
import { Frame } from './frame.ts';
import { childOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { framesOf } from './thread.ts';

/** Gives a thread's channels the form that a newer version of its graph has for them. */
export type Migrate = (from: string, channels: ReadonlyMap<string, unknown>) => ReadonlyMap<string, unknown>;

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
      fix: 'Go on with the graph that wrote it, give its new version a `migrate`, or begin a new thread.',
      details: { thread, graph },
    },
  );
}

/** The writes that make the channels of an older version those of this one. */
function migrated({ channels, parts }: Plan, from: string, values: Values): readonly Write[] {
  const before = userChannels(values);
  const after = parts.migrate?.(from, new Map(Object.entries(before))) ?? new Map<string, unknown>();
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
 * Takes a thread over from the version of the graph that has written it; nothing happens where it was this one. What
 * comes of it is one entry of the log.
 *
 * @param values the channels of the thread.
 * @returns the channels from here on.
 * @throws AgentError `graph-changed` when `migrate` throws or returns no Map, or when the thread waits at a node that is
 *   not there any more; `unknown-channel`, `invalid-update` or `unstorable-value` for what it returns. The thread stays
 *   as it was.
 */
export function takeOver(plan: Plan, log: ThreadLog | undefined, values: Values, runId: string): Values {
  const graph = nameOf(plan);
  const before = log && log.head > 0 ? graphOf(values, log.graph) : graph;
  if (!log || before === graph) return values;
  try {
    const from = before.slice(plan.id.length + 1);
    const writes: Write[] = [...migrated(plan, from, values), [GRAPH, 'set', graph]];
    const after = apply(values, writes);
    checkPosition(plan, after);
    log.append({ ns: '', runId, step: 0, writes });
    return after;
  } catch (error) {
    throw asAgentError(error, 'graph-changed', 'Mend `migrate`; the thread is as it was.', '`migrate` failed: ');
  }
}
