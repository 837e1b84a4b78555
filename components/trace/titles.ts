/** What a row is called, and how it has ended. Pure. */
import type { RunStrings } from '../strings/index.ts';
import type { Strings } from '../strings/index.ts';
import { inWords } from '../words.ts';
import { nodeOf } from './log.ts';
import type { TraceRow } from './log.ts';
import { spanWords } from './spans.ts';

/** Names that one line has room for. */
const MOST = 3;

export interface Words {
  readonly strings: Strings;
  readonly runs: RunStrings;
}

/** Where a subgraph is, as the names of its nodes. */
export const placeOf = (ns: string, { runs }: Words): string =>
  runs.listed(ns.split('/').map((part) => inWords(nodeOf(part))));

/** Whether its tasks are nothing but the calls that are told with it. */
export const areCalls = ({ tasks, calls }: TraceRow): boolean =>
  calls.length > 0 && tasks.length > 0 && tasks.every(({ node }) => node === 'tool');

/** What it has done, in a few words. */
export function titleOf(row: TraceRow, words: Words): string {
  const { strings, runs } = words;
  const { kind, tasks, calls, status, error, ns } = row;
  if (kind === 'end') return [strings.ended[status ?? 'failed'], error ?? ''].join(' ').trim();
  if (kind === 'begin') return `${runs.kinds.begin}: ${placeOf(ns, words)}`;
  const names = areCalls(row) ? calls.map(({ tool }) => tool) : tasks.map(({ node }) => node);
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const all = [...counts].map(([name, count]) => (count > 1 ? `${inWords(name)} × ${count}` : inWords(name)));
  const rest = all.length - MOST;
  const listed = runs.listed([...all.slice(0, MOST), ...(rest > 0 ? [runs.andMore(rest)] : [])]);
  if (kind === 'step') return listed === '' ? runs.kinds.step : listed;
  return listed === '' ? runs.kinds[kind] : `${runs.kinds[kind]}: ${listed}`;
}

/** The worst that has become of its tasks and calls. */
export function statusOf({ kind, tasks, calls, status }: TraceRow): TraceRow['tasks'][number]['status'] {
  if (kind === 'end') return status === 'failed' ? 'failed' : 'cancelled';
  if (kind === 'question') return 'interrupted';
  const all = tasks.map((task) => task.status);
  for (const one of ['running', 'failed', 'interrupted', 'cancelled'] as const) if (all.includes(one)) return one;
  if (calls.some((call) => call.status === 'failed')) return 'failed';
  return all.length > 0 && all.every((one) => one === 'cached') ? 'cached' : 'ok';
}

/** How long it took; undefined where that is not known. */
export function durationOf(
  { begun, ended, isRough }: Pick<TraceRow, 'begun' | 'ended' | 'isRough'>,
  { strings, runs }: Words,
): string | undefined {
  if (begun === undefined || ended === undefined) return undefined;
  const words = spanWords(ended - begun, strings.locale);
  return isRough ? runs.about(words) : words;
}
