/** Where the nodes of a flow come back to, and where ways that part meet again. */
import type { NodeSpec } from '../document.ts';
import { leadsOf } from './flow.ts';

/** The nodes that a loop leads back to. */
export function loopHeads(nodes: readonly NodeSpec[], start: string): ReadonlySet<string> {
  const leads = new Map(nodes.map((node) => [node.id, leadsOf(node)]));
  const heads = new Set<string>();
  const done = new Set<string>();
  const open = new Set<string>();
  // Kept by hand, for a chain may be longer than calls can be deep.
  const path: { readonly id: string; next: number }[] = [{ id: start, next: 0 }];
  open.add(start);
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const to = leads.get(top.id)?.[top.next++];
    if (to === undefined) {
      path.pop();
      open.delete(top.id);
      done.add(top.id);
    } else if (open.has(to)) heads.add(to);
    else if (!done.has(to)) {
      open.add(to);
      path.push({ id: to, next: 0 });
    }
  }
  return heads;
}

/** The nodes at which several ways from one node meet: they wait until nothing else is due. */
export function meetings(nodes: readonly NodeSpec[]): ReadonlySet<string> {
  const found = new Set<string>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const { id, next, type } of nodes) {
    if (next.length < 2 || type === 'condition') continue;
    const reached = new Map<string, number>();
    for (const way of next) {
      const seen = new Set([way]);
      for (const at of seen) {
        const node = byId.get(at);
        for (const to of node ? leadsOf(node) : []) if (to !== id) seen.add(to);
      }
      for (const at of seen) reached.set(at, (reached.get(at) ?? 0) + 1);
    }
    const into = new Map<string, number>();
    for (const at of reached.keys()) {
      const node = byId.get(at);
      for (const to of node ? leadsOf(node) : []) into.set(to, (into.get(to) ?? 0) + 1);
    }
    for (const way of next) into.set(way, (into.get(way) ?? 0) + 1);
    for (const [at, ways] of reached) if (ways > 1 && (into.get(at) ?? 0) > 1) found.add(at);
  }
  return found;
}
