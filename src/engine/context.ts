/** The second argument of every node: all that it may know of its run. Nothing is ambient, so every browser can do it. */
import { AgentError, fromWire, NONE, shortHash, stableText } from '../core/index.ts';
import type { EventBody, Interrupt, JsonSchema } from '../core/index.ts';
import { admit } from '../state/index.ts';
import type { Frame } from './frame.ts';
import type { Exits } from './plan.ts';
import type { RunControl } from './run-control.ts';
import type { Outcome, TaskResult } from './task.ts';

/** A node that failed for good, as the node named by its `onError` sees it. */
export interface Failure {
  readonly node: string;
  readonly task: string;
  readonly error: AgentError;
}

/** What a node gets beside the state. Its methods may be taken out of it: `({ n }, { interrupt }) => …`. */
export interface Context<X = unknown> {
  /** What the caller passed as `context`; never stored. */
  readonly context: X;
  readonly threadId: string;
  readonly runId: string;
  /** The super-step of the graph that the node belongs to. */
  readonly step: number;
  /** The path of this task: the same when it runs again. */
  readonly task: string;
  /** Counts the tries of this task within the run, from 1. */
  readonly attempt: number;
  /** Aborted when the run is cancelled, the node's time is up, or a node beside it has failed. */
  readonly signal: AbortSignal;
  /** In a node that `onError` leads to: what failed. Empty elsewhere. */
  readonly failures: readonly Failure[];
  /**
   * Asks a question and stops the run until it is answered. Then the node runs again from its top, and this call gives
   * the answer. Do not catch what it throws; catching changes nothing. Whether the answer is an `A` is for the node to
   * check.
   *
   * @param payload what the question says; plain data, the same when the node runs again (see `now()` and `random()`).
   * @param options.key tells two calls of one node apart; by default their order does.
   * @throws AgentError `unstorable-value` when the payload cannot be stored.
   */
  readonly interrupt: <A = unknown>(payload: unknown, options?: InterruptOptions) => Promise<A>;
  /** The newest answer to this task's question of that key, whatever the question was; undefined when there is none. */
  readonly answered: (key: string) => unknown;
  /** Whether an earlier try of this task has noted that intent. */
  readonly intended: (key: string) => boolean;
  /**
   * Notes durably that an effect is about to begin. Resolves to false when that was noted before: an earlier try of
   * this task was cut off, and whether the effect happened is not known.
   *
   * @throws AgentError `quota-exceeded` when there is no room to note it; then nothing is noted.
   */
  readonly intent: (key: string) => Promise<boolean>;
  /**
   * Does something once per task: its result is durable before this resolves, and a task that runs again gets the
   * result in place of the effect. Cut off between effect and storing, it happens again, so hand `idempotencyKey` on
   * to whoever can recognise a repeated request.
   *
   * @param key names the effect within the task.
   * @throws whatever `effect` throws; then nothing is kept. AgentError `unstorable-value` when its result cannot be,
   *   `quota-exceeded` while there is no room for it: the result is in memory, and given as soon as it is stored.
   * @example
   * const order = await ctx.once('order', (idempotencyKey) => shop.order(cart, { idempotencyKey }));
   */
  readonly once: <T>(key: string, effect: (idempotencyKey: string) => T | Promise<T>) => Promise<T>;
  /** Publishes a `custom` event. */
  readonly write: (value: unknown) => void;
  /** Publishes an event of text, of a tool, of usage, or a notice. */
  readonly emit: (event: EventBody) => void;
  /** Says that the node is alive: its `idleTimeout` begins anew. `write` and `emit` say so too. */
  readonly heartbeat: () => void;
  /** Milliseconds since 1970 when this task first asked; the same at every call and when the node runs again. */
  readonly now: () => number;
  /** A number from 0 up to 1; the same sequence when the node runs again. Not for secrets. */
  readonly random: () => number;
}

export interface InterruptOptions {
  readonly key?: string;
  readonly kind?: Interrupt['kind'];
  readonly schema?: JsonSchema;
}

/** What an interrupt throws. The engine has noted the question already; the throw only unwinds the node. */
export class InterruptSignal extends Error {
  override readonly name = 'InterruptSignal';

  constructor() {
    super('The node is waiting for an answer. Let this error through.');
  }
}

/** What once() keeps: in an envelope, because undefined would mean that there is nothing. */
interface Memo {
  readonly value: unknown;
  /** Set when there was no room to store it. */
  readonly held?: true;
}

/** What few tries need, kept apart so that the others do not pay for it. */
class More {
  asked: Interrupt[] | undefined = undefined;
  latest: TaskContext | undefined = undefined;
  stopped: AgentError | undefined = undefined;
  onClose: (() => void) | undefined = undefined;
  onBeat: (() => void) | undefined = undefined;
  controller: AbortController | undefined = undefined;
  ordinal = 0;
  seed: number | undefined = undefined;
}

/**
 * The context of one try of one task. Nodes see it as {@link Context}; what else is public here is for the engine.
 * Its methods are getters, so that they may be taken out of it at no cost to the nodes that need none of them.
 */
export class TaskContext implements Context {
  readonly run: RunControl;
  readonly frame: Frame;
  readonly node: number;
  readonly step: number;
  /** The place among the step's sends; -1 for a node that is due by an edge. */
  readonly index: number;
  readonly attempt: number;
  /** What the node gets for its first argument. */
  readonly input: unknown;
  /** Whether the node has been called. */
  started = false;
  /** How the task has ended; on its first try alone. */
  outcome: Outcome | undefined = undefined;
  #closed = false;
  #path: string | undefined = undefined;
  #more: More | undefined = undefined;

  constructor(run: RunControl, frame: Frame, node: number, index: number, input: unknown, attempt = 1) {
    this.run = run;
    this.frame = frame;
    this.node = node;
    this.step = frame.step;
    this.index = index;
    this.input = input;
    this.attempt = attempt;
  }

  get context(): unknown {
    return this.run.context;
  }

  get threadId(): string {
    return this.run.threadId;
  }

  get runId(): string {
    return this.run.runId;
  }

  get task(): string {
    return (this.#path ??= this.frame.path(this.node, this.index, this.step));
  }

  get signal(): AbortSignal {
    const more = this.#rest();
    if (!more.controller) {
      more.controller = new AbortController();
      if (more.stopped) more.controller.abort(more.stopped);
    }
    return more.controller.signal;
  }

  get failures(): readonly Failure[] {
    const { failures } = this.frame.position;
    const stored = Object.hasOwn(failures, this.name) ? failures[this.name] : undefined;
    if (!stored) return NONE;
    return stored.map(({ node, task, error }) => ({ node, task, error: fromWire(error) }));
  }

  get interrupt(): Context['interrupt'] {
    return (payload, options) => this.#ask(payload, options);
  }

  get answered(): Context['answered'] {
    return (key) => {
      const question = `${this.task}/${key}`;
      let newest: unknown;
      for (const [id, answer] of this.run.thread.memo) {
        if (id.slice(0, id.lastIndexOf('#')) === question) newest = answer;
      }
      return newest;
    };
  }

  get intended(): Context['intended'] {
    return (key) => this.run.thread.memo.has(`${this.task}!${key}`);
  }

  get intent(): Context['intent'] {
    return async (key) => {
      const id = `${this.task}!${key}`;
      if (this.run.thread.memo.has(id)) return false;
      await this.#remember(id, true);
      return true;
    };
  }

  get once(): Context['once'] {
    return (key, effect) => this.#once(key, effect);
  }

  get write(): Context['write'] {
    return (value) => {
      this.#emit({ type: 'custom', value });
    };
  }

  get emit(): Context['emit'] {
    return (event) => {
      this.#emit(event);
    };
  }

  get heartbeat(): Context['heartbeat'] {
    return () => {
      this.beat();
    };
  }

  get now(): Context['now'] {
    return () => this.#kept('now', () => this.run.clock.now());
  }

  get random(): Context['random'] {
    return () => {
      // A Weyl sequence through the finalizer of MurmurHash3 (public domain, https://github.com/aappleby/smhasher).
      const more = this.#rest();
      more.seed = ((more.seed ?? this.#kept('seed', () => Math.floor(Math.random() * 2 ** 32))) + 0x9e3779b9) | 0;
      let bits = Math.imul(more.seed ^ (more.seed >>> 16), 0x85ebca6b);
      bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
      return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
    };
  }

  /** The node's name. */
  get name(): string {
    return this.frame.plan.names[this.node] ?? '';
  }

  /** Where the node leads. */
  get exits(): Exits {
    // Ids come from the plan alone.
    return this.frame.plan.exits[this.node] as Exits;
  }

  /** What the task has come to, if it has finished. */
  get result(): TaskResult | undefined {
    const { outcome } = this;
    return outcome?.kind === 'ok' ? outcome : undefined;
  }

  /** The questions that this try has asked. */
  get asked(): readonly Interrupt[] | undefined {
    return this.#more?.asked;
  }

  /** Why the try was told to stop. */
  get stopped(): AgentError | undefined {
    return this.#more?.stopped;
  }

  /** The newest try of the task; to be asked of the first. */
  get latest(): TaskContext {
    return this.#more?.latest ?? this;
  }

  /** Has something done when the try ends, however it does. */
  set onClose(listener: () => void) {
    this.#rest().onClose = listener;
  }

  /** Has something done when the node says that it is alive. */
  set onBeat(listener: () => void) {
    this.#rest().onBeat = listener;
  }

  /** Begins the task's next try after `before`, which has ended. To be asked of the first. */
  again(before: TaskContext): TaskContext {
    before.close();
    const { run, frame, node, index, input } = this;
    return (this.#rest().latest = new TaskContext(run, frame, node, index, input, before.attempt + 1));
  }

  /** Says that the node is alive, and with it the subgraph that it belongs to. */
  beat(): void {
    this.#more?.onBeat?.();
    this.frame.owner?.latest.beat();
  }

  /** Tells the try to stop. */
  stop(reason: AgentError): void {
    const more = this.#rest();
    more.stopped ??= reason;
    more.controller?.abort(more.stopped);
  }

  /** Ends the try: what it still says or wants to store is not heard. */
  close(): void {
    this.#closed = true;
    this.#more?.onClose?.();
  }

  #rest(): More {
    return (this.#more ??= new More());
  }

  #emit(event: EventBody): void {
    this.beat();
    if (!this.#closed) this.run.emit(this.frame.ns, event);
  }

  /** Noted before the first await, so that two calls under one Promise.all are both asked. */
  #ask<A>(payload: unknown, { key, kind = 'input', schema }: InterruptOptions = {}): Promise<A> {
    const more = this.#rest();
    const name = key ?? String(more.ordinal++);
    const id = `${this.task}/${name}#${shortHash(stableText(admit(payload, ['interrupt', name])))}`;
    const answers = this.run.thread.memo;
    // The documentation says who checks it.
    if (answers.has(id)) return Promise.resolve(answers.get(id) as A);
    const asked = (more.asked ??= []);
    if (!asked.some((other) => other.id === id)) {
      asked.push({ id, task: this.task, kind, payload, ...(schema ? { schema } : {}) });
    }
    const unwound = Promise.reject<A>(new InterruptSignal());
    // A node may ask twice before it awaits; the second rejection is nobody's fault.
    unwound.catch(() => undefined);
    return unwound;
  }

  #once<T>(key: string, effect: (idempotencyKey: string) => T | Promise<T>): Promise<T> {
    const id = `${this.task}#${key}`;
    const known = this.run.thread.memo.get(id) as Memo | undefined;
    const { effects, thread } = this.run;
    // What the same effect gave before, kept by the same key.
    if (known) return Promise.resolve(known.held && thread.flushed()).then(() => known.value as T);
    const running = effects.get(id) as Promise<T> | undefined;
    if (running) return running;
    const work = (async () => {
      // Nothing is begun whose end could not be stored. And were what leads to it lost in a crash, something else could
      // come to have the effect's key.
      await thread.flushed();
      this.#live();
      const value = await effect(`${this.threadId}/${id}`);
      // It has happened: the next try must know it, even if this one has been given up meanwhile.
      const memo: Memo = { value: admit(value, ['once', key]) };
      this.run.remember({ [id]: memo });
      await this.#flushed({ [id]: { ...memo, held: true } });
      return value;
    })().finally(() => effects.delete(id));
    effects.set(id, work);
    return work;
  }

  #live(): void {
    if (this.stopped) throw this.stopped;
    if (!this.#closed) return;
    throw new AgentError('aborted', 'The node has ended, so nothing of it can be stored any more.', {
      fix: 'Await what the node does before it returns, and stop when its signal says so.',
    });
  }

  /** A number that the task keeps, so that it has the same when it runs again. */
  #kept(key: string, make: () => number): number {
    const id = `${this.task}:${key}`;
    const known = this.run.thread.memo.get(id);
    if (typeof known === 'number') return known;
    const value = make();
    this.#live();
    this.run.remember({ [id]: value });
    return value;
  }

  /** Waits until all is durable. Where there is no room, something else is remembered in its place. */
  async #flushed(instead: Readonly<Record<string, unknown>>): Promise<void> {
    const { run } = this;
    await run.thread.flushed().catch((error: unknown) => {
      if (error === run.thread.refusal) run.remember(instead);
      throw error;
    });
  }

  async #remember(id: string, value: unknown): Promise<void> {
    this.#live();
    this.run.remember({ [id]: value });
    // What is refused does not begin, so nobody has to ask later what became of it.
    await this.#flushed({ [id]: undefined });
    // What was stopped meanwhile must not go on to its effect.
    this.#live();
  }
}
