/** Takes back the last step of a thread, or all since its last input, by one more version. Nothing is run or deleted. */
import { AgentError, isRecord } from '../core/index.ts';
import type { Checkpointer, ThreadLog, Write } from '../core/index.ts';
import {
  apply,
  BY,
  difference,
  frontier,
  INPUT,
  INTERRUPTS,
  interrupts,
  MEMO,
  memo,
  NEXT,
  plain,
  SENDS,
  sends,
  UNDO,
} from '../state/index.ts';
import type { Values } from '../state/index.ts';
import { inTurn } from './busy.ts';
import { checkVersion } from './known.ts';

/** What undoing needs to know of a version. */
interface Mark {
  readonly isInput: boolean;
  /** Whether a step may have ended there, so that undoing the next one leads back to it. */
  readonly isEnd: boolean;
  readonly isUpdate: boolean;
  /** The version whose state it has brought back. */
  readonly restored: number | undefined;
}

function markOf(writes: readonly Write[], runId: string): Mark {
  const undone = writes.find(([name]) => name === UNDO);
  const isUpdate = runId === '' && !undone;
  return {
    isInput: writes.some(([name]) => name === INPUT),
    isEnd: isUpdate || writes.some(([name]) => name === NEXT),
    isUpdate,
    restored: undone && Number(undone[2]),
  };
}

/** Ids of intents and of what once() has kept: the path of a task, then `!` or `#`. */
const EFFECT = /^(\d+):([^:/#!]+)(?::(\d+))?((?:\/\d+:[^:/#!]+(?::\d+)?)*)[#!]/;

/** Follows which effects the versions behind some version may have had. */
class Effects {
  readonly all = new Map<string, unknown>();

  add(writes: readonly Write[]): void {
    // At the end of a step, what it had kept is cleared; that does not make it undone.
    const isOver = writes.some(([name]) => name.endsWith(NEXT));
    for (const [name, op, value] of writes) {
      if (name !== MEMO) continue;
      const entries =
        op === 'set' ? [...(value as ReadonlyMap<string, unknown>)] : isRecord(value) ? Object.entries(value) : [];
      for (const [id, kept] of entries) {
        if (!EFFECT.test(id)) continue;
        if (kept !== undefined) this.all.set(id, kept);
        else if (!isOver) this.all.delete(id);
      }
    }
  }

  /** Those that no task finds again that is due at once in a state. */
  lost(values: Values): readonly string[] {
    const { step, nodes } = frontier(values);
    const sent = sends(values);
    return [...this.all.keys()].filter((id) => {
      const [, at, node = '', index, below = ''] = EFFECT.exec(id) ?? [];
      const isDue = index === undefined ? nodes.includes(node) : sent[Number(index)]?.node === node;
      return Number(at) !== step || !isDue || below.split('/').some((part) => part !== '' && !part.startsWith('1:'));
    });
  }
}

const isOwn = (name: string): boolean => name.slice(name.lastIndexOf('/') + 1).startsWith('~');

/** The writes that make the channels of a thread what they were. */
function writesBack(now: Values, then: Values, kept: ReadonlyMap<string, unknown>): Write[] {
  const writes: Write[] = [];
  const gone = new Set<string>();
  const made = new Map<unknown, string>();
  const names = [INPUT, BY, UNDO, MEMO, NEXT, SENDS, INTERRUPTS];
  const taskOf = (name: string): string => name.slice(0, name.indexOf('/') + 1);
  const tasks = new Set(Object.keys(then).map(taskOf));
  for (const name of Object.keys(now)) {
    if (Object.hasOwn(then, name) || names.includes(name)) continue;
    const task = taskOf(name);
    // A subgraph goes as a whole.
    gone.add(tasks.has(task) && task !== '' ? name : task || name);
  }
  for (const name of gone) writes.push([name, 'delete', []]);
  for (const [name, value] of Object.entries(then)) {
    if (names.includes(name) || (Object.hasOwn(now, name) && Object.is(now[name], value))) continue;
    const twin = typeof value === 'object' && value !== null && !isOwn(name) ? made.get(value) : undefined;
    if (twin !== undefined) writes.push([name, 'copy', twin]);
    else if (isOwn(name) || !Object.hasOwn(now, name)) writes.push([name, 'set', value]);
    else writes.push(...difference(undefined, name, now[name], value));
    made.set(value, name);
  }
  const answers = new Map([...memo(then), ...kept]);
  if (answers.size + memo(now).size > 0) writes.push([MEMO, 'set', answers]);
  // As a whole, and in this order: the list of threads goes by them.
  writes.push([NEXT, 'set', frontier(then)]);
  if (sends(then).length + sends(now).length > 0) writes.push([SENDS, 'set', sends(then)]);
  if (interrupts(then).length + interrupts(now).length > 0) writes.push([INTERRUPTS, 'set', interrupts(then)]);
  return writes;
}

function refused(message: string, fix: string, details?: unknown): AgentError {
  return new AgentError('undo-failed', message, { fix, details });
}

/** The version to go back to. */
async function targetOf(log: ThreadLog, last: 'step' | 'input'): Promise<number> {
  const marks = new Map<number, Mark>();
  for await (const { version, runId, writes } of log.entries()) marks.set(version, markOf(writes, runId));
  /** A version of the same state that was not made by undoing. */
  const origin = (version: number): number => {
    let at = version;
    for (let mark = marks.get(at); mark?.restored !== undefined; mark = marks.get(at)) at = mark.restored;
    return at;
  };
  const from = origin(log.head);
  let at = from;
  if (last === 'input') {
    while (at > 0 && marks.get(at)?.isInput === false) at = origin(at - 1);
    if (marks.get(at)?.isInput) return at - 1;
  } else if (at > 0) {
    const mark = marks.get(at);
    at = origin(at - 1);
    if (mark && !mark.isUpdate) while (at > 0 && marks.get(at)?.isEnd === false) at = origin(at - 1);
    if (mark && (at === 0 || marks.has(at))) return at;
  }
  throw refused(
    from === 0 ? 'There is nothing to take back.' : 'What came before is not in the log any more.',
    'Undo less, or leave it as it is.',
  );
}

/**
 * Takes back the last step of a thread's graph with all that was asked, answered and changed in it, or all since its
 * last input. A step that is not over, such as one with an open question, counts as one. The state before it becomes
 * the newest version, so that what is taken back stays in the history; called again, it goes one step further back.
 *
 * Effects are not undone. One that the step to be run next would have again is remembered: `once()` gives its result,
 * and a tool call that cannot be made twice is asked about (`outcome-unknown`). A step behind which other tasks could
 * make it again without knowing is not taken back; all since the last input is, for it is a person who asks anew.
 *
 * @param options.expect the version that is to be undone.
 * @param options.last what to take back; default `step`.
 * @returns the new version, durable.
 * @throws AgentError `version-conflict` when the thread has moved on, `unknown-thread`, `undo-failed` when there is
 *   nothing to take back or when an effect would be forgotten, `quota-exceeded` when it is undone in memory alone.
 * @example
 * const { version } = (await graph.getState('t1'))!;
 * await undo(checkpointer, 't1', { expect: { version }, last: 'input' });
 */
export async function undo(
  checkpointer: Checkpointer,
  threadId: string,
  { expect, last = 'step' }: { readonly expect: { readonly version: number }; readonly last?: 'step' | 'input' },
): Promise<number> {
  return inTurn(checkpointer, threadId, 'queue', undefined, async () => {
    const log = await checkpointer.open(threadId, '', { signal: new AbortController().signal });
    if (log.head === 0) {
      throw new AgentError('unknown-thread', `There is no thread "${threadId}".`, { fix: 'Begin it with an input.' });
    }
    checkVersion(log, expect);
    const target = await targetOf(log, last);
    const then: Values = Object.fromEntries(await log.fold(target));
    const effects = new Effects();
    const writes: Write[] = [];
    for await (const entry of log.entries(target + 1)) {
      effects.add(entry.writes);
      writes.push(...entry.writes);
    }
    if (last === 'input') effects.all.clear();
    const lost = effects.lost(then);
    if (lost.length > 0) {
      throw refused(
        'A step would be forgotten that has had an effect, which would then happen again.',
        "Undo all since the last input (last: 'input'), or go on.",
        { effects: lost },
      );
    }
    // Made of the state before, so that both share what has not changed.
    const back = writesBack(plain(apply(then, writes)), then, effects.all);
    const version = log.append({ ns: '', runId: '', step: 0, writes: [...back, [UNDO, 'set', target]] });
    await log.flushed(version);
    return version;
  });
}
