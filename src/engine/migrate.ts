/** A thread that another version of its graph has written: whether this one can go on with it, and what it takes over. */
import { AgentError, asAgentError } from '../core/index.ts';
import type { ThreadLog, Write } from '../core/index.ts';
import { apply, GRAPH, graphOf, initialWrites, setWrite, unknownChannel, userChannels } from '../state/index.ts';
import type { Values } from '../state/index.ts';
import { Frame } from './frame.ts';
import type { Plan } from './plan.ts';
import { framesOf } from './thread.ts';

/** Gives a thread's channels the form that a newer version of its graph has for them. */
export type Migrate = (from: string, channels: ReadonlyMap<string, unknown>) => ReadonlyMap<string, unknown>;

/** Who writes, for the sentences of errors. */
const ID = '#migration';

const MEND = 'Mend `migrate`; the thread is as it was.';

const nameOf = ({ id, version }: Plan): string => `${id}@${version}`;

/** The id of a graph, and its version. */
function partsOf(graph: string): readonly [id: string, version: string] {
  const cut = graph.lastIndexOf('@');
  return [graph.slice(0, cut), graph.slice(cut + 1)];
}

function changed(plan: Plan, message: string, fix: string, cause?: unknown): AgentError {
  return new AgentError('graph-changed', message, { fix, details: { graph: nameOf(plan) }, cause });
}

/**
 * Checks that a graph may go on with a thread: it wrote it, or knows how to take it over.
 *
 * @param graph `id@version` of the graph that has written the thread.
 * @throws AgentError `graph-mismatch` when it is another graph's, `graph-changed` when it is another version's and this
 *   one has no `migrate`.
 */
export function checkGraph(plan: Plan, graph: string): void {
  const name = nameOf(plan);
  if (graph === name) return;
  if (partsOf(graph)[0] !== plan.id) {
    throw new AgentError('graph-mismatch', `The thread belongs to ${graph}, not to ${name}.`, {
      fix: 'Go on with the graph that began it, or begin a new thread.',
      details: { thread: graph, graph: name },
    });
  }
  if (plan.parts.migrate) return;
  const message = `The thread was written by ${graph}, and ${name} has no \`migrate\`. It can be read, but not go on.`;
  throw changed(
    plan,
    message,
    'Give new StateGraph() a `migrate`, go on with the older version, or begin a new thread.',
  );
}

/** The writes that make the channels of an older version those of this one. */
function migrated(plan: Plan, from: string, values: Values): readonly Write[] {
  const { channels, parts } = plan;
  const before = userChannels(values);
  const after: unknown = parts.migrate?.(from, new Map(Object.entries(before)));
  if (!(after instanceof Map)) throw changed(plan, '`migrate` returned no Map.', MEND);
  const writes: Write[] = [];
  for (const [name, value] of after as ReadonlyMap<string, unknown>) {
    const channel = Object.hasOwn(channels, name) ? channels[name] : undefined;
    if (!channel || channel.kind === 'local') throw unknownChannel(channels, name, ID);
    // Checked also where it has stayed the same: the channel may be of another kind now.
    const write = setWrite(channel, name, value, ID);
    if (!Object.hasOwn(before, name) || !Object.is(before[name], value)) writes.push(write);
  }
  for (const write of initialWrites(channels)) if (!after.has(write[0])) writes.push(write);
  for (const name of Object.keys(before)) {
    if (!after.has(name) && !Object.hasOwn(channels, name)) writes.push([name, 'delete', []]);
  }
  return writes;
}

/** Checks that everything that the thread waits at is there. */
function checkPosition(plan: Plan, values: Values): void {
  new Frame(plan, '').restore(values);
  for (const [task, stored] of framesOf(values)) {
    let child: Plan | undefined = plan;
    for (const part of task.split('/')) child = child?.nodes[child.ids.get(part.split(':')[1] ?? '') ?? -1]?.subgraph;
    if (child) new Frame(child, task).restore(stored);
    else
      throw changed(
        plan,
        `The thread is within "${task}", which is no subgraph any more.`,
        'Go on with the older version.',
      );
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
  if (!log || log.head === 0) return values;
  const [, from] = partsOf(graphOf(values, log.graph));
  if (from === plan.version) return values;
  try {
    const writes: Write[] = [...migrated(plan, from, values), [GRAPH, 'set', graph]];
    const after = apply(values, writes);
    checkPosition(plan, after);
    log.append({ ns: '', runId, step: 0, writes });
    return after;
  } catch (error) {
    throw asAgentError(error, 'graph-changed', MEND, `${graph} could not take the thread over from ${from}: `);
  }
}
