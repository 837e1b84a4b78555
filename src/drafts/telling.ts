/** Writes the changes of one channel down, at a place that moves along as its drafts are walked. */
import type { Write } from '../core/index.ts';
import { admit } from '../state/index.ts';
import type { Change } from './change.ts';
import { settle } from './settle.ts';

/** Told about each change of an entry. */
export interface Teller<K> {
  /** The entry was deleted. */
  gone(key: K): void;
  /** The entry was given a value, which may hold drafts. */
  becomes(key: K, value: unknown): void;
  /** The value of the entry may have changed inside. */
  inside(key: K, change: Change): void;
}

/** The writes of one channel. Values are settled, checked and frozen. */
export class Telling implements Teller<string | number> {
  readonly #channel: string;
  readonly #writes: Write[];
  /** The place that is told about. Copied for each write, so that levels without one cost no list. */
  readonly #path: (string | number)[] = [];

  constructor(channel: string, writes: Write[]) {
    this.#channel = channel;
    this.#writes = writes;
  }

  gone(key: string | number): void {
    this.#writes.push([this.#channel, 'delete', [...this.#path, key]]);
  }

  becomes(key: string | number, value: unknown): void {
    this.#path.push(key);
    this.whole(settle(value));
    this.#path.pop();
  }

  inside(key: string | number, change: Change): void {
    this.#path.push(key);
    change.tell(this);
    this.#path.pop();
  }

  /** What is here becomes a settled value: a `set` for the whole channel, else a `patch`. */
  whole(settled: unknown): void {
    const admitted = this.#admitted(settled);
    if (this.#path.length === 0) this.#writes.push([this.#channel, 'set', admitted]);
    else this.#writes.push([this.#channel, 'patch', this.#path.slice(), admitted]);
  }

  /** Adds to the whole channel. */
  add(op: 'append' | 'put', added: unknown): void {
    this.#writes.push([this.#channel, op, this.#admitted(added)]);
  }

  #admitted(value: unknown): unknown {
    return typeof value === 'number' || typeof value === 'string'
      ? value
      : admit(value, [this.#channel, ...this.#path.map(String)]);
  }
}
