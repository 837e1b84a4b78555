/** The value of a map that is put to: many lengths of one log of puts, so that a put costs its entries and no more. */
import { lock } from './lock.ts';

/** The value of a deleted entry. */
const GONE = Symbol('gone');

/** The log shared by many views: columns of equal length, and where each key was put last. */
interface Shared {
  readonly keys: unknown[];
  readonly values: unknown[];
  /** For each position the one before it with the same key, or -1. */
  readonly previous: number[];
  readonly index: Map<unknown, number>;
}

/** Positions that a log may have beyond twice its live entries before it is written anew. */
const SLACK = 64;

function push(shared: Shared, key: unknown, value: unknown): void {
  shared.previous.push(shared.index.get(key) ?? -1);
  shared.index.set(key, shared.keys.length);
  shared.keys.push(key);
  shared.values.push(value);
}

function sharedOf(entries: ReadonlyMap<unknown, unknown>): Shared {
  const shared: Shared = { keys: [], values: [], previous: [], index: new Map() };
  for (const [key, value] of entries) push(shared, key, value);
  return shared;
}

/**
 * A map at one moment, as nodes read it. Putting leaves it as it is. Entries come in the order of a Map: a new value
 * keeps the place of its key, and a key that was deleted comes back at the end.
 */
export class MapLog implements ReadonlyMap<string, unknown> {
  readonly #size: number;
  readonly #shared: Shared;
  readonly #length: number;
  #entries: Map<string, unknown> | undefined;
  #locked = false;

  private constructor(shared: Shared, length: number, size: number) {
    this.#shared = shared;
    this.#length = length;
    this.#size = size;
    Object.freeze(this);
  }

  /** A log that begins with the entries of a map. */
  static of(entries: ReadonlyMap<unknown, unknown>): MapLog {
    return new MapLog(sharedOf(entries), entries.size, entries.size);
  }

  get size(): number {
    return this.#size;
  }

  get [Symbol.toStringTag](): string {
    return 'Map';
  }

  /** The map with entries put to it; `undefined` deletes. O(entries) on the newest view of a log, a copy on an older one. */
  put(entries: Readonly<Record<string, unknown>>): MapLog {
    const shared = this.#own();
    let { size } = this;
    for (const key of Object.keys(entries)) {
      const value = entries[key];
      size += this.#write(shared, key, value === undefined ? GONE : value);
    }
    return this.#next(shared, size);
  }

  /** The map with one entry more or changed. Unlike with {@link put}, `undefined` is a value like any other. */
  with(key: string | number, value: unknown): MapLog {
    const shared = this.#own();
    return this.#next(shared, this.size + this.#write(shared, key, value));
  }

  /** The map without a key. */
  without(key: string | number): MapLog {
    const shared = this.#own();
    return this.#next(shared, this.size + this.#write(shared, key, GONE));
  }

  get(key: unknown): unknown {
    const at = this.#find(key);
    return at < 0 ? undefined : this.#shared.values[at];
  }

  has(key: unknown): boolean {
    return this.#find(key) >= 0;
  }

  entries(): MapIterator<[string, unknown]> {
    return this.#materialised().entries();
  }

  keys(): MapIterator<string> {
    return this.#materialised().keys();
  }

  values(): MapIterator<unknown> {
    return this.#materialised().values();
  }

  [Symbol.iterator](): MapIterator<[string, unknown]> {
    return this.#materialised().entries();
  }

  forEach(callback: (value: unknown, key: string, map: ReadonlyMap<string, unknown>) => void, thisArg?: unknown): void {
    for (const [key, value] of this.#materialised()) callback.call(thisArg, value, key, this);
  }

  /** The same entries as a real Map that cannot be changed, the same at every call. */
  plain(): ReadonlyMap<string, unknown> {
    const entries = this.#materialised();
    if (!this.#locked) lock(entries);
    this.#locked = true;
    return entries;
  }

  /** The position of a key's value in this view; -1 when it has none. */
  #find(key: unknown): number {
    let at = this.#shared.index.get(key) ?? -1;
    while (at >= this.#length) at = this.#shared.previous[at] ?? -1;
    return at >= 0 && this.#shared.values[at] !== GONE ? at : -1;
  }

  #own(): Shared {
    return this.#shared.keys.length === this.#length ? this.#shared : sharedOf(this.#materialised());
  }

  /** Writes to a log whose newest view this is; returns by how much the size changes. */
  #write(shared: Shared, key: unknown, value: unknown): number {
    const at = shared.index.get(key);
    const present = at !== undefined && shared.values[at] !== GONE;
    if (value === GONE && !present) return 0;
    push(shared, key, value);
    return (value === GONE ? 0 : 1) - (present ? 1 : 0);
  }

  #next(shared: Shared, size: number): MapLog {
    const next = new MapLog(shared, shared.keys.length, size);
    return next.#length > 2 * size + SLACK ? MapLog.of(next.#materialised()) : next;
  }

  #materialised(): Map<string, unknown> {
    if (this.#entries) return this.#entries;
    const entries = new Map<string, unknown>();
    const { keys, values } = this.#shared;
    for (let at = 0; at < this.#length; at++) {
      // A channel of kind `map` is typed to have text for keys; any other key that got in works the same.
      const key = keys[at] as string;
      if (values[at] === GONE) entries.delete(key);
      else entries.set(key, values[at]);
    }
    return (this.#entries = entries);
  }
}
