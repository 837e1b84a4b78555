/** The containers that one call of `apply` has copied. */
import { lock } from './lock.ts';

type Container = Record<string, unknown> | unknown[] | Map<unknown, unknown>;

/** From so many on, looking for one costs more than keeping a Set of them. */
const FEW = 16;

/** Copies that may be changed until they are sealed. */
export class Copies {
  #all: Container[] = [];
  #index: Set<object> | undefined;

  has(container: object): boolean {
    return this.#index ? this.#index.has(container) : this.#all.includes(container as Container);
  }

  /** Takes a container that nobody else has, and returns it. */
  add<T extends Container>(copy: T): T {
    this.#all.push(copy);
    if (this.#index) this.#index.add(copy);
    else if (this.#all.length > FEW) this.#index = new Set(this.#all);
    return copy;
  }

  /** Closes the copies: from here on they belong to the thread's history. */
  seal(): void {
    for (const copy of this.#all) {
      if (copy instanceof Map) lock(copy);
      else Object.freeze(copy);
    }
    this.#all = [];
    this.#index = undefined;
  }
}
