/** What a reader has asked to see, and in which words the rest is told. */
import type { Strings } from '../strings/index.ts';

export interface Shown {
  readonly strings: Strings;
  /** Whether more of this block may come. */
  readonly isGrowing?: boolean;
  /** Whether the reader has asked for the picture at this address. */
  has(href: string): boolean;
  add(href: string): void;
}
