/** How a run begins: with an input, with answers, or where the thread is. */
import { stopError } from '../core/index.ts';
import type { Answers, Write } from '../core/index.ts';
import { apply, foldUpdates, initialWrites, INPUT, INTERRUPTS, lower, MEMO } from '../state/index.ts';
import type { Channels, Values } from '../state/index.ts';
import type { Frame } from './frame.ts';
import { firstPosition } from './next-position.ts';
import { follow } from './route.ts';
import type { RunControl } from './run-control.ts';
import { keptWrites } from './changes.ts';

/** The writes that an input means, reducers run. */
export function inputWrites(channels: Channels, base: Values, input: unknown): readonly Write[] {
  const { writes, updates } = lower(channels, base, input, '#input');
  return [...writes, ...foldUpdates(channels, base, updates)];
}

/** Begins at START with an update of the channels. What was due before is given up. */
export async function beginWith(run: RunControl, frame: Frame, input: unknown): Promise<void> {
  const { plan } = frame;
  // Also where everything was undone.
  const fresh = frame.step === 0 ? initialWrites(plan.channels) : [];
  const kept = keptWrites(run, frame);
  const base = apply(frame.values, [...fresh, ...kept]);
  const given = inputWrites(plan.channels, base, input);
  const values = apply(base, given);
  const state = frame.readable(values);
  const next = firstPosition(plan, await follow(plan, plan.entry, state, 'START'));
  if (run.ended) throw stopError();
  const { step } = frame;
  if (run.thread.observed) {
    const all = frame.qualified([...fresh, ...kept, ...given]);
    frame.addPosition(all, step + 1, next);
    all.push(...run.clearBelow(''), [INPUT, 'set', true]);
    run.commit(frame, all);
  } else run.thread.count();
  frame.moveTo(step + 1, next, values, state);
}

/** Notes answers, and lets breakpoints pass: all of them when there is no answer. */
export function goOn(run: RunControl, answers: Answers): void {
  const { thread } = run;
  const given: Record<string, unknown> = { ...answers };
  if (Object.keys(answers).length === 0) {
    for (const { id, kind } of thread.interrupts) if (kind === 'breakpoint') given[id] = true;
  }
  if (Object.keys(given).length === 0) return;
  const open = thread.interrupts.filter(({ id }) => !Object.hasOwn(given, id));
  run.commitEngine([
    [MEMO, 'put', given],
    [INTERRUPTS, 'set', open],
  ]);
  for (const [id, answer] of Object.entries(given)) thread.memo.set(id, answer);
  thread.interrupts = open;
  thread.markInterrupts();
}
