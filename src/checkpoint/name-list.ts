/** Lists of names, found again by their names. */

/** A list of names: what the list before it holds, and one name more. The first one is empty. */
export class NameList {
  /** Its number among the lists that were packed, or -1. */
  number = -1;
  #name: string | undefined;
  #next: NameList | undefined;
  #others: Map<string, NameList> | undefined;

  /** The list with one more name. Records that follow each other are often alike, so the last one asked for is near. */
  with(name: string): NameList {
    if (this.#next !== undefined && this.#name === name) return this.#next;
    const found = this.#others?.get(name) ?? this.#add(name);
    this.#name = name;
    this.#next = found;
    return found;
  }

  #add(name: string): NameList {
    const list = new NameList();
    // Most lists go on in one way only and need no map.
    if (this.#next !== undefined && this.#name !== undefined) this.#others ??= new Map([[this.#name, this.#next]]);
    this.#others?.set(name, list);
    return list;
  }
}
