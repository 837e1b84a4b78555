/** The ports: what the engine and the agent ask of the world. Adapters implement them; conformance suites prove them. */
import type { AgentError } from './errors.ts';
import type { Explanation } from './explanation.ts';
import type { JsonSchema } from './json.ts';
import type { Message, Usage } from './message.ts';
import type { Grant } from './run.ts';
import type { ToolSpec } from './tool.ts';
import type { Write } from './write.ts';

/** One version of a thread: the writes of one super-step, or of one answer. */
export interface LogEntry {
  /** The path of the subgraph that wrote it; empty at the root. One log holds all namespaces of a thread. */
  readonly ns: string;
  readonly runId: string;
  readonly step: number;
  readonly writes: readonly Write[];
}

/** A line of the list of threads. */
export interface ThreadInfo {
  readonly id: string;
  /** The name of the graph that runs it. */
  readonly graph: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly updated: number;
  /** Bytes that are stored of it. */
  readonly bytes: number;
  readonly status: 'idle' | 'unfinished' | 'interrupted';
}

/** What is kept. What is not given has no limit. */
export interface Retention {
  /** How many threads, those that were written last; older ones with an open question are not counted among them. */
  readonly keepLast?: number;
  /** Milliseconds since the last write of a thread, whatever it waits for. */
  readonly maxAge?: number;
  /** Bytes of all threads. */
  readonly maxBytes?: number;
}

/** Keeps threads. */
export interface Checkpointer {
  /**
   * Opens a thread, new or stored. Opening only reads; the first write claims the thread's next epoch, and from then on
   * an older holder's writes are refused with `fenced`.
   *
   * @param graph `id@version` of the graph, kept with a new thread.
   */
  open(threadId: string, graph: string, options: { signal: AbortSignal }): Promise<ThreadLog>;
  /** The stored threads, the newest first. */
  threads(): AsyncIterable<ThreadInfo>;
  delete(threadId: string): Promise<void>;
  /** Gives a thread a title that stays. Throws `unknown-thread`. */
  rename(threadId: string, title: string): Promise<void>;
  /** The thread as one file, as far as it is durable. Throws `unknown-thread`. */
  export(threadId: string): Promise<Uint8Array>;
  /**
   * Makes a new thread of a file, and returns its id. Throws `corrupt-record` when the file is damaged or none of a
   * thread, `unknown-format` when a later version has made it.
   */
  import(file: Uint8Array): Promise<string>;
  /**
   * Removes what a policy does not keep, the oldest first; returns how much is gone. A thread with an open question or a
   * run under way goes for its age alone, and one that is being written not at all.
   */
  prune(retention: Retention): Promise<{ readonly threads: number; readonly bytes: number }>;
  usage(): Promise<{ readonly threads: number; readonly bytes: number }>;
}

/** The log of one thread. Version n is the state after entry n; version 0 is the empty thread. */
export interface ThreadLog {
  /** The newest version, flushed or not. */
  readonly head: number;
  /** Counts the writers that this thread has had. */
  readonly epoch: number;
  /** `id@version` of the graph that began the thread. */
  readonly graph: string;
  /** Set when stored records were damaged: the log then ends before them. */
  readonly damage: AgentError | undefined;
  /** Adds an entry and returns its version. Throws `unstorable-value`, and keeps nothing, when a value cannot come back. */
  append(entry: LogEntry): number;
  /** A promise to wait for while too many bytes are pending, else undefined. */
  full(): Promise<void> | undefined;
  /** Resolves once the entry `version` is durable. */
  flushed(version: number): Promise<void>;
  /** The channels at a version, by default the newest. */
  fold(at?: number): Promise<ReadonlyMap<string, unknown>>;
  /** The entries from a version on, oldest first. */
  entries(from?: number): AsyncIterable<LogEntry & { readonly version: number }>;
  /** Copies the thread up to a version; returns the new thread's id. */
  fork(at: number): Promise<string>;
  /** Housekeeping, once everything is durable: it makes opening the thread quicker and its records fewer. */
  tidy(): Promise<void>;
  /** Flushes what is pending, then lets go of the thread. */
  close(): Promise<void>;
}

/** Keeps the grants that persons have given, and forgets those that they revoke. */
export interface GrantStore {
  /** The grants of a thread, and those that hold always; the oldest first. */
  list(threadId: string): Promise<readonly Grant[]>;
  /** Keeps a grant. It replaces one of the same tool, scope and thread, and is durable when this resolves. */
  put(grant: Grant): Promise<void>;
  /** Forgets a grant; nothing happens when there is none. Durable when this resolves. */
  revoke(grant: Pick<Grant, 'tool' | 'scope' | 'threadId'>): Promise<void>;
}

/** Keeps what models have taken by day, in all tabs. */
export interface SpendingStore {
  /** @param day as in `2026-11-28`. */
  of(day: string): Promise<Usage>;
  /** Adds to a day. Resolves once it is kept. */
  add(day: string, usage: Usage): Promise<void>;
}

/** A tool as a model sees it. A model that runs beside the tools may ask them for candidates. */
export interface ModelTool extends ToolSpec {
  suggest?(field: string, query: string): Promise<readonly unknown[]>;
}

/**
 * How a model is to write, by the names that servers know it by. What is not named is as the model has it; a model that
 * cannot heed them says so by a notice.
 */
export interface ModelSettings {
  readonly temperature?: number;
  /** Tokens that the answer may have. */
  readonly max_tokens?: number;
  readonly top_p?: number;
}

export interface ModelRequest {
  /** What the site tells the model before everything else. */
  readonly instructions?: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ModelTool[];
  /** When given, the text must be JSON that fits it. */
  readonly schema?: JsonSchema;
  /** `none`: the tools are there because earlier messages call them, and must not be called now. */
  readonly toolChoice?: 'none';
  readonly settings?: ModelSettings;
  /** Texts at which the answer ends. */
  readonly stop?: readonly string[];
  /** Milliseconds since 1970, so that a model's answer depends on its request alone. */
  readonly now: number;
}

/** Turns a conversation and a set of tools into text and tool calls. */
export interface Model {
  readonly id: string;
  /** False for a model that follows rules and writes no free text. The UI says so. */
  readonly generative: boolean;
  readonly contextTokens: number;
  readonly nativeTools: boolean;
  /** The hosts that it sends conversations to; none where they stay on the device. The UI says so, where it is known. */
  readonly sentTo?: readonly string[];
  /** Gets ready what takes long, such as a download; `stream` works without it. Rejects as `stream` throws. */
  prepare?(options: { readonly onProgress: (ratio: number) => void; readonly signal: AbortSignal }): Promise<void>;
  /**
   * Answers. The iterable throws an AgentError when it cannot: `model-unreachable`, `model-unauthorized`,
   * `model-rate-limited`, `model-timeout`, `context-overflow`, `model-failed`; `aborted` when the signal is.
   */
  stream(request: ModelRequest, options: { signal: AbortSignal }): AsyncIterable<ModelPart>;
  /** Why it answers a request as it does, for a model that follows rules; undefined where it only says results. */
  explain?(request: ModelRequest, options: { signal: AbortSignal }): Promise<Explanation | undefined>;
}

export type ModelPart =
  | { readonly type: 'text-delta' | 'reasoning-delta' | 'tool-input-delta'; readonly id: string; readonly text: string }
  /** After the last delta of some reasoning, where its provider wants something back with it; see `ReasoningPart`. */
  | { readonly type: 'reasoning-end'; readonly id: string; readonly meta: unknown }
  /** Its input is what the model wrote: text where that is no JSON. */
  | { readonly type: 'tool-call'; readonly id: string; readonly name: string; readonly input: unknown }
  /** What a person may want to know of how the answer came about, such as that another model gave it: `model`. */
  | {
      readonly type: 'notice';
      readonly code: string;
      readonly message: string;
      readonly model?: { readonly id: string; readonly sentTo: readonly string[] };
    }
  | {
      readonly type: 'candidates';
      readonly calls: readonly { readonly name: string; readonly input: unknown; readonly score: number }[];
    }
  | {
      readonly type: 'finish';
      readonly reason: 'stop' | 'tool-calls' | 'length' | 'filter';
      readonly inputTokens: number;
      readonly outputTokens: number;
    };
