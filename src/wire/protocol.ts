/** What crosses between page and host. Types and one number; no logic. */
import type { Interrupt, RunEvent, RunStatus, Snapshot, ToolSpec, TurnCall, WireError } from '../core/index.ts';

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
  readonly model: string;
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

/** A turn's result with its errors in plain form. */
export interface WireTurnResult {
  readonly status: RunStatus;
  readonly threadId: string;
  readonly runId: string;
  readonly text: string;
  readonly toolCalls: readonly TurnCall[];
  readonly interrupts: readonly Interrupt[];
  readonly error?: WireError;
}

/** A run event with its error in plain form: what the event ports carry, in lists. */
export type WireEvent = DistributiveWire<RunEvent>;
type DistributiveWire<E> = E extends { error?: unknown } ? Omit<E, 'error'> & { readonly error?: WireError } : E;

/** What a page may ask of its host, over Comlink. */
export interface HostApi {
  /** Must come first. `tools` is a port on which the page's {@link PageTools} answer. */
  hello(hello: Hello, tools: MessagePort): Promise<Welcome>;
  addTool(spec: ToolSpec): void;
  removeTool(name: string): void;
  /** Runs a turn. `turn` names it, so that it can be cancelled also while it waits in the queue. */
  send(thread: ThreadRef, turn: string, input: string | object): Promise<WireTurnResult>;
  answer(thread: ThreadRef, turn: string, interruptId: string, value: unknown): Promise<WireTurnResult>;
  /** Goes on with a run that was cut off. */
  resume(thread: ThreadRef, turn: string): Promise<WireTurnResult>;
  cancel(turn: string): void;
  stop(thread: ThreadRef): void;
  state(thread: ThreadRef): Promise<Snapshot<Readonly<Record<string, unknown>>> | undefined>;
  /** Sends lists of {@link WireEvent} to `port` until it gets any message back. */
  subscribe(thread: ThreadRef, port: MessagePort, replay: boolean): void;
  progress(callId: string, value: unknown): void;
  erase(): Promise<void>;
  close(): Promise<void>;
}

/** What a host may ask of the page that offered tools, over Comlink. */
export interface PageTools {
  run(callId: string, tool: string, input: unknown, idempotencyKey: string): unknown;
  abort(callId: string): void;
  suggest(tool: string, field: string, query: string): Promise<readonly unknown[]>;
}
