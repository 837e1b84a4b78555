/** Channels: the fixed, typed places of a graph's state, each with its own rule for what an update does. */

/** A channel that reads as `V` and takes updates of `U`. Both types are phantom: nothing of them exists at run time. */
export interface Channel<V, U = V> {
  readonly kind: 'last' | 'append' | 'map' | 'text' | 'reduce' | 'local';
  /** Makes the value of an empty thread. */
  readonly initial: () => unknown;
  /** The reducer of a `reduce` channel. Its types are open, because the phantom types alone carry `V` and `U`. */
  readonly fold?: (value: never, update: never) => unknown;
  /** Whether an update of a record is always told as what changed within it. */
  readonly byParts?: boolean;
  readonly '~types'?: { value: V; update: U };
}

/** The channels of a graph, by name. Names that begin with `~` are the engine's own. */
export type Channels = Readonly<Record<string, Channel<unknown, unknown>>>;

/** What a node reads. */
export type State<C> = { readonly [K in keyof C]: C[K] extends Channel<infer V, unknown> ? V : never };

/** What a node returns: an update for any of the channels, or an {@link Overwrite}. */
export type Update<C> = {
  readonly [K in keyof C]?: (C[K] extends Channel<unknown, infer U> ? U : never) | Overwrite;
};

/** What a draft node changes in place: the state with every `readonly` taken off. Leaves such as Date stay as they are. */
export type Draft<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends ReadonlyMap<infer K, infer V>
    ? Map<K, Draft<V>>
    : T extends ReadonlySet<infer V>
      ? Set<V>
      : T extends Date | ArrayBufferView
        ? T
        : T extends object
          ? { -readonly [K in keyof T]: Draft<T[K]> }
          : T;

/**
 * An update that replaces the whole value of a channel, whatever the channel does with updates. It conflicts with every
 * write that another task of the step makes to the channel.
 *
 * @example
 * return { messages: new Overwrite([]) };
 */
export class Overwrite {
  readonly '~overwrite': unknown;

  constructor(value: unknown) {
    this['~overwrite'] = value;
  }
}

/**
 * A channel that keeps the newest value. Two nodes that write it in one step are an error, `write-conflict`.
 *
 * @param init makes the value of an empty thread; called once per thread.
 * @param options.byParts for a record to which several nodes add: they get into each other's way only where they change the same
 *   part, also when little of the record stays as it was.
 * @example
 * last(() => 0)
 */
export function last<V>(init: () => V, options?: { readonly byParts?: boolean }): Channel<V> {
  return { kind: 'last', initial: init, ...options };
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

/**
 * A channel that reads as a map and whose updates are records of entries to put; `undefined` deletes an entry.
 *
 * @example
 * map<number>() // read: ReadonlyMap<string, number>; update: { a: 1, b: undefined }
 */
export function map<V>(): Channel<ReadonlyMap<string, V>, Readonly<Record<string, V | undefined>>> {
  return { kind: 'map', initial: () => new Map<string, V>() };
}

/**
 * A channel that reads as text and whose updates are added at its end.
 *
 * @example
 * text() // read: string; update: 'one more word'
 */
export function text(): Channel<string> {
  return { kind: 'text', initial: () => '' };
}

/**
 * A channel whose value is made by a reducer of yours. Its result is stored, never the update or the function.
 *
 * @param fn makes the next value of the value, which is frozen, and an update. It must give the same for the same.
 * @param init makes the value of an empty thread; called once per thread.
 * @example
 * reduce((sum: number, n: number) => sum + n, () => 0)
 */
export function reduce<V, U = V>(fn: (value: V, update: U) => V, init: () => V): Channel<V, U> {
  return { kind: 'reduce', initial: init, fold: fn };
}

/**
 * A channel for anything that lives with the run only, such as a connection: it is never stored and never sent.
 *
 * @example
 * local<AudioContext>() // read: AudioContext | undefined
 */
export function local<V>(): Channel<V | undefined> {
  return { kind: 'local', initial: () => undefined };
}
