/** How far a turn may go before somebody steps in: plain data that crosses ports. */
import { AgentError } from '../../core/index.ts';

/** The limits of a turn: of what happens between a message of the person and its answer. `Infinity` is none. */
export interface Limits {
  /** Tool calls that may be made in a turn; calls that were not run do not count. The model is told at half of them. */
  readonly callsPerTurn: number;
  /** Messages of the model in a turn. */
  readonly roundsPerTurn: number;
  /** Messages in a row whose calls were all refused, until the model has to answer without tools. */
  readonly blockedRounds: number;
  /** Messages in a row that make the same calls with the same results, until the model has to answer without tools. */
  readonly sameRounds: number;
  /** How often a call is made that gives the same again and again; one more is not run. */
  readonly sameCalls: number;
  /** How often a write is made that succeeds with the same result each time; one more is not run. */
  readonly sameWrites: number;
  /** Among how many of the last calls of the turn such repetitions are sought. */
  readonly sameCallsWithin: number;
  /** Messages in a row that repeat the one before them and bring nothing new, until the turn is stopped. */
  readonly sameTexts: number;
  /** The share of words, 0 to 1, above which a text repeats another. */
  readonly sameTextShare: number;
  /** Reads in a row without a write, until the model has to answer without tools. */
  readonly readsInARow: number;
  /** Messages in a row that only read, until the model is advised to come to a point. */
  readonly searchHintAfter: number;
  /** How often in a turn the model gets the same advice; 0 for no advice at all. */
  readonly nudgesPerCode: number;
}

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
