/** Groups what has a time by how long ago that was, as a person counts days. */

/** What a group is called by. */
export type Span = 'today' | 'yesterday' | 'week' | 'earlier';

const DAY = 86_400_000;

/** The span that a moment lies in. */
export function spanOf(moment: number, now: number): Span {
  const today = new Date(now).setHours(0, 0, 0, 0);
  if (moment >= today) return 'today';
  // A day may have 23 or 25 hours: half of one is room enough.
  if (moment >= new Date(today - DAY / 2).setHours(0, 0, 0, 0)) return 'yesterday';
  return moment >= today - 6 * DAY ? 'week' : 'earlier';
}

/** Things in groups, in the order in which they come. */
export function bySpan<T extends { readonly updated: number }>(all: readonly T[], now: number): ReadonlyMap<Span, T[]> {
  const groups = new Map<Span, T[]>();
  for (const one of all) {
    const span = spanOf(one.updated, now);
    const group = groups.get(span) ?? [];
    group.push(one);
    groups.set(span, group);
  }
  return groups;
}
