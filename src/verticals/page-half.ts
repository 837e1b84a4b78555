/** What the page half of a vertical exports, and what it is given. Types only. */
import type { ToolContext } from '../core/index.ts';
import type { ToolDefinition } from '../tools/index.ts';
import type { Data, WorkflowResult } from '../workflow/index.ts';
import type { Ground } from './ground.ts';

/** What a running tool of a vertical gets: of the ground only what its entry in the manifest names. */
export interface VerticalToolContext extends ToolContext, Ground {}

/** A tool of a vertical. Its functions run with what its entry in the manifest names. */
export interface VerticalTool<I = never, O = never> extends Omit<ToolDefinition<I, O>, 'run' | 'undo' | 'summary'> {
  run(input: I, context: VerticalToolContext): unknown;
  undo?(call: { readonly input: I; readonly output: O }, context: VerticalToolContext): unknown;
  summary?(input: I, ground: Ground): string | Promise<string>;
}

/** A tool of a vertical of whatever input. */
export interface AnyVerticalTool extends Omit<VerticalTool, 'input'> {
  readonly input?: ToolDefinition<unknown, unknown>['input'];
}

/** What a page half is given while it is at work. */
export interface VerticalHost extends Ground {
  /** What of its capabilities the site has granted. */
  readonly granted: readonly string[];
  /** Aborted when it is turned off, replaced or removed. */
  readonly signal: AbortSignal;
  /**
   * Offers these tools, and withdraws those that were offered before and are not among them.
   *
   * @throws AgentError `invalid-vertical` for one that its manifest does not have like this, `invalid-tool`.
   */
  offer(tools: readonly AnyVerticalTool[]): void;
  /**
   * Runs a workflow of the manifest to its end, or to where it waits for a person; see `agent.workflows()`.
   *
   * @throws AgentError `unknown-workflow`, `closed` once it is turned off, `part-failed`, `invalid-workflow`.
   */
  readonly runWorkflow: RunWorkflow;
  /** What a dependency has given to those that need it. */
  dependency(id: string): unknown;
}

/** Runs a workflow of a vertical by its name. */
export type RunWorkflow = (
  name: string,
  data?: Data,
  options?: { readonly threadId?: string; readonly signal?: AbortSignal },
) => Promise<WorkflowResult>;

/** What a page half may give back. */
export interface Activated {
  /** For the verticals that depend on this one. */
  readonly api?: unknown;
  /** Called when it is turned off, replaced or removed. */
  stop?(): void;
}

/** What a page half exports as `activate`: puts it to work. */
export type Activate = (host: VerticalHost) => Activated | undefined | Promise<Activated | undefined>;
