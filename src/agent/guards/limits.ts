/** How far a turn may go before somebody steps in: plain data that crosses ports. */
import { AgentError } from '../../core/index.ts';
import type { Limits } from '../../core/index.ts';

/** What holds where a site says nothing else. */
export const DEFAULT_LIMITS: Limits = {
  callsPerTurn: 50,
  roundsPerTurn: 25,
  blockedRounds: 4,
  sameRounds: 3,
  sameCalls: 3,
  sameWrites: 8,
  sameCallsWithin: 8,
  sameTexts: 2,
  sameTextShare: 0.9,
  readsInARow: 20,
  searchHintAfter: 5,
  nudgesPerCode: 1,
};

/**
 * The limits that hold when a site gives some.
 *
 * @throws AgentError `invalid-option` for a name that is none, or a value that is no number from 0 on.
 */
export function limitsOf(given: Partial<Limits> = {}): Limits {
  for (const [name, value] of Object.entries(given) as [string, unknown][]) {
    if (Object.hasOwn(DEFAULT_LIMITS, name) && typeof value === 'number' && value >= 0) continue;
    throw new AgentError('invalid-option', `The limit "${name}" cannot be ${String(value)}.`, {
      fix: `Give a number from 0 on for one of: ${Object.keys(DEFAULT_LIMITS).join(', ')}.`,
      details: { limit: name },
    });
  }
  return { ...DEFAULT_LIMITS, ...given };
}
