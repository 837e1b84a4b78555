/** The value of a list that only grows: many lengths of one buffer, so that an append costs its items and no more. */

/** One length of a shared buffer. Appending leaves it as it is. */
export class AppendLog {
  readonly length: number;
  readonly #buffer: unknown[];
  #list: readonly unknown[] | undefined;

  /** @param buffer owned by the log from here on; its first `length` items are the list. */
  constructor(buffer: unknown[], length = buffer.length) {
    this.#buffer = buffer;
    this.length = length;
  }

  /** The list with items at its end. O(items) on the newest length of a buffer, a copy on an older one. */
  append(items: readonly unknown[]): AppendLog {
    const buffer = this.#buffer.length === this.length ? this.#buffer : this.#buffer.slice(0, this.length);
    for (const item of items) buffer.push(item);
    return new AppendLog(buffer);
  }

  at(index: number): unknown {
    return index < this.length ? this.#buffer[index] : undefined;
  }

  /** The items as a new, unfrozen list. */
  items(): unknown[] {
    // The buffer is never frozen: slice() of a frozen array is over 100 times slower in V8.
    return this.#buffer.slice(0, this.length);
  }

  /** The items as a frozen list, the same at every call. */
  read(): readonly unknown[] {
    return (this.#list ??= Object.freeze(this.items()));
  }

  /** The items that this log has after those of `base`; undefined when it does not go on from `base`. */
  since(base: AppendLog): readonly unknown[] | undefined {
    if (base.#buffer !== this.#buffer || base.length > this.length) return undefined;
    return this.#buffer.slice(base.length, this.length);
  }
}
