/** Nodes of other files: `$ref: "./file.yaml#node"`, by the site's loader, and never out of its folder. */
import { errorText } from '../../core/index.ts';
import type { Faults } from '../faults.ts';
import { suggest } from '../faults.ts';
import type { Hash } from '../hash.ts';
import { createSource } from '../tree.ts';
import type { Entry, MapTree, Parse, ScalarTree, Tree } from '../tree.ts';
import { interpolate } from './interpolate.ts';
import type { Env } from './interpolate.ts';

/** Gives the text of a file, by its path from the folder that the first document is in. */
export type Load = (path: string) => string | Promise<string>;

const DEEPEST = 10;
const MOST_FILES = 50;

interface Refs {
  /** The document itself: its path, and what it says. */
  readonly root: { readonly path: string; readonly tree: Tree };
  readonly parse: Parse;
  readonly env: Env;
  readonly load: Load | undefined;
  readonly faults: Faults;
  /** Of the texts of all files. */
  readonly layout: Hash;
}

/** Where a reference leads. */
interface Target {
  readonly path: string;
  readonly node: string;
}

/**
 * The path of a file that another one names, from the folder of the first document: undefined where it would leave that
 * folder, or is no plain path at all.
 */
export function within(from: string, path: string): string | undefined {
  // Whatever a loader might understand by it: a URL, a root, a drive, an encoded step up.
  if (path === '' || /^[/\\]|[\\:%?\0]/.test(path)) return undefined;
  const steps = from.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** Every map that has nodes: of each workflow, or of the file itself. */
function nodesOf(root: Tree | undefined): readonly MapTree[] {
  if (root?.kind !== 'map') return [];
  const lists: Tree[] = [];
  const add = (holder: Tree): void => {
    if (holder.kind !== 'map') return;
    const nodes = holder.entries.find(({ name }) => name === 'nodes');
    if (nodes) lists.push(nodes.value);
  };
  add(root);
  for (const { name, value } of root.entries) {
    if (name === 'workflows' && value.kind === 'map') for (const entry of value.entries) add(entry.value);
    else add(value);
  }
  return lists.flatMap((list) => (list.kind === 'list' ? list.items : [])).filter((item) => item.kind === 'map');
}

const idOf = (node: MapTree): string | undefined => {
  const id = node.entries.find(({ name }) => name === 'id')?.value;
  return id?.kind === 'scalar' && id.value !== null ? String(id.value) : undefined;
};

/** A reader of references. One serves one document, so that each file is loaded once. */
export function createRefs({ root, parse, env, load, faults, layout }: Refs): {
  /** A node of the document as it is meant: itself, or what it refers to with its own fields put over it. */
  resolve(node: MapTree): Promise<MapTree | undefined>;
} {
  const files = new Map<string, Promise<Tree | undefined>>([[root.path, Promise.resolve(root.tree)]]);

  const open = (path: string, at: ScalarTree): Promise<Tree | undefined> => {
    const known = files.get(path);
    if (known) return known;
    const opened = (async () => {
      if (files.size >= MOST_FILES) {
        faults.error(at, `The document refers to more than ${MOST_FILES} files.`);
        return undefined;
      }
      let text: unknown;
      try {
        text = await load?.(path);
      } catch (error) {
        faults.error(at, `\`${path}\` cannot be loaded: ${errorText(error)}`);
        return undefined;
      }
      if (typeof text !== 'string') {
        faults.error(at, `\`${path}\` cannot be loaded: there is no such file.`);
        return undefined;
      }
      layout.add(text);
      const source = createSource(path, text);
      const { tree, faults: found } = parse(source);
      for (const { start, end, message } of found)
        faults.error({ kind: 'scalar', value: null, plain: true, source, start, end }, message);
      return tree && interpolate(tree, env, faults);
    })();
    files.set(path, opened);
    return opened;
  };

  const targetOf = (at: ScalarTree, from: string): Target | undefined => {
    const [file = '', node = '', ...more] = String(at.value).split('#');
    if (node === '' || more.length > 0) {
      faults.error(at, 'A reference names a file and a node in it.', 'Write `$ref: "./file.yaml#node"`.');
      return undefined;
    }
    const path = file === '' ? from : within(from, file);
    if (path === undefined) {
      faults.error(
        at,
        'A reference stays within the folder of the document.',
        'Write a path such as `./shared/file.yaml`, without `..` above it.',
      );
    }
    return path === undefined ? undefined : { path, node };
  };

  const follow = async (node: MapTree, path: string, open_: readonly string[]): Promise<MapTree | undefined> => {
    const ref = node.entries.find(({ name }) => name === '$ref');
    if (!ref) return node;
    if (ref.value.kind !== 'scalar') {
      faults.error(ref.value, 'A reference is a text.', 'Write `$ref: "./file.yaml#node"`.');
      return undefined;
    }
    const at = ref.value;
    const target = targetOf(at, path);
    if (!target) return undefined;
    if (!load && target.path !== root.path) {
      faults.error(at, 'Other files cannot be loaded here.', 'Give `load` to the reader.');
      return undefined;
    }
    const key = `${target.path}#${target.node}`;
    if (open_.includes(key)) {
      faults.error(at, `This reference leads back to itself: ${[...open_, key].join(' → ')}.`);
      return undefined;
    }
    if (open_.length >= DEEPEST) {
      faults.error(at, `References lead on more than ${DEEPEST} times.`);
      return undefined;
    }
    const nodes = nodesOf(await open(target.path, at));
    const found = nodes.find((other) => idOf(other) === target.node);
    if (!found) {
      const ids = nodes.flatMap((other) => idOf(other) ?? []);
      if (files.has(target.path) && nodes.length > 0) {
        faults.error(at, `\`${target.path}\` has no node \`${target.node}\`.`, suggest(target.node, ids));
      } else if (!faults.errors.some(({ file }) => file === target.path)) {
        faults.error(at, `\`${target.path}\` has no nodes.`);
      }
      return undefined;
    }
    const base = await follow(found, target.path, [...open_, key]);
    return base && merged(base, node);
  };

  return { resolve: (node) => follow(node, root.path, []) };
}

/** A node with the fields of another one put over its own. Where it stands is where it was referred to. */
function merged(base: MapTree, over: MapTree): MapTree {
  const own = over.entries.filter(({ name }) => name !== '$ref');
  const names = new Set(own.map(({ name }) => name));
  const entries: readonly Entry[] = [...base.entries.filter(({ name }) => !names.has(name)), ...own];
  return { ...over, entries };
}
