/** The tool: what a site offers, what the registry keeps and what a model sees. */
import { AgentError } from './errors.ts';
import type { JsonSchema } from './json.ts';

export type ToolEffect = 'read' | 'write' | 'navigate';
export type ToolDanger = 'low' | 'medium' | 'high';

/** The data half of a tool: all that the worker, the model and the approval need to know. It crosses ports. */
export interface ToolSpec {
  readonly name: string;
  /** Other names by which a model may call it. */
  readonly aliases: readonly string[];
  readonly description: string;
  readonly input: JsonSchema;
  readonly examples: readonly string[];
  /** Words by which it is found, beside those of its name and description. */
  readonly keywords: readonly string[];
  readonly category: string;
  readonly effect: ToolEffect;
  readonly danger: ToolDanger;
  /** Whether a person is asked before each call, whatever has been allowed before; a yes then holds for that call. */
  readonly review?: boolean;
  /** Milliseconds until a call is given up. */
  readonly timeout: number;
  /** Whether a call may be made again with the same key without a second effect. */
  readonly idempotent: boolean;
  /** Whether what it gives may hold words of strangers. */
  readonly untrusted: boolean;
  /** Whether a model always gets it, however many there are. */
  readonly mandatory: boolean;
  /** What a call reads, such as `cart/{id}`; undefined when that is not known. */
  readonly reads?: readonly string[];
  /** What a call changes; undefined when that is not known. */
  readonly writes?: readonly string[];
  /** How often a call that failed is made again. */
  readonly retries: number;
  /** Milliseconds for which what a read gave may be given again; 0 for never. */
  readonly cacheTtl: number;
  /** The fields for which the tool can name candidates, such as the products of a catalogue. */
  readonly suggests: boolean;
  /** Whether it has a check of its own, beside its schema. */
  readonly checks: boolean;
  /** Whether it can say what a call would do before anybody is asked. */
  readonly summarizes: boolean;
  /** Whether it can take a call back. */
  readonly undoes: boolean;
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

/** A fault of an input: where it is, such as `items.0.name`, and what is wrong there. */
export interface InputIssue {
  readonly path: string;
  readonly message: string;
}

/** A tool as the registry keeps it, wherever its code lives. */
export interface Tool extends ToolSpec {
  run(input: unknown, context: ToolContext): unknown;
  suggest?(field: string, query: string): readonly unknown[] | Promise<readonly unknown[]>;
  /** The faults that the schema does not tell; none when the input is good. */
  check?(input: unknown): readonly InputIssue[] | Promise<readonly InputIssue[]>;
  /** What a call would do, in a sentence for the person who is asked. What it throws refuses the call. */
  summary?(input: unknown): string | Promise<string>;
  /** Takes back a call that has been made. */
  undo?(call: { readonly input: unknown; readonly output: unknown }, context: ToolContext): unknown;
}

/** The data half of a tool. */
export function toolSpec(tool: ToolSpec): ToolSpec {
  const { name, aliases, description, input, examples, keywords, category, effect, danger, timeout } = tool;
  const { idempotent, untrusted, mandatory, reads, writes, retries, cacheTtl } = tool;
  const { review = false, suggests, checks, summarizes, undoes } = tool;
  return {
    ...{ name, aliases, description, input, examples, keywords, category, effect, danger, timeout },
    ...{ idempotent, untrusted, mandatory, retries, cacheTtl, suggests, checks, summarizes, undoes },
    ...(review ? { review } : {}),
    ...(reads ? { reads } : {}),
    ...(writes ? { writes } : {}),
  };
}

/** Where a tool comes from. Of two with one name the one that comes first here is used. */
export const TOOL_SOURCES = ['site', 'vertical', 'mcp', 'webmcp'] as const;

export type ToolSource = (typeof TOOL_SOURCES)[number];

/** What an agent may use: these tools, and those of these categories and sources, but none that is excluded. */
export interface ToolSetRecipe {
  readonly tools?: readonly string[];
  readonly categories?: readonly string[];
  readonly sources?: readonly ToolSource[];
  readonly exclude?: { readonly tools?: readonly string[]; readonly categories?: readonly string[] };
}

/** Recipes that have a name: only the core tools; all of the site's own; those that need no network; all there are. */
export type ToolSetPreset = 'minimal' | 'default' | 'offline' | 'full';

/** A tool as a list of tools shows it. */
export interface ToolInfo {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string;
  /** All categories that it is in. */
  readonly categories: readonly string[];
  readonly effect: ToolEffect;
  readonly danger: ToolDanger;
  readonly source: ToolSource;
  readonly enabled: boolean;
  /** Whether the assistant may use it: it is enabled and in the tool set. */
  readonly granted: boolean;
  /** Why it is not used although it is there: another tool has its name. As a sentence. */
  readonly clash?: string;
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
