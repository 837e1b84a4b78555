/** When a conversation is made smaller, and how much: shares of a model's context. */
export interface Thresholds {
  /** From here on it is said that room is running out. */
  readonly warn: number;
  /** From here on it is made smaller. */
  readonly proactive: number;
  /** From here on the next answer may not fit. */
  readonly overflow: number;
  /** From here on no model is asked for a summary any more. */
  readonly critical: number;
  /** How much is to be in use afterwards. */
  readonly target: number;
}

export const THRESHOLDS: Thresholds = { warn: 0.65, proactive: 0.75, overflow: 0.85, critical: 0.95, target: 0.45 };

export type Level = 'ok' | 'warn' | 'proactive' | 'overflow' | 'critical';

/** How full a context is. */
export function levelOf(utilisation: number, thresholds = THRESHOLDS): Level {
  const levels = ['critical', 'overflow', 'proactive', 'warn'] as const;
  return levels.find((level) => utilisation >= thresholds[level]) ?? 'ok';
}
