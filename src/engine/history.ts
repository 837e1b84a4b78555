/** Who wrote what: the versions of a thread as its log tells them. No node is run, and no graph is needed. */
import { isRecord, NONE } from '../core/index.ts';
import type { Checkpointer, HistoryEntry, HistoryKind, HistoryWrite, LogEntry, Write } from '../core/index.ts';
import { apply, BY, GRAPH, INPUT, INTERRUPTS, MEMO, NEXT, NO_VALUES, PENDING, SENDS, UNDO } from '../state/index.ts';
import type { Frontier, PendingSend, PendingTask, Values } from '../state/index.ts';
import { BASE } from './frame.ts';
import { knownValues } from './known.ts';

/** How many writes each task of a step has, in order; then each reducer with each task that gave it an update. */
type By = readonly (number | readonly [channel: string, task: number])[];

const TASK = /^(?:\d+:[^:/#!]+(?::\d+)?\/)*\d+:[^:/#!]+(?::\d+)?(?=[:/#!])/;

/** The tasks that ids of memos, intents and answers belong to. */
const tasksOfIds = (ids: readonly string[]): readonly string[] => [
  ...new Set(ids.flatMap((id) => TASK.exec(id)?.[0] ?? [])),
];

/** Whether a write changes which tasks are due somewhere. */
const isMove = ([name, op]: Write): boolean =>
  name.endsWith(NEXT) || name.endsWith(SENDS) || (op === 'delete' && name.endsWith('/'));

/** What an entry sets a channel to. */
function setBy({ writes }: LogEntry, channel: string): unknown {
  return writes.findLast(([name, op]) => name === channel && op === 'set')?.[2];
}

/** The entries that an entry puts into a map. */
function putBy({ writes }: LogEntry, channel: string): readonly (readonly [string, unknown])[] {
  return writes.flatMap(([name, op, value]) =>
    name === channel && op === 'put' && isRecord(value) ? Object.entries(value) : [],
  );
}

/** The tasks whose results an entry has merged; undefined where it is not one step, or not known where it began. */
function finishedIn(entry: LogEntry, prefix: string, position: Values | undefined): readonly string[] | undefined {
  const next = setBy(entry, prefix + NEXT) as Frontier | undefined;
  const before = position?.[prefix + NEXT] as Frontier | undefined;
  if (!next || !before || next.step !== before.step + 1) return undefined;
  const sends = (position?.[prefix + SENDS] as readonly PendingSend[] | undefined) ?? NONE;
  return [...before.nodes, ...sends.map(({ node }, index) => `${node}:${index}`)].map(
    (name) => `${prefix}${before.step}:${name}`,
  );
}

function kindOf(entry: LogEntry, prefix: string, position: Values | undefined): HistoryKind {
  const has = (channel: string): boolean => entry.writes.some(([name]) => name === channel);
  if (has(UNDO)) return 'undo';
  if (has(INPUT)) return 'input';
  if (has(GRAPH)) return 'migration';
  if (entry.runId === '') return 'update';
  if (has(prefix + NEXT)) return prefix === '' || position?.[prefix + NEXT] ? 'step' : 'begin';
  if (has(prefix + PENDING)) return 'kept';
  if (has(INTERRUPTS)) return has(MEMO) ? 'answer' : 'question';
  return 'note';
}

const described = ([channel, op, path]: Write, tasks: readonly string[]): HistoryWrite =>
  op === 'patch' || op === 'delete' ? { channel, op, path, tasks } : { channel, op, tasks };

/** The results of tasks of a step that is not over. */
function keptWrites(results: readonly (readonly [string, unknown])[]): readonly HistoryWrite[] {
  return results.flatMap(([task, result]) => {
    const { writes, updates = NONE } = result as PendingTask;
    const reduced = updates.map(([channel]): HistoryWrite => ({ channel, op: 'reduce', tasks: [task] }));
    return [...writes.map((write) => described(write, [task])), ...reduced];
  });
}

/** The writes of a step, each with who wrote it. */
function stepWrites(writes: readonly Write[], tasks: readonly string[], by: By): readonly HistoryWrite[] {
  const owners = tasks.flatMap((task, index) => Array.from({ length: Number(by[index] ?? 0) }, () => [task]));
  const folds = by.slice(tasks.length) as readonly (readonly [channel: string, task: number])[];
  return writes.map((write, index) => {
    const folders = folds.flatMap(([channel, task]) => (channel === write[0] ? (tasks[task] ?? []) : []));
    const all = owners[index] ?? [...new Set(folders)];
    return described(write, tasks.length === 1 ? tasks : all);
  });
}

function told(entry: LogEntry & { readonly version: number }, position: Values | undefined): HistoryEntry {
  const { version, runId, step, ns } = entry;
  const prefix = ns === '' ? '' : `${ns}/`;
  const kind = kindOf(entry, prefix, position);
  const own = entry.writes.flatMap((write): Write[] => {
    const name = write[0].slice(prefix.length);
    if (!write[0].startsWith(prefix) || name.includes('/') || name.startsWith('~') || name.startsWith(BASE)) return [];
    return [[name, ...write.slice(1)] as unknown as Write];
  });
  const head = { version, parent: version - 1, runId, step, ns, kind };
  if (kind === 'step') {
    const tasks = finishedIn(entry, prefix, position) ?? NONE;
    return { ...head, tasks, writes: stepWrites(own, tasks, (setBy(entry, prefix + BY) as By | undefined) ?? NONE) };
  }
  if (kind === 'kept') {
    const results = putBy(entry, prefix + PENDING);
    return { ...head, tasks: results.map(([task]) => task), writes: keptWrites(results) };
  }
  const asked = kind === 'question' ? (setBy(entry, INTERRUPTS) as readonly { readonly task: string }[]) : NONE;
  const noted = kind === 'note' || kind === 'answer' ? tasksOfIds(putBy(entry, MEMO).map(([id]) => id)) : NONE;
  const tasks = [...(kind === 'begin' ? [ns] : []), ...new Set(asked.map(({ task }) => task)), ...noted];
  const writes = own.map((write) => described(write, kind === 'begin' ? tasks : NONE));
  return { ...head, tasks, writes, ...(kind === 'undo' ? { restored: Number(setBy(entry, UNDO)) } : {}) };
}

/**
 * The versions of a thread, the oldest first: what made each, which tasks, and which of them wrote what. Of records that
 * were pruned or are damaged, nothing is said.
 *
 * @param options.from the first version; by default that of the oldest that is there.
 * @param options.to the last one; by default the newest.
 * @throws AgentError what opening the thread throws; `quota-exceeded` while its newest versions are in memory alone.
 * @example
 * for await (const { version, kind, writes } of getHistory(checkpointer, 't1')) console.log(version, kind, writes);
 */
export async function* getHistory(
  checkpointer: Checkpointer,
  threadId: string,
  { from = 1, to = Infinity }: { readonly from?: number; readonly to?: number } = {},
): AsyncGenerator<HistoryEntry> {
  const log = await checkpointer.open(threadId, '', { signal: new AbortController().signal });
  let position: Values | undefined = NO_VALUES;
  let last = 0;
  for await (const entry of log.entries(from)) {
    const { version, writes } = entry;
    if (version > to) return;
    if (version !== last + 1) position = await knownValues(log, version - 1);
    yield told(entry, position);
    // Only where things stand is followed: the channels themselves are not made.
    position = position && apply(position, writes.filter(isMove));
    last = version;
  }
}
