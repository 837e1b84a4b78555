/** Which tools a model is told of, and how fully: once per message of a person. */
import type { RegisteredTool, ToolRegistry } from './registry.ts';
import type { ToolSet } from './tool-set.ts';

export interface Selected {
  readonly entry: RegisteredTool;
  readonly form: 'full' | 'compact' | 'stub';
}

const NONE: readonly string[] = [];

/** Messages whose selection is kept. */
const KEPT = 20;

/** All tools of the set, in full, where they fit; of many that do not, those that fit the message best. */
function selectTools(
  registry: ToolRegistry,
  set: ToolSet,
  query: string,
  budget: number,
  preferred: readonly string[],
): readonly Selected[] {
  const granted = registry.list().filter(({ tool }) => set.has(tool.name));
  let all = 0;
  for (const { forms } of granted) if ((all += budget === Infinity ? 0 : forms.full.tokens) > budget) break;
  if (all <= budget) return granted.map((entry) => ({ entry, form: 'full' }));
  const chosen = new Map<RegisteredTool, Selected>();
  let used = 0;
  for (const entry of granted) {
    if (!entry.tool.mandatory) continue;
    chosen.set(entry, { entry, form: 'full' });
    used += entry.forms.full.tokens;
  }
  /** Takes a tool in as fully as there is room for: in full up to half of the budget, so that many can follow. */
  const take = (entry: RegisteredTool): boolean => {
    const { full, compact, stub } = entry.forms;
    const form = (
      [
        ['full', full.tokens, budget / 2],
        ['compact', compact.tokens, budget],
        ['stub', stub.tokens, budget],
      ] as const
    ).find(([, tokens, limit]) => used + tokens <= limit);
    if (!form) return false;
    used += form[1];
    chosen.set(entry, { entry, form: form[0] });
    return true;
  };
  const ranked = registry
    .search(query, granted.length, (name) => set.has(name))
    .flatMap(({ name }) => registry.find(name) ?? []);
  const first = granted.filter(
    ({ tool: { name, category } }) => preferred.includes(name) || preferred.includes(category),
  );
  // The first that finds no room ends it: one that fits less should not be there in its place.
  for (const entry of [...first, ...ranked, ...granted]) if (!chosen.has(entry) && !take(entry)) break;
  return [...chosen.values()];
}

/**
 * Makes the function that selects. It gives the same list for the same message until the tools change.
 *
 * @param budget.tokens how many tokens the tools may take in all; those that are mandatory come in any case.
 * @param budget.preferred tools and categories that come before those that fit the message best.
 */
export function createSelector(
  registry: ToolRegistry,
): (
  set: ToolSet,
  query: string,
  budget: { readonly tokens: number; readonly preferred?: readonly string[] },
) => readonly Selected[] {
  const kept = new Map<string, { readonly set: ToolSet; readonly selected: readonly Selected[] }>();
  return (set, query, { tokens, preferred = NONE }) => {
    const key = `${registry.version} ${tokens} ${preferred.join()} ${query}`;
    const known = kept.get(key);
    if (known?.set === set) return known.selected;
    const selected = selectTools(registry, set, query, tokens, preferred);
    kept.set(key, { set, selected });
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return selected;
  };
}
