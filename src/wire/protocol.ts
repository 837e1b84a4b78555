/** What crosses between page and host. Types and one number; no logic. */
import type {
  Answers,
  Budget,
  Explanation,
  Grant,
  HistoryEntry,
  InputIssue,
  Interrupt,
  JsonSchema,
  Limits,
  ModelChoice,
  ModelPart,
  ModelRequest,
  Recording,
  RunEvent,
  Retention,
  RunStatus,
  Snapshot,
  Stage,
  ThreadInfo,
  ToolInfo,
  ToolSetPreset,
  ToolSetRecipe,
  ToolSource,
  ToolSpec,
  TurnCall,
  WireError,
} from '../core/index.ts';

/** Raised when a page and a host of different versions could no longer understand each other. */
export const PROTOCOL = 1;

/** The first message to a host's realm: a port on which a {@link HostApi} is to answer. */
export interface ConnectMessage {
  readonly type: 'inpage-connect';
  readonly port: MessagePort;
}

export interface Hello {
  readonly protocol: number;
  readonly namespace: string;
  readonly model: ModelChoice;
  readonly agent: AgentSettings;
  readonly policy: ToolPolicy;
  /** What is kept of the threads of the namespace. */
  readonly retention: Retention;
  /** Whether what the model is asked and answers is kept for `recording()`. */
  readonly record?: boolean;
  /** The name of a lock that the page holds while it lives. */
  readonly lifeline?: string;
}

/** What an agent is told, and how far it may go. */
export interface AgentSettings {
  /** What the site tells a language model before everything else. */
  readonly instructions?: string;
  readonly limits?: Partial<Limits>;
  readonly budget?: Budget;
  readonly stages?: readonly Stage[];
}

/** What a site lets its assistant do without asking, and what it keeps to itself. */
export interface ToolPolicy {
  readonly approval: 'auto' | 'dangerous' | 'all';
  /** Milliseconds after which silence is a no; undefined for never. */
  readonly approvalTimeout?: number;
  readonly secretFields: readonly string[];
  readonly logTools: boolean;
}

/** A tool of a page. `id` names this offer of it, and no other one, not even a later one of the same name. */
export interface ToolOffer {
  readonly id: string;
  readonly spec: ToolSpec;
  readonly source: ToolSource;
  readonly allowRuntime: boolean;
}

export interface Welcome {
  /** The name of the realm's global constructor, such as `DedicatedWorkerGlobalScope`. */
  readonly scope: string;
  readonly storage: 'indexeddb' | 'memory';
  readonly model: { readonly id: string; readonly generative: boolean };
  readonly notices: readonly { readonly code: string; readonly message: string }[];
  /** The name of a lock that the host holds while it lives. */
  readonly lifeline?: string;
}

/** A thread and the graph that runs it. */
export interface ThreadRef {
  readonly id: string;
  readonly graph: string;
}

/**
 * What is watched for changes of the list of threads: it has the events of a thread, of which each says only that the
 * list is to be read again. No thread has an empty id.
 */
export const THREAD_LIST = '';

/** What is stored, and what the browser allows; in bytes. */
export interface StorageUse {
  /** Threads that are stored, and about how many bytes they take. */
  readonly threads: number;
  readonly bytes: number;
  /** Of the whole origin, where the browser tells. */
  readonly usage?: number;
  readonly quota?: number;
}

/** Where a host finds a part that it does not have. */
export interface PartFile {
  readonly url: string;
  /** Its hash, as `sha384-…`; it is refused when it has another one. */
  readonly integrity?: string;
}

/** What comes with answers. */
export interface AnswerExtras {
  /** Who has answered, for the record. */
  readonly by?: string;
}

/** What comes with the text of a message. */
export interface MessageExtras {
  readonly files?: readonly Blob[];
  readonly schema?: JsonSchema;
}

/** A turn's result with its errors in plain form. */
export interface WireTurnResult {
  readonly status: RunStatus;
  readonly threadId: string;
  readonly runId: string;
  readonly text: string;
  readonly output?: unknown;
  readonly toolCalls: readonly TurnCall[];
  readonly interrupts: readonly Interrupt[];
  readonly error?: WireError;
}

/** A run event with its error in plain form: what the event ports carry, in lists. */
export type WireEvent = DistributiveWire<RunEvent>;
type DistributiveWire<E> = E extends { error?: unknown } ? Omit<E, 'error'> & { readonly error?: WireError } : E;

/** What a page may ask of its host, over Comlink. */
export interface HostApi {
  /** Must come first. `tools` is a port on which the page's {@link PageApi} answer. */
  hello(hello: Hello, tools: MessagePort): Promise<Welcome>;
  /** Adds the tools in one batch. Says for each that could not be added why. */
  addTools(offers: readonly ToolOffer[]): readonly WireError[];
  removeTool(id: string): void;
  listTools(): readonly ToolInfo[];
  searchTools(query: string, limit: number): readonly ToolInfo[];
  enableTool(name: string, enabled: boolean): void;
  addCategory(name: string, tools: readonly string[], extend: boolean, allowRuntime: boolean): void;
  categories(): Readonly<Record<string, readonly string[]>>;
  useTools(set: ToolSetRecipe | ToolSetPreset): void;
  freezeTools(): void;
  /** Runs a turn. `turn` names it, so that it can be cancelled also while it waits in the queue. */
  send(thread: ThreadRef, turn: string, input: string | object, more: MessageExtras): Promise<WireTurnResult>;
  answer(thread: ThreadRef, turn: string, answers: Answers, more: AnswerExtras): Promise<WireTurnResult>;
  /** Goes on with a run that was cut off. */
  resume(thread: ThreadRef, turn: string): Promise<WireTurnResult>;
  /** Has the model answer again. */
  regenerate(thread: ThreadRef, turn: string): Promise<WireTurnResult>;
  undo(thread: ThreadRef, turn: string, callId: string): Promise<void>;
  /** Why the model gave a message. */
  explain(thread: ThreadRef, messageId: string): Promise<Explanation | undefined>;
  grants(thread: ThreadRef): Promise<readonly Grant[]>;
  revoke(thread: ThreadRef, tool: string, scope: Grant['scope']): Promise<void>;
  cancel(turn: string): void;
  stop(thread: ThreadRef): void;
  state(thread: ThreadRef, at?: number): Promise<Snapshot<Readonly<Record<string, unknown>>> | undefined>;
  /** Who wrote what, from one version to another. */
  history(thread: ThreadRef, from: number, to: number): Promise<readonly HistoryEntry[]>;
  /** Takes back the last step, or all since the last input; gives the version that this has made. */
  undoLast(thread: ThreadRef, turn: string, last: 'step' | 'input'): Promise<number>;
  /** Copies a thread up to a version; gives the id of the copy. */
  fork(thread: ThreadRef, at: number): Promise<string>;
  /** Copies a thread up to before a message; gives the id of the copy. */
  branch(thread: ThreadRef, messageId: string): Promise<string>;
  listThreads(): Promise<readonly ThreadInfo[]>;
  renameThread(id: string, title: string): Promise<void>;
  /** Stops what runs on a thread, in whatever tab, and removes all that is stored of it. */
  deleteThread(id: string): Promise<void>;
  exportThread(id: string): Promise<Uint8Array>;
  importThread(file: Uint8Array): Promise<string>;
  pruneThreads(retention: Retention): Promise<{ readonly threads: number; readonly bytes: number }>;
  storageUse(): Promise<StorageUse>;
  /** Sends lists of {@link WireEvent} to `port` until it gets any message back. */
  subscribe(thread: ThreadRef, port: MessagePort, replay: boolean): void;
  progress(callId: string, value: unknown): void;
  /** What the model was asked and has answered, where it is recorded. */
  recording(): Promise<Recording>;
  /** Has a part of the host do something. It is loaded from its file where the host does not have it. */
  askPart(name: string, file: PartFile, call: string, args: readonly unknown[]): Promise<unknown>;
  erase(): Promise<void>;
  close(): Promise<void>;
}

/** A request as a model of the page gets it: candidates are asked of the tools themselves. */
export type WireModelRequest = Omit<ModelRequest, 'tools'> & { readonly tools: readonly ToolSpec[] };

/** What comes back of a model of the page: its parts as they come, then that it ended, or why it could not go on. */
export type WireModelAnswer = { readonly part: ModelPart } | { readonly end: true } | { readonly error: WireError };

/** What a host may ask of its page, over Comlink. `tool` is the id of an offer. */
export interface PageApi {
  run(callId: string, tool: string, input: unknown, idempotencyKey: string): unknown;
  undo(callId: string, tool: string, call: { input: unknown; output: unknown }, idempotencyKey: string): unknown;
  abort(callId: string): void;
  suggest(tool: string, field: string, query: string): Promise<readonly unknown[]>;
  check(tool: string, input: unknown): Promise<readonly InputIssue[]>;
  summary(tool: string, input: unknown): Promise<string>;
  /** Has the page's model answer: {@link WireModelAnswer}s on `port`, until any message comes back. */
  answer(request: WireModelRequest, port: MessagePort): void;
  /** What the page's model has to be sent with. */
  token(): Promise<string>;
}
