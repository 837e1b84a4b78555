/** One page half at work: what it is given, and the tools that it offers. */
import { AgentError, asAgentError, stableText } from '../core/index.ts';
import type { Tool, ToolContext, ToolDanger, ToolSource } from '../core/index.ts';
import { defineTool } from '../tools/index.ts';
import type { ToolDefinition } from '../tools/index.ts';
import type { Capability } from './capabilities.ts';
import type { Ground } from './ground.ts';
import { guard } from './guard.ts';
import { entryFor } from './manifest.ts';
import type { Vertical, VerticalToolEntry } from './manifest.ts';
import type { Activate, AnyVerticalTool, RunWorkflow, VerticalHost, VerticalToolContext } from './page-half.ts';

/** What takes the tools. */
export interface ToolTaker {
  tool(tool: Tool, options: { source: ToolSource; allowRuntime: boolean }): () => void;
}

export interface ActivationOptions {
  readonly vertical: Vertical;
  readonly code: Activate;
  readonly agent: ToolTaker;
  readonly granted: readonly Capability[];
  readonly ground: Ground;
  /** Of the page. */
  readonly origin: string;
  readonly allowRuntime: boolean;
  readonly dependency: (id: string) => unknown;
  readonly runWorkflow: RunWorkflow;
}

export interface Activation {
  readonly api: unknown;
  /** Withdraws its tools and takes back all that it was granted. */
  stop(): void;
}

interface Offered {
  /** What a model, the person and the registry know of it. */
  readonly print: string;
  readonly withdraw: () => void;
  /** As it was offered last. */
  tool: AnyVerticalTool;
}

const DANGERS: readonly ToolDanger[] = ['low', 'medium', 'high'];

const dangerOf = ({ effect, danger }: Pick<VerticalToolEntry, 'effect' | 'danger'>): ToolDanger =>
  danger ?? (effect === 'write' ? 'medium' : 'low');

/** What the manifest says of a tool that is offered. Throws when that is something else. */
function entryOf(vertical: Vertical, tool: AnyVerticalTool): VerticalToolEntry {
  const entry = entryFor(vertical, tool.name);
  const isAsSaid = entry?.effect === tool.effect && DANGERS.indexOf(dangerOf(tool)) >= DANGERS.indexOf(dangerOf(entry));
  if (entry && isAsSaid) return entry;
  const fault = entry
    ? `"${tool.name}" is offered as another effect or as less dangerous than the manifest says`
    : `its manifest has no tool "${tool.name}"`;
  throw new AgentError('invalid-vertical', `"${vertical.id}" offers a tool that it cannot: ${fault}.`, {
    fix: 'Let the manifest and the code say the same.',
    details: { faults: [fault] },
  });
}

/** All of a tool but its code. */
const printOf = (tool: AnyVerticalTool): string =>
  stableText(
    Object.fromEntries(Object.entries(tool).map(([key, value]) => [key, typeof value === 'function' || value])),
  );

/**
 * Puts a page half to work.
 *
 * @throws AgentError what it throws; `vertical-failed` where that is no AgentError.
 */
export async function activate(options: ActivationOptions): Promise<Activation> {
  const { vertical, code, agent, granted, ground, origin, allowRuntime, dependency, runWorkflow } = options;
  const life = new AbortController();
  const offered = new Map<string, Offered>();
  const withdrawAll = (): void => {
    life.abort();
    for (const { withdraw } of offered.values()) withdraw();
    offered.clear();
  };
  const grounded = (who: string, among: readonly string[], isOver: () => boolean): Ground =>
    guard(ground, {
      who,
      origin,
      has: (capability) =>
        !life.signal.aborted && !isOver() && among.includes(capability) && granted.some((one) => one === capability),
    });

  /** A tool whose functions have what its entry names, and only for as long as they run. */
  const toolOf = (tool: AnyVerticalTool, { capabilities = [] }: VerticalToolEntry): Tool => {
    const { name } = tool;
    const now = (): AnyVerticalTool => offered.get(name)?.tool ?? tool;
    const during = async <T>(work: (own: Ground) => T): Promise<Awaited<T>> => {
      let isOver = false;
      try {
        return await work(grounded(name, capabilities, () => isOver));
      } finally {
        isOver = true;
      }
    };
    const inside = (context: ToolContext, own: Ground): VerticalToolContext => ({
      ...own,
      signal: context.signal,
      idempotencyKey: context.idempotencyKey,
      progress: (value) => {
        context.progress(value);
      },
    });
    // What the schema has let through is what the tool takes; what it gave is what its undo gets.
    const { summary, undo, ...rest } = tool as Readonly<Record<string, unknown>> & AnyVerticalTool;
    const definition: ToolDefinition<never, never> = {
      ...(rest as unknown as ToolDefinition<never, never>),
      run: (input, context) => during((own) => now().run(input, inside(context, own))) as Promise<never>,
      ...(summary ? { summary: (input: never) => during((own) => now().summary?.(input, own) ?? '') } : {}),
      ...(undo
        ? {
            undo: (call: { readonly input: never; readonly output: never }, context: ToolContext) =>
              during((own) => now().undo?.(call, inside(context, own))),
          }
        : {}),
    };
    return defineTool(definition);
  };

  const offer: VerticalHost['offer'] = (tools) => {
    if (life.signal.aborted) return;
    const wanted = tools.flatMap((tool) => {
      const entry = entryOf(vertical, tool);
      const isGranted = (entry.capabilities ?? []).every((one) => granted.includes(one));
      return isGranted ? [{ tool, entry, print: printOf(tool) }] : [];
    });
    const made = wanted.flatMap(({ tool, entry, print }) => {
      const known = offered.get(tool.name);
      if (known?.print !== print) return [{ tool, print, made: toolOf(tool, entry) }];
      known.tool = tool;
      return [];
    });
    for (const [name, { withdraw }] of [...offered]) {
      if (wanted.some(({ tool }) => tool.name === name) && !made.some(({ tool }) => tool.name === name)) continue;
      withdraw();
      offered.delete(name);
    }
    for (const { tool, print, made: one } of made) {
      const withdraw = agent.tool(one, { source: 'vertical', allowRuntime });
      offered.set(tool.name, { print, withdraw, tool });
    }
  };

  const host: VerticalHost = {
    ...grounded(vertical.id, granted, () => false),
    granted,
    signal: life.signal,
    offer,
    dependency,
    runWorkflow,
  };
  try {
    const given = await code(host);
    return {
      api: given?.api,
      stop() {
        withdrawAll();
        given?.stop?.();
      },
    };
  } catch (error) {
    withdrawAll();
    const fix = 'See why, then call useVertical() again.';
    throw asAgentError(error, 'vertical-failed', fix, `"${vertical.id}" could not be put to work: `);
  }
}
