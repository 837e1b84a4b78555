/** What a thread has done, as the rows of a timeline: the versions of its log, and what its runs say while they go on. Pure. */
import { errorText, isRecord } from '../../src/core/index.ts';
import type { HistoryEntry, HistoryKind, HistoryWrite, RunEvent, RunStatus, Usage } from '../../src/core/index.ts';
import type { CallView, TaskView } from '../../src/client/index.ts';

/** When something began and ended, in ms since 1970; missing where nobody has looked. */
export interface Span {
  readonly begun?: number;
  readonly ended?: number;
}

export interface TraceTask extends Span {
  readonly task: string;
  readonly node: string;
  readonly attempt: number;
  readonly status: TaskView['status'];
}

export interface TraceCall extends CallView, Span {
  readonly output?: unknown;
}

/** One line: a version of the thread, or a step that has not become one. */
export interface TraceRow extends Span {
  /** Stays the same when a step becomes a version. */
  readonly key: string;
  readonly kind: HistoryKind | 'end';
  readonly runId: string;
  readonly ns: string;
  readonly step: number;
  /** Undefined for what is not stored, or not yet. */
  readonly version?: number;
  readonly tasks: readonly TraceTask[];
  readonly calls: readonly TraceCall[];
  readonly writes: readonly HistoryWrite[];
  /** Whether its times are those of stored messages, which say when something was done and not when it began. */
  readonly isRough?: boolean;
  readonly usage?: Usage;
  /** When a model said its first words. */
  readonly firstText?: number;
  readonly restored?: number;
  /** How the run has ended, of a row of kind `end`. */
  readonly status?: RunStatus;
  readonly error?: string;
}

/** A run and its rows, in the order of the log. */
export interface TraceRun extends Span {
  /** Empty for changes that no run has made. */
  readonly runId: string;
  readonly rows: readonly TraceRow[];
  readonly isRunning: boolean;
  readonly status?: RunStatus;
  readonly phases?: Readonly<Record<string, number>>;
}

interface Seen extends Span {
  readonly isRunning: boolean;
  readonly status?: RunStatus;
  readonly phases?: Readonly<Record<string, number>>;
}

/** The step of a task: the number in the last part of its path. */
const stepOf = (task: string): number => Number.parseInt(task.slice(task.lastIndexOf('/') + 1), 10);

/** The node that the last part of a task's path names. */
export function nodeOf(task: string): string {
  const last = task.slice(task.lastIndexOf('/') + 1);
  return last.slice(last.indexOf(':') + 1).replace(/:\d+$/, '');
}

const keyOf = (runId: string, ns: string, step: number): string => `${runId}|${ns}|${step}`;
const stored = (task: string): TraceTask => ({ task, node: nodeOf(task), attempt: 1, status: 'ok' });

type Timed = { readonly begun: number } | Record<string, never>;
type Over = { readonly ended: number } | Record<string, never>;

/** The timeline of one thread. What it gives is immutable. */
export class TraceLog {
  /** The newest version that is known. */
  head = 0;
  readonly #rows = new Map<string, TraceRow>();
  /** Where a row stands among the versions. */
  readonly #places = new Map<string, number>();
  readonly #seen = new Map<string, Seen>();
  /** The newest step of each run and namespace, and the row of each call. */
  readonly #open = new Map<string, string>();
  readonly #calls = new Map<string, string>();
  #runs: readonly TraceRun[] | undefined;

  get isRunning(): boolean {
    return [...this.#seen.values()].some(({ isRunning }) => isRunning);
  }

  /** All rows by run, the oldest first. The same until something changes. */
  get runs(): readonly TraceRun[] {
    return (this.#runs ??= this.#grouped());
  }

  /** Takes what the log of the thread says, and with `isAll` nothing else of versions. */
  read(entries: readonly HistoryEntry[], isAll: boolean): void {
    this.#runs = undefined;
    const newest = entries.at(-1)?.version ?? 0;
    if (isAll) {
      const versions = new Set(entries.map(({ version }) => version));
      // What is newer is on its way to the log, unless there is no log any more.
      const isGone = (version: number): boolean => !versions.has(version) && (version <= newest || !this.isRunning);
      for (const [key, { version }] of this.#rows) if (version !== undefined && isGone(version)) this.#rows.delete(key);
      this.head = newest;
    }
    for (const { version, runId, step, ns, kind, tasks, writes, restored } of entries) {
      this.head = Math.max(this.head, version);
      const key = kind === 'step' && runId !== '' ? keyOf(runId, ns, step) : `v${version}`;
      const known = this.#rows.get(key);
      // Which step it was is told by its tasks, which a version of several steps has none of.
      const told = known && known.tasks.length > 0 ? known.tasks : tasks.map(stored);
      const row: TraceRow = { tasks: [], calls: [], ...known, key, version, runId, step, ns, kind, writes };
      this.#set({ ...row, tasks: told, ...(restored === undefined ? {} : { restored }) }, version);
    }
  }

  /** Adds what is known of versions from elsewhere, where nothing is known of them yet. */
  learn(more: ReadonlyMap<number, Partial<TraceRow>>): void {
    this.#runs = undefined;
    for (const [key, row] of this.#rows) {
      const known = row.version === undefined ? undefined : more.get(row.version);
      if (!known) continue;
      const { calls = [], begun, ended, isRough, usage } = known;
      const times = row.ended === undefined && ended !== undefined;
      this.#rows.set(key, {
        ...row,
        calls: row.calls.length > 0 ? row.calls : calls,
        ...(times ? { ended, ...(begun === undefined ? {} : { begun }), ...(isRough ? { isRough } : {}) } : {}),
        ...(row.usage === undefined && usage ? { usage } : {}),
      });
    }
  }

  /** Takes events as they come. @param now undefined for those that happened before anybody looked. */
  hear(events: readonly RunEvent[], now: number | undefined): void {
    this.#runs = undefined;
    const begun: Timed = now === undefined ? {} : { begun: now };
    const ended: Over = now === undefined ? {} : { ended: now };
    for (const event of events) this.#take(event, begun, ended, now);
  }

  #take(event: RunEvent, begun: Timed, ended: Over, now: number | undefined): void {
    const { runId, ns } = event;
    switch (event.type) {
      case 'run-start':
        this.head = Math.max(this.head, event.version);
        this.#seen.set(runId, { isRunning: true, ...begun });
        break;
      case 'profile':
        this.#see(runId, { phases: event.phases });
        break;
      case 'run-end':
        this.#end(event, ended);
        break;
      case 'node-start': {
        const { task, node, attempt } = event;
        const row = this.#rowOf(runId, ns, stepOf(task), begun);
        const before = row.tasks.find((each) => each.task === task);
        const first = before?.begun === undefined ? begun : { begun: before.begun };
        const tasks = row.tasks.filter((each) => each.task !== task);
        this.#set({ ...row, tasks: [...tasks, { task, node, attempt, status: 'running', ...first }] });
        break;
      }
      case 'node-end': {
        const { task, outcome } = event;
        const row = this.#rowOf(runId, ns, stepOf(task), begun);
        const tasks = row.tasks.map((each) => (each.task === task ? { ...each, status: outcome, ...ended } : each));
        this.#set({ ...row, tasks, ...(tasks.some(({ status }) => status === 'running') ? {} : ended) });
        break;
      }
      case 'state-delta':
        this.#advance(event);
        break;
      case 'tool-call':
      case 'tool-start': {
        const { callId, tool, input } = event;
        const row = this.#newest(runId, ns);
        if (!row) break;
        const isBegun = event.type === 'tool-start';
        const from = this.#withCall(callId);
        const calls = from?.calls.filter((each) => each.callId !== callId) ?? [];
        if (from) this.#set({ ...from, calls });
        const call: TraceCall = {
          ...{ callId, tool, input, status: isBegun ? 'running' : 'called' },
          ...(isBegun ? begun : {}),
        };
        this.#set({ ...row, calls: [...(from?.key === row.key ? calls : row.calls), call] });
        this.#calls.set(callId, row.key);
        break;
      }
      case 'tool-end': {
        const row = this.#withCall(event.callId);
        if (!row) break;
        const output: unknown = event.error ? event.error.message : event.output;
        const calls = row.calls.map((call) =>
          call.callId === event.callId ? { ...call, status: event.outcome, output, ...ended } : call,
        );
        this.#set({ ...row, calls });
        break;
      }
      case 'usage': {
        const row = this.#newest(runId, ns);
        const { inputTokens: input, outputTokens: output } = event;
        const { inputTokens = 0, outputTokens = 0 } = row?.usage ?? {};
        if (row) {
          this.#set({ ...row, usage: { inputTokens: inputTokens + input, outputTokens: outputTokens + output } });
        }
        break;
      }
      case 'text-delta': {
        const row = this.#newest(runId, ns);
        if (row && row.firstText === undefined && now !== undefined) this.#set({ ...row, firstText: now });
        break;
      }
      default:
    }
  }

  #end({ runId, status, error }: Extract<RunEvent, { type: 'run-end' }>, ended: Over): void {
    this.#see(runId, { isRunning: false, status, ...ended });
    for (const row of this.#rows.values()) {
      if (row.runId !== runId || !row.tasks.some((task) => task.status === 'running')) continue;
      const left: TraceTask['status'] = status === 'interrupted' ? 'interrupted' : 'cancelled';
      const tasks = row.tasks.map((task) => (task.status === 'running' ? { ...task, status: left } : task));
      this.#set({ ...row, tasks, ...ended });
    }
    if (status === 'completed' || status === 'interrupted') return;
    const row: TraceRow = {
      ...{ key: `${runId}|end`, kind: 'end', runId, ns: '', step: 0, tasks: [], calls: [], writes: [], status },
      ...(error ? { error: errorText(error) } : {}),
    };
    this.#set(row, this.head + 0.9);
  }

  /** A step that becomes a version, or an input that does. */
  #advance({ runId, ns, version, writes }: Extract<RunEvent, { type: 'state-delta' }>): void {
    this.head = Math.max(this.head, version);
    const next = writes.findLast(([name]) => name === (ns === '' ? '~next' : `${ns}/~next`))?.[2];
    const isInput = ns === '' && writes.some(([name]) => name === '~input');
    if (isInput) {
      const key = `v${version}`;
      const row = { key, kind: 'input', version, runId, ns, step: 0, tasks: [], calls: [], writes: [] } as const;
      if (!this.#rows.has(key)) this.#set(row, version);
    } else if (isRecord(next) && typeof next['step'] === 'number') {
      const row = this.#rows.get(keyOf(runId, ns, next['step'] - 1));
      if (row) this.#set({ ...row, version }, version);
    }
  }

  #see(runId: string, more: Partial<Seen>): void {
    this.#seen.set(runId, { isRunning: true, ...this.#seen.get(runId), ...more });
  }

  #rowOf(runId: string, ns: string, step: number, begun: Timed): TraceRow {
    const key = keyOf(runId, ns, step);
    const known = this.#rows.get(key);
    if (known) return known;
    const row: TraceRow = { key, kind: 'step', runId, ns, step, tasks: [], calls: [], writes: [], ...begun };
    this.#set(row, this.head + 0.5);
    this.#open.set(`${runId}|${ns}`, key);
    return row;
  }

  /** The step that is under way somewhere. */
  readonly #newest = (runId: string, ns: string): TraceRow | undefined =>
    this.#rows.get(this.#open.get(`${runId}|${ns}`) ?? '');

  readonly #withCall = (callId: string): TraceRow | undefined => this.#rows.get(this.#calls.get(callId) ?? '');

  #set(row: TraceRow, place = this.#places.get(row.key) ?? this.head + 0.5): void {
    this.#rows.set(row.key, row);
    this.#places.set(row.key, place);
  }

  #grouped(): readonly TraceRun[] {
    const place = ({ key }: TraceRow): number => this.#places.get(key) ?? 0;
    const rows = [...this.#rows.values()].sort((a, b) => place(a) - place(b));
    const groups: { runId: string; rows: TraceRow[] }[] = [];
    for (const row of rows) {
      const last = groups.at(-1);
      if (last?.runId === row.runId) last.rows.push(row);
      else groups.push({ runId: row.runId, rows: [row] });
    }
    return groups.map(({ runId, rows: own }) => {
      const { isRunning = false, ...seen } = this.#seen.get(runId) ?? {};
      const times = own.flatMap(({ begun, ended }) => [begun ?? ended ?? NaN, ended ?? begun ?? NaN]);
      const known = times.filter((time) => !Number.isNaN(time));
      const span = known.length > 0 ? { begun: Math.min(...known), ended: Math.max(...known) } : {};
      return { runId, rows: own, ...span, ...seen, isRunning };
    });
  }
}
