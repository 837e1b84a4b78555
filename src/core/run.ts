/** What a run asks, ends with and leaves behind. Types only. */
import type { AgentError } from './errors.ts';
import type { JsonSchema } from './json.ts';

/** A question that a run waits for. It is stored with the thread, and stays open until somebody answers it. */
export interface Interrupt {
  readonly id: string;
  readonly task: string;
  readonly kind: 'approval' | 'input' | 'page-tool' | 'outcome-unknown' | 'breakpoint';
  readonly payload: unknown;
  readonly schema?: JsonSchema;
}

/** Answers by interrupt id. */
export type Answers = Readonly<Record<string, unknown>>;

/**
 * How long a yes holds: for this call; until this message is answered; in this thread; always, for this tool on this
 * origin. All but `once` are kept as grants, and can be revoked.
 */
export type ApprovalScope = 'once' | 'run' | 'thread' | 'always';

/** The answer to an interrupt of kind `approval`. */
export type Approval =
  | { readonly decision: 'approve'; readonly input?: unknown; readonly scope?: ApprovalScope }
  | { readonly decision: 'reject'; readonly reason?: string };

/** The payload of an interrupt of kind `approval`. */
export interface ApprovalRequest {
  readonly callId: string;
  readonly tool: string;
  readonly description: string;
  readonly input: unknown;
  /** What an edited input has to fit. */
  readonly inputSchema: JsonSchema;
  readonly effect: 'read' | 'write' | 'navigate';
  readonly danger: 'low' | 'medium' | 'high';
  /** What the call would do, in the tool's own words. */
  readonly summary?: string;
  /** What the call would change, where the tool says so. */
  readonly touches?: readonly string[];
  /** How long a yes may hold. */
  readonly scopes: readonly ApprovalScope[];
  /** The tool whose untrusted words the conversation has read: why this is asked even where it would not be. */
  readonly taintedBy?: string;
  /** When silence becomes a no, in ms since 1970; without it, never. */
  readonly expiresAt?: number;
}

/** The payload of an interrupt of kind `outcome-unknown`: a call that was cut off when it may have had its effect. */
export interface OutcomeUnknown {
  readonly callId: string;
  readonly tool: string;
  readonly description: string;
  readonly input: unknown;
}

/** The answer to an interrupt of kind `outcome-unknown`: it was done after all; do it again; leave it. */
export interface OutcomeAnswer {
  readonly outcome: 'done' | 'retry' | 'cancel';
}

/** A yes that holds for more than one call. */
export interface Grant {
  readonly tool: string;
  readonly scope: Exclude<ApprovalScope, 'once'>;
  /** The thread that it holds in; empty for `always`. */
  readonly threadId: string;
  /** For `run`: the message that it holds for. */
  readonly messageId?: string;
  /** What the tool was when the yes was given. A tool that has changed since asks again. */
  readonly fingerprint: string;
  /** When it was given, in ms since 1970. */
  readonly at: number;
}

export type RunStatus = 'completed' | 'interrupted' | 'failed' | 'cancelled' | 'limit' | 'paused';

/** Which brake ended a run as `limit`. The thread goes on with another run. */
export interface LimitReached {
  /** `steps`: its `stepLimit`; `visits`: a node's `visitLimit`; `progress`: the same nodes were due twice, unchanged. */
  readonly kind: 'steps' | 'visits' | 'progress';
  readonly node?: string;
  /** What happened, as one sentence. */
  readonly message: string;
}

/** How a run ended. Every status but `completed` leaves the thread resumable. */
export type RunResult<S> = {
  readonly threadId: string;
  readonly runId: string;
  readonly version: number;
  readonly state: S;
  /** Every question that is open, also one that was asked beside a task that failed. */
  readonly interrupts: readonly Interrupt[];
} & (
  | { readonly status: Exclude<RunStatus, 'failed' | 'limit'> }
  | { readonly status: 'limit'; readonly limit: LimitReached }
  | { readonly status: 'failed'; readonly error: AgentError }
);

/** A thread at one version. */
export interface Snapshot<S> {
  readonly state: S;
  readonly version: number;
  /** The version before this one; 0 is the empty thread. */
  readonly parent: number;
  /** The nodes that are due next; empty when the last run completed. */
  readonly next: readonly string[];
  readonly interrupts: readonly Interrupt[];
  /** `id@version` of the graph that wrote it. */
  readonly graph: string;
}
