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

/** The answer to an interrupt of kind `approval`. */
export type Approval =
  | { readonly decision: 'approve'; readonly input?: unknown }
  | { readonly decision: 'reject'; readonly reason?: string };

/** The payload of an interrupt of kind `approval`. */
export interface ApprovalRequest {
  readonly callId: string;
  readonly tool: string;
  readonly description: string;
  readonly input: unknown;
  readonly danger: 'low' | 'medium' | 'high';
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
