/** The custom states of an element, for `:state(…)` in a page's styles. */

/** Sets and clears them; does nothing in a browser that has none. */
export class States {
  readonly #states: Partial<Pick<Set<string>, 'add' | 'delete'>> | undefined;

  constructor(element: HTMLElement) {
    this.#states = element.attachInternals().states;
  }

  /** @param isOn whether the element is in this state */
  set(name: string, isOn: boolean): void {
    try {
      if (isOn) this.#states?.add?.(name);
      else this.#states?.delete?.(name);
    } catch {
      // An early form of states wanted names with dashes.
    }
  }
}
