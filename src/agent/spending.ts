/** What models take: noted by run and by day, and held against what may be spent. */
import type { Usage } from '../core/index.ts';
import type { Context } from '../engine/index.ts';
import type { AgentContext } from './context.ts';
import { isOver } from './guards/budget.ts';

/** The day of a moment where the person is, as in `2026-11-28`. */
function dayOf(now: number): string {
  const date = new Date(now);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

const NOTHING: Usage = { inputTokens: 0, outputTokens: 0 };

/** Runs that are remembered. */
const MOST_RUNS = 20;

const sum = (a: Usage, b: Usage): Usage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
});

/** @throws AgentError `budget-exhausted` when nothing more may be spent. The thread goes on with another run. */
export async function checkSpending({ runId, context }: Context<AgentContext>): Promise<void> {
  const { budget, spending, spent, now } = context;
  if (!budget) return;
  const hasDay = budget.tokensPerDay !== undefined || budget.moneyPerDay !== undefined;
  const day = hasDay && spending ? await spending.of(dayOf(now())) : NOTHING;
  const error = isOver(budget, spent.get(runId) ?? NOTHING, day);
  if (error) throw error;
}

/** Notes what an answer has taken. */
export async function spend({ runId, context }: Context<AgentContext>, usage: Usage): Promise<void> {
  const { budget, spending, spent, now } = context;
  if (!budget) return;
  const before = spent.get(runId) ?? NOTHING;
  spent.delete(runId);
  spent.set(runId, sum(before, usage));
  for (const oldest of spent.keys()) {
    if (spent.size <= MOST_RUNS) break;
    spent.delete(oldest);
  }
  await spending?.add(dayOf(now()), usage);
}
