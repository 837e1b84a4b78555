/** The events of a run: one discriminated union, ordered by `seq` within the run. Types only. */
import type { AgentError } from './errors.ts';
import type { Interrupt, LimitReached, RunStatus } from './run.ts';
import type { Write } from './write.ts';

/** The events that a node may publish itself, before the engine stamps them. */
export type EventBody =
  | { readonly type: 'text-start' | 'text-end'; readonly id: string }
  | {
      readonly type: 'text-delta' | 'reasoning-delta' | 'tool-input-delta';
      readonly id: string;
      readonly text: string;
    }
  | {
      readonly type: 'tool-call' | 'tool-start';
      readonly callId: string;
      readonly tool: string;
      readonly input: unknown;
    }
  | { readonly type: 'tool-progress'; readonly callId: string; readonly value: unknown }
  | {
      readonly type: 'tool-end';
      readonly callId: string;
      readonly tool: string;
      readonly outcome: 'ok' | 'failed' | 'denied' | 'cached' | 'unknown';
      readonly output?: unknown;
      readonly error?: AgentError;
    }
  | { readonly type: 'usage'; readonly inputTokens: number; readonly outputTokens: number }
  | { readonly type: 'custom'; readonly value: unknown }
  | {
      readonly type: 'notice';
      readonly code: string;
      readonly message: string;
      /** The model that answers from now on, where that is another one. */
      readonly model?: { readonly id: string; readonly sentTo: readonly string[] };
    };

type EngineEventBody =
  | {
      readonly type: 'run-start';
      readonly threadId: string;
      readonly graph: string;
      /** The version of the thread that the run begins with. */
      readonly version: number;
    }
  | {
      readonly type: 'run-end';
      readonly status: RunStatus;
      readonly error?: AgentError;
      readonly interrupts?: readonly Interrupt[];
      readonly limit?: LimitReached;
    }
  | { readonly type: 'step-start'; readonly step: number }
  | { readonly type: 'node-start'; readonly node: string; readonly task: string; readonly attempt: number }
  | {
      readonly type: 'node-end';
      readonly node: string;
      readonly task: string;
      readonly outcome: 'ok' | 'failed' | 'interrupted' | 'cancelled' | 'cached';
    }
  | { readonly type: 'state-delta'; readonly version: number; readonly writes: readonly Write[] }
  /** The state after a step; in streams of mode `values` only. */
  | { readonly type: 'values'; readonly version: number; readonly state: Readonly<Record<string, unknown>> }
  /** What one task of a step has written, and what it gives to reducers; in streams of mode `updates` only. */
  | {
      readonly type: 'update';
      readonly node: string;
      readonly task: string;
      readonly writes: readonly Write[];
      readonly updates: readonly (readonly [channel: string, update: unknown])[];
    }
  /** Milliseconds that the run has spent in each phase; in runs with `profile` only. */
  | { readonly type: 'profile'; readonly phases: Readonly<Record<string, number>> }
  | { readonly type: 'checkpoint'; readonly version: number }
  | ({ readonly type: 'interrupt' } & Interrupt);

/** Everything that the engine stamps with `seq`, `runId` and `ns`. */
export type AnyEventBody = EventBody | EngineEventBody;

/** One event of a run. `seq` counts from 0 within the run; `ns` is the path of the subgraph, empty at the root. */
export type RunEvent = AnyEventBody & { readonly seq: number; readonly runId: string; readonly ns: string };
