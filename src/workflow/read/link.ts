/** Who leads to whom: names become nodes, what says nothing goes on with the next in the list, and branches are told apart. */
import type { NodeSpec } from '../document.ts';
import { suggest } from '../faults.ts';
import type { Faults } from '../faults.ts';
import type { Tree } from '../tree.ts';
import type { ScalarText } from './fields.ts';
import type { ReadNode } from './node.ts';

/** Words for the end of a workflow, where no node is named so. */
const ENDS: ReadonlySet<string> = new Set(['end', 'END', '__end__']);

interface Link {
  readonly node: ReadNode;
  /** Undefined: nothing is said. */
  next: string[] | undefined;
  /** Where it may lead beside `next`: branches, and the node for its failures. */
  readonly more: readonly string[];
  readonly branches: ReadonlyMap<string, string | undefined>;
}

class Linker {
  readonly #faults: Faults;
  readonly #links: ReadonlyMap<string, Link>;
  /** By the first node of each branch of a parallel node: all nodes of that branch. */
  readonly #members = new Map<string, ReadonlySet<string>>();

  /** Nodes that are there but cannot be read. */
  readonly #unread: ReadonlySet<string>;

  constructor(nodes: ReadonlyMap<string, ReadNode>, unread: ReadonlySet<string>, faults: Faults) {
    this.#faults = faults;
    this.#unread = unread;
    const links = new Map<string, Link>();
    this.#links = links;
    const target = (tree: ScalarText): string | undefined => {
      if (nodes.has(tree.value)) return tree.value;
      if (!ENDS.has(tree.value) && !unread.has(tree.value))
        faults.error(tree, `There is no node \`${tree.value}\`.`, suggest(tree.value, nodes.keys()));
      return undefined;
    };
    for (const [id, node] of nodes) {
      const { spec } = node;
      const next = spec.next && [...new Set(spec.next.flatMap((tree) => target(tree) ?? []))];
      const branches = new Map([...node.branches].map(([name, tree]) => [name, target(tree)]));
      const handler = node.handler && target(node.handler);
      if (handler === id && node.handler) faults.error(node.handler, 'A node cannot handle its own failure.');
      const more = [...branches.values(), handler].filter((to) => to !== undefined);
      links.set(id, { node, next: spec.type === 'condition' ? [] : next, more, branches });
    }
  }

  link(start: ScalarText | undefined, place: Tree): { readonly start: string; readonly nodes: readonly NodeSpec[] } {
    this.#findBranches();
    this.#chain();
    const [first = ''] = this.#links.keys();
    const begin = start?.value ?? first;
    if (this.#unread.size > 0) return { start: begin, nodes: [] };
    if (start && !this.#links.has(begin)) {
      this.#faults.error(start, `There is no node \`${begin}\`.`, suggest(begin, this.#links.keys()));
    } else if (this.#isMember(begin)) {
      this.#faults.error(
        start ?? place,
        'A workflow cannot begin within a branch of a parallel node.',
        'Set `start_node`.',
      );
    } else this.#checkReach(begin);
    return { start: begin, nodes: [...this.#links.values()].map((link) => specOf(link)) };
  }

  #isMember(id: string): boolean {
    return [...this.#members.values()].some((members) => members.has(id));
  }

  /** All that a node leads to by what it says, without leaving through `except`. */
  #reach(from: string, except: ReadonlySet<string>): Set<string> {
    const reached = new Set([from]);
    for (const id of reached) {
      const link = this.#links.get(id);
      for (const to of [...(link?.next ?? []), ...(link?.more ?? [])]) if (!except.has(to)) reached.add(to);
    }
    return reached;
  }

  #findBranches(): void {
    for (const [id, { node, next = [] }] of this.#links) {
      if (node.spec.type !== 'parallel') continue;
      // A branch that leads to where the parallel node leads ends there.
      const after = new Set([...next, id]);
      const owner = new Map<string, string>();
      for (const [branch, tree] of node.branches) {
        if (!this.#links.has(branch)) continue;
        if (branch === id) {
          this.#faults.error(tree, 'A parallel node cannot be a branch of its own.');
          continue;
        }
        const members = this.#reach(branch, after);
        for (const member of members) {
          const other = owner.get(member);
          if (other !== undefined) {
            this.#faults.error(
              tree,
              `\`${member}\` is in the branch \`${other}\` and in this one.`,
              `Where branches meet is after the parallel node: write \`next: [${member}]\` there.`,
            );
          }
          owner.set(member, branch);
        }
        this.#members.set(branch, members);
        for (const member of members) {
          const link = this.#links.get(member);
          if (link?.next) link.next = link.next.filter((to) => !after.has(to));
        }
      }
    }
    this.#checkEntries();
  }

  /** Nothing outside a branch may lead into it. */
  #checkEntries(): void {
    for (const [branch, members] of this.#members) {
      for (const [id, { node, next = [], more }] of this.#links) {
        if (members.has(id)) continue;
        const into = [...next, ...(node.spec.type === 'parallel' ? [] : more)].find((to) => members.has(to));
        if (into === undefined) continue;
        this.#faults.error(
          node.tree,
          `\`${id}\` leads to \`${into}\`, which is part of the branch \`${branch}\` of a parallel node.`,
          'Only its parallel node leads into a branch.',
        );
      }
    }
  }

  /** What says nothing goes on with the next node of the list that is in no branch; in a branch, it is the branch's end. */
  #chain(): void {
    const all = [...this.#links];
    const named = new Set(all.flatMap(([, { next = [], branches }]) => [...next, ...branches.values()]));
    all.forEach(([id, link], index) => {
      if (link.next) return;
      link.next = [];
      if (this.#isMember(id)) return;
      const following = all.slice(index + 1).find(([other]) => !this.#isMember(other));
      if (!following) return;
      const [to] = following;
      link.next = [to];
      const isHandler = all.some(
        ([, { node: other }]) => typeof other.spec.onError === 'object' && other.spec.onError.goto === to,
      );
      if (isHandler && !named.has(to)) {
        this.#faults.note(
          link.node.tree,
          `\`${id}\` goes on with \`${to}\`, which handles a failure, because it comes next.`,
          `Write \`next: []\` into \`${id}\` if it ends there.`,
        );
      }
    });
  }

  #checkReach(start: string): void {
    const reached = this.#reach(start, new Set());
    for (const [id, { node }] of this.#links) {
      if (!reached.has(id))
        this.#faults.error(
          node.tree,
          `Nothing leads to \`${id}\`.`,
          'Name it in `next` or in a branch, or take it out.',
        );
    }
  }
}

function specOf({ node, next = [], branches }: Link): NodeSpec {
  const { spec } = node;
  if (spec.type === 'condition') {
    const targets = [...branches].filter(([name]) => name !== 'default');
    const otherwise = branches.has('default') ? { otherwise: branches.get('default') ?? END_OF_FLOW } : {};
    return {
      ...spec,
      next: [],
      branches: Object.fromEntries(targets.map(([name, to]) => [name, to ?? END_OF_FLOW])),
      ...otherwise,
    };
  }
  return { ...spec, next };
}

/** A branch that leads to the end. No node can be named so. */
export const END_OF_FLOW = '';

/**
 * Links the nodes of a workflow.
 *
 * @param unread the ids of nodes that are faulty already, and so of no interest here.
 */
export function link(
  nodes: ReadonlyMap<string, ReadNode>,
  unread: ReadonlySet<string>,
  start: ScalarText | undefined,
  place: Tree,
  faults: Faults,
): { readonly start: string; readonly nodes: readonly NodeSpec[] } {
  return new Linker(nodes, unread, faults).link(start, place);
}
