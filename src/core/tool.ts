/** The tool: what a site offers, what the registry keeps and what a model sees. */
import { AgentError } from './errors.ts';
import type { JsonSchema } from './json.ts';

export type ToolEffect = 'read' | 'write' | 'navigate';
export type ToolDanger = 'low' | 'medium' | 'high';

/** The data half of a tool: all that the worker, the model and the approval need to know. It crosses ports. */
export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  readonly input: JsonSchema;
  readonly examples: readonly string[];
  readonly category: string;
  readonly effect: ToolEffect;
  readonly danger: ToolDanger;
  /** Milliseconds until a call is given up. */
  readonly timeout: number;
  /** The fields for which the tool can name candidates, such as the products of a catalogue. */
  readonly suggests: boolean;
}

/** What a running tool gets beside its input. */
export interface ToolContext {
  /** Aborted when the run is stopped or the call's time is up. */
  readonly signal: AbortSignal;
  /** The same for every try of one call, so that a server can recognise a repeated one. */
  readonly idempotencyKey: string;
  /** Publishes a `tool-progress` event. */
  progress(value: unknown): void;
}

/** A tool as the registry keeps it, wherever its code lives. */
export interface Tool extends ToolSpec {
  run(input: unknown, context: ToolContext): unknown;
  suggest?(field: string, query: string): readonly unknown[] | Promise<readonly unknown[]>;
}

/** The data half of a tool. */
export function toolSpec(tool: ToolSpec): ToolSpec {
  const { name, description, input, examples, category, effect, danger, timeout, suggests } = tool;
  return { name, description, input, examples, category, effect, danger, timeout, suggests };
}

/** A key in the global symbol registry, so that two copies of the SDK on one page take each other's tools. */
const BRAND = Symbol.for('inpage.tool');

/** Marks a tool whose definition has been checked. */
export function asTool(tool: Tool): Tool {
  return Object.defineProperty(tool, BRAND, { value: true });
}

/**
 * Returns its argument when it is a tool that `defineTool()` made.
 *
 * @throws AgentError `invalid-tool` for anything else, such as a plain definition.
 */
export function checkTool(tool: unknown): Tool {
  // Only asTool() gives the brand, and it takes only tools.
  if (typeof tool === 'object' && tool !== null && BRAND in tool) return tool as unknown as Tool;
  throw new AgentError('invalid-tool', 'This is no tool.', { fix: 'Pass what defineTool() returned.' });
}
