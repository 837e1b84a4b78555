/** The compiled graph: what runs, resumes and reads threads. */
import { AgentError, asAgentError, createQueue, randomId } from '../core/index.ts';
import type { AnyEventBody, Answers, Checkpointer, RunEvent, RunResult, Snapshot, ThreadLog } from '../core/index.ts';
import { admit, interrupts, NO_VALUES, snapshot, userState } from '../state/index.ts';
import type { Channels, State, Update, Values } from '../state/index.ts';
import { END, START } from './command.ts';
import type { Plan } from './plan.ts';
import { execute } from './run.ts';
import type { Ending } from './run.ts';
import { ThreadState } from './thread.ts';

/** What a compiled graph takes from outside. */
export interface Ports {
  /** Keeps threads. Without one, a run cannot be resumed. */
  readonly checkpointer?: Checkpointer;
  /** Milliseconds, rising. Default: `performance`. */
  readonly clock?: { now(): number };
  /** Makes ids of runs and threads. Default: random ids of 128 bits. */
  readonly ids?: () => string;
}

export interface RunOptions<X = unknown> {
  /** Default: a new thread. */
  readonly threadId?: string;
  /** Handed to every node as `ctx.context`. */
  readonly context?: X;
  readonly signal?: AbortSignal;
  /** Super-steps after which the run ends as `limit`, resumable. Default: 1,000. */
  readonly stepLimit?: number;
}

/** A run under way: its events, its result and its brakes. Leaving the iteration early cancels the run. */
export interface Run<S> extends AsyncIterable<RunEvent> {
  readonly runId: string;
  readonly threadId: string;
  readonly result: Promise<RunResult<S>>;
  cancel(): void;
  /** Ends the run as `paused` after the step under way. */
  pause(): void;
}

/** A graph as a list of names: for pictures and checks. */
export interface GraphDescription {
  readonly id: string;
  readonly version: string;
  readonly nodes: readonly string[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly conditional: boolean }[];
}

/** Any compiled graph, whatever its channels. */
export interface AnyGraph {
  readonly id: string;
  readonly version: string;
  describe(): GraphDescription;
}

const STEP_LIMIT = 1000;

type Input = { readonly input: unknown; readonly answers: Answers };

export class CompiledGraph<C extends Channels, X = unknown> implements AnyGraph {
  readonly id: string;
  readonly version: string;
  readonly #plan: Plan;
  readonly #ports: Ports;
  /** The tail of each thread's queue: runs of one thread follow one another. */
  readonly #busy = new Map<string, Promise<unknown>>();

  constructor(plan: Plan, ports: Ports) {
    this.id = plan.id;
    this.version = plan.version;
    this.#plan = plan;
    this.#ports = ports;
  }

  /** The same graph with other ports. */
  with(ports: Ports): CompiledGraph<C, X> {
    return new CompiledGraph<C, X>(this.#plan, { ...this.#ports, ...ports });
  }

  /**
   * Runs to the end. Resolves for every outcome.
   *
   * @param input an update of the channels; null goes on from where the thread is.
   * @throws AgentError only for misuse: `awaiting-answer` when the thread waits for one, `unknown-thread` when there is
   *   none to go on with, `checkpointer-missing`, `graph-mismatch`, `invalid-option`, or what opening the thread throws.
   * @example
   * const { status, state } = await graph.invoke({ question: 'Why?' }, { threadId: 't1' });
   */
  async invoke(input: Update<C> | null, options: RunOptions<X> = {}): Promise<RunResult<State<C>>> {
    return this.#start({ input, answers: {} }, options, undefined).result;
  }

  /** Runs and gives every event. The iteration throws the run's error after its `run-end`. */
  stream(input: Update<C> | null, options: RunOptions<X> = {}): Run<State<C>> {
    return this.#stream({ input, answers: {} }, options);
  }

  /**
   * Answers open interrupts and goes on. Only the tasks that were waiting run again.
   *
   * @throws AgentError (by `result`) `unknown-interrupt` when an id is not open, `invalid-answer` for undefined,
   *   `unstorable-value`.
   */
  resume(threadId: string, answers: Answers, options: RunOptions<X> = {}): Run<State<C>> {
    return this.#stream({ input: null, answers }, { ...options, threadId });
  }

  /** The thread now, or at a version; undefined when there is no such thread. */
  async getState(threadId: string, at?: number): Promise<Snapshot<State<C>> | undefined> {
    const log = await this.#open(threadId, new AbortController().signal);
    if (log.head === 0) return undefined;
    const version = at ?? log.head;
    const values = Object.fromEntries(await log.fold(version));
    return snapshot(values, version, log.graph) as Snapshot<State<C>>;
  }

  describe(): GraphDescription {
    const places = [{ name: START, exits: this.#plan.entry, ends: [] }, ...this.#plan.nodes.values()];
    const edges = places.flatMap(({ name: from, exits, ends }) => [
      ...exits.edges.map((to) => ({ from, to, conditional: false })),
      ...exits.routes.flatMap(({ targets = [END] }) => targets.map((to) => ({ from, to, conditional: true }))),
      ...ends.map((to) => ({ from, to, conditional: true })),
    ]);
    return { id: this.id, version: this.version, nodes: [...this.#plan.nodes.keys()], edges };
  }

  #open(threadId: string, signal: AbortSignal): Promise<ThreadLog> {
    const { checkpointer } = this.#ports;
    if (checkpointer) return checkpointer.open(threadId, `${this.id}@${this.version}`, { signal });
    throw new AgentError('checkpointer-missing', 'This graph keeps no threads, so it has none to go on with.', {
      fix: 'Compile it with a checkpointer: compile({ checkpointer: createMemoryCheckpointer() }).',
    });
  }

  #stream(work: Input, options: RunOptions<X>): Run<State<C>> {
    const stop = new AbortController();
    const queue = createQueue<RunEvent>(() => {
      stop.abort();
    });
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
    const run = this.#start(work, { ...options, signal }, (event) => {
      queue.push(event);
    });
    run.result.then(
      (result) => {
        queue.end(result.status === 'failed' ? result.error : undefined);
      },
      (error: unknown) => {
        queue.end(asAgentError(error, 'node-failed', 'Mend the cause, then go on with the thread.'));
      },
    );
    return {
      ...run,
      cancel: () => {
        stop.abort();
      },
      [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator](),
    };
  }

  #start(
    work: Input,
    options: RunOptions<X>,
    listener: ((event: RunEvent) => void) | undefined,
  ): Pick<Run<State<C>>, 'runId' | 'threadId' | 'result' | 'pause'> {
    const ids = this.#ports.ids ?? randomId;
    const runId = ids();
    const threadId = options.threadId ?? ids();
    let paused = false;
    let seq = 0;
    const emit = (event: AnyEventBody): void => {
      listener?.({ ...event, seq: seq++, runId, ns: '' });
    };
    const tail = this.#busy.get(threadId) ?? Promise.resolve();
    const result = tail.then(() => this.#run(work, options, { runId, threadId, emit, paused: () => paused }));
    const settled = result
      .catch(() => undefined)
      .then(() => {
        if (this.#busy.get(threadId) === settled) this.#busy.delete(threadId);
      });
    this.#busy.set(threadId, settled);
    return {
      runId,
      threadId,
      result,
      pause: () => {
        paused = true;
      },
    };
  }

  async #run(
    { input, answers }: Input,
    options: RunOptions<X>,
    run: { runId: string; threadId: string; emit: (event: AnyEventBody) => void; paused: () => boolean },
  ): Promise<RunResult<State<C>>> {
    const { runId, threadId, emit } = run;
    const { stepLimit = STEP_LIMIT, signal = new AbortController().signal } = options;
    if (!(stepLimit >= 1)) {
      throw new AgentError('invalid-option', `stepLimit is ${stepLimit}.`, { fix: 'Give a number of 1 or more.' });
    }
    const stored = this.#ports.checkpointer !== undefined || input === null;
    // A run that was cancelled before it began still says how the thread stands.
    const opening = signal.aborted ? new AbortController().signal : signal;
    const log = stored ? await this.#open(threadId, opening) : undefined;
    const values = log ? Object.fromEntries(await log.fold()) : NO_VALUES;
    this.#check(log, values, input, answers);
    const thread = new ThreadState(log, values);
    const clock = this.#ports.clock ?? performance;
    emit({ type: 'run-start', threadId, graph: `${this.id}@${this.version}`, version: thread.version });
    if (log?.damage) emit({ type: 'notice', code: log.damage.code, message: log.damage.message });
    const ending = await execute({
      plan: this.#plan,
      thread,
      threadId,
      runId,
      input,
      answers,
      context: options.context,
      signal,
      stepLimit,
      now: () => clock.now(),
      paused: run.paused,
      emit,
    });
    return this.#result(ending, thread, threadId, runId);
  }

  /** Refuses what would be misuse, before anything is written. */
  #check(log: ThreadLog | undefined, values: Values, input: unknown, answers: Answers): void {
    if (log && log.head > 0 && log.graph !== `${this.id}@${this.version}`) {
      throw new AgentError('graph-mismatch', `The thread belongs to ${log.graph}, not to ${this.id}@${this.version}.`, {
        fix: 'Go on with the graph that began it, or begin a new thread.',
        details: { thread: log.graph, graph: `${this.id}@${this.version}` },
      });
    }
    if (input === null && (log?.head ?? 0) === 0) {
      throw new AgentError('unknown-thread', 'There is no such thread to go on with.', {
        fix: 'Begin it with an input.',
      });
    }
    const open = interrupts(values).map((interrupt) => interrupt.id);
    if (input !== null && open.length > 0) {
      throw new AgentError('awaiting-answer', 'The thread waits for an answer.', {
        fix: 'Answer or reject what it asks first.',
        details: { interrupts: open },
      });
    }
    for (const [id, answer] of Object.entries(answers)) {
      if (answer === undefined) {
        throw new AgentError('invalid-answer', 'Undefined is no answer; the question stays open.', {
          fix: 'Answer with null if there is nothing to say.',
          details: { id },
        });
      }
      admit(answer, ['answer', id]);
      if (open.includes(id)) continue;
      throw new AgentError('unknown-interrupt', `Nothing is open under "${id}".`, {
        fix: open.length > 0 ? `Open are: ${open.join(', ')}.` : 'It has been answered already; nothing is open.',
        details: { id, open },
      });
    }
  }

  #result(ending: Ending, thread: ThreadState, threadId: string, runId: string): RunResult<State<C>> {
    const state = userState(thread.values) as State<C>;
    return { ...ending, threadId, runId, version: thread.version, state };
  }
}
