/** Registers elements under their names. A name that is taken stays with who has it. */
export function register(elements: Readonly<Record<string, CustomElementConstructor>>): void {
  for (const [name, element] of Object.entries(elements)) {
    // Two copies of the SDK may meet on one page, and the second `define` of a name throws.
    if (customElements.get(name) === undefined) customElements.define(name, element);
  }
}
