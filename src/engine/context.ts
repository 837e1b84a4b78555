/** The second argument of every node: all that it may know of its run. Nothing is ambient, so every browser can do it. */
import { shortHash, stableText } from '../core/index.ts';
import type { EventBody, Interrupt, JsonSchema } from '../core/index.ts';
import { admit } from '../state/index.ts';

/** Which task of which run it is, and what the caller gave the run. */
export interface TaskIdentity<X> {
  /** What the caller passed as `context`; never stored. */
  readonly context: X;
  readonly threadId: string;
  readonly runId: string;
  /** The super-step of the thread. */
  readonly step: number;
  /** The path of this task: the same when it runs again. */
  readonly task: string;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
}

/** What a node gets beside the state. */
export interface Context<X = unknown> extends TaskIdentity<X> {
  /**
   * Asks a question and stops the run until it is answered. Then the node runs again from its top, and this call gives
   * the answer. Do not catch what it throws; catching changes nothing.
   *
   * @param options.key tells two calls of one node apart; by default their order does.
   */
  interrupt(payload: unknown, options?: InterruptOptions): Promise<unknown>;
  /** The answer that was given to this task's question of that key, whatever the question was; else undefined. */
  answered(key: string): unknown;
  /** Whether an earlier try of this task has noted that intent. */
  intended(key: string): boolean;
  /**
   * Notes durably that an effect is about to begin. Resolves to false when that was noted before: an earlier try of
   * this task was cut off, and whether the effect happened is not known.
   */
  intent(key: string): Promise<boolean>;
  /** Publishes a `custom` event. */
  write(value: unknown): void;
  /** Publishes an event of text, of a tool, of usage, or a notice. */
  emit(event: EventBody): void;
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

/** The parts of a context that the run gives. */
export interface TaskScope<X> extends TaskIdentity<X> {
  /** Answers and intents by their id: what the thread remembers for the step under way. */
  readonly memo: () => ReadonlyMap<string, unknown>;
  /** Adds to the memo; resolves once that is durable. */
  remember(id: string, value: unknown): Promise<void>;
  emit(event: EventBody): void;
}

/** Makes the context of one task, and the list in which its open questions gather. */
export function createContext<X>(scope: TaskScope<X>): { context: Context<X>; asked: readonly Interrupt[] } {
  const asked: Interrupt[] = [];
  let ordinal = 0;
  const { memo, task } = scope;
  const context: Context<X> = {
    context: scope.context,
    threadId: scope.threadId,
    runId: scope.runId,
    step: scope.step,
    task,
    signal: scope.signal,
    // Noted before the first await, so that two calls under one Promise.all are both asked.
    interrupt(payload, { key, kind = 'input', schema } = {}) {
      const name = key ?? String(ordinal++);
      const id = `${task}/${name}#${shortHash(stableText(admit(payload, ['interrupt', name])))}`;
      const answers = memo();
      if (answers.has(id)) return Promise.resolve(answers.get(id));
      asked.push({ id, task, kind, payload, ...(schema ? { schema } : {}) });
      const unwound = Promise.reject<unknown>(new InterruptSignal());
      // A node may ask twice before it awaits; the second rejection is nobody's fault.
      unwound.catch(() => undefined);
      return unwound;
    },
    answered(key) {
      const question = `${task}/${key}`;
      for (const [id, answer] of memo()) if (id.slice(0, id.lastIndexOf('#')) === question) return answer;
      return undefined;
    },
    intended: (key) => memo().has(`${task}!${key}`),
    async intent(key) {
      const id = `${task}!${key}`;
      if (memo().has(id)) return false;
      await scope.remember(id, true);
      return true;
    },
    write(value) {
      scope.emit({ type: 'custom', value });
    },
    emit(event) {
      scope.emit(event);
    },
  };
  return { context, asked };
}
