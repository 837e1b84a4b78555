/** Changes laid over the entries of a record or map, in the order that the language gives them. Nothing is copied. */
import { Change } from './change.ts';
import { settle } from './settle.ts';
import type { Teller } from './telling.ts';

/** Changes of entries. Nothing is allocated before there is one. */
export abstract class Overlay<K> extends Change {
  /** What was set. A key that is deleted leaves it, so that one that comes back comes back at the end. */
  #set: Map<K, unknown> | undefined;
  /** Keys of the base that were deleted, also those that came back. */
  #removed: Set<K> | undefined;
  /** The insides of the drafts of the base's values. */
  #children: Map<K, Change> | undefined;

  protected abstract baseHas(key: K): boolean;
  protected abstract baseGet(key: K): unknown;
  protected abstract baseKeys(): Iterable<K>;
  /** Makes a draft of a value of the base; undefined for a leaf. */
  protected abstract drafted(key: K, value: unknown): Change | undefined;

  has(key: K): boolean {
    return this.#set?.has(key) === true || this.#isKept(key);
  }

  get(key: K): unknown {
    if (this.#set) {
      const value = this.#set.get(key);
      if (value !== undefined || this.#set.has(key)) return value;
    }
    if (this.#removed?.has(key)) return undefined;
    const child = this.#children?.get(key);
    if (child) return child.draft;
    if (!this.baseHas(key)) return undefined;
    const value = this.baseGet(key);
    if (typeof value !== 'object' || value === null) return value;
    const change = this.drafted(key, value);
    if (!change) return value;
    (this.#children ??= new Map<K, Change>()).set(key, change);
    return change.draft;
  }

  set(key: K, value: unknown): void {
    // Putting a draft back to where it is changes nothing.
    if (value !== undefined && this.#children?.get(key)?.draft === value && this.#isKept(key)) this.#set?.delete(key);
    else (this.#set ??= new Map<K, unknown>()).set(key, value);
  }

  delete(key: K): boolean {
    const had = this.has(key);
    this.#set?.delete(key);
    if (had && this.baseHas(key)) (this.#removed ??= new Set<K>()).add(key);
    return had;
  }

  keys(): K[] {
    const keys: K[] = [];
    for (const key of this.baseKeys()) if (!this.#removed?.has(key)) keys.push(key);
    if (this.#set) for (const key of this.#set.keys()) if (!this.#isKept(key)) keys.push(key);
    return keys;
  }

  get changed(): boolean {
    if (this.#removed) return true;
    if (this.#set) for (const [key, value] of this.#set) if (!this.#isBase(key, value)) return true;
    if (this.#children) for (const [key, child] of this.#children) if (this.#shows(key) && child.changed) return true;
    return false;
  }

  /** Tells every change: what was deleted, then what was set, in order, then what may have changed inside. */
  protected tellChanges(teller: Teller<K>): void {
    if (this.#removed) for (const key of this.#removed) teller.gone(key);
    if (this.#set) for (const [key, value] of this.#set) if (!this.#isBase(key, value)) teller.becomes(key, value);
    if (!this.#children) return;
    for (const [key, child] of this.#children) if (this.#shows(key)) teller.inside(key, child);
  }

  /** How many entries there are, over a base of so many. */
  protected sizeOver(size: number): number {
    let count = size - (this.#removed?.size ?? 0);
    if (this.#set) for (const key of this.#set.keys()) if (!this.#isKept(key)) count++;
    return count;
  }

  /** Takes all changes off. */
  protected reset(): void {
    this.#set = this.#removed = this.#children = undefined;
  }

  /** The entries as they are, with the drafts in them settled. */
  protected entriesSettled(): [K, unknown][] {
    return this.keys().map((key) => {
      if (this.#set?.has(key)) return [key, settle(this.#set.get(key))];
      const child = this.#children?.get(key);
      return [key, child ? child.settled() : this.baseGet(key)];
    });
  }

  /** Whether the base's own entry was never deleted. */
  #isKept(key: K): boolean {
    return !this.#removed?.has(key) && this.baseHas(key);
  }

  /** Whether the draft of the base's value is what the key reads as. */
  #shows(key: K): boolean {
    return !this.#set?.has(key) && !this.#removed?.has(key);
  }

  #isBase(key: K, value: unknown): boolean {
    return this.#isKept(key) && Object.is(value, this.baseGet(key));
  }
}
