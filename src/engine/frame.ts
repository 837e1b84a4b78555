/** A frame: one graph under way in a thread, with its channels and its position. The root is one, a subgraph another. */
import { AgentError, NO_ENTRIES, NONE } from '../core/index.ts';
import type { Write } from '../core/index.ts';
import {
  BY,
  frontier,
  NEXT,
  NO_VALUES,
  pending,
  PENDING,
  SENDS,
  sends,
  storedWrites,
  userChannels,
  view,
} from '../state/index.ts';
import type { Frontier, ParentCommand, PendingSend, PendingTask, StoredFailure, Values } from '../state/index.ts';
import type { TaskContext } from './context.ts';
import type { Plan } from './plan.ts';
import type { TaskResult } from './task.ts';

/** Where a frame stands, or where a place leads: what is due, and what is waited for. */
export interface Position {
  readonly due: readonly number[];
  readonly sends: readonly PendingSend[];
  /** Nodes that are due once nothing else is. */
  readonly deferred: readonly number[];
  /** Which nodes have reached each join, by the join's key. */
  readonly joins: Readonly<Record<string, readonly number[]>>;
  /** What failed, by the node that handles it. */
  readonly failures: Readonly<Record<string, readonly StoredFailure[]>>;
  /** The Commands for its parent that have ended a subgraph. */
  readonly exit: readonly ParentCommand[] | undefined;
}

/** What the name of a channel begins with under which its value at the beginning of a subgraph is kept. */
export const BASE = '=';

/** The one record of joins and failures that holds nothing. */
export const NOTHING: Readonly<Record<string, never>> = Object.freeze({});

/** The position that only these nodes and sends are due in. */
export function at(due: readonly number[], sends: readonly PendingSend[] = NONE): Position {
  return { due, sends, deferred: NONE, joins: NOTHING, failures: NOTHING, exit: undefined };
}

/** The position that nothing is due in. */
export const NOWHERE: Position = Object.freeze(at(NONE));

/** Whether nothing but nodes and sends is due. */
function isPlain({ deferred, joins, failures, exit }: Position): boolean {
  return deferred.length === 0 && joins === NOTHING && failures === NOTHING && exit === undefined;
}

export class Frame {
  readonly plan: Plan;
  /** The path of the task that runs the graph; empty at the root. */
  readonly ns: string;
  readonly owner: TaskContext | undefined;
  /** What the names of its channels begin with in the thread. */
  readonly prefix: string;
  step = 0;
  position: Position = NOWHERE;
  /** Results of finished tasks of an unfinished step, by their path. */
  pending: ReadonlyMap<string, TaskResult> = NO_ENTRIES;
  /** The channels as the subgraph began with them. */
  base: Values = NO_VALUES;
  /** How often each node has run, where the run limits that. */
  visits: Uint32Array | undefined = undefined;
  /** Frontiers that have come since something was written. */
  readonly quiet = new Set<string>();
  #values: Values = NO_VALUES;
  /** Set where the values cannot be read as they are. */
  #view: Values | undefined = undefined;

  /** @param owner the task that runs it, for a subgraph. */
  constructor(plan: Plan, ns: string, owner?: TaskContext) {
    this.plan = plan;
    this.owner = owner;
    this.ns = ns;
    this.prefix = ns === '' ? '' : `${ns}/`;
  }

  /** The channels of the graph, as they are kept. */
  get values(): Values {
    return this.#values;
  }

  /** The channels as nodes and routes read them. */
  get state(): Values {
    return this.#view ?? this.#values;
  }

  /** Takes the place of the step before. */
  moveTo(step: number, position: Position, values: Values, state: Values): void {
    this.step = step;
    this.position = position;
    this.pending = NO_ENTRIES;
    this.#values = values;
    if (state !== values) this.#view = state;
  }

  /** The channels as nodes and routes read them: the values themselves where all of them can be read as they are. */
  readable(values: Values): Values {
    return this.plan.hasLists ? view(values) : Object.freeze(values);
  }

  /** The path of a task: `step:node`, and the place of a send. */
  path(node: number, index: number, step: number): string {
    const name = `${step}:${this.plan.names[node] ?? ''}`;
    if (index < 0 && this.prefix === '') return name;
    return index < 0 ? this.prefix + name : `${this.prefix}${name}:${index}`;
  }

  /**
   * Takes the frame up where the thread has left it.
   *
   * @param stored its channels and the engine's, by their names without prefix.
   * @throws AgentError `graph-changed` when it stands at a node that the graph does not have.
   */
  restore(stored: Values): void {
    const { step, nodes, deferred = NONE, joins = NOTHING, failures = NOTHING, exit } = frontier(stored);
    const id = (name: string): number => this.#id(name);
    const position = {
      due: nodes.map(id),
      sends: sends(stored),
      deferred: deferred.map(id),
      joins:
        joins === NOTHING
          ? NOTHING
          : Object.fromEntries(Object.entries(joins).map(([key, names]) => [key, names.map(id)])),
      failures,
      exit,
    };
    for (const { node } of position.sends) id(node);
    const channels = Object.entries(userChannels(stored));
    const values = Object.fromEntries(channels.filter(([name]) => !name.startsWith(BASE)));
    this.moveTo(step, position, values, this.readable(values));
    this.pending = new Map([...pending(stored)].map(([path, task]) => [path, this.#result(task)]));
    this.base = Object.fromEntries(
      channels.flatMap(([name, value]) => (name.startsWith(BASE) ? [[name.slice(BASE.length), value]] : [])),
    );
  }

  /** Writes of the graph's channels as the thread knows them: by their full names, and without those of local channels. */
  qualified(writes: readonly Write[]): Write[] {
    const stored = this.plan.hasLocals ? storedWrites(this.plan.channels, writes) : writes;
    if (this.prefix === '') return [...stored];
    // Only the name changes, so each write keeps its shape.
    return stored.map((write) => [this.prefix + write[0], ...write.slice(1)] as unknown as Write);
  }

  /** Adds the writes that move the thread from this frame's position to `next`, and leave nothing of the step behind. */
  addPosition(writes: Write[], step: number, next: Position): void {
    const { prefix } = this;
    const { due } = next;
    const first = due[0];
    const nodes = due.length === 1 && first !== undefined ? [this.plan.names[first] ?? ''] : this.#names(due);
    writes.push([prefix + NEXT, 'set', isPlain(next) ? { step, nodes } : { step, nodes, ...this.#rest(next) }]);
    if (next.sends.length > 0 || this.position.sends.length > 0) writes.push([prefix + SENDS, 'set', next.sends]);
    if (this.pending.size > 0) writes.push([prefix + PENDING, 'set', new Map()]);
  }

  /** The write that says how many of a step's writes each of its tasks has, and which reducers got an update of which. */
  authors(finished: readonly TaskContext[]): Write {
    const counts = finished.map(({ result }) => storedWrites(this.plan.channels, result?.writes ?? NONE).length);
    const folds = finished.flatMap(({ result }, task) => (result?.updates ?? NONE).map(([channel]) => [channel, task]));
    return [this.prefix + BY, 'set', [...counts, ...folds]];
  }

  /** The form in which a finished task's result is stored. */
  stored(result: TaskResult): PendingTask {
    const { writes, updates, goto, sends: sent, exits, failures, parent } = result;
    return {
      writes,
      goto: this.#names(goto),
      sends: sent,
      ...(updates.length > 0 ? { updates } : {}),
      ...(exits ? {} : { exits }),
      ...(failures === NOTHING ? {} : { failures }),
      ...(parent ? { parent } : {}),
    };
  }

  #names(ids: readonly number[]): readonly string[] {
    return ids.map((id) => this.plan.names[id] ?? '');
  }

  /** What a position has beside the nodes that are due. */
  #rest({ deferred, joins, failures, exit }: Position): Omit<Frontier, 'step' | 'nodes'> {
    const reached = Object.entries(joins).map(([key, ids]) => [key, this.#names(ids)] as const);
    return {
      ...(deferred.length > 0 ? { deferred: this.#names(deferred) } : {}),
      ...(reached.length > 0 ? { joins: Object.fromEntries(reached) } : {}),
      ...(failures === NOTHING ? {} : { failures }),
      ...(exit ? { exit } : {}),
    };
  }

  #result(task: PendingTask): TaskResult {
    const { writes, goto, sends: sent, updates = NONE, exits = true, failures = NOTHING, parent } = task;
    const ids = goto.map((name) => this.#id(name));
    return { kind: 'ok', writes, updates, goto: ids, sends: sent, exits, failures, parent };
  }

  #id(name: string): number {
    const id = this.plan.ids.get(name);
    if (id !== undefined) return id;
    throw new AgentError('graph-changed', `The thread waits at node "${name}", which this graph does not have.`, {
      fix: 'Go on with the version that has it, or begin a new thread.',
      details: { node: name },
    });
  }
}
