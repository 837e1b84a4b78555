/** The fields of a map, taken one by one; what nobody has taken is unknown. */
import { nearest } from '../did-you-mean.ts';
import { suggest } from '../faults.ts';
import type { Faults } from '../faults.ts';
import { plainValue } from '../tree.ts';
import type { Entry, ListTree, MapTree, ScalarTree, Tree } from '../tree.ts';

/** Other names that people write for a field, by the field. */
export type Aliases = Readonly<Record<string, readonly string[]>>;

interface NumberOptions {
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

const kind = (tree: Tree): string => {
  if (tree.kind !== 'scalar') return tree.kind === 'list' ? 'a list' : 'a map';
  if (tree.value === null) return 'nothing';
  return { string: 'a text', number: 'a number', boolean: 'true or false' }[typeof tree.value as string] ?? 'this';
};

export class Fields {
  readonly tree: MapTree;
  readonly faults: Faults;
  /** What it is that has the fields, such as `a compute node`. */
  of: string;
  readonly #entries = new Map<string, Entry>();
  /** Every name that has been asked for: what there could have been. */
  readonly #known: string[] = [];
  readonly #taken = new Set<Entry>();

  constructor(tree: MapTree, faults: Faults, of: string) {
    this.tree = tree;
    this.faults = faults;
    this.of = of;
    for (const entry of tree.entries) this.#entries.set(entry.name, entry);
  }

  /** The value of a field, or of one of the names that are meant for it. */
  take(name: string, ...others: readonly string[]): Tree | undefined {
    this.#known.push(name);
    let found = this.#use(name);
    for (const other of others) {
      const entry = this.#use(other);
      if (!entry) continue;
      if (found)
        this.faults.error(
          entry.key,
          `\`${other}\` means \`${name}\`, which is there as well.`,
          `Leave out \`${other}\`.`,
        );
      else
        this.faults.trap(
          entry.key,
          `\`${other}\` is no field of ${this.of}; it is read as \`${name}\`.`,
          `Write \`${name}\`.`,
        );
      found ??= entry;
    }
    return found?.value;
  }

  /** A second name that is as good as the first. */
  either(name: string, other: string): Tree | undefined {
    this.#known.push(name, other);
    const [found, second] = [this.#use(name), this.#use(other)];
    if (found && second)
      this.faults.error(
        second.key,
        `\`${other}\` is another name for \`${name}\`, which is there as well.`,
        `Leave out \`${other}\`.`,
      );
    return (found ?? second)?.value;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** Where a field's name stands; the map's own place where there is none. */
  place(name: string): Tree {
    return this.#entries.get(name)?.key ?? this.tree;
  }

  text(name: string, ...others: readonly string[]): string | undefined {
    return this.textTree(name, ...others)?.value;
  }

  /** A text with its place. Numbers and the like count as what stands there. */
  textTree(name: string, ...others: readonly string[]): (ScalarTree & { readonly value: string }) | undefined {
    const tree = this.take(name, ...others);
    if (tree === undefined || isNothing(tree)) return undefined;
    if (tree.kind !== 'scalar') {
      this.#wrong(tree, name, 'a text');
      return undefined;
    }
    return { ...tree, value: String(tree.value) };
  }

  number(name: string, options: NumberOptions = {}, ...others: readonly string[]): number | undefined {
    return this.numberOf(name, this.take(name, ...others), options);
  }

  numberOf(
    name: string,
    tree: Tree | undefined,
    { least = 0, most = 1e9, whole = false }: NumberOptions = {},
  ): number | undefined {
    if (tree === undefined || isNothing(tree)) return undefined;
    const value = tree.kind === 'scalar' ? tree.value : undefined;
    if (typeof value !== 'number' || (whole ? !Number.isInteger(value) : Number.isNaN(value))) {
      this.#wrong(tree, name, whole ? 'a whole number' : 'a number');
      return undefined;
    }
    if (value >= least && value <= most) return value;
    this.faults.error(tree, `\`${name}\` has to be from ${least} to ${most}.`);
    return undefined;
  }

  /** Seconds as milliseconds; 0 is none. */
  seconds(name: string, ...others: readonly string[]): number | undefined {
    return this.secondsOf(name, this.take(name, ...others));
  }

  secondsOf(name: string, tree: Tree | undefined): number | undefined {
    const seconds = this.numberOf(name, tree, { most: 1e7 });
    return seconds === undefined ? undefined : Math.round(seconds * 1000);
  }

  boolean(name: string): boolean | undefined {
    const tree = this.take(name);
    if (tree === undefined || isNothing(tree)) return undefined;
    if (tree.kind === 'scalar' && typeof tree.value === 'boolean') return tree.value;
    this.#wrong(tree, name, '`true` or `false`');
    return undefined;
  }

  /** One of some words. */
  choice<T extends string>(name: string, words: readonly T[]): T | undefined {
    const tree = this.textTree(name);
    if (!tree) return undefined;
    const found = words.find((word) => word === tree.value);
    if (found === undefined) this.faults.error(tree, `\`${name}\` cannot be this.`, suggest(tree.value, words));
    return found;
  }

  /** A list of texts; one text counts as a list of it. */
  texts(name: string, ...others: readonly string[]): readonly ScalarText[] | undefined {
    const tree = this.take(name, ...others);
    return tree === undefined || isNothing(tree) ? undefined : this.textsOf(name, tree);
  }

  textsOf(name: string, tree: Tree): readonly ScalarText[] {
    const items = tree.kind === 'list' ? tree.items : [tree];
    return items.flatMap((item) => {
      if (item.kind === 'scalar' && item.value !== null) return [{ ...item, value: String(item.value) }];
      this.#wrong(item, name, 'a list of texts');
      return [];
    });
  }

  map(name: string, ...others: readonly string[]): MapTree | undefined {
    const tree = this.take(name, ...others);
    if (tree === undefined || isNothing(tree)) return undefined;
    if (tree.kind === 'map') return tree;
    this.#wrong(tree, name, 'a map');
    return undefined;
  }

  list(name: string, ...others: readonly string[]): ListTree | undefined {
    const tree = this.take(name, ...others);
    if (tree === undefined || isNothing(tree)) return undefined;
    if (tree.kind === 'list') return tree;
    this.#wrong(tree, name, 'a list');
    return undefined;
  }

  plain(name: string): unknown {
    const tree = this.take(name);
    return tree && plainValue(tree);
  }

  /** Accepts fields that a page cannot serve, and says so. */
  unserved(why: string, ...names: readonly string[]): void {
    for (const name of names) {
      this.#known.push(name);
      const entry = this.#use(name);
      if (entry) this.faults.note(entry.key, `\`${name}\` has no effect: ${why}.`);
    }
  }

  missing(name: string, example: string): void {
    this.faults.error(this.tree, `${capital(this.of)} needs \`${name}\`.`, `Write \`${example}\`.`);
  }

  /** Reports what nobody has taken. */
  rest(): void {
    for (const entry of this.tree.entries) {
      if (this.#taken.has(entry)) continue;
      const { name, key } = entry;
      this.faults.trap(
        key,
        `\`${name}\` is no field of ${this.of}${this.faults.strict ? '' : ', and is left out'}.`,
        meant(name, this.#known),
      );
    }
  }

  #use(name: string): Entry | undefined {
    const entry = this.#entries.get(name);
    if (entry) this.#taken.add(entry);
    return entry;
  }

  #wrong(tree: Tree, name: string, wanted: string): void {
    this.faults.error(tree, `\`${name}\` has to be ${wanted}, not ${kind(tree)}.`);
  }
}

/** The field that was probably meant; all that there are would be too many to read. */
function meant(name: string, known: Iterable<string>): string | undefined {
  const near = nearest(name, known);
  return near === undefined ? undefined : `Did you mean \`${near}\`?`;
}

export type ScalarText = ScalarTree & { readonly value: string };

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A field without a value is as good as none. */
export const isNothing = (tree: Tree): boolean => tree.kind === 'scalar' && tree.value === null;
