/** Refuses what would be misuse of a thread, before anything is written. */
import { AgentError } from '../core/index.ts';
import type { Answers, ThreadLog, Write } from '../core/index.ts';
import { admit, graphOf, interrupts, mergeWrites, pending } from '../state/index.ts';
import type { TaskWrites, Values } from '../state/index.ts';
import { shared } from './changes.ts';
import { checkGraph } from './migrate.ts';
import { childOf } from './plan.ts';
import type { Plan } from './plan.ts';

/**
 * Checks that a graph can do this work on a thread.
 *
 * @param values the channels of the thread.
 * @param input an update, or null to go on from where the thread is.
 * @throws AgentError `graph-mismatch`, `graph-changed`, `unknown-thread`, `awaiting-answer`, `invalid-answer`,
 *   `unstorable-value` or `unknown-interrupt`.
 */
export function checkWork(
  plan: Plan,
  log: ThreadLog | undefined,
  values: Values,
  input: unknown,
  answers: Answers,
): void {
  if (log && log.head > 0) checkGraph(plan, graphOf(values, log.graph));
  if (input === null && (log?.head ?? 0) === 0) {
    throw new AgentError('unknown-thread', 'There is no such thread to go on with.', {
      fix: 'Begin it with an input.',
    });
  }
  const open = interrupts(values).map((interrupt) => interrupt.id);
  if (input !== null && open.length > 0) {
    throw new AgentError('awaiting-answer', 'The thread waits for an answer.', {
      fix: 'Answer or reject what it asks first; invoke(null) lets a breakpoint pass.',
      details: { interrupts: open },
    });
  }
  for (const [id, answer] of Object.entries(answers)) {
    if (answer === undefined) {
      throw new AgentError('invalid-answer', 'Undefined is no answer; the question stays open.', {
        fix: 'Answer with null instead.',
        details: { id },
      });
    }
    admit(answer, ['answer', id]);
    if (open.includes(id)) continue;
    throw new AgentError('unknown-interrupt', `Nothing is open under "${id}".`, {
      fix: open.length > 0 ? `Open are: ${open.join(', ')}.` : 'It has been answered already; nothing is open.',
      details: { id, open },
    });
  }
}

/**
 * Checks that an update from outside leaves alone what the step under way has in hand: what finished tasks have to
 * write was made for the values as they are, and so were the changes of a subgraph.
 *
 * @param values the channels of the thread.
 * @throws AgentError `write-conflict`.
 */
export function checkUpdate(plan: Plan, values: Values, update: TaskWrites): void {
  // A patch holds only for the value that it was made for, wherever in it the update writes.
  const whole = (write: Write): Write =>
    write[1] === 'patch' || write[1] === 'delete' ? [write[0], 'set', undefined] : write;
  const finished = [...pending(values)].map(([node, { writes, updates = [] }]) => ({
    node,
    writes: writes.map(whole),
    updates,
  }));
  const open = [...new Set(Object.keys(values).flatMap((name) => /^[^/]+(?=\/)/.exec(name) ?? []))];
  const subgraphs = open.map((task) => {
    const child = childOf(plan, task);
    const held = child ? shared(plan, child) : [];
    return { node: task, writes: held.map((name): Write => [name, 'set', undefined]), updates: [] };
  });
  for (const other of [...finished, ...subgraphs]) mergeWrites([other, update]);
}
