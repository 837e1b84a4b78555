/** A run as a call sees it: it keeps answers and intents over tries, as the engine does. */
import type { EventBody, Grant, GrantStore, ToolDanger, ToolEffect } from '../../src/core/index.ts';
import {
  createExecutor,
  createPipeline,
  createResultCache,
  createToolRegistry,
  createToolSet,
  defineTool,
} from '../../src/tools/index.ts';
import type { CallScope, Ending, Executor, ToolDefinition, ToolMiddleware, ToolTask } from '../../src/tools/index.ts';
import type { ApprovalMode } from '../../src/tools/index.ts';

/** What a try of a call ends with when it asks something. */
export class Asked extends Error {
  readonly key: string;
  readonly payload: unknown;
  readonly kind: string;

  constructor(key: string, payload: unknown, kind: string) {
    super(`asked ${key}`);
    this.key = key;
    this.payload = payload;
    this.kind = kind;
  }
}

export class Run implements CallScope {
  readonly threadId = 'thread';
  readonly events: EventBody[] = [];
  readonly answers = new Map<string, unknown>();
  readonly intents = new Set<string>();
  readonly done = new Set<string>();
  readonly stop = new AbortController();

  get signal(): AbortSignal {
    return this.stop.signal;
  }

  readonly now = (): number => 1000;
  readonly emit = (event: EventBody): void => {
    this.events.push(event);
  };
  readonly answered = (key: string): unknown => this.answers.get(key);
  readonly intended = (key: string): boolean => this.intents.has(key);
  readonly intent = (key: string): Promise<boolean> => {
    const isFirst = !this.intents.has(key);
    this.intents.add(key);
    return Promise.resolve(isFirst);
  };
  readonly once = async (key: string, effect: () => Promise<void>): Promise<void> => {
    if (this.done.has(key)) return;
    await effect();
    this.done.add(key);
  };
  readonly interrupt = (payload: unknown, { key, kind }: { key: string; kind: string }): Promise<unknown> =>
    this.answers.has(key) ? Promise.resolve(this.answers.get(key)) : Promise.reject(new Asked(key, payload, kind));
}

interface BenchOptions {
  readonly mode?: ApprovalMode;
  readonly middleware?: readonly ToolMiddleware[];
  readonly timeout?: number;
}

/** Everything that a call passes through, with one tool in it unless more are added. */
export class Bench {
  readonly registry = createToolRegistry();
  readonly grants: Grant[] = [];
  readonly runs: unknown[] = [];
  readonly executor: Executor;
  set = createToolSet(this.registry, 'default');
  time = 1000;

  constructor({ mode = 'dangerous', middleware = [], timeout = 0 }: BenchOptions = {}) {
    const store: GrantStore = {
      list: () => Promise.resolve(this.grants),
      put: (grant) => Promise.resolve(void this.grants.push(grant)),
      revoke: () => Promise.resolve(void this.grants.splice(0)),
    };
    this.executor = createExecutor({
      registry: this.registry,
      set: () => this.set,
      grants: store,
      pipeline: createPipeline(middleware),
      cache: createResultCache(() => this.time),
      policy: { mode, timeout: timeout > 0 ? timeout : undefined },
    });
  }

  /** Adds a tool `do` that notes what it ran with. */
  add(
    effect: ToolEffect = 'read',
    danger: ToolDanger = 'low',
    changes: Partial<ToolDefinition<never, unknown>> = {},
  ): () => void {
    return this.registry.add(
      defineTool<never>({
        name: 'do',
        description: 'Do it',
        effect,
        danger,
        input: { type: 'object', properties: { n: { type: 'integer' }, text: { type: 'string' } } },
        run: (input) => {
          this.runs.push(input);
          return 'done';
        },
        ...changes,
      }),
    );
  }

  /** Makes a call within a run; rejects with {@link Asked} when it asks. */
  call(input: unknown = {}, run: Run = new Run(), task: Partial<ToolTask> = {}): Promise<Ending> {
    const call: ToolTask = { type: 'tool-call', toolCallId: 'c1', toolName: 'do', input, messageId: 'm1', ...task };
    return this.executor.execute(call, run, (output) => structuredClone(output));
  }

  /** What a call asks. */
  async ask(input: unknown = {}, run: Run = new Run(), task: Partial<ToolTask> = {}): Promise<Asked> {
    try {
      await this.call(input, run, task);
    } catch (error) {
      if (error instanceof Asked) return error;
      throw error;
    }
    throw new Error('It did not ask.');
  }
}
