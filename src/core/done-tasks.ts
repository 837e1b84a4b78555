/** What a thread has done already, as its history tells it. */
import type { HistoryEntry } from './history.ts';

/** The paths of the tasks that were done since the last input, whichever run has done them, in their order. */
export function doneTasks(history: readonly HistoryEntry[]): readonly string[] {
  const from = history.findLastIndex(({ kind }) => kind === 'input');
  return history.slice(from + 1).flatMap(({ kind, tasks }) => (kind === 'step' ? tasks : []));
}
