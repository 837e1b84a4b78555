/** Changes laid over the entries of a record or map, in the order that the language gives them. Nothing is copied. */
import { changeOf } from './change.ts';
import type { Change } from './change.ts';
import { settle } from './settle.ts';

/** The entries that an overlay lies on. */
export interface Base<K> {
  has(key: K): boolean;
  get(key: K): unknown;
  keys(): Iterable<K>;
  /** The draft of the value of a key; undefined for a leaf. */
  draft(key: K): object | undefined;
}

/** What is done about each change: a key that was deleted, one that was set, and one whose value may have changed inside. */
export interface Teller<K> {
  removed(key: K): void;
  set(key: K, value: unknown): void;
  inside(key: K, change: Change): void;
}

/** Changes of entries. */
export class Overlay<K> {
  readonly #base: Base<K>;
  /** What was set. A key that is deleted leaves it, so that one that comes back comes back at the end. */
  #set: Map<K, unknown> | undefined;
  /** Keys of the base that were deleted, also those that came back. */
  #removed: Set<K> | undefined;
  #children: Map<K, object> | undefined;

  constructor(base: Base<K>) {
    this.#base = base;
  }

  has(key: K): boolean {
    return this.#set?.has(key) === true || this.#isKept(key);
  }

  get(key: K): unknown {
    if (this.#set) {
      const value = this.#set.get(key);
      if (value !== undefined || this.#set.has(key)) return value;
    }
    if (!this.#isKept(key)) return undefined;
    const child = this.#children?.get(key) ?? this.#base.draft(key);
    if (child === undefined) return this.#base.get(key);
    (this.#children ??= new Map()).set(key, child);
    return child;
  }

  set(key: K, value: unknown): void {
    // Putting a draft back to where it is changes nothing.
    if (value !== undefined && this.#children?.get(key) === value && this.#isKept(key)) this.#set?.delete(key);
    else (this.#set ??= new Map()).set(key, value);
  }

  delete(key: K): boolean {
    const had = this.has(key);
    this.#set?.delete(key);
    if (had && this.#base.has(key)) (this.#removed ??= new Set()).add(key);
    return had;
  }

  keys(): K[] {
    const keys: K[] = [];
    for (const key of this.#base.keys()) if (!this.#removed?.has(key)) keys.push(key);
    if (this.#set) for (const key of this.#set.keys()) if (!this.#isKept(key)) keys.push(key);
    return keys;
  }

  get changed(): boolean {
    if (this.#removed) return true;
    if (this.#set) for (const [key, value] of this.#set) if (!this.#isBase(key, value)) return true;
    if (this.#children)
      for (const [key, child] of this.#children) if (this.#shows(key) && changeOf(child).changed) return true;
    return false;
  }

  /** Tells every change: what was deleted, then what was set, in order, then what may have changed inside. */
  tell(teller: Teller<K>): void {
    if (this.#removed) for (const key of this.#removed) teller.removed(key);
    if (this.#set) for (const [key, value] of this.#set) if (!this.#isBase(key, value)) teller.set(key, settle(value));
    if (!this.#children) return;
    for (const [key, child] of this.#children) if (this.#shows(key)) teller.inside(key, changeOf(child));
  }

  /** The entries as they are, with the drafts in them settled. */
  settled(): [K, unknown][] {
    return this.keys().map((key) => {
      if (this.#set?.has(key)) return [key, settle(this.#set.get(key))];
      const child = this.#children?.get(key);
      return [key, child ? changeOf(child).settled() : this.#base.get(key)];
    });
  }

  /** Whether the base's own entry was never deleted. */
  #isKept(key: K): boolean {
    return !this.#removed?.has(key) && this.#base.has(key);
  }

  /** Whether the draft of the base's value is what the key reads as. */
  #shows(key: K): boolean {
    return !this.#set?.has(key) && !this.#removed?.has(key);
  }

  #isBase(key: K, value: unknown): boolean {
    return this.#isKept(key) && Object.is(value, this.#base.get(key));
  }
}
