/** Channels: the fixed, typed places of a graph's state, each with its own rule for what an update does. */

/** A channel that reads as `V` and takes updates of `U`. Both types are phantom: nothing of them exists at run time. */
export interface Channel<V, U = V> {
  readonly kind: 'last' | 'append';
  readonly initial: () => unknown;
  readonly '~types'?: { value: V; update: U };
}

/** The channels of a graph, by name. Names that begin with `~` are the engine's own. */
export type Channels = Readonly<Record<string, Channel<unknown, unknown>>>;

/** What a node reads. */
export type State<C> = { readonly [K in keyof C]: C[K] extends Channel<infer V, unknown> ? V : never };

/** What a node returns: an update for any of the channels. */
export type Update<C> = { readonly [K in keyof C]?: C[K] extends Channel<unknown, infer U> ? U : never };

/**
 * A channel that keeps the newest value. Two nodes that write it in one step are an error, `write-conflict`.
 *
 * @param init makes the value of an empty thread; called once per thread.
 * @example
 * last(() => 0)
 */
export function last<V>(init: () => V): Channel<V> {
  return { kind: 'last', initial: init };
}

/**
 * A channel that reads as a frozen list and whose updates are lists of items to add at its end.
 *
 * @example
 * append<string>() // read: readonly string[]; update: ['one more']
 */
export function append<T>(): Channel<readonly T[], readonly T[]> {
  return { kind: 'append', initial: () => [] };
}
