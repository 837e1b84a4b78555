/** Runs workflows: from a document, or from its text, to a result or a stream of events. */
import { AgentError } from '../core/index.ts';
import type { Answers, Checkpointer, Interrupt, RunEvent, RunStatus, WireError } from '../core/index.ts';
import type { Run } from '../engine/index.ts';
import type { AuditRecord, Data, WorkflowState } from './compile/channels.ts';
import type { FlowGraph } from './compile/flow.ts';
import { EXPIRED_ANSWER } from './compile/hitl-node.ts';
import type { HitlRequest } from './compile/hitl-node.ts';
import type { CompileOptions, WorkflowContext } from './compile/ports.ts';
import type { WorkflowDocument, WorkflowSpec } from './document.ts';
import type { Fault } from './faults.ts';
import { PlanCache } from './plan-cache.ts';
import type { Read } from './plan-cache.ts';
import { createProgress } from './progress.ts';

export interface WorkflowEngineOptions extends CompileOptions {
  /** Keeps the threads of runs. */
  readonly checkpointer: Checkpointer;
  /** What compute nodes call tools with; asked for with each run. */
  readonly context?: () => WorkflowContext;
  /** Reads texts, such as `readWorkflow`. Without it only documents can be run. */
  readonly read?: Read;
}

export interface WorkflowRunOptions {
  /** Which workflow of the document; not needed where it has only one. */
  readonly workflow?: string;
  /** Default: a new thread. */
  readonly threadId?: string;
  readonly signal?: AbortSignal;
  /** Who answers, for the record. */
  readonly by?: string;
}

/** How a run of a workflow ended. Every status but `completed` leaves the thread resumable. */
export interface WorkflowResult {
  readonly status: RunStatus;
  readonly threadId: string;
  readonly runId: string;
  readonly data: Data;
  /** What has failed and was passed over, by node. */
  readonly errors: Readonly<Record<string, WireError>>;
  readonly audit: readonly AuditRecord[];
  /** The questions that are open. */
  readonly interrupts: readonly Interrupt[];
  readonly error?: AgentError;
}

/** How far a run has come, from 0 to 1: never less than before, and 1 only when it has completed. */
export interface ProgressEvent {
  readonly type: 'progress';
  readonly value: number;
}

export type WorkflowEvent = RunEvent | ProgressEvent;

/** A run under way. It ends with one `run-end`; leaving the iteration cancels it. */
export interface WorkflowRun extends AsyncIterable<WorkflowEvent> {
  readonly threadId: string;
  readonly runId: string;
  readonly result: Promise<WorkflowResult>;
  cancel(): void;
}

/** A workflow: its document, or the text of it. */
export type WorkflowSource = string | WorkflowDocument;

/** A run and what limits it. */
interface Limited {
  readonly run: Run<WorkflowState>;
  readonly timedOut: () => AgentError | undefined;
  readonly end: () => void;
}

/**
 * Runs workflows. What is compiled is kept, and so is what `pure` nodes give.
 *
 * @example
 * const engine = new WorkflowEngine({ checkpointer: createMemoryCheckpointer(), read: readWorkflow, handlers: { total } });
 * const { data } = await engine.execute(text, { prices: [1, 2] });
 */
export class WorkflowEngine {
  readonly #options: WorkflowEngineOptions;
  readonly #plans: PlanCache;
  readonly #running = new Map<string, Set<AbortController>>();

  constructor(options: WorkflowEngineOptions) {
    this.#options = options;
    this.#plans = new PlanCache(options, options.read);
  }

  /**
   * Runs a workflow to its end, or to where it waits for a person.
   *
   * @throws AgentError `invalid-workflow`, `unknown-workflow`, and for misuse what `invoke` of a graph throws.
   */
  async execute(source: WorkflowSource, data: Data = {}, options: WorkflowRunOptions = {}): Promise<WorkflowResult> {
    const document = await this.#documentOf(source);
    return this.stream(document, data, options).result;
  }

  /** Runs a workflow and tells what happens. */
  stream(document: WorkflowDocument, data: Data = {}, options: WorkflowRunOptions = {}): WorkflowRun {
    const { threadId = crypto.randomUUID() } = options;
    return this.#run(document, { ...options, threadId }, (graph, run) => graph.stream({ data }, run));
  }

  /** Goes on with a thread: after an answer, a failure, a cancel or a reload. */
  resume(
    document: WorkflowDocument,
    threadId: string,
    answers: Answers = {},
    options: WorkflowRunOptions = {},
  ): WorkflowRun {
    const isAnswered = Object.keys(answers).length > 0;
    return this.#run(document, { ...options, threadId }, (graph, run) =>
      isAnswered ? graph.resume(threadId, answers, run) : graph.stream(null, run),
    );
  }

  /** Gives up the questions of a thread whose time is over. Undefined where there are none. */
  async expire(
    document: WorkflowDocument,
    threadId: string,
    options: WorkflowRunOptions = {},
  ): Promise<WorkflowResult | undefined> {
    const { now = Date.now } = this.#options;
    const state = await this.#graph(document, options.workflow).getState(threadId);
    const due = (state?.interrupts ?? []).filter(
      ({ payload }) => ((payload as Partial<HitlRequest> | null)?.expiresAt ?? Infinity) <= now(),
    );
    if (due.length === 0) return undefined;
    return this.resume(document, threadId, Object.fromEntries(due.map(({ id }) => [id, EXPIRED_ANSWER])), options)
      .result;
  }

  /** Cancels what runs on a thread. What was done so far is kept. */
  cancel(threadId: string): void {
    for (const controller of this.#running.get(threadId) ?? []) controller.abort();
  }

  /** What only a compilation finds: faults, such as names that are not registered, or notes on what has no effect here. */
  validate(document: WorkflowDocument, workflow?: string): readonly Fault[] {
    return this.#plans.validate(document, workflow);
  }

  /** Forgets what was compiled of a workflow, and what its nodes have given. */
  invalidate(workflow: string): void {
    this.#plans.invalidate(workflow);
    this.#options.results?.invalidate(workflow);
  }

  #graph(document: WorkflowDocument, workflow: string | undefined): FlowGraph {
    return this.#plans.graph(document, workflow).with({ checkpointer: this.#options.checkpointer });
  }

  async #documentOf(source: WorkflowSource): Promise<WorkflowDocument> {
    if (typeof source !== 'string') return source;
    const document = await this.#plans.document(source);
    if (document) return document;
    throw new AgentError('invalid-option', 'This engine reads no texts.', {
      fix: 'Give it `read: readWorkflow`, or a document.',
    });
  }

  #run(
    document: WorkflowDocument,
    options: WorkflowRunOptions & { readonly threadId: string },
    start: (
      graph: FlowGraph,
      run: { threadId: string; context: WorkflowContext; signal: AbortSignal },
    ) => Run<WorkflowState>,
  ): WorkflowRun {
    const { threadId, workflow, signal, by } = options;
    const graph = this.#graph(document, workflow);
    const spec = document.workflows[graph.id];
    const context = { ...this.#options.context?.(), ...(by === undefined ? {} : { by }) } as WorkflowContext;
    const limited = this.#limit(spec, threadId, signal, (own) => start(graph, { threadId, context, signal: own }));
    const { run } = limited;
    const result = run.result
      .then((ended): WorkflowResult => {
        const { status, runId, state, interrupts } = ended;
        const timeout = status === 'cancelled' ? limited.timedOut() : undefined;
        const error = status === 'failed' ? ended.error : timeout;
        return {
          ...{ status: timeout ? 'failed' : status, threadId, runId, interrupts },
          ...{ data: state.data, errors: Object.fromEntries(state.errors), audit: state.audit },
          ...(error ? { error } : {}),
        };
      })
      .finally(limited.end);
    // Who reads the events hears of it there.
    result.catch(() => undefined);
    return {
      ...{ threadId, runId: run.runId, result },
      cancel: () => {
        run.cancel();
      },
      [Symbol.asyncIterator]: () => eventsOf(limited, spec),
    };
  }

  /** Starts a run that ends with its time, its caller's signal or `cancel()`. */
  #limit(
    spec: WorkflowSpec | undefined,
    threadId: string,
    signal: AbortSignal | undefined,
    start: (signal: AbortSignal) => Run<WorkflowState>,
  ): Limited {
    const controller = new AbortController();
    const stop = (): void => {
      controller.abort(signal?.reason);
    };
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
    const controllers = this.#running.get(threadId) ?? new Set();
    this.#running.set(threadId, controllers.add(controller));
    const { timeout } = spec?.execution ?? {};
    let late: AgentError | undefined;
    const expire = (): void => {
      late = new AgentError(
        'workflow-timeout',
        `"${spec?.name ?? ''}" has run for ${timeout ?? 0} ms, which is its limit.`,
        {
          fix: 'Go on with the thread, or raise `execution.timeout`.',
          details: { workflow: spec?.name, ms: timeout },
        },
      );
      controller.abort(late);
    };
    const timer = timeout === undefined ? undefined : setTimeout(expire, timeout);
    return {
      run: start(controller.signal),
      timedOut: () => late,
      end: () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
        controllers.delete(controller);
        if (controllers.size === 0) this.#running.delete(threadId);
      },
    };
  }
}

/** The events of a run, with its progress between them. */
async function* eventsOf({ run, timedOut }: Limited, spec: WorkflowSpec | undefined): AsyncGenerator<WorkflowEvent> {
  const progress = createProgress(spec);
  for await (const event of run) {
    const late = event.type === 'run-end' && event.status === 'cancelled' ? timedOut() : undefined;
    const value = progress(event);
    if (value !== undefined) yield { type: 'progress', value };
    yield late && event.type === 'run-end' ? { ...event, status: 'failed', error: late } : event;
    if (late) throw late;
  }
}
