/** A share of cases with the interval that it lies in. */

export interface Share {
  readonly hits: number;
  readonly of: number;
  /** Per cent, with the ends of the 95 % interval. */
  readonly percent: number;
  readonly low: number;
  readonly high: number;
}

/** The 0.975 quantile of the normal distribution. */
const Z = 1.959964;

const round = (share: number): number => Math.round(share * 1000) / 10;

/**
 * A share with its Wilson score interval.
 *
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 */
export function shareOf(hits: number, of: number): Share {
  if (of === 0) return { hits, of, percent: 0, low: 0, high: 100 };
  const p = hits / of;
  const scale = 1 + Z ** 2 / of;
  const middle = (p + Z ** 2 / (2 * of)) / scale;
  const half = (Z / scale) * Math.sqrt((p * (1 - p)) / of + Z ** 2 / (4 * of ** 2));
  return {
    hits,
    of,
    percent: round(p),
    low: round(Math.max(0, middle - half)),
    high: round(Math.min(1, middle + half)),
  };
}
