/** How far an agent may go, as plain data that crosses ports. Types only. */

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

/** What a million tokens cost. */
export interface Prices {
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
  /** As in `USD`; it is only shown. */
  readonly currency: string;
}

/** What may be spent; what is not given has no limit. Limits of money need prices. */
export interface Budget {
  /** Tokens, in and out, of one run: from a message, an answer or a `resume()` to where it ends or waits for a person. */
  readonly tokensPerRun?: number;
  readonly tokensPerDay?: number;
  /** In the currency of the prices. */
  readonly moneyPerRun?: number;
  readonly moneyPerDay?: number;
  readonly prices?: Prices;
}
