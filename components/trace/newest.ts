/** A part of a timeline. Pure. */
import type { TraceRun } from './log.ts';

/** The newest rows, of runs that stay in their places. */
export function newest(all: readonly TraceRun[], limit: number): readonly TraceRun[] {
  let left = limit;
  const kept = all.toReversed().map((run) => {
    const rows = left > 0 ? run.rows.slice(-left) : [];
    left -= rows.length;
    return rows.length === run.rows.length ? run : { ...run, rows };
  });
  return kept.reverse();
}
