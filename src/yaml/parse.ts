/** YAML 1.2 as a tree that knows its places. The only file that knows the YAML library. */
import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { Entry, Parsed, Source, Tree } from '../workflow/index.ts';

/** Values that a text may come to, with all its aliases followed. */
const MOST_VALUES = 20_000;
const DEEPEST = 40;
/** Names of one map that are compared one by one. */
const FEW = 16;
/** Names that every object has in some way, so that no document can mean them. */
const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
/** What the tags of YAML's own schema make. */
const OWN_TAG = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

type Found = Parsed['faults'][number];

/** What is thrown away on the way to a fault. */
class TooMuch extends Error {}

class Walk {
  readonly faults: Found[] = [];
  readonly #source: Source;
  /** What each anchor stands for so far; asking the library would look through all of the text each time. */
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  #count = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  tree(node: unknown, at: number, depth: number): Tree {
    if (isAlias(node)) return this.#alias(this.#anchors.get(node.source), node, depth);
    if (isNode(node) && 'anchor' in node && node.anchor) this.#anchors.set(node.anchor, node);
    const [start, end] = rangeOf(node, at);
    if (++this.#count > MOST_VALUES) {
      this.faults.push({ start, end, message: `The text comes to more than ${MOST_VALUES} values.` });
      throw new TooMuch();
    }
    if (depth > DEEPEST) {
      this.faults.push({ start, end, message: `This lies deeper than ${DEEPEST} levels.` });
      throw new TooMuch();
    }
    const source = this.#source;
    // Written out where objects are made, for a text has thousands of them and copying a part takes ten times as long.
    if (isMap(node)) {
      this.#checkTag(node.tag, start, end);
      return { source, start, end, kind: 'map', entries: this.#entries(node.items, start, depth) };
    }
    if (isSeq(node)) {
      this.#checkTag(node.tag, start, end);
      const items: Tree[] = [];
      for (const item of node.items) items.push(this.tree(item, start, depth + 1));
      return { source, start, end, kind: 'list', items };
    }
    if (!isScalar(node)) return { source, start, end, kind: 'scalar', value: null, plain: true };
    this.#checkTag(node.tag, start, end);
    const { value } = node;
    const isKnown =
      value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return { source, start, end, kind: 'scalar', value: isKnown ? value : null, plain: node.type === 'PLAIN' };
  }

  #alias(target: Node | undefined, alias: Node, depth: number): Tree {
    const [start, end] = rangeOf(alias, 0);
    // What is not there has been told by the library.
    if (!target) return { source: this.#source, start, end, kind: 'scalar', value: null, plain: false };
    if (this.#open.has(target)) {
      this.faults.push({ start, end, message: 'This alias stands within what it stands for.' });
      throw new TooMuch();
    }
    this.#open.add(target);
    const tree = this.tree(target, start, depth + 1);
    this.#open.delete(target);
    return tree;
  }

  #entries(items: readonly unknown[], start: number, depth: number): readonly Entry[] {
    const entries: Entry[] = [];
    // A map of few names is read quickest as it stands.
    const known = items.length > FEW ? new Map<string, Entry>() : undefined;
    for (const item of items) {
      // What the library puts into a map are pairs.
      const pair = item as { readonly key: unknown; readonly value: unknown };
      const key = this.tree(pair.key, start, depth + 1);
      const value = this.tree(pair.value, key.end, depth + 1);
      if (key.kind !== 'scalar') {
        this.faults.push({ start: key.start, end: key.end, message: 'A name is a text, and no list or map.' });
        continue;
      }
      const name = key.value === null ? '' : String(key.value);
      const before = known ? known.get(name) : entries.find((entry) => entry.name === name);
      if (RESERVED.has(name))
        this.faults.push({ start: key.start, end: key.end, message: `\`${name}\` cannot be used as a name.` });
      else if (before) {
        const { line } = this.#source.place(before.key.start);
        this.faults.push({ start: key.start, end: key.end, message: `\`${name}\` is there already, in line ${line}.` });
      } else {
        const entry = { name, key, value };
        entries.push(entry);
        known?.set(name, entry);
      }
    }
    return entries;
  }

  #checkTag(tag: string | undefined, start: number, end: number): void {
    if (tag === undefined || OWN_TAG.test(tag)) return;
    this.faults.push({ start, end, message: `The tag ${tag} means nothing here.` });
  }
}

function rangeOf(node: unknown, at: number): readonly [start: number, end: number] {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  // The library's own form of a range: start, end of the value, end of the node.
  const [start, end] = Array.isArray(range) ? (range as readonly number[]) : [at, at];
  return [start ?? at, end ?? at];
}

/** Adding up the faults of one place: the library tells some of them twice. */
function parseFaults({ errors, warnings }: Document): Found[] {
  return [...errors, ...warnings].map(({ message, pos: [start, end] }) => ({ start, end, message: sentence(message) }));
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Parses YAML 1.2. It never throws; what is wrong is in `faults`. */
export function parseYaml(source: Source): Parsed {
  try {
    const document = parseDocument(source.text, {
      prettyErrors: false,
      uniqueKeys: false,
      strict: true,
      logLevel: 'silent',
    });
    const faults = parseFaults(document);
    if (document.errors.length > 0) return { tree: undefined, faults };
    const walk = new Walk(source);
    try {
      const tree = walk.tree(document.contents, 0, 0);
      return { tree, faults: [...faults, ...walk.faults] };
    } catch (error) {
      if (error instanceof TooMuch) return { tree: undefined, faults: [...faults, ...walk.faults] };
      throw error;
    }
  } catch (error) {
    // The library calls itself for each level, so a text can be too deep for it.
    const message =
      error instanceof RangeError ? 'The text is nested too deeply.' : `The text cannot be parsed: ${String(error)}.`;
    return { tree: undefined, faults: [{ start: 0, end: 0, message }] };
  }
}
