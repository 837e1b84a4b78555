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

/**
 * An update together with where to go, in addition to the node's edges.
 *
 * @example
 * builder.addNode('try', () => new Command({ update: { tries: 1 }, goto: 'check' }), { ends: ['check'] });
 */
export class Command<C = Channels> {
  readonly update: Update<C> | undefined;
  readonly goto: Goto;

  constructor(init: { readonly update?: Update<NoInfer<C>>; readonly goto?: Goto }) {
    this.update = init.update;
    this.goto = init.goto ?? [];
  }
}
