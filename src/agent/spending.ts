/** What models have taken on a day: the port that keeps it. */
import type { Usage } from '../core/index.ts';

export interface Spending {
  /** What this day has taken so far, in all tabs. */
  today(): Promise<Usage>;
  /** Adds to it. Resolves once it is kept. */
  add(usage: Usage): Promise<void>;
}
