/** What models take: noted by run and by day, and held against what may be spent. */
import { asAgentError } from '../core/index.ts';
import type { Budget, SpendingStore, Usage } from '../core/index.ts';
import type { AgentScope } from './context.ts';
import { isOver } from './guards/budget.ts';

export interface Purse {
  /** @throws AgentError `budget-exhausted` when nothing more may be spent. The thread goes on with another run. */
  check(ctx: AgentScope): Promise<void>;
  /** Notes what an answer has taken. */
  spend(ctx: AgentScope, usage: Usage): Promise<void>;
}

const NOTHING: Usage = { inputTokens: 0, outputTokens: 0 };

/** Runs that are remembered. */
const MOST_RUNS = 20;

const sum = (a: Usage, b: Usage): Usage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
});

/** The day of a moment where the person is, as in `2026-11-28`. */
function dayOf(now: number): string {
  const date = new Date(now);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

/** Makes the purse of a budget. Without one nothing is noted. */
export function createPurse(budget: Budget | undefined, spending: SpendingStore | undefined): Purse {
  if (!budget) return { check: () => Promise.resolve(), spend: () => Promise.resolve() };
  const hasDay = budget.tokensPerDay !== undefined || budget.moneyPerDay !== undefined;
  const runs = new Map<string, Usage>();
  return {
    async check({ runId, context }) {
      const day = hasDay && spending ? await spending.of(dayOf(context.now())) : NOTHING;
      const error = isOver(budget, runs.get(runId) ?? NOTHING, day);
      if (error) throw error;
    },
    async spend({ runId, context, emit }, usage) {
      const before = runs.get(runId) ?? NOTHING;
      runs.delete(runId);
      runs.set(runId, sum(before, usage));
      for (const oldest of runs.keys()) {
        if (runs.size <= MOST_RUNS) break;
        runs.delete(oldest);
      }
      try {
        await spending?.add(dayOf(context.now()), usage);
      } catch (error) {
        // The answer has been paid for, and must not be lost for that.
        const { code, message } = asAgentError(error, 'storage-failed', 'Free some space.');
        emit({ type: 'notice', code, message });
      }
    },
  };
}
