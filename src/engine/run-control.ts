/** What all parts of one run share: its brakes, its limits, its events and its turn on the thread of the realm. */
import { NONE, stopError } from '../core/index.ts';
import type { AgentError, AnyEventBody, Interrupt, RunEvent, Write } from '../core/index.ts';
import { INTERRUPTS, MEMO } from '../state/index.ts';
import type { TaskContext } from './context.ts';
import { Deadlines } from './deadlines.ts';
import type { Frame } from './frame.ts';
import type { Limits } from './options.ts';
import type { Phases } from './profile.ts';
import type { Runner, Status } from './run.ts';
import type { Thread } from './thread.ts';
import { SLICE, yieldToEventLoop } from './yield.ts';

export type MakeRunner = (run: RunControl, frame: Frame) => Runner;

/** What a caller gives a run, with every default filled in. */
export interface RunSettings {
  readonly runId: string;
  readonly threadId: string;
  readonly context: unknown;
  readonly clock: { now(): number };
  readonly limits: Limits;
  readonly listener: ((event: RunEvent) => void) | undefined;
  /** Something to wait for before the next step, while a reader is behind. */
  readonly isReady: (() => Promise<void> | undefined) | undefined;
  /** Whether the state is published after every step, and the writes of every task. */
  readonly publishes: { readonly values: boolean; readonly updates: boolean } | undefined;
}

/** Steps between two looks at the clock, at most: 8 steps of 5 ms still let a cancel through in 50 ms. */
const MAX_STRIDE = 8;

export class RunControl {
  readonly runId: string;
  readonly threadId: string;
  readonly context: unknown;
  readonly clock: { now(): number };
  readonly thread: Thread;
  readonly concurrency: number;
  readonly visitLimit: number;
  readonly publishes: RunSettings['publishes'];
  readonly listener: ((event: RunEvent) => void) | undefined;
  readonly deadlines = new Deadlines();
  /** Effects of `once` under way, by their id. */
  readonly effects = new Map<string, Promise<unknown>>();
  /** The subgraphs under way, by the path of their task. */
  readonly frames = new Map<string, Frame>();
  /** The runner of the root. */
  root: Runner | undefined = undefined;
  /** Set by pause(): the run ends before its next step. */
  paused = false;
  /** Set when the run has its ending: what is still under way is not heard any more. */
  ended = false;
  stepsLeft: number;
  onCancel: (() => void) | undefined = undefined;
  /** Makes the runner of a frame. */
  readonly makeRunner: MakeRunner;
  readonly #isReady: RunSettings['isReady'];
  readonly #mayWait: boolean;
  #seq = 0;
  #stride = 1;
  #steps = 0;
  // Date.now() costs a quarter of performance.now(), and a millisecond is fine enough for a slice.
  #sliceStart = Date.now();
  #looked = this.#sliceStart;

  constructor(settings: RunSettings, thread: Thread, makeRunner: MakeRunner) {
    this.makeRunner = makeRunner;
    this.runId = settings.runId;
    this.threadId = settings.threadId;
    this.context = settings.context;
    this.clock = settings.clock;
    this.concurrency = settings.limits.concurrency;
    this.visitLimit = settings.limits.visitLimit;
    this.stepsLeft = settings.limits.stepLimit;
    this.publishes = settings.publishes;
    this.listener = settings.listener;
    this.#isReady = settings.isReady;
    this.#mayWait = thread.log !== undefined || settings.isReady !== undefined;
    this.thread = thread;
    if (settings.listener) {
      thread.listen((ns, version, writes) => {
        this.listener?.({ type: 'state-delta', seq: this.#seq++, runId: this.runId, ns, version, writes });
      });
    }
  }

  /** Stops what is under way and ends the run; what finished is kept. */
  cancel(reason: AgentError): void {
    if (this.ended) return;
    this.root?.leave(reason);
    this.ended = true;
    this.onCancel?.();
  }

  /** Something to wait for before the next step: a disk or a reader that is behind. */
  full(): Promise<unknown> | undefined {
    if (!this.#mayWait) return undefined;
    return this.thread.full() ?? this.#isReady?.();
  }

  /** Whether the realm's message loop is due for a turn. Looks at the clock seldom where steps are short. */
  tick(): boolean {
    if (++this.#steps < this.#stride) return false;
    this.#steps = 0;
    const now = Date.now();
    const since = now - this.#looked;
    this.#looked = now;
    if (since > SLICE) this.#stride = 1;
    else if (since < SLICE / 4) this.#stride = Math.min(MAX_STRIDE, this.#stride * 2);
    // Clocks are set back too: then the slice is over.
    return now - this.#sliceStart > SLICE || now < this.#sliceStart;
  }

  /** Gives the message loop its turn. */
  async turn(): Promise<void> {
    await yieldToEventLoop();
    this.#sliceStart = this.#looked = Date.now();
  }

  emit(ns: string, body: AnyEventBody): void {
    if (!this.ended) this.#tell(ns, body);
  }

  // The events of every step are built without a copy.

  stepStart(ns: string, step: number): void {
    this.listener?.({ type: 'step-start', seq: this.#seq++, runId: this.runId, ns, step });
  }

  nodeStart(context: TaskContext): void {
    context.started = true;
    if (!this.listener || this.ended) return;
    const { frame, name, task, attempt } = context;
    this.listener({ type: 'node-start', seq: this.#seq++, runId: this.runId, ns: frame.ns, node: name, task, attempt });
  }

  nodeEnd(context: TaskContext, outcome: 'ok' | 'failed' | 'interrupted' | 'cancelled'): void {
    if (!this.listener || this.ended) return;
    const { frame, name, task } = context;
    this.listener({ type: 'node-end', seq: this.#seq++, runId: this.runId, ns: frame.ns, node: name, task, outcome });
  }

  /** Says how the run has ended: the last that is heard of it. */
  end(status: Status, durable: number | undefined, open: readonly Interrupt[], phases: Phases | undefined): void {
    const { refusal } = this.thread;
    if (refusal) this.#tell('', { type: 'notice', code: refusal.code, message: refusal.message });
    if (durable !== undefined) this.#tell('', { type: 'checkpoint', version: durable });
    for (const interrupt of open) this.#tell('', { type: 'interrupt', ...interrupt });
    if (phases) this.#tell('', { type: 'profile', phases });
    this.#tell('', { type: 'run-end', ...status, ...(open.length > 0 ? { interrupts: open } : {}) });
  }

  /** Commits writes of a frame, by their full names. */
  commit({ ns, step }: Frame, writes: readonly Write[]): void {
    this.thread.commit({ ns, runId: this.runId, step, writes });
  }

  /** Forgets what belongs to the step of a frame that is over, and gives the writes that take it out of the thread. */
  clear(frame: Frame): readonly Write[] {
    const { memo, interrupts, stored } = this.thread;
    if (memo.size === 0 && interrupts.length === 0 && stored.size === 0 && this.frames.size === 0) return NONE;
    return this.clearBelow(frame.ns === '' ? '' : `${frame.prefix}${frame.step}:`);
  }

  /** Forgets answers, questions and subgraphs whose path begins so, and gives the writes that take them out. */
  clearBelow(path: string): readonly Write[] {
    const { thread } = this;
    const writes: Write[] = [];
    const gone = [...thread.memo.keys()].filter((id) => id.startsWith(path));
    for (const id of gone) thread.memo.delete(id);
    if (gone.length > 0) writes.push([MEMO, 'put', Object.fromEntries(gone.map((id) => [id, undefined]))]);
    const open = thread.interrupts.filter(({ task }) => !task.startsWith(path));
    thread.interrupts = open;
    if (thread.hasNewInterrupts()) writes.push([INTERRUPTS, 'set', open]);
    thread.markInterrupts();
    for (const ns of new Set([...this.frames.keys(), ...thread.stored.keys()])) {
      if (!ns.startsWith(path)) continue;
      this.frames.delete(ns);
      thread.stored.delete(ns);
      // Taking a subgraph away takes those within it with it.
      if (!ns.includes('/', path.length)) writes.push([`${ns}/`, 'delete', []]);
    }
    return writes;
  }

  /** Commits writes of the engine's own channels. */
  commitEngine(writes: readonly Write[]): void {
    const { thread } = this;
    if (thread.observed) thread.commit({ ns: '', runId: this.runId, step: 0, writes });
    else thread.count();
  }

  /** Keeps something for the step under way; undefined is forgotten. */
  remember(entries: Readonly<Record<string, unknown>>): void {
    if (this.ended) throw stopError();
    this.commitEngine([[MEMO, 'put', entries]]);
    const { memo } = this.thread;
    for (const [id, value] of Object.entries(entries)) {
      if (value === undefined) memo.delete(id);
      else memo.set(id, value);
    }
  }

  #tell(ns: string, body: AnyEventBody): void {
    this.listener?.({ ...body, seq: this.#seq++, runId: this.runId, ns });
  }
}
