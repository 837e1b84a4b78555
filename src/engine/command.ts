/** What a node may return beside an update: where to go, and what to hand there. */
import type { Channels, Update } from '../state/index.ts';

/** The name of the place where every run begins. */
export const START = '__start__';
/** The name of the place where a branch ends. */
export const END = '__end__';

/**
 * A task to run in the next step with an input of its own, in place of the state.
 *
 * @example
 * addConditionalEdges('plan', (state) => state.urls.map((url) => new Send('fetch', url)), ['fetch'])
 */
export class Send {
  readonly node: string;
  readonly input: unknown;

  constructor(node: string, input: unknown) {
    this.node = node;
    this.input = input;
  }
}

/** Where to go next: nodes, sends, or a list of both. */
export type Goto = string | Send | readonly (string | Send)[];

interface CommandInit<C> {
  readonly update?: Update<NoInfer<C>>;
  readonly goto?: Goto;
  readonly graph?: undefined;
}

/** In a subgraph: ends it, and updates and goes on in the graph that it is a node of. */
interface ParentCommandInit {
  /** An update of the parent's channels, checked when it arrives there. */
  readonly update?: Readonly<Record<string, unknown>>;
  /** Nodes of the parent. */
  readonly goto?: Goto;
  readonly graph: 'parent';
}

/**
 * An update together with where to go, in addition to the node's edges. With `graph: 'parent'` it ends the subgraph
 * that it is returned in, after the step under way, and both are meant for the parent.
 *
 * @example
 * builder.addNode('try', () => new Command({ update: { tries: 1 }, goto: 'check' }), { ends: ['check'] });
 */
export class Command<C = Channels> {
  declare readonly '~command'?: Update<C>;
  readonly update: unknown;
  readonly goto: Goto;
  readonly graph: 'parent' | undefined;

  constructor(init: CommandInit<C> | ParentCommandInit) {
    this.update = init.update;
    this.goto = init.goto ?? [];
    this.graph = init.graph;
  }
}

/** Whether a node returned a Command; what it updates is checked when it is lowered. */
export function isCommand(value: unknown): value is Command {
  return value instanceof Command;
}
