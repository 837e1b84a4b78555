/** The engine's own position, kept as channels of the thread like everything else. */
import { NO_ENTRIES, NONE } from '../core/index.ts';
import type { Interrupt, Snapshot, WireError, Write } from '../core/index.ts';
import type { ReduceUpdate } from './lower.ts';
import { plain } from './values.ts';
import type { Values } from './values.ts';

/** The names of the engine's channels. */
export const NEXT = '~next';
export const SENDS = '~sends';
export const PENDING = '~pending';
export const INTERRUPTS = '~interrupts';
export const MEMO = '~memo';
/** Set by an input. */
export const INPUT = '~input';
/** How many of a step's writes are whose, where several tasks have written. */
export const BY = '~by';
/** The version that an undo has brought back. */
export const UNDO = '~undo';
/** The version of the graph that has taken the thread over from the one that began it. */
export const GRAPH = '~graph';

/** A node that failed for good, kept for the node that handles it. */
export interface StoredFailure {
  readonly node: string;
  readonly task: string;
  readonly error: WireError;
}

/** What a node of a subgraph told the parent to do. */
export interface ParentCommand {
  readonly node: string;
  readonly update: unknown;
  readonly goto: readonly string[];
  readonly sends: readonly PendingSend[];
}

/** The nodes that are due, as of super-step `step` of the graph. */
export interface Frontier {
  readonly step: number;
  readonly nodes: readonly string[];
  /** Nodes that are due once nothing else is. */
  readonly deferred?: readonly string[];
  /** Which nodes have reached each join, by the join's key. */
  readonly joins?: Readonly<Record<string, readonly string[]>>;
  /** What failed, by the node that handles it. */
  readonly failures?: Readonly<Record<string, readonly StoredFailure[]>>;
  /** In a subgraph that Commands for its parent have ended. */
  readonly exit?: readonly ParentCommand[];
}

/** A node that is due with an input of its own. */
export interface PendingSend {
  readonly node: string;
  readonly input: unknown;
}

/** What finished siblings of an unfinished step have to write and where they lead, by task. */
export interface PendingTask {
  readonly writes: readonly Write[];
  readonly goto: readonly string[];
  readonly sends: readonly PendingSend[];
  readonly updates?: readonly ReduceUpdate[];
  /** False when the node's own edges are not followed, because it failed and another node handles that. */
  readonly exits?: boolean;
  readonly failures?: Readonly<Record<string, readonly StoredFailure[]>>;
  readonly parent?: ParentCommand;
}

const NO_FRONTIER: Frontier = Object.freeze({ step: 0, nodes: [] });

// The engine alone writes these channels, and the log is checked when it is read, so their types hold by construction.
export const frontier = (values: Values): Frontier => (values[NEXT] as Frontier | undefined) ?? NO_FRONTIER;
export const sends = (values: Values): readonly PendingSend[] => (values[SENDS] as PendingSend[] | undefined) ?? NONE;
export const interrupts = (values: Values): readonly Interrupt[] =>
  (values[INTERRUPTS] as Interrupt[] | undefined) ?? NONE;
export const pending = (values: Values): ReadonlyMap<string, PendingTask> =>
  (values[PENDING] as ReadonlyMap<string, PendingTask> | undefined) ?? NO_ENTRIES;
export const memo = (values: Values): ReadonlyMap<string, unknown> =>
  (values[MEMO] as ReadonlyMap<string, unknown> | undefined) ?? NO_ENTRIES;

/** `id@version` of the graph that a thread belongs to; `begun` is the one that began it. */
export const graphOf = (values: Values, begun: string): string => (values[GRAPH] as string | undefined) ?? begun;

/** The channels of a graph among those of its thread: neither the engine's own nor those of its subgraphs. */
export function userChannels(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith('~') && !name.includes('/')));
}

/** The channels of the thread's graph as plain data. */
export function userState(values: Values): Readonly<Record<string, unknown>> {
  return plain(userChannels(values));
}

/** A thread at one version, as users see it; `graph` is the one that began it. */
export function snapshot(values: Values, version: number, graph: string): Snapshot<Readonly<Record<string, unknown>>> {
  const { nodes, deferred = [] } = frontier(values);
  return {
    state: userState(values),
    version,
    parent: Math.max(0, version - 1),
    next: [...nodes, ...deferred, ...sends(values).map((send) => send.node)],
    interrupts: interrupts(values),
    graph: graphOf(values, graph),
  };
}
