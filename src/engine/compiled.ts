/** The compiled graph: what runs, resumes, reads, changes and forks threads. */
import { abortError, AgentError, asAgentError, randomId, stopError } from '../core/index.ts';
import type { Answers, Checkpointer, Queue, RunEvent, RunResult, Snapshot, ThreadLog } from '../core/index.ts';
import { apply, foldUpdates, lower, NO_VALUES, plain, snapshot, storedWrites, userChannels } from '../state/index.ts';
import type { Channels, State, Update, Values } from '../state/index.ts';
import { Brakes } from './brakes.ts';
import { inTurn } from './busy.ts';
import { checkUpdate, checkWork } from './check.ts';
import { execute } from './execute.ts';
import { checkVersion, knownValues } from './known.ts';
import { takeOver } from './migrate.ts';
import { limitsOf, modesOf } from './options.ts';
import type { RunOptions, StreamMode, StreamOptions } from './options.ts';
import { describeGraph } from './describe.ts';
import type { GraphDescription } from './describe.ts';
import type { Plan } from './plan.ts';
import { RunControl } from './run-control.ts';
import { Runner } from './run.ts';
import { createEventQueue, isWanted } from './stream.ts';
import { Thread } from './thread.ts';

/** What a compiled graph takes from outside. */
export interface Ports {
  /** Keeps threads. Without one, a run cannot be resumed. */
  readonly checkpointer?: Checkpointer;
  /** Milliseconds since 1970, for `ctx.now()`. Default: `Date`. */
  readonly clock?: { now(): number };
  /** Makes ids of runs and threads. Default: random ids of 128 bits. */
  readonly ids?: () => string;
}

/** A run under way: its events, its result and its brakes. */
export interface Run<S> extends AsyncIterable<RunEvent> {
  readonly runId: string;
  readonly threadId: string;
  readonly result: Promise<RunResult<S>>;
  cancel(): void;
  /** Ends the run as `paused` after the step under way. */
  pause(): void;
}

/** Any compiled graph, whatever its channels. */
export interface AnyGraph {
  readonly id: string;
  readonly version: string;
  describe(): GraphDescription;
}

interface Work {
  readonly input: unknown;
  readonly answers: Answers;
}

/** What listens to a run beside its options. */
interface Reader {
  readonly queue: Queue<RunEvent>;
  readonly modes: ReadonlySet<StreamMode>;
}

const NEVER = new AbortController().signal;
const makeRunner = (run: RunControl, frame: ConstructorParameters<typeof Runner>[1]): Runner => new Runner(run, frame);

/** A listener whose own errors do not reach the run. */
function guarded(listener: (event: RunEvent) => void): (event: RunEvent) => void {
  return (event) => {
    try {
      listener(event);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  };
}

export class CompiledGraph<C extends Channels, X = unknown> implements AnyGraph {
  readonly id: string;
  readonly version: string;
  /** The checked graph, for the builder of a graph that has this one for a node. */
  readonly plan: Plan;
  readonly #ports: Ports;

  constructor(plan: Plan, ports: Ports) {
    this.id = plan.id;
    this.version = plan.version;
    this.plan = plan;
    this.#ports = ports;
  }

  /** The same graph with other ports. */
  with(ports: Ports): CompiledGraph<C, X> {
    return new CompiledGraph<C, X>(this.plan, { ...this.#ports, ...ports });
  }

  /**
   * Runs to the end. Resolves for every outcome.
   *
   * @param input an update of the channels; null goes on from where the thread is.
   * @throws AgentError only for misuse: `awaiting-answer` when the thread waits for one, `unknown-thread` when there is
   *   none to go on with, `thread-busy`, `checkpointer-missing`, `graph-mismatch`, `graph-changed`, `invalid-option`, or
   *   what `migrate` returns wrong or opening the thread throws.
   * @example
   * const { status, state } = await graph.invoke({ question: 'Why?' }, { threadId: 't1' });
   */
  async invoke(input: Update<C> | null, options: RunOptions<X> = {}): Promise<RunResult<State<C>>> {
    const { ids = randomId } = this.#ports;
    const brakes = new Brakes();
    return this.#begin({ input, answers: {} }, options, ids(), options.threadId ?? ids(), brakes, undefined);
  }

  /**
   * Runs and gives events as they come. Leaving the iteration early cancels the run ; a reader that falls behind by more
   * than about 1,000 events makes the run wait. The iteration throws the run's error after its `run-end`. Who asks for
   * `result` alone need not read.
   *
   * @throws AgentError `invalid-option`; everything else comes by `result`.
   * @example
   * for await (const event of graph.stream({ n: 1 }, { modes: ['updates', 'custom'] })) console.log(event);
   */
  stream(input: Update<C> | null, options: StreamOptions<X> = {}): Run<State<C>> {
    return this.#stream({ input, answers: {} }, options);
  }

  /**
   * Answers open interrupts and goes on. Only the tasks that were waiting run again.
   *
   * @param answers by interrupt id; a breakpoint takes any answer.
   * @throws AgentError (by `result`) `unknown-interrupt` when an id is not open, `invalid-answer` for undefined,
   *   `unstorable-value`.
   */
  resume(threadId: string, answers: Answers, options: StreamOptions<X> = {}): Run<State<C>> {
    return this.#stream({ input: null, answers }, { ...options, threadId });
  }

  /**
   * The thread now, or at a version; undefined when there is no such thread.
   *
   * @throws AgentError `unknown-version`.
   */
  async getState(threadId: string, at?: number): Promise<Snapshot<State<C>> | undefined> {
    const log = await this.#open(threadId, NEVER);
    if (log.head === 0) return undefined;
    const version = at ?? log.head;
    return this.#snapshot(Object.fromEntries(await log.fold(version)), version, log.graph);
  }

  /**
   * Every version of a thread that is there and not damaged, the newest first. Nothing for a thread that is not there.
   */
  async *getStateHistory(threadId: string): AsyncGenerator<Snapshot<State<C>>> {
    const log = await this.#open(threadId, NEVER);
    const versions: (readonly [version: number, values: Values])[] = [];
    let values = NO_VALUES;
    let last = 0;
    // Versions share what they have in common, so keeping them all costs what has changed.
    for await (const { version, writes } of log.entries()) {
      // What came before was pruned or is damaged: then only a snapshot can tell the state.
      const before = version === last + 1 ? values : await knownValues(log, version - 1);
      if (!before) continue;
      values = apply(before, writes);
      versions.push([version, values]);
      last = version;
    }
    for (const [version, found] of versions.reverse()) yield this.#snapshot(found, version, log.graph);
  }

  /**
   * Changes the channels of a thread between runs. What is due stays due, and open questions stay open.
   *
   * @param expect the version that the change was made for.
   * @returns the version that it has become.
   * @throws AgentError `version-conflict` when the thread has moved on, `write-conflict` when it writes where a task that
   *   has finished in the step under way, or a subgraph that is open, does, `unknown-thread`, `graph-mismatch`, `graph-changed`, or what
   *   refuses the update: `unknown-channel`, `invalid-update`, `unstorable-value`. `quota-exceeded` when there is no
   *   room: then it is made in memory alone.
   */
  async updateState(threadId: string, update: Update<C>, expect: { readonly version: number }): Promise<number> {
    const checkpointer = this.#checkpointer();
    return inTurn(checkpointer, threadId, 'queue', new Brakes(), async () => {
      const log = await this.#open(threadId, NEVER);
      const found = Object.fromEntries(await log.fold());
      checkWork(this.plan, log, found, null, {});
      checkVersion(log, expect);
      const values = takeOver(this.plan, log, found, '');
      const channels = userChannels(values);
      const { writes, updates } = lower(this.plan.channels, channels, update, '#update');
      const all = storedWrites(this.plan.channels, [...writes, ...foldUpdates(this.plan.channels, channels, updates)]);
      checkUpdate(this.plan, values, { node: 'updateState', writes: all, updates: [] });
      const version = log.append({ ns: '', runId: '', step: 0, writes: all });
      await log.flushed(version);
      return version;
    });
  }

  /**
   * Copies a thread up to a version.
   *
   * @returns the id of the copy, which goes on by itself.
   * @throws AgentError `unknown-version`.
   */
  async fork(threadId: string, at: number): Promise<string> {
    const log = await this.#open(threadId, NEVER);
    return log.fork(at);
  }

  /** The graph as data: nodes, edges, subgraphs. */
  describe(): GraphDescription {
    return describeGraph(this.plan);
  }

  #snapshot(values: Values, version: number, graph: string): Snapshot<State<C>> {
    // The log holds what this graph's channels have taken.
    return snapshot(values, version, graph) as Snapshot<State<C>>;
  }

  #checkpointer(): Checkpointer {
    const { checkpointer } = this.#ports;
    if (checkpointer) return checkpointer;
    throw new AgentError('checkpointer-missing', 'This graph keeps no threads, so it has none to go on with.', {
      fix: 'Compile it with a checkpointer: compile({ checkpointer: createMemoryCheckpointer() }).',
    });
  }

  async #open(threadId: string, signal: AbortSignal): Promise<ThreadLog> {
    return this.#checkpointer().open(threadId, `${this.id}@${this.version}`, { signal });
  }

  #stream(work: Work, options: StreamOptions<X>): Run<State<C>> {
    const { ids = randomId } = this.#ports;
    const runId = ids();
    const threadId = options.threadId ?? ids();
    const brakes = new Brakes();
    const cancel = (): void => {
      brakes.cancel(stopError());
    };
    const queue = createEventQueue(cancel);
    const result = this.#begin(work, options, runId, threadId, brakes, { queue, modes: modesOf(options) });
    result.then(
      (ended) => {
        queue.end(ended.status === 'failed' ? ended.error : undefined);
      },
      (error: unknown) => {
        queue.end(asAgentError(error, 'node-failed', 'Mend the cause, then go on with the thread.'));
      },
    );
    return {
      runId,
      threadId,
      result,
      cancel,
      pause() {
        brakes.pause();
      },
      [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator](),
    };
  }

  /** Waits for the thread's turn, with the run's signal on its brakes. */
  async #begin(
    work: Work,
    options: RunOptions<X>,
    runId: string,
    threadId: string,
    brakes: Brakes,
    reader: Reader | undefined,
  ): Promise<RunResult<State<C>>> {
    const { signal } = options;
    const { checkpointer } = this.#ports;
    const stop = (): void => {
      brakes.cancel(signal ? abortError(signal) : stopError());
    };
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
    try {
      const go = (): Promise<RunResult<State<C>>> => this.#run(work, options, runId, threadId, brakes, reader);
      if (!checkpointer) return await go();
      return await inTurn(checkpointer, threadId, limitsOf(options).whenBusy, brakes, go);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  async #run(
    { input, answers }: Work,
    options: RunOptions<X>,
    runId: string,
    threadId: string,
    brakes: Brakes,
    reader: Reader | undefined,
  ): Promise<RunResult<State<C>>> {
    const limits = limitsOf(options);
    const profile = options.profile?.start(runId);
    // A run that was cancelled before it began still says how the thread stands.
    const opening = brakes.cancelled ? NEVER : (options.signal ?? NEVER);
    const isStored = this.#ports.checkpointer !== undefined || input === null;
    const log = isStored ? await this.#open(threadId, opening) : undefined;
    const found = log && log.head > 0 ? Object.fromEntries(await log.fold()) : NO_VALUES;
    checkWork(this.plan, log, found, input, answers);
    const stored = takeOver(this.plan, log, found, runId);
    const listener = this.#listener(options, reader);
    const run = new RunControl(
      {
        limits,
        runId,
        threadId,
        context: options.context,
        clock: this.#ports.clock ?? Date,
        listener: profile && listener ? profile.listener(listener) : listener,
        isReady: reader ? () => reader.queue.full() : undefined,
        publishes: reader && { values: reader.modes.has('values'), updates: reader.modes.has('updates') },
      },
      new Thread(log && profile ? profile.log(log) : log, stored, limits.durability),
      profile ? profile.makeRunner : makeRunner,
    );
    brakes.bind(run);
    run.emit('', { type: 'run-start', threadId, graph: `${this.id}@${this.version}`, version: run.thread.version });
    if (log?.damage) run.emit('', { type: 'notice', code: log.damage.code, message: log.damage.message });
    const { status, interrupts, state } = await execute({
      plan: this.plan,
      run,
      stored,
      input,
      answers,
      isCancelled: brakes.cancelled !== undefined,
      profile,
    });
    // The values of this graph's channels are the state by construction.
    return { ...status, interrupts, threadId, runId, version: run.thread.version, state: plain(state) as State<C> };
  }

  /** Who hears the events: the caller's function, the reader of the stream, both, or nobody. */
  #listener({ onEvent }: RunOptions<X>, reader: Reader | undefined): ((event: RunEvent) => void) | undefined {
    const told = onEvent ? guarded(onEvent) : undefined;
    if (!reader) return told;
    const { queue, modes } = reader;
    return (event) => {
      told?.(event);
      if (isWanted(event, modes)) queue.push(event);
    };
  }
}
