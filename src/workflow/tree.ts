/** A parsed text as values that know where they stand. What reads a document works on these, whatever has parsed it. */
import type { Place } from './document.ts';
import type { Hash } from './hash.ts';

/** A text that documents are read from. */
export interface Source {
  /** As it is named in faults, such as `flows/answer.yaml`. */
  readonly file: string;
  readonly text: string;
  /** The place of an offset, by lines and columns from 1. */
  place(offset: number): Place;
}

interface TreeBase {
  readonly source: Source;
  /** Offsets in the text of the source. */
  readonly start: number;
  readonly end: number;
}

export interface ScalarTree extends TreeBase {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** Whether it stands there without quotes, so that its form says what it is. */
  readonly plain: boolean;
}

export interface ListTree extends TreeBase {
  readonly kind: 'list';
  readonly items: readonly Tree[];
}

export interface Entry {
  readonly name: string;
  readonly key: ScalarTree;
  readonly value: Tree;
}

export interface MapTree extends TreeBase {
  readonly kind: 'map';
  /** Each name once. */
  readonly entries: readonly Entry[];
}

export type Tree = ScalarTree | ListTree | MapTree;

/** What a parser gives: the value, unless the text is none, and what is wrong with the text. */
export interface Parsed {
  readonly tree: Tree | undefined;
  readonly faults: readonly { readonly start: number; readonly end: number; readonly message: string }[];
}

/** Parses a text. It never throws; what is wrong is in `faults`. */
export type Parse = (source: Source) => Parsed;

/** A text as a source. */
export function createSource(file: string, text: string): Source {
  let lines: number[] | undefined;
  return {
    file,
    text,
    place(offset) {
      if (!lines) {
        lines = [0];
        for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
      }
      let low = 0;
      for (let high = lines.length - 1; low < high;) {
        const middle = (low + high + 1) >> 1;
        if ((lines[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { file, line: low + 1, column: offset - (lines[low] ?? 0) + 1 };
    },
  };
}

/** Adds what a tree says to a hash: the same for trees that say the same, however they are laid out. */
export function hashTree(tree: Tree, hash: Hash): void {
  switch (tree.kind) {
    case 'scalar': {
      const { value } = tree;
      if (typeof value === 'string') hash.add(value, 1);
      else hash.add(Object.is(value, -0) ? '-0' : String(value), 2);
      break;
    }
    case 'list':
      hash.add('', 3 + 2 * tree.items.length);
      for (const item of tree.items) hashTree(item, hash);
      break;
    case 'map':
      hash.add('', 4 + 2 * tree.entries.length);
      for (const { name, value } of tree.entries) {
        hash.add(name);
        hashTree(value, hash);
      }
  }
}

/** The value of a tree as plain data. Names were checked when it was parsed. */
export function plainValue(tree: Tree): unknown {
  switch (tree.kind) {
    case 'scalar':
      return tree.value;
    case 'list':
      return tree.items.map(plainValue);
    case 'map':
      return Object.fromEntries(tree.entries.map(({ name, value }) => [name, plainValue(value)]));
  }
}
