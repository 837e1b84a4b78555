/** What a page holds: the agent and its threads. Types only. */
import type {
  AgentVerticals,
  AgentError,
  Answers,
  Budget,
  EventBody,
  Explanation,
  Grant,
  HistoryEntry,
  Interrupt,
  JsonSchema,
  Limits,
  Message,
  Model,
  Recording,
  RemoteModelConfig,
  Retention,
  RunEvent,
  RunStatus,
  Snapshot,
  Stage,
  ThreadInfo,
  Tool,
  ToolInfo,
  ToolSetPreset,
  ToolSetRecipe,
  ToolSource,
  TurnCall,
} from '../core/index.ts';
import type {
  Data,
  Fault,
  OutlineNode,
  ReadOptions,
  WorkflowDocument,
  WorkflowEvent,
  WorkflowResult,
} from '../workflow/index.ts';

/** A remote model, and what it has to be sent with where that changes. */
export interface RemoteModelOptions extends RemoteModelConfig {
  /** Gives what authorises a request: asked in the page before each, and once more after it was refused. */
  readonly getToken?: () => string | Promise<string>;
}

/** A function that starts a host of one's own: a worker that calls `serve()`, or a port that leads to one. */
export type WorkerStarter = () => Worker | MessagePort;

export interface AgentOptions {
  /** Selects the database `inpage:<namespace>`; use a hashed user id, and `erase()` at sign-out. Default: `default`. */
  readonly namespace?: string;
  /** A worker of your own that calls `serve()`: its URL, or a function that starts it. Default: the stock worker. */
  readonly worker?: string | URL | WorkerStarter;
  /**
   * What answers: a remote model by its endpoint, which the worker talks to; a model of the page, such as
   * `fromAISDK(…)`; or the name of a model of the host. Default: the browser's own language model where it is there
   * already, else `planner`, the rule-based assistant; neither needs the network.
   */
  readonly model?: string | Model | RemoteModelOptions;
  /** What the site tells a language model before everything else: who it is, and what matters here. */
  readonly instructions?: string;
  /** How far a turn may go, where that is not the default: calls, messages of the model, repetitions. */
  readonly limits?: Partial<Limits>;
  /**
   * What the model may take in tokens or money, for one run and for one day. A run that has taken as much fails with
   * `budget-exhausted` before its next request; the thread goes on with `resume()` once there is more to spend.
   */
  readonly budget?: Budget;
  /** The stages of a conversation: which words and tools speak for each, and what the model is told in it. */
  readonly stages?: readonly Stage[];
  /** Tools to offer from the start; the same as calling `tool()` with each. */
  readonly tools?: readonly Tool[];
  /**
   * When a person is asked before a tool runs: `auto` never, `dangerous` before writes and navigations of medium or
   * high danger, `all` before every call. Once untrusted text has been read, every mode asks before anything of medium
   * or high danger and before every navigation. Default: `dangerous`.
   */
  readonly approval?: 'auto' | 'dangerous' | 'all';
  /** Milliseconds after which a question that nobody answered counts as a no. Default: it stays open. */
  readonly approvalTimeout?: number;
  /** Names of fields whose values are masked in what tools give, beside the usual ones such as `password`. */
  readonly secretFields?: readonly string[];
  /**
   * What is kept of the threads of the namespace: how many, for how many milliseconds since their last write, and how many
   * bytes; pruned when the agent starts and when a run ends. A thread with an open question or a run under way goes for its
   * age alone. Default: everything is kept, until the browser's own limit is reached.
   */
  readonly retention?: Retention;
  /**
   * Whether what a language model is asked and answers is kept in memory for `agent.recording()`, with secrets masked.
   * Default: false.
   */
  readonly record?: boolean;
  /** Whether each tool call is written to the console, with secrets masked. Default: false. */
  readonly logTools?: boolean;
}

/** A model, as people are told of it. */
export interface ModelInfo {
  readonly id: string;
  /** `false` is a rule-based assistant, not a language model; say so to people. */
  readonly generative: boolean;
  /**
   * The hosts that conversations are sent to, such as `api.openai.com`, that of a model before those of its fallbacks; none
   * where they stay on this device. Undefined where only the site knows, as of a model object of its own.
   */
  readonly sentTo?: readonly string[];
}

/** Where the agent runs, where it keeps its threads and what answers. */
export interface AgentReady {
  /** `worker` and `blob` are real workers; `page` means that none could be started. */
  readonly host: 'worker' | 'blob' | 'page';
  /** `memory` means that this browser refused IndexedDB: nothing outlives the page. */
  readonly storage: 'indexeddb' | 'memory';
  /** The model that answers; see `ThreadView.notices` for another one that stands in for it. */
  readonly model: ModelInfo;
  /** What fell back and why, as sentences for the person at the page. */
  readonly notices: readonly { readonly code: string; readonly message: string }[];
}

export interface PrepareModelOptions {
  /** Called with how much is there, from 0 to 1. */
  readonly onProgress?: (ratio: number) => void;
  readonly signal?: AbortSignal;
}

export interface RuntimeOptions {
  /** Whether it may come although the tools are frozen; the console then says once how many did. Default: false. */
  readonly allowRuntime?: boolean;
}

export interface OfferOptions extends RuntimeOptions {
  /** Where the tool comes from. Of two with one name the site's own is used. Default: `site`. */
  readonly source?: ToolSource;
}

/** Manages the tools of an agent's host. What cannot be done rejects with an AgentError. */
export interface AgentTools {
  /** Every tool that is there, also those that are not in use. */
  list(): Promise<readonly ToolInfo[]>;
  /** The tools in use that fit a text best, the best first. */
  search(query: string, options?: { readonly limit?: number }): Promise<readonly ToolInfo[]>;
  /** Takes a tool out of use, by name or alias, until `enable()`; it stays listed. */
  disable(name: string): Promise<void>;
  enable(name: string): Promise<void>;
  /** Makes a category of tools, by name; tools that come later may be named already. Rejects with `category-exists`. */
  registerCategory(name: string, tools: readonly string[], options?: RuntimeOptions): Promise<void>;
  /** Puts more tools into a category, also into a built-in one. Rejects with `unknown-category`. */
  extendCategory(name: string, tools: readonly string[], options?: RuntimeOptions): Promise<void>;
  /** The tools of each category. */
  categories(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** Limits what the assistant may use. A recipe also covers tools and members of categories that come later. */
  use(set: ToolSetRecipe | ToolSetPreset): Promise<void>;
  /** From now on tools and categories can only be added with `allowRuntime`. */
  freeze(): Promise<void>;
}

/** The threads of an agent's namespace, whichever tab they were begun in. */
export interface AgentThreads {
  /** The stored threads, the one that was written last first. */
  list(): Promise<readonly ThreadInfo[]>;
  /** Gives a thread a title that stays. Rejects with `unknown-thread`, and like all of these with `invalid-option`. */
  rename(id: string, title: string): Promise<void>;
  /**
   * Deletes a thread and all that belongs to it alone: its grants, and files that no other thread holds. What runs on it
   * is stopped, in whatever tab. Nothing happens when there is none.
   */
  delete(id: string): Promise<void>;
  /** The thread as one file, as far as it is stored. Rejects with `unknown-thread`. */
  export(id: string): Promise<Blob>;
  /**
   * Makes a new thread of a file that `export()` gave; what was allowed in it and not done yet is asked again. Rejects
   * with `corrupt-record` when the file is damaged or none of a thread, and with `unknown-format` when a later version
   * has made it.
   *
   * @example
   * const thread = await agent.threads.import(input.files[0]);
   */
  import(file: Blob): Promise<Thread>;
  /** Removes what a policy does not keep, the oldest first; gives how many threads and bytes are gone. */
  prune(retention: Retention): Promise<{ readonly threads: number; readonly bytes: number }>;
  /** Calls `listener` whenever `list()` may give something else. The returned function ends that. */
  subscribe(listener: () => void): () => void;
}

/** What is stored, and what the browser allows; in bytes. */
export interface StorageEstimate {
  /** Stored threads, and about how many bytes they take. */
  readonly threads: number;
  readonly bytes: number;
  /** What the whole origin takes and may take, as far as the browser tells. */
  readonly usage?: number;
  readonly quota?: number;
  /** Whether the browser keeps it even when space gets scarce. */
  readonly persisted: boolean;
}

/** What an agent stores. */
export interface AgentStorage {
  estimate(): Promise<StorageEstimate>;
  /** Asks the browser to keep what is stored even when space gets scarce; gives whether it does. It may ask the person. */
  persist(): Promise<boolean>;
}

export interface Agent {
  /** Resolves once a host has answered; rejects with an AgentError when none can be started. */
  readonly ready: Promise<AgentReady>;
  /**
   * Offers a tool of this page; the returned function withdraws it. Throws `tool-exists` for a name that the page has
   * taken; a name that a tool of the worker has is refused with a warning, since that is known only there.
   */
  tool(tool: Tool, options?: OfferOptions): () => void;
  /** The threads that are stored: listed, renamed, deleted, exported and imported. */
  readonly threads: AgentThreads;
  /** What is stored, and whether it lasts. */
  readonly storage: AgentStorage;
  /**
   * What runs workflows: its code, and the part of the worker, are loaded with the first call. Rejects with `part-failed`.
   *
   * @example
   * const workflows = await agent.workflows();
   * const { status, data } = await workflows.execute(text, { question: 'Why?' });
   */
  workflows(): Promise<AgentWorkflows>;
  /** The verticals that `useVertical()` of `inpage/verticals` has brought, and what each may do. */
  readonly verticals: AgentVerticals;
  /** The tools of the host: which there are, which are in use, how they are grouped. */
  readonly tools: AgentTools;
  /** The thread with this id, new or stored; without an id, the one that this browser used last. */
  thread(id?: string, options?: { graph?: string }): Thread;
  /** Begins an empty thread and makes it the one that `thread()` gives. */
  newThread(): Thread;
  /**
   * Gets ready what takes long: downloads a model of the page. Browsers want that to begin with a click. Where `ready`
   * has a notice `model-downloadable`, this downloads the browser's own model, and the next `createAgent()` with the same
   * options has it. Resolves at once where there is nothing to be done; rejects with what the model says, such as
   * `model-unauthorized` without a click.
   *
   * @example
   * button.onclick = () => agent.prepareModel({ onProgress: (ratio) => (bar.value = ratio) });
   */
  prepareModel(options?: PrepareModelOptions): Promise<void>;
  /**
   * What the model was asked and has answered since the agent was made, for `replay()` and for reports of faults. Rejects
   * with `invalid-option` unless it was made with `record: true`, and for the planner.
   */
  recording(): Promise<Recording>;
  /**
   * Deletes the namespace's database. The agent is closed afterwards, also when the browser refuses: then it rejects
   * with `storage-failed`, `storage-blocked` or `storage-unavailable`.
   */
  erase(): Promise<void>;
  close(): Promise<void>;
}

export interface SendOptions {
  /** Stops the turn. What it has stored stays. */
  readonly signal?: AbortSignal;
  /** Pictures and other files for the model, as far as it can read them. They are kept with the thread. */
  readonly files?: readonly Blob[];
  /** When given, the answer is JSON that fits it, and is in the result's `output` too. */
  readonly schema?: JsonSchema;
}

export interface AnswerOptions {
  /** Who answers, such as a user id: it is kept in the audit records of workflows. */
  readonly by?: string;
}

/** What one turn came to. */
export interface TurnResult {
  readonly status: RunStatus;
  readonly threadId: string;
  readonly runId: string;
  /** What the assistant said in this turn. */
  readonly text: string;
  /** The answer as data, where a schema was given. */
  readonly output?: unknown;
  readonly toolCalls: readonly (Omit<TurnCall, 'error'> & { readonly error?: AgentError })[];
  readonly interrupts: readonly Interrupt[];
  readonly error?: AgentError;
}

export interface Thread {
  readonly id: string;
  /** The name of the graph that runs it; `agent` unless another was asked for. */
  readonly graph: string;
  /** Sends a message, or the input of a graph of your own. Resolves when the run ends or waits for an answer. */
  send(input: string | object, options?: SendOptions): Promise<TurnResult>;
  /** Answers an open interrupt; resolves like `send`. Approvals take an `Approval`. */
  answer(interruptId: string, value: unknown, options?: AnswerOptions): Promise<TurnResult>;
  /** Answers several interrupts at once, by their ids, so that one run goes on with all of them. */
  answerAll(answers: Answers, options?: AnswerOptions): Promise<TurnResult>;
  /**
   * Goes on with a run that was cut off, stopped or failed, from where the thread is. Resolves like `send`; rejects with
   * `unknown-thread` when nothing was ever sent.
   */
  resume(): Promise<TurnResult>;
  /**
   * Has the model answer again; what tools have done before its answer stays as it is. Resolves like `send`. Goes on like
   * `resume()` where there is no answer yet.
   */
  regenerate(): Promise<TurnResult>;
  /** Takes back a call whose result says `undo: 'offered'`. Rejects with `undo-failed` when that cannot be done. */
  undo(callId: string): Promise<void>;
  /**
   * Why the rule-based assistant gave a message of its own: what it read in which words, and which tool came second. It is
   * found out by deciding again with the tools that there are now. Undefined for every other message, and where a language
   * model answers.
   */
  explain(messageId: string): Promise<Explanation | undefined>;
  /** What may be done without asking: the grants of this thread, and those that hold always. */
  grants(): Promise<readonly Grant[]>;
  /** Takes a grant back. Calls that have begun are not stopped. */
  revoke(grant: Pick<Grant, 'tool' | 'scope'>): Promise<void>;
  /** Cancels what runs on the thread, in whatever tab. What was stored stays, and the thread can go on. */
  stop(): Promise<void>;
  /** Calls `listener` with batches of events. `from: 0` first replays the run that is under way. */
  subscribe(listener: (batch: readonly RunEvent[]) => void, options?: { from?: number }): () => void;
  /** The thread as it is, or as it was at a version. Rejects with `unknown-version`. */
  state(at?: number): Promise<Snapshot<Readonly<Record<string, unknown>>> | undefined>;
  /**
   * Who wrote what, version by version, the oldest first; without values, which `state(at)` gives. `from` and `to` are the
   * first and the last version of it; default: all that the log still has.
   */
  history(range?: { readonly from?: number; readonly to?: number }): Promise<readonly HistoryEntry[]>;
  /**
   * Takes back all since the last message or input, or the last step alone, by one more version: nothing is deleted, and
   * called again it goes further back. What tools have done is not undone; see `undo()`. Resolves to the new version;
   * rejects with `undo-failed` when there is nothing to take back, or when a step would be forgotten that has had an effect.
   */
  undoLast(last?: 'input' | 'step'): Promise<number>;
  /** Copies the thread up to a version; the copy goes on by itself. Rejects with `unknown-version`. */
  fork(at: number): Promise<Thread>;
  /**
   * Copies the thread up to before a message, which can then be said in other words: `send` it in the copy. Where this
   * thread is the one that `agent.thread()` gives, the copy is from then on. Rejects with `unknown-version` when the log
   * has no such message.
   */
  branch(messageId: string): Promise<Thread>;
}

/** Where a workflow comes from: its text, its validated document, or the address of its file. */
export type WorkflowSource = string | URL | WorkflowDocument;

export interface WorkflowStart {
  /** Which workflow of the document; not needed where it has only one. */
  readonly workflow?: string;
  /** The thread that it runs on. Default: a new one. */
  readonly threadId?: string;
  /** Stops the run. What it has stored stays. */
  readonly signal?: AbortSignal;
}

export type WorkflowResume = Omit<WorkflowStart, 'threadId'> & AnswerOptions;

/** A run under way: its events end with one `run-end`, after which a failed one throws. Leaving the iteration cancels it. */
export interface WorkflowStream extends AsyncIterable<WorkflowEvent> {
  readonly threadId: string;
  /** Resolves for every outcome; rejects for misuse. */
  readonly result: Promise<WorkflowResult>;
  cancel(): void;
}

/** A workflow as elements show it. */
export interface WorkflowOutline {
  readonly name: string;
  readonly description: string;
  readonly nodes: readonly OutlineNode[];
}

/** Runs workflows in the host of an agent. Threads are kept, and can go on after a reload. */
export interface AgentWorkflows {
  /** Runs a workflow to its end, or to where it waits for a person. Rejects with `invalid-workflow`, `unknown-workflow`. */
  execute(source: WorkflowSource, data?: Data, options?: WorkflowStart): Promise<WorkflowResult>;
  /** Runs a workflow and tells what happens: nodes, tokens, tool calls, questions, `progress` from 0 to 1. */
  stream(source: WorkflowSource, data?: Data, options?: WorkflowStart): WorkflowStream;
  /** Goes on with a thread: with answers by interrupt id, or without after a failure, a cancel or a reload. */
  resume(source: WorkflowSource, threadId: string, answers?: Answers, options?: WorkflowResume): WorkflowStream;
  /** Cancels what runs on a thread, in whatever tab. What was done is kept. */
  cancel(threadId: string): Promise<void>;
  /** Every error and note of a text, also those that only the host can see. It never rejects for what is in the text. */
  validate(source: WorkflowSource, workflow?: string): Promise<readonly Fault[]>;
  /** Forgets what was read and compiled of a workflow, and what its nodes have given. */
  invalidate(workflow: string): Promise<void>;
  /** Reads a workflow: texts and files that were read before are not parsed again. Rejects with `invalid-workflow`. */
  read(source: WorkflowSource, options?: ReadOptions): Promise<WorkflowDocument>;
  /** The thread that runs a workflow: for elements, events and history. */
  thread(source: WorkflowSource, threadId: string, workflow?: string): Promise<Thread>;
  /** The workflow as a list that a person can read. */
  outline(source: WorkflowSource, workflow?: string): Promise<WorkflowOutline>;
}

/** A tool call of the run under way, or of the last one. */
export interface CallView {
  readonly callId: string;
  readonly tool: string;
  readonly input: unknown;
  readonly status: 'called' | 'running' | 'ok' | 'failed' | 'denied' | 'cached' | 'unknown';
}

/** A task of the run under way, or of the last one, in the order of its start. */
export interface TaskView {
  readonly task: string;
  readonly node: string;
  readonly step: number;
  /** Which try it is, from 1. */
  readonly attempt: number;
  readonly status: 'running' | 'ok' | 'failed' | 'interrupted' | 'cancelled' | 'cached';
}

/** A thread as a widget shows it: what is stored, and what the run under way has said so far. */
export interface ThreadView {
  /** False until the stored thread has been read once. */
  readonly loaded: boolean;
  readonly version: number;
  /** All channels of the thread's graph. */
  readonly state: Readonly<Record<string, unknown>>;
  readonly messages: readonly Message[];
  readonly interrupts: readonly Interrupt[];
  readonly running: boolean;
  /** Whether the last run was cut off, stopped or failed before it was done, and waits for no answer: see `resume()`. */
  readonly unfinished: boolean;
  /** The text that is being written and not yet stored; empty when there is none. */
  readonly streaming: string;
  /** The id that this text will have as a message; empty when there is none. */
  readonly streamingId: string;
  readonly calls: readonly CallView[];
  readonly tasks: readonly TaskView[];
  /** What the run has said of itself. With a `model`, that one answers in the place of the agent's. */
  readonly notices: readonly Omit<Extract<EventBody, { type: 'notice' }>, 'type'>[];
  /** How the last run of this page ended. */
  readonly ended?: { readonly status: RunStatus; readonly error?: AgentError };
}
