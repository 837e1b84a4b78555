/** The engine's own position, kept as channels of the thread like everything else. */
import type { Interrupt, Snapshot, Write } from '../core/index.ts';
import type { Values } from './apply.ts';

/** The names of the engine's channels. */
export const NEXT = '~next';
export const SENDS = '~sends';
export const PENDING = '~pending';
export const INTERRUPTS = '~interrupts';
export const MEMO = '~memo';

/** The nodes that are due, as of super-step `step` of the thread. */
export interface Frontier {
  readonly step: number;
  readonly nodes: readonly string[];
}

/** A node that is due with an input of its own. */
export interface PendingSend {
  readonly node: string;
  readonly input: unknown;
}

/** What finished siblings of an unfinished step have to write, by task. */
export interface PendingTask {
  readonly writes: readonly Write[];
  readonly goto: readonly string[];
  readonly sends: readonly PendingSend[];
}

const NO_FRONTIER: Frontier = Object.freeze({ step: 0, nodes: [] });
const NONE: readonly never[] = Object.freeze([]);
const NO_PENDING: ReadonlyMap<string, PendingTask> = new Map();
const NO_MEMO: ReadonlyMap<string, unknown> = new Map();

// The engine alone writes these channels, and the log is checked when it is read, so their types hold by construction.
export const frontier = (values: Values): Frontier => (values[NEXT] as Frontier | undefined) ?? NO_FRONTIER;
export const sends = (values: Values): readonly PendingSend[] => (values[SENDS] as PendingSend[] | undefined) ?? NONE;
export const interrupts = (values: Values): readonly Interrupt[] =>
  (values[INTERRUPTS] as Interrupt[] | undefined) ?? NONE;
export const pending = (values: Values): ReadonlyMap<string, PendingTask> =>
  (values[PENDING] as ReadonlyMap<string, PendingTask> | undefined) ?? NO_PENDING;
export const memo = (values: Values): ReadonlyMap<string, unknown> =>
  (values[MEMO] as ReadonlyMap<string, unknown> | undefined) ?? NO_MEMO;

/** The channels of the graph: all but the engine's own. */
export function userState(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith('~')));
}

/** A thread at one version, as users see it. */
export function snapshot(values: Values, version: number, graph: string): Snapshot<Values> {
  const next = [...frontier(values).nodes, ...sends(values).map((send) => send.node)];
  return {
    state: userState(values),
    version,
    parent: Math.max(0, version - 1),
    next,
    interrupts: interrupts(values),
    graph,
  };
}
