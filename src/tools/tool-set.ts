/** What an agent may use: a recipe, worked out anew only when something that it names has changed. */
import { AgentError, isRecord } from '../core/index.ts';
import type { ToolSetPreset, ToolSetRecipe } from '../core/index.ts';
import { sealed } from './categories.ts';
import { PRESETS } from './presets.ts';
import type { ToolRegistry } from './registry.ts';

export interface ToolSet {
  has(name: string): boolean;
  /** The names of its tools that are there and enabled: the same set until it changes. */
  names(): ReadonlySet<string>;
}

const isNames = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every((name) => typeof name === 'string'));

function recipeOf(given: ToolSetRecipe | ToolSetPreset): ToolSetRecipe {
  const recipe: unknown = typeof given === 'string' ? Object.hasOwn(PRESETS, given) && PRESETS[given] : given;
  if (isRecord(recipe)) {
    const { tools, categories, sources, exclude = {}, ...rest } = recipe;
    const lists = [tools, categories, sources];
    const isPlain = isRecord(exclude) && [...lists, exclude['tools'], exclude['categories']].every(isNames);
    if (isPlain && Object.keys(rest).length === 0) return recipe;
  }
  throw new AgentError('invalid-option', 'This is no recipe of a tool set.', {
    fix: `Use one of ${Object.keys(PRESETS).join(', ')}, or { tools, categories, sources, exclude: { tools, categories } }.`,
  });
}

class RecipeSet implements ToolSet {
  readonly #recipe: ToolSetRecipe;
  readonly #registry: ToolRegistry;
  #names: ReadonlySet<string> = new Set();
  #version = -1;
  #stamp = '';

  constructor(registry: ToolRegistry, recipe: ToolSetRecipe) {
    this.#registry = registry;
    this.#recipe = recipe;
  }

  has(name: string): boolean {
    return this.names().has(name);
  }

  names(): ReadonlySet<string> {
    const { version } = this.#registry;
    if (version === this.#version) return this.#names;
    this.#version = version;
    const stamp = this.#newStamp();
    if (stamp !== this.#stamp) this.#names = this.#resolve();
    this.#stamp = stamp;
    return this.#names;
  }

  /** What it depends on: whole sources and single tools on everything, categories on themselves alone. */
  #newStamp(): string {
    const { tools = [], categories = [], sources = [], exclude = {} } = this.#recipe;
    if (tools.length + sources.length + (exclude.tools ?? []).length > 0) return `v${this.#registry.version}`;
    const all = [...categories, ...(exclude.categories ?? [])];
    return `c${all.map((name) => this.#registry.categories.version(name)).join()}`;
  }

  #resolve(): ReadonlySet<string> {
    const { tools = [], categories = [], sources = [], exclude = {} } = this.#recipe;
    const registry = this.#registry;
    // A category that is not there may come later.
    const membersOf = (name: string): Iterable<string> =>
      registry.categories.version(name) > 0 ? registry.categories.get(name) : [];
    const names = new Set(categories.flatMap((name) => [...membersOf(name)]));
    if (tools.length + sources.length > 0) {
      for (const { tool, source } of registry.list()) {
        if (sources.includes(source) || tools.includes(tool.name)) names.add(tool.name);
      }
    }
    for (const name of exclude.categories ?? []) for (const tool of membersOf(name)) names.delete(tool);
    // Also by an alias, for that is how a model may call it.
    for (const name of exclude.tools ?? []) names.delete(registry.find(name)?.tool.name ?? name);
    return sealed(names);
  }
}

/**
 * Makes a tool set of a recipe. Tools, categories and members that come later are in it too.
 *
 * @throws AgentError `invalid-option` when it is no recipe.
 */
export function createToolSet(registry: ToolRegistry, recipe: ToolSetRecipe | ToolSetPreset): ToolSet {
  return new RecipeSet(registry, recipeOf(recipe));
}
