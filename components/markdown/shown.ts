/** The pictures that a reader has asked for. */

export interface Shown {
  has(href: string): boolean;
  add(href: string): void;
  /** Another one after each addition, so that who shows pictures knows when to look again. */
  readonly version: number;
}

/** Makes an empty set of them. @param changed called after each addition. */
export function shownPictures(changed: () => void): Shown {
  const all = new Set<string>();
  return {
    has: (href) => all.has(href),
    add(href) {
      all.add(href);
      changed();
    },
    get version() {
      return all.size;
    },
  };
}
