/** The loop: plan the tasks that are due, run them together, merge their writes, commit, go on. */
import { abortError, AgentError, asAgentError } from '../core/index.ts';
import type { AnyEventBody, Answers, Interrupt, RunStatus, Write } from '../core/index.ts';
import {
  apply,
  frontier,
  initialWrites,
  interrupts,
  INTERRUPTS,
  lower,
  MEMO,
  memo,
  mergeWrites,
  NEXT,
  pending,
  PENDING,
  sends,
  SENDS,
  userState,
} from '../state/index.ts';
import type { PendingTask, Values } from '../state/index.ts';
import type { Plan } from './plan.ts';
import { follow, joinDue } from './route.ts';
import type { Due } from './route.ts';
import { runTask } from './task.ts';
import type { Task, TaskOutcome } from './task.ts';
import type { ThreadState } from './thread.ts';
import { SLICE, yieldToEventLoop } from './yield.ts';

/** Everything that one run works with. */
export interface Job {
  readonly plan: Plan;
  readonly thread: ThreadState;
  readonly threadId: string;
  readonly runId: string;
  /** The update to begin with; null goes on from where the thread is. */
  readonly input: unknown;
  readonly answers: Answers;
  readonly context: unknown;
  readonly signal: AbortSignal;
  readonly stepLimit: number;
  readonly now: () => number;
  readonly paused: () => boolean;
  readonly emit: (event: AnyEventBody) => void;
}

/** How the loop ended. */
type Status =
  { readonly status: Exclude<RunStatus, 'failed'> } | { readonly status: 'failed'; readonly error: AgentError };

/** How a run ended, and the questions that are open; the state is in the thread. */
export type Ending = Status & { readonly interrupts: readonly Interrupt[] };

const set = (channel: string, value: unknown): Write => [channel, 'set', value];

/** The writes that move the thread to what is due, and leave nothing of the finished step behind. */
function advance(values: Values, step: number, due: Due): Write[] {
  const writes = [set(NEXT, { step, nodes: due.nodes })];
  if (due.sends.length > 0 || sends(values).length > 0) writes.push(set(SENDS, due.sends));
  if (pending(values).size > 0) writes.push(set(PENDING, new Map()));
  if (interrupts(values).length > 0) writes.push(set(INTERRUPTS, []));
  if (memo(values).size > 0) writes.push(set(MEMO, new Map()));
  return writes;
}

/** The writes of finished tasks of a step that is given up; of those that contradict each other, what adds. */
function keptWrites(finished: ReadonlyMap<string, PendingTask>): readonly Write[] {
  const tasks = [...finished].map(([node, { writes }]) => ({ node, writes }));
  try {
    return mergeWrites(tasks);
  } catch {
    return tasks.flatMap(({ writes }) => writes.filter(([, op]) => op === 'append'));
  }
}

class Runner {
  readonly #job: Job;
  #sliceStart: number;
  #closed = false;

  constructor(job: Job) {
    this.#job = job;
    this.#sliceStart = job.now();
  }

  async run(): Promise<Status> {
    const { thread, input, answers, signal } = this.#job;
    try {
      if (signal.aborted) return { status: 'cancelled' };
      if (input !== null) await this.#begin(input);
      else if (Object.keys(answers).length > 0) this.#answer(answers);
      for (let steps = 0; ; steps++) {
        const ending = this.#ending(steps) ?? (await this.#step());
        if (ending) return ending;
        await thread.full();
        if (this.#job.now() - this.#sliceStart > SLICE) {
          await yieldToEventLoop();
          this.#sliceStart = this.#job.now();
        }
      }
    } catch (error) {
      return {
        status: 'failed',
        error: asAgentError(error, 'node-failed', 'Mend the cause, then go on with the thread.'),
      };
    }
  }

  #ending(steps: number): Status | undefined {
    const { thread, signal, stepLimit, paused } = this.#job;
    if (frontier(thread.values).nodes.length === 0 && sends(thread.values).length === 0) return { status: 'completed' };
    if (signal.aborted) return { status: 'cancelled' };
    if (paused()) return { status: 'paused' };
    return steps >= stepLimit ? { status: 'limit' } : undefined;
  }

  async #begin(input: unknown): Promise<void> {
    const { plan, thread } = this.#job;
    const { step } = frontier(thread.values);
    const fresh = thread.version === 0 ? initialWrites(plan.channels) : [];
    // What tasks of a step that is given up had finished, happened: it must not be forgotten with the step.
    const kept = keptWrites(pending(thread.values));
    const writes = [...fresh, ...kept, ...lower(plan.channels, input, 'input')];
    const state = userState(apply(thread.values, writes));
    const due = joinDue(plan, [await follow(plan, plan.entry, state, 'START')]);
    this.#commit([...writes, ...advance(thread.values, step + 1, due)]);
  }

  #answer(answers: Answers): void {
    const open = interrupts(this.#job.thread.values).filter((interrupt) => !Object.hasOwn(answers, interrupt.id));
    this.#commit([[MEMO, 'put', answers], set(INTERRUPTS, open)]);
  }

  /** Runs the tasks that are due. Returns how the run ends when they do not lead on. */
  async #step(): Promise<Status | undefined> {
    const { emit, thread } = this.#job;
    const { step } = frontier(thread.values);
    emit({ type: 'step-start', step });
    const done = new Map(pending(thread.values));
    const waiting = interrupts(thread.values);
    const tasks = this.#tasks(step);
    const runnable = tasks.filter(({ id }) => !done.has(id) && !waiting.some((interrupt) => interrupt.task === id));
    const outcomes = await Promise.all(runnable.map((task) => this.#task(task, step)));
    const finished: Record<string, PendingTask> = {};
    runnable.forEach(({ id }, index) => {
      const outcome = outcomes[index];
      if (outcome?.kind !== 'ok') return;
      finished[id] = outcome.result;
      done.set(id, outcome.result);
    });
    return done.size === tasks.length ? this.#finish(tasks, done, finished, step) : this.#halt(outcomes, finished);
  }

  #tasks(step: number): readonly Task[] {
    const { plan, thread } = this.#job;
    const state = userState(thread.values);
    const task = (name: string, path: string, input: unknown): Task => {
      const node = plan.nodes.get(name);
      if (node) return { id: path, node, input };
      throw new AgentError('graph-mismatch', `The thread waits at node "${name}", which this graph does not have.`, {
        fix: 'Go on with the graph version that began the thread, or begin a new thread.',
        details: { node: name },
      });
    };
    return [
      ...frontier(thread.values).nodes.map((name) => task(name, `${step}:${name}`, state)),
      ...sends(thread.values).map((send, index) => task(send.node, `${step}:${send.node}:${index}`, send.input)),
    ];
  }

  async #task(task: Task, step: number): Promise<TaskOutcome> {
    const { plan, thread, threadId, runId, context, signal, emit } = this.#job;
    const { id, node } = task;
    emit({ type: 'node-start', node: node.name, task: id, attempt: 1 });
    const live = (): void => {
      if (signal.aborted) throw abortError(signal);
    };
    const outcome = await runTask(plan, task, {
      context,
      threadId,
      runId,
      step,
      task: id,
      signal,
      memo: () => memo(thread.values),
      remember: async (key, value) => {
        live();
        this.#commit([[MEMO, 'put', { [key]: value }]]);
        await thread.flushed();
        // What was stopped meanwhile must not go on to its effect.
        live();
      },
      emit,
    });
    emit({ type: 'node-end', node: node.name, task: id, outcome: outcome.kind });
    return outcome;
  }

  /** All tasks of the step have a result: merge them in plan order and go where they lead. */
  async #finish(
    tasks: readonly Task[],
    done: ReadonlyMap<string, PendingTask>,
    finished: Readonly<Record<string, PendingTask>>,
    step: number,
  ): Promise<Status | undefined> {
    const { plan, thread } = this.#job;
    const results = tasks.flatMap(({ id, node }) => {
      const result = done.get(id);
      return result ? [{ node, result }] : [];
    });
    try {
      const writes = mergeWrites(results.map(({ node, result }) => ({ node: node.name, writes: result.writes })));
      const state = userState(apply(thread.values, writes));
      const due: Due[] = [];
      // A node that several sends ran leads on once.
      for (const node of new Set(results.map((entry) => entry.node))) {
        due.push(await follow(plan, node.exits, state, node.name));
      }
      due.push(...results.map(({ result }) => ({ nodes: result.goto, sends: result.sends })));
      this.#commit([...writes, ...advance(thread.values, step + 1, joinDue(plan, due))]);
      return undefined;
    } catch (error) {
      const failure = asAgentError(error, 'node-failed', 'Mend the cause, then go on with the thread.');
      // Results that contradict each other must be made anew; any others are kept, for the nodes have had their effect.
      if (failure.code !== 'write-conflict') this.#keep(finished);
      return { status: 'failed', error: failure };
    }
  }

  /** Some task has no result: keep what its siblings have, and end. */
  #halt(outcomes: readonly TaskOutcome[], finished: Readonly<Record<string, PendingTask>>): Status {
    const asked = outcomes.flatMap((outcome) => (outcome.kind === 'interrupted' ? outcome.interrupts : []));
    this.#keep(finished, asked);
    const failed = outcomes.find((outcome) => outcome.kind === 'failed');
    if (failed) return { status: 'failed', error: failed.error };
    return { status: outcomes.some((outcome) => outcome.kind === 'cancelled') ? 'cancelled' : 'interrupted' };
  }

  #keep(finished: Readonly<Record<string, PendingTask>>, asked: readonly Interrupt[] = []): void {
    const writes: Write[] = [];
    if (Object.keys(finished).length > 0) writes.push([PENDING, 'put', finished]);
    if (asked.length > 0) writes.push(set(INTERRUPTS, [...interrupts(this.#job.thread.values), ...asked]));
    if (writes.length > 0) this.#commit(writes);
  }

  /** Nothing is written after this: a node that was left behind must not reach into the next run. */
  close(): void {
    this.#closed = true;
  }

  #commit(writes: readonly Write[]): void {
    const { thread, runId, emit } = this.#job;
    if (this.#closed) {
      throw new AgentError('aborted', 'The run has ended.', { fix: 'Stop when the signal says so.' });
    }
    thread.commit({ ns: '', runId, step: frontier(thread.values).step, writes }, (version, applied) => {
      emit({ type: 'state-delta', version, writes: applied });
    });
  }
}

/**
 * Runs a job to its one ending. What the run has to say is durable before it ends, and before anybody is asked.
 * Never rejects.
 */
export async function execute(job: Job): Promise<Ending> {
  const { thread, emit } = job;
  const runner = new Runner(job);
  let status = await runner.run();
  runner.close();
  let open = interrupts(thread.values);
  try {
    const version = await thread.flushed();
    if (version !== undefined) emit({ type: 'checkpoint', version });
  } catch (error) {
    // Nobody is asked what is not stored: the answer could not find its question.
    open = [];
    status = { status: 'failed', error: asAgentError(error, 'storage-failed', 'Free some space, then try again.') };
  }
  for (const interrupt of open) emit({ type: 'interrupt', ...interrupt });
  emit({ type: 'run-end', ...status, ...(open.length > 0 ? { interrupts: open } : {}) });
  return { ...status, interrupts: open };
}
