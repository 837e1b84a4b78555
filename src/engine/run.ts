/** The loop: run the tasks that are due together, merge their writes, commit, go on where they lead. */
import { AgentError, asAgentError, NO_ENTRIES, NONE, stopError } from '../core/index.ts';
import type { Interrupt, LimitReached, Write } from '../core/index.ts';
import { apply, foldUpdates, INTERRUPTS, mergeWrites, PENDING, plain, storedWrites } from '../state/index.ts';
import type { PendingTask, Values } from '../state/index.ts';
import { TaskContext } from './context.ts';
import { at } from './frame.ts';
import type { Frame, Position } from './frame.ts';
import { Flag } from './plan.ts';
import type { PlanFunction } from './plan.ts';
import { frontierKey, nextPosition } from './next-position.ts';
import { follow, joinDue, joinLater } from './route.ts';
import type { RunControl } from './run-control.ts';
import { LOST, outcomeOf, outcomeOfError, TASK_CANCELLED } from './task.ts';
import type { Outcome, TaskResult } from './task.ts';
import { isThenable } from './thenable.ts';

/** How a loop ended. */
export type Status =
  | { readonly status: 'completed' | 'interrupted' | 'cancelled' }
  | { readonly status: 'paused' }
  | { readonly status: 'limit'; readonly limit: LimitReached }
  | { readonly status: 'failed'; readonly error: AgentError };

type Ending = Status | undefined;

const CANCELLED: Status = Object.freeze({ status: 'cancelled' });
const INTERRUPTED: Status = Object.freeze({ status: 'interrupted' });
const FIX = 'Mend the cause, then go on with the thread.';

function siblingFailed(): AgentError {
  return new AgentError('aborted', 'A node beside it has failed.', {
    fix: 'Stop when the signal says so; the node runs again later.',
  });
}

/** Runs one frame: the root of a run, or a subgraph. */
export class Runner {
  readonly run: RunControl;
  readonly frame: Frame;
  /** The tasks of the step under way. */
  #tasks: readonly TaskContext[] = NONE;
  /** Set when what runs this frame has given it up. */
  #left = false;

  constructor(run: RunControl, frame: Frame) {
    this.run = run;
    this.frame = frame;
  }

  /** Runs steps until something ends it. Rejects only with what storing the thread throws. */
  async loop(): Promise<Status> {
    const { run, frame } = this;
    for (;;) {
      let ending = this.check();
      if (ending) return ending;
      const tasks = this.#due();
      const context = tasks.length === 1 && frame.pending.size === 0 ? tasks[0] : undefined;
      if (!context) ending = await this.#several(tasks);
      else {
        // One task is what most steps are. Its await stands here, because one asynchronous function more would cost
        // as much as the rest of the step.
        if (this.waits(context)) return INTERRUPTED;
        this.#tasks = tasks;
        let outcome: Outcome;
        try {
          const value = this.call(context);
          outcome = outcomeOf(context, isThenable(value) ? await value : value);
        } catch (error) {
          outcome = outcomeOfError(context, error);
        }
        if (this.#isOver()) return CANCELLED;
        this.end(context, outcome);
        // Who listens may have cancelled the run; what has finished has been kept then.
        if (this.#isOver()) return CANCELLED;
        const done = outcome.kind === 'ok' ? this.#finish(tasks, outcome) : this.#halt(tasks);
        ending = done instanceof Promise ? await done : done;
      }
      if (this.#isOver()) return CANCELLED;
      if (ending) return ending;
      const full = run.full();
      if (full) await full;
      if (run.tick()) await run.turn();
    }
  }

  #isOver(): boolean {
    return this.#left;
  }

  /** Gives up what is under way: finished tasks of the step are kept, the others are told to stop. */
  leave(reason: AgentError): void {
    if (this.#isOver()) return;
    const tasks = this.#tasks;
    this.#tasks = NONE;
    for (const context of tasks) {
      if (context.outcome || !context.started) continue;
      context.latest.stop(reason);
      this.end(context, TASK_CANCELLED);
    }
    try {
      this.#keep(finishedOf(tasks));
    } catch {
      // What cannot be stored fails the run when it waits for its log.
    }
    this.#left = true;
  }

  /** What ends the loop before a step: that nothing is due, or a brake. */
  check(): Ending {
    const { run, frame } = this;
    const { due, sends } = frame.position;
    if (this.#isOver()) return CANCELLED;
    if (frame.plan.special && this.#isClosedAfter()) return INTERRUPTED;
    if (due.length === 0 && sends.length === 0) return { status: 'completed' };
    if (run.paused) return { status: 'paused' };
    if (run.stepsLeft <= 0) {
      const message = 'The run has made as many steps as `stepLimit` allows.';
      return { status: 'limit', limit: { kind: 'steps', message } };
    }
    if (run.visitLimit !== Infinity) {
      const node = this.#overVisited();
      if (node !== undefined) {
        const message = `"${node}" has run as often as \`visitLimit\` allows.`;
        return { status: 'limit', limit: { kind: 'visits', node, message } };
      }
    }
    if (frame.plan.special && this.breakpoints()) return INTERRUPTED;
    run.stepsLeft--;
    run.stepStart(frame.ns, frame.step);
    return undefined;
  }

  /** Asks at nodes that `interruptBefore` names, unless somebody has let them pass. Whether it did. */
  breakpoints(): boolean {
    const { run, frame } = this;
    const { due, sends } = frame.position;
    const { flags, ids } = frame.plan;
    const nodes = new Set([...due, ...sends.map(({ node }) => ids.get(node) ?? -1)]);
    const { memo } = run.thread;
    const closed = [...nodes]
      .flatMap((node) => (((flags[node] ?? 0) & Flag.BEFORE) === 0 ? [] : this.#breakpoint(node, 'before')))
      .filter(({ id }) => !memo.has(id));
    this.#keep(NONE, closed);
    return closed.length > 0;
  }

  /** Whether a task waits for an answer, so that it does not run. */
  waits(context: TaskContext): boolean {
    const { interrupts } = this.run.thread;
    return interrupts.length > 0 && interrupts.some(({ task }) => task === context.task);
  }

  /** Calls a node. */
  call(context: TaskContext): unknown {
    this.run.nodeStart(context);
    // Who listens may have cancelled the run.
    if (this.#isOver()) throw stopError();
    // Ids come from the plan alone.
    const run = this.frame.plan.run[context.node] as PlanFunction;
    return run(context.input, context);
  }

  /** Ends a task. */
  end(context: TaskContext, outcome: Outcome): void {
    const { latest } = context;
    context.outcome = outcome;
    latest.close();
    // A try that was still waited for has not begun.
    if (latest.started) this.run.nodeEnd(latest, outcome.kind === 'stopped' ? 'cancelled' : outcome.kind);
  }

  /**
   * The writes of finished tasks as one list, reducers run.
   *
   * @param only the result of the only task, if there is just one.
   */
  reduce(finished: readonly TaskContext[], only: TaskResult | undefined): readonly Write[] {
    const { plan, values } = this.frame;
    if (only) {
      const { writes, updates } = only;
      return updates.length === 0 ? writes : [...writes, ...foldUpdates(plan.channels, values, updates)];
    }
    const tasks = finished.flatMap(({ name, result }) => (result ? { node: name, ...result } : []));
    const updates = tasks.flatMap((task) => task.updates);
    return [...mergeWrites(tasks), ...foldUpdates(plan.channels, values, updates)];
  }

  /** Where finished tasks lead, given the state after them. */
  route(finished: readonly TaskContext[], only: TaskResult | undefined, state: Values): Position | Promise<Position> {
    const { plan } = this.frame;
    const first = finished[0];
    if (only && first && leadsByEdges(only))
      return plan.next[first.node] ?? follow(plan, first.exits, state, first.name);
    const all: (Position | Promise<Position>)[] = [];
    // A node that several sends ran leads on once.
    const leading = new Map<number, TaskContext>();
    for (const context of finished) if (context.result?.exits) leading.set(context.node, context);
    for (const { exits, name } of leading.values()) all.push(follow(plan, exits, state, name));
    for (const { result } of finished) {
      if (result && result.goto.length + result.sends.length > 0) all.push(at(result.goto, result.sends));
    }
    if (all.some((due) => due instanceof Promise)) return joinLater(all);
    // None of them is a promise.
    return joinDue(all as Position[]);
  }

  /** Commits a step and moves on. */
  advance(
    finished: readonly TaskContext[],
    only: TaskResult | undefined,
    writes: readonly Write[],
    values: Values,
    state: Values,
    due: Position,
  ): Ending {
    const { run, frame } = this;
    const { thread } = run;
    this.#tasks = NONE;
    const next = nextPosition(frame, finished, only, due);
    const asked = frame.plan.special ? this.#breakpointsAfter(finished) : NONE;
    const cleared = run.clear(frame);
    if (thread.observed) {
      const all = frame.qualified(writes);
      frame.addPosition(all, frame.step + 1, next);
      if (finished.length > 1 && writes.length > 0) all.push(frame.authors(finished));
      if (cleared.length > 0) all.push(...cleared);
      if (asked.length > 0) all.push([INTERRUPTS, 'set', [...thread.interrupts, ...asked]]);
      run.commit(frame, all);
    } else thread.count();
    if (asked.length > 0) {
      thread.interrupts = [...thread.interrupts, ...asked];
      thread.markInterrupts();
    }
    frame.moveTo(frame.step + 1, next, values, state);
    if (run.publishes) this.#publish(finished, run.publishes);
    if (asked.length > 0) return INTERRUPTED;
    if (writes.length === 0) return this.#idle(next);
    if (frame.quiet.size > 0) frame.quiet.clear();
    return undefined;
  }

  /** All tasks of the step have a result: merge them in plan order and go where they lead. */
  #finish(finished: readonly TaskContext[], only?: TaskResult): Ending | Promise<Ending> {
    const { frame } = this;
    const spoilt = (error: unknown): Status => {
      const failure = asAgentError(error, 'node-failed', FIX);
      // Results that contradict each other must be made anew; any others are kept, for the nodes have had their effect.
      if (failure.code === 'write-conflict') this.#discard();
      else this.#keep(finished);
      return { status: 'failed', error: failure };
    };
    try {
      const writes = this.reduce(finished, only);
      const values = apply(frame.values, writes);
      const state = writes.length === 0 ? frame.state : frame.readable(values);
      const due = this.route(finished, only, state);
      if (this.#isOver()) return CANCELLED;
      if (!(due instanceof Promise)) return this.advance(finished, only, writes, values, state, due);
      return due
        .then((found) => {
          if (this.#isOver()) return CANCELLED;
          return this.advance(finished, only, writes, values, state, found);
        })
        .catch(spoilt);
    } catch (error) {
      return spoilt(error);
    }
  }

  /** Some task has no result: keep what its siblings have, and end. */
  #halt(tasks: readonly TaskContext[]): Status {
    const outcomes = tasks.flatMap(({ outcome }) => outcome ?? []);
    const asked = outcomes.flatMap((outcome) => (outcome.kind === 'interrupted' ? outcome.interrupts : []));
    this.#keep(finishedOf(tasks), asked);
    const failed = outcomes.find((outcome) => outcome.kind === 'failed');
    if (failed) return { status: 'failed', error: failed.error };
    if (outcomes.some(({ kind }) => kind === 'cancelled')) return CANCELLED;
    const stopped = outcomes.find((outcome) => outcome.kind === 'stopped');
    return stopped ? stopped.status : INTERRUPTED;
  }

  /** The tasks of the next step. */
  #due(): readonly TaskContext[] {
    const { run, frame } = this;
    const { due, sends } = frame.position;
    const tasks: TaskContext[] = [];
    for (const node of due) tasks.push(new TaskContext(run, frame, node, -1, frame.state));
    for (const { node, input } of sends) {
      tasks.push(new TaskContext(run, frame, frame.plan.ids.get(node) ?? -1, tasks.length - due.length, input));
    }
    return tasks;
  }

  /** A step of several tasks, or one that was begun before. */
  async #several(tasks: readonly TaskContext[]): Promise<Ending> {
    const { run, frame } = this;
    if (frame.pending.size > 0) for (const context of tasks) context.outcome = frame.pending.get(context.task);
    this.#tasks = tasks;
    const waiting = new Set(run.thread.interrupts.map(({ task }) => task));
    await this.#runAll(tasks.filter((context) => !context.outcome && !(waiting.size > 0 && waiting.has(context.task))));
    if (this.#isOver()) return CANCELLED;
    const finished = finishedOf(tasks);
    return finished.length === tasks.length ? this.#finish(finished) : this.#halt(tasks);
  }

  /** Ends the race that a task has won, if it has: nobody waits for the others, which are told to stop and count as finished. */
  #endRace(winner: TaskContext, running: Set<TaskContext>): void {
    const { nodes } = this.frame.plan;
    const race = nodes[winner.node]?.race;
    if (!race || !winner.result?.exits) return;
    const racing = this.#tasks.filter(({ node }) => nodes[node]?.race?.name === race.name);
    if (racing.filter(({ result }) => result?.exits).length < race.enough) return;
    for (const context of racing) {
      if (context.result) continue;
      context.latest.stop(stopError('Enough nodes beside it have finished.'));
      if (!context.outcome) this.end(context, TASK_CANCELLED);
      context.outcome = LOST;
      running.delete(context);
    }
  }

  /** Runs tasks together, at most `concurrency` of them at a time. */
  #runAll(tasks: readonly TaskContext[]): Promise<void> {
    const { run } = this;
    const running = new Set<TaskContext>();
    let next = 0;
    let failed = false;
    return new Promise((resolve) => {
      const settle = (context: TaskContext, outcome: Outcome): void => {
        if (this.#isOver()) return;
        this.end(context, outcome);
        this.#endRace(context, running);
        if (outcome.kind !== 'failed' || failed) return;
        failed = true;
        for (const other of tasks) if (!other.outcome) other.latest.stop(siblingFailed());
      };
      const start = (context: TaskContext): void => {
        try {
          const value = this.call(context);
          if (!isThenable(value)) {
            settle(context, outcomeOf(context, value));
            return;
          }
          running.add(context);
          const settled = (outcome: Outcome): void => {
            // What has lost a race has been settled.
            if (!running.delete(context)) return;
            settle(context, outcome);
            pump();
          };
          value.then(
            (returned) => {
              settled(outcomeOf(context, returned));
            },
            (error: unknown) => {
              settled(outcomeOfError(context, error));
            },
          );
        } catch (error) {
          settle(context, outcomeOfError(context, error));
        }
      };
      const pump = (): void => {
        while (!this.#isOver() && !failed && running.size < run.concurrency) {
          const context = tasks[next++];
          if (!context) break;
          if (context.outcome) continue;
          start(context);
          if (next < tasks.length && run.tick()) {
            // Nodes that compute must not keep a cancel waiting until the last of them is done.
            void run.turn().then(pump);
            return;
          }
        }
        if (running.size === 0) resolve();
      };
      pump();
    });
  }

  /** Stores results of an unfinished step, and questions. */
  #keep(finished: readonly TaskContext[], asked: readonly Interrupt[] = NONE): void {
    const { run, frame } = this;
    const { thread } = run;
    const results = finished.flatMap(({ task, result }) =>
      result && !frame.pending.has(task) ? [[task, result] as const] : [],
    );
    const ids = new Set(asked.map(({ id }) => id));
    // Those of a subgraph stand there in the order in which they came; here they get that of the graph.
    thread.interrupts = [...thread.interrupts.filter(({ id }) => !ids.has(id)), ...asked];
    // The root stores the questions of all its subgraphs, once.
    const isNews = frame.ns === '' && thread.hasNewInterrupts();
    if (results.length === 0 && !isNews) return;
    const engine: Write[] = [];
    if (results.length > 0) {
      const entries: Record<string, PendingTask> = {};
      for (const [task, result] of results) entries[task] = frame.stored(result);
      engine.push([frame.prefix + PENDING, 'put', entries]);
      frame.pending = new Map([...frame.pending, ...results]);
    }
    if (isNews) engine.push([INTERRUPTS, 'set', thread.interrupts]);
    if (thread.observed) run.commit(frame, engine);
    else thread.count();
    if (isNews) thread.markInterrupts();
  }

  /** Whether a breakpoint after a node of this frame is still open. */
  #isClosedAfter(): boolean {
    const { prefix } = this.frame;
    return this.run.thread.interrupts.some(
      ({ id, task }) => id === `${task}:after` && task.startsWith(prefix) && !task.includes('/', prefix.length),
    );
  }

  /** Forgets the results of an unfinished step. */
  #discard(): void {
    const { run, frame } = this;
    if (frame.pending.size === 0) return;
    frame.pending = NO_ENTRIES;
    if (run.thread.observed) run.commit(frame, [[frame.prefix + PENDING, 'set', new Map()]]);
    else run.thread.count();
  }

  #breakpoint(node: number, when: 'before' | 'after'): Interrupt {
    const { frame } = this;
    const task = frame.path(node, -1, frame.step);
    const payload = { node: frame.plan.names[node] ?? '', when };
    return { id: `${task}:${when}`, task, kind: 'breakpoint', payload };
  }

  #breakpointsAfter(finished: readonly TaskContext[]): readonly Interrupt[] {
    const { flags } = this.frame.plan;
    const nodes = new Set(finished.map(({ node }) => node));
    return [...nodes].flatMap((node) =>
      ((flags[node] ?? 0) & Flag.AFTER) === 0 ? [] : this.#breakpoint(node, 'after'),
    );
  }

  /** Counts the nodes that are due; the name of one that may not run again, if there is one. */
  #overVisited(): string | undefined {
    const { run, frame } = this;
    const { due, sends } = frame.position;
    const { nodes, ids } = frame.plan;
    const visits = (frame.visits ??= new Uint32Array(nodes.length));
    const counts = new Map<number, number>();
    for (const node of due) counts.set(node, 1);
    for (const { node } of sends) {
      const id = ids.get(node) ?? -1;
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const [node, more] of counts) {
      if ((visits[node] ?? 0) + more > run.visitLimit) return nodes[node]?.name;
    }
    for (const [node, more] of counts) visits[node] = (visits[node] ?? 0) + more;
    return undefined;
  }

  /** A step has written nothing. The second time that it leads to the same place, nothing will ever change. */
  #idle(next: Position): Ending {
    const { quiet } = this.frame;
    const key = frontierKey(next);
    if (!quiet.has(key)) {
      quiet.add(key);
      return undefined;
    }
    quiet.clear();
    const names = next.due.map((id) => this.frame.plan.names[id] ?? '').join(', ');
    const message = `The same nodes (${names}) are due again, and nothing has been written in between.`;
    return { status: 'limit', limit: { kind: 'progress', message } };
  }

  #publish(finished: readonly TaskContext[], { updates, values }: NonNullable<RunControl['publishes']>): void {
    const { run, frame } = this;
    if (updates) {
      for (const { name, task, result } of finished) {
        const { writes = NONE, updates: reduced = NONE } = result ?? {};
        const sent = storedWrites(frame.plan.channels, writes);
        run.emit(frame.ns, { type: 'update', node: name, task, writes: sent, updates: reduced });
      }
    }
    // The state of a stream is that of its graph, not of its subgraphs.
    if (!values || frame.ns !== '') return;
    const { channels } = frame.plan;
    const state = Object.entries(plain(frame.values)).filter(([name]) => channels[name]?.kind !== 'local');
    run.emit('', { type: 'values', version: run.thread.version, state: Object.fromEntries(state) });
  }
}

/** Whether a task leads where its node's edges lead, and nowhere else. */
function leadsByEdges({ exits, goto, sends }: TaskResult): boolean {
  return exits && goto.length === 0 && sends.length === 0;
}

function finishedOf(tasks: readonly TaskContext[]): readonly TaskContext[] {
  return tasks.filter(({ result }) => result !== undefined);
}
