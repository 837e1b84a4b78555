/** Profile mode: where a run spends its time, by phase. It wraps what it measures, so that other runs pay nothing. */
import type { RunEvent, ThreadLog, Write } from '../core/index.ts';
import type { TaskContext } from './context.ts';
import type { Position } from './frame.ts';
import { Runner } from './run.ts';
import type { MakeRunner } from './run-control.ts';
import type { Outcome } from './task.ts';
import type { Log } from './thread.ts';
import { isThenable } from './thenable.ts';

type Phase = 'limits' | 'interrupts' | 'node' | 'reduce' | 'route' | 'events' | 'checkpoint';

/** What `RunOptions.profile` takes: only who imports {@link profiler} loads what measures. */
export interface Profiler {
  start(runId: string): Profile;
}

/**
 * Measures where a run spends its time, by phase. The run says it in an event `profile` before its end, and leaves it in
 * the performance timeline as `inpage:run`.
 *
 * @example
 * await graph.invoke(input, { profile: profiler, onEvent: (event) => event.type === 'profile' && console.table(event.phases) });
 */
export const profiler: Profiler = { start: (runId) => new Profile(runId) };

/** Milliseconds by phase. What nodes await counts as theirs, so nodes that run together may come to more than the run. */
export type Phases = Readonly<Record<Phase, number>>;

/** The stopwatch of one run. A phase within another one stops the outer one's clock. */
export class Profile {
  readonly #runId: string;
  readonly #phases: Record<Phase, number> = {
    limits: 0,
    interrupts: 0,
    node: 0,
    reduce: 0,
    route: 0,
    events: 0,
    checkpoint: 0,
  };
  readonly #open: Phase[] = [];
  readonly #began = performance.now();
  #since = this.#began;

  constructor(runId: string) {
    this.#runId = runId;
  }

  /** Does `work` on the clock of a phase; of a promise, only the part that runs at once. */
  time<T>(phase: Phase, work: () => T): T {
    this.#book();
    this.#open.push(phase);
    try {
      return work();
    } finally {
      this.#book();
      this.#open.pop();
    }
  }

  /** Adds what somebody has waited for. */
  add(phase: Phase, ms: number): void {
    this.#phases[phase] += ms;
  }

  /** Waits for something on the clock of a phase. */
  async wait<T>(phase: Phase, work: Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await work;
    } finally {
      this.add(phase, performance.now() - began);
    }
  }

  listener(listener: (event: RunEvent) => void): (event: RunEvent) => void {
    return (event) => {
      this.time('events', () => {
        listener(event);
      });
    };
  }

  log(log: ThreadLog): Log {
    return {
      get head() {
        return log.head;
      },
      append: (entry) => this.time('checkpoint', () => log.append(entry)),
      full: () => {
        const full = log.full();
        return full && this.wait('checkpoint', full);
      },
      flushed: (version) => this.wait('checkpoint', log.flushed(version)),
    };
  }

  readonly makeRunner: MakeRunner = (run, frame) => new ProfiledRunner(run, frame, this);

  /** Ends the measurement, and leaves it in the performance timeline as `inpage:run`. */
  finish(): Phases {
    const detail = { runId: this.#runId, phases: this.#phases };
    performance.measure('inpage:run', { start: this.#began, end: performance.now(), detail });
    return this.#phases;
  }

  #book(): void {
    const now = performance.now();
    const phase = this.#open.at(-1);
    if (phase) this.#phases[phase] += now - this.#since;
    this.#since = now;
  }
}

class ProfiledRunner extends Runner {
  readonly #profile: Profile;
  readonly #waiting = new Map<TaskContext, number>();

  constructor(run: Runner['run'], frame: Runner['frame'], profile: Profile) {
    super(run, frame);
    this.#profile = profile;
  }

  override check(): ReturnType<Runner['check']> {
    return this.#profile.time('limits', () => super.check());
  }

  override breakpoints(): boolean {
    return this.#profile.time('interrupts', () => super.breakpoints());
  }

  override waits(context: TaskContext): boolean {
    return this.#profile.time('interrupts', () => super.waits(context));
  }

  override call(context: TaskContext): unknown {
    const value = this.#profile.time('node', () => super.call(context));
    if (isThenable(value)) this.#waiting.set(context, performance.now());
    return value;
  }

  override end(context: TaskContext, outcome: Outcome): void {
    const since = this.#waiting.get(context);
    this.#waiting.delete(context);
    if (since !== undefined) this.#profile.add('node', performance.now() - since);
    super.end(context, outcome);
  }

  override reduce(...args: Parameters<Runner['reduce']>): readonly Write[] {
    return this.#profile.time('reduce', () => super.reduce(...args));
  }

  override route(...args: Parameters<Runner['route']>): Position | Promise<Position> {
    const due = this.#profile.time('route', () => super.route(...args));
    return isThenable(due) ? this.#profile.wait('route', due) : due;
  }
}
