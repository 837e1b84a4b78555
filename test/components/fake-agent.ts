/** An agent without a host, for tests of the elements: the test says what it answers, event by event. */
import { AgentError, createVerticals } from '../../src/core/index.ts';
import type {
  AnyEventBody,
  ApprovalRequest,
  Explanation,
  Grant,
  HistoryEntry,
  Interrupt,
  Message,
  RunEvent,
  RunStatus,
  Snapshot,
  ThreadInfo,
  ToolOutput,
  Write,
} from '../../src/core/index.ts';
import type {
  Agent,
  AgentReady,
  AgentStorage,
  AgentThreads,
  AgentTools,
  AgentWorkflows,
  PrepareModelOptions,
  SendOptions,
  Thread,
  TurnResult,
} from '../../src/client/index.ts';
import { loadQuestions } from '../../components/late-questions.ts';

// The first question of a page waits for its card, and the tests are about the cards.
await loadQuestions();

/** What a rule-based assistant with everything in order answers. */
export const READY: AgentReady = {
  host: 'worker',
  storage: 'indexeddb',
  model: { id: 'planner', generative: false },
  notices: [],
};

let count = 0;
const nextId = (): string => `m${++count}`;

/** A message of the person. */
export function said(text: string): Message {
  return { id: nextId(), at: 0, role: 'user', content: [{ type: 'text', text }] };
}

/** A message of the person that takes files along. */
export function attached(text: string, ...files: readonly File[]): Message {
  const parts = files.map((data) => ({ type: 'file', mediaType: data.type, data, filename: data.name }) as const);
  return {
    id: nextId(),
    at: 0,
    role: 'user',
    content: [...(text === '' ? [] : [{ type: 'text', text } as const]), ...parts],
  };
}

/** A picture in a file: a cup in front of a window. */
export async function pictureFile(name = 'cup.png'): Promise<File> {
  const canvas = new OffscreenCanvas(120, 80);
  const pen = canvas.getContext('2d');
  if (pen) {
    for (const [colour, x, y, width, height] of [
      ['#cfe3f5', 0, 0, 120, 80],
      ['#7a5230', 0, 56, 120, 24],
      ['#b4482f', 40, 30, 40, 30],
    ] as const) {
      pen.fillStyle = colour;
      pen.fillRect(x, y, width, height);
    }
  }
  return new File([await canvas.convertToBlob({ type: 'image/png' })], name, { type: 'image/png' });
}

/** A message of the assistant. */
export function replied(text: string): Message {
  return { id: nextId(), at: 0, role: 'assistant', content: [{ type: 'text', text }] };
}

/** The two messages of a tool call: the call without any text, and its result. */
export function used(tool: string, input: unknown, value: unknown): Message[] {
  return called(tool, input, { type: 'json', value });
}

/** The same for a call that ended in any way. */
export function called(tool: string, input: unknown, output: ToolOutput): Message[] {
  const toolCallId = nextId();
  return [
    { id: nextId(), at: 0, role: 'assistant', content: [{ type: 'tool-call', toolCallId, toolName: tool, input }] },
    {
      id: nextId(),
      at: 0,
      role: 'tool',
      content: [{ type: 'tool-result', toolCallId, toolName: tool, output }],
    },
  ];
}

/** An open approval. */
export function approval(request: Partial<ApprovalRequest> = {}): Interrupt {
  const payload: ApprovalRequest = {
    callId: 'c1',
    tool: 'delete_todo',
    description: 'Deletes a to-do for good',
    input: { title: 'Buy milk' },
    danger: 'high',
    effect: 'write',
    inputSchema: { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] },
    scopes: ['once'],
    ...request,
  };
  return { id: nextId(), task: '1:tool:0', kind: 'approval', payload };
}

/** A thread whose runs are played by the test. */
export class FakeThread implements Thread {
  readonly id: string;
  readonly graph = 'agent';
  /** What was sent and answered, oldest first. */
  readonly sent: (string | object)[] = [];
  readonly answers: { readonly id: string; readonly value: unknown }[] = [];
  stops = 0;
  /** What `send` and `answer` do beside being noted. By default a turn that completes at once. */
  respond: (input: unknown) => Promise<TurnResult>;
  #messages: readonly Message[] = [];
  #interrupts: readonly Interrupt[] = [];
  #version = 0;
  #seq = 0;
  readonly #listeners = new Set<(batch: readonly RunEvent[]) => void>();

  constructor(id: string, messages: readonly Message[] = [], interrupts: readonly Interrupt[] = []) {
    this.id = id;
    this.#messages = messages;
    this.#interrupts = interrupts;
    this.respond = () => Promise.resolve(this.result('completed'));
  }

  /** The files of what was sent, oldest first. */
  readonly files: (readonly Blob[])[] = [];
  send(input: string | object, { files = [] }: SendOptions = {}): Promise<TurnResult> {
    this.sent.push(input);
    this.files.push(files);
    return this.respond(input);
  }

  answer(id: string, value: unknown): Promise<TurnResult> {
    this.answers.push({ id, value });
    return this.respond(value);
  }

  answerAll(answers: Readonly<Record<string, unknown>>): Promise<TurnResult> {
    for (const [id, value] of Object.entries(answers)) this.answers.push({ id, value });
    return this.respond(answers);
  }

  /** The nodes that are due, as after a run that was cut off. */
  next: readonly string[] = [];
  resumed = 0;
  resume(): Promise<TurnResult> {
    this.resumed++;
    return this.respond(null);
  }

  regenerated = 0;
  regenerate(): Promise<TurnResult> {
    this.regenerated++;
    return this.respond(null);
  }

  /** The messages before which the thread was copied. */
  readonly branched: string[] = [];
  copy: () => Promise<FakeThread> = () => Promise.resolve(new FakeThread(nextId()));
  branch(messageId: string): Promise<FakeThread> {
    this.branched.push(messageId);
    return this.copy();
  }

  /** The calls that were taken back, oldest first. */
  readonly undone: string[] = [];
  /** What taking back does beside being noted. */
  takeBack: (callId: string) => Promise<void> = () => Promise.resolve();
  undo(callId: string): Promise<void> {
    this.undone.push(callId);
    return this.takeBack(callId);
  }

  /** Why the messages were given, by their ids. */
  readonly reasons = new Map<string, Explanation>();
  /** The messages that were asked about, oldest first. */
  readonly asked: string[] = [];
  explain(messageId: string): Promise<Explanation | undefined> {
    this.asked.push(messageId);
    return Promise.resolve(this.reasons.get(messageId));
  }

  /** Who wrote what, as the log tells it. */
  log: readonly HistoryEntry[] = [];
  history({ from = 1, to = Infinity } = {}): Promise<readonly HistoryEntry[]> {
    return Promise.resolve(this.log.filter(({ version }) => version >= from && version <= to));
  }
  undoLast(): Promise<number> {
    throw new Error('The elements take back calls alone.');
  }
  /** The versions up to which the thread was copied, oldest first. */
  readonly forked: number[] = [];
  fork(at: number): Promise<FakeThread> {
    this.forked.push(at);
    return this.copy();
  }

  held: readonly Grant[] = [];
  grants(): Promise<readonly Grant[]> {
    return Promise.resolve(this.held);
  }

  revoke({ tool, scope }: Pick<Grant, 'tool' | 'scope'>): Promise<void> {
    this.held = this.held.filter((grant) => grant.tool !== tool || grant.scope !== scope);
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.stops++;
    return Promise.resolve();
  }

  subscribe(listener: (batch: readonly RunEvent[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** How the thread stood at its versions, where the test has said so. */
  readonly stood = new Map<number, Readonly<Record<string, unknown>>>();
  state(at?: number): Promise<Snapshot<Readonly<Record<string, unknown>>>> {
    return Promise.resolve({
      state: this.stood.get(at ?? -1) ?? { messages: this.#messages },
      version: at ?? this.#version,
      parent: 0,
      next: this.next,
      interrupts: this.#interrupts,
      graph: 'agent@1',
    });
  }

  /** How many elements listen. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** Publishes events as one batch. */
  emit(...bodies: readonly AnyEventBody[]): void {
    const batch = bodies.map((body): RunEvent => ({ runId: 'r1', ns: '', ...body, seq: this.#seq++ }));
    for (const listener of this.#listeners) listener(batch);
  }

  /** Stores messages, as a step of the run. */
  store(...messages: readonly Message[]): void {
    this.#messages = [...this.#messages, ...messages];
    this.#commit(['messages', 'append', messages]);
  }

  /** Opens or, without any, closes the thread's questions. */
  ask(...interrupts: readonly Interrupt[]): void {
    this.#interrupts = interrupts;
    this.#commit(['~interrupts', 'set', interrupts]);
  }

  start(): void {
    this.emit({ type: 'run-start', threadId: this.id, graph: 'agent@1', version: this.#version });
  }

  end(status: RunStatus, error?: AgentError): void {
    this.emit({ type: 'run-end', status, ...(error === undefined ? {} : { error }) });
  }

  result(status: RunStatus, error?: AgentError): TurnResult {
    const rest = error === undefined ? {} : { error };
    return { status, threadId: this.id, runId: 'r1', text: '', toolCalls: [], interrupts: this.#interrupts, ...rest };
  }

  #commit(write: Write): void {
    this.emit({ type: 'state-delta', version: ++this.#version, writes: [write] });
  }
}

/** The list of an agent's threads. */
export class FakeThreads implements AgentThreads {
  #all: readonly ThreadInfo[] = [];
  readonly #listeners = new Set<() => void>();

  /** Has the list be another one. */
  become(...all: readonly ThreadInfo[]): void {
    this.#all = all;
    for (const listener of this.#listeners) listener();
  }

  list(): Promise<readonly ThreadInfo[]> {
    return Promise.resolve(this.#all);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  rename(id: string, title: string): Promise<void> {
    this.become(...this.#all.map((info) => (info.id === id ? { ...info, title } : info)));
    return Promise.resolve();
  }

  delete(id: string): Promise<void> {
    this.become(...this.#all.filter((info) => info.id !== id));
    return Promise.resolve();
  }

  export(): Promise<Blob> {
    return Promise.resolve(new Blob(['a thread']));
  }
  import(): Promise<Thread> {
    throw new Error('There are no files.');
  }
  prune(): Promise<never> {
    throw new Error('Nothing is pruned.');
  }
}

/** A stored thread, as a list has it. */
export const listed = (title: string, rest: Partial<ThreadInfo> = {}): ThreadInfo => ({
  ...{ id: title, graph: 'agent', title, updated: Date.now(), bytes: 1_000, status: 'idle' },
  ...rest,
});

/** An agent whose threads are {@link FakeThread}s. `current` is the one that it used last. */
export class FakeAgent implements Agent {
  readonly verticals = createVerticals('fake', new AbortController().signal, () => Promise.resolve(undefined));
  readonly ready: Promise<AgentReady>;
  current: FakeThread;
  readonly #threads = new Map<string, FakeThread>();

  constructor(current = new FakeThread('main'), ready: Promise<AgentReady> = Promise.resolve(READY)) {
    this.current = current;
    this.ready = ready;
    this.#threads.set(current.id, current);
    ready.catch(() => undefined);
  }

  readonly threads = new FakeThreads();

  /** Nothing of these is used by the elements. */
  get tools(): AgentTools {
    throw new Error('The elements manage no tools.');
  }
  get storage(): AgentStorage {
    throw new Error('The elements manage no storage.');
  }

  tool(): () => void {
    return () => undefined;
  }

  workflows(): Promise<AgentWorkflows> {
    throw new Error('The elements run no workflows.');
  }

  thread(id = this.current.id): FakeThread {
    const known = this.#threads.get(id) ?? new FakeThread(id);
    this.#threads.set(id, known);
    return known;
  }

  newThread(): FakeThread {
    this.current = this.thread(nextId());
    return this.current;
  }

  /** What getting the model ready does. */
  prepare: (options: PrepareModelOptions) => Promise<void> = () => Promise.resolve();
  prepareModel(options: PrepareModelOptions = {}): Promise<void> {
    return this.prepare(options);
  }

  recording(): Promise<never> {
    throw new Error('The elements record nothing.');
  }

  erase(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** What an agent with a remote model says. */
export const REMOTE: AgentReady = {
  ...READY,
  model: { id: 'big-model', generative: true, sentTo: ['api.example'] },
};

/** What an agent says that cannot be started. */
export function broken(): AgentError {
  return new AgentError('worker-failed', 'The agent could not be started.', { fix: 'Allow workers on this site.' });
}
