/** What a run and a day may take: tokens and money. The sum of a day is kept by somebody else. */
import { AgentError } from '../../core/index.ts';
import type { Budget, Message, Prices, Usage } from '../../core/index.ts';

const LIMITS = ['tokensPerRun', 'tokensPerDay', 'moneyPerRun', 'moneyPerDay'] as const;

/**
 * Returns a budget when it is one.
 *
 * @throws AgentError `invalid-option` for a limit that is no positive number, and for one of money without prices.
 */
export function checkBudget(budget: Budget): Budget {
  const { prices } = budget;
  const areUsable = prices && prices.inputPerMillion >= 0 && prices.outputPerMillion >= 0;
  const wrong = LIMITS.find((name) => {
    const value: unknown = budget[name];
    if (value === undefined) return false;
    return !(typeof value === 'number' && value > 0) || (name.startsWith('money') && !areUsable);
  });
  if (!wrong) return budget;
  throw new AgentError('invalid-option', `The limit "${wrong}" of the budget cannot be watched.`, {
    fix: 'Give a positive number; limits of money want `prices: { inputPerMillion, outputPerMillion, currency }` too.',
    details: { limit: wrong },
  });
}

/** What the answers among some messages took, as far as the model says so. */
export function spent(messages: readonly Message[]): Usage {
  let inputTokens = 0;
  let outputTokens = 0;
  for (const message of messages) {
    if (message.role !== 'assistant' || !message.usage) continue;
    inputTokens += message.usage.inputTokens;
    outputTokens += message.usage.outputTokens;
  }
  return { inputTokens, outputTokens };
}

/** What some usage costs. */
export function costOf({ inputTokens, outputTokens }: Usage, prices: Prices): number {
  return (inputTokens * prices.inputPerMillion + outputTokens * prices.outputPerMillion) / 1e6;
}

/**
 * Why nothing more may be spent; undefined while something may.
 *
 * @param run what the run has taken so far.
 * @param day what the day has taken so far, the run included.
 * @returns AgentError `budget-exhausted`, with `{ limit, used, allowed }` in its details.
 */
export function isOver(budget: Budget, run: Usage, day: Usage): AgentError | undefined {
  const { prices } = budget;
  for (const limit of LIMITS) {
    const allowed = budget[limit];
    const isMoney = limit.startsWith('money');
    if (allowed === undefined || (isMoney && !prices)) continue;
    const ofDay = limit.endsWith('Day');
    const usage = ofDay ? day : run;
    const used = isMoney && prices ? costOf(usage, prices) : usage.inputTokens + usage.outputTokens;
    if (used < allowed) continue;
    // Of an amount below a hundredth something is to be seen as well.
    const shown = isMoney ? Number(used.toPrecision(3)) : used;
    const unit = isMoney ? (prices?.currency ?? '') : 'tokens';
    const whose = ofDay ? 'Today' : 'This run';
    return new AgentError('budget-exhausted', `${whose} has taken ${shown} of ${allowed} ${unit}.`, {
      fix: `${ofDay ? 'Go on tomorrow' : 'Go on in a new run'}, or raise \`${limit}\` of the budget.`,
      details: { limit, used, allowed },
    });
  }
  return undefined;
}
