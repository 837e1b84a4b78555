/** The pictures that a reader has asked for. */
export interface Shown {
  has(href: string): boolean;
  add(href: string): void;
}
