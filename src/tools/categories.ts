/** Groups of tools: each with a version of its own, so that a change of one costs the readers of that one alone. */
import { AgentError } from '../core/index.ts';
import { CATEGORIES } from './presets.ts';

export interface LateOptions {
  /** Whether it may come although the registry is frozen. */
  readonly allowRuntime?: boolean;
}

export interface Categories {
  /** Makes a category; its tools may come later. Throws `category-exists`, `tools-frozen`. */
  register(name: string, tools: readonly string[], options?: LateOptions): void;
  /** Puts more tools into a category, also a built-in one. Throws `unknown-category`, `tools-frozen`. */
  extend(name: string, tools: readonly string[], options?: LateOptions): void;
  /** The tools of a category that are there and enabled: the same set until it changes. Throws `unknown-category`. */
  get(name: string): ReadonlySet<string>;
  /** Grows when the category changes; 0 for one that is not there. */
  version(name: string): number;
  /** All categories of a tool. */
  of(tool: string): readonly string[];
  names(): readonly string[];
}

/** A set that nobody can change, since all its readers share it. */
export function sealed(names: Iterable<string>): ReadonlySet<string> {
  return Object.freeze(Object.assign(new Set(names), { add: undefined, delete: undefined, clear: undefined }));
}

/** What the registry tells its categories, and what they ask of it. */
export interface Members {
  /** The category that a tool names itself; undefined for one that is not there or disabled. */
  readonly categoryOf: (tool: string) => string | undefined;
  /** Called before a change; throws where nothing may change. */
  readonly admit: (options: LateOptions) => void;
  /** Called after a change. */
  readonly changed: () => void;
}

interface Category {
  /** The tools that are listed for it, whether they are there or not. */
  readonly listed: Set<string>;
  /** The tools that name it themselves. */
  readonly own: Set<string>;
  version: number;
  found: ReadonlySet<string> | undefined;
}

/** The categories of a registry, and the way by which it tells them of its tools. */
export class CategoryIndex implements Categories {
  readonly #members: Members;
  readonly #all = new Map<string, Category>();
  /** Which categories list a tool: what has to be looked at anew when it comes or goes. */
  readonly #listing = new Map<string, Set<string>>();

  constructor(members: Members) {
    this.#members = members;
    for (const name of CATEGORIES) this.#ensure(name);
  }

  register(name: string, tools: readonly string[], options: LateOptions = {}): void {
    if (this.#all.has(name)) {
      throw new AgentError('category-exists', `There is already a category named "${name}".`, {
        fix: 'Put tools into it with extendCategory(), or choose another name.',
        details: { category: name },
      });
    }
    this.#list(name, tools, options);
  }

  extend(name: string, tools: readonly string[], options: LateOptions = {}): void {
    this.#known(name);
    this.#list(name, tools, options);
  }

  get(name: string): ReadonlySet<string> {
    const category = this.#known(name);
    return (category.found ??= sealed(
      [...category.own, ...category.listed].filter((tool) => this.#members.categoryOf(tool) !== undefined),
    ));
  }

  version(name: string): number {
    return this.#all.get(name)?.version ?? 0;
  }

  of(tool: string): readonly string[] {
    const own = this.#members.categoryOf(tool);
    return [...new Set([...(own === undefined ? [] : [own]), ...(this.#listing.get(tool) ?? [])])];
  }

  names(): readonly string[] {
    return [...this.#all.keys()];
  }

  /** Notes that a tool of a category has come, gone, or been enabled or disabled. */
  touch(tool: string, category: string): void {
    const { own } = this.#ensure(category);
    if (this.#members.categoryOf(tool) === category) own.add(tool);
    else own.delete(tool);
    for (const name of new Set([category, ...(this.#listing.get(tool) ?? [])])) this.#renew(name);
  }

  #list(name: string, tools: readonly string[], options: LateOptions): void {
    this.#members.admit(options);
    const { listed } = this.#ensure(name);
    for (const tool of tools) {
      listed.add(tool);
      const listing = this.#listing.get(tool) ?? new Set();
      this.#listing.set(tool, listing.add(name));
    }
    this.#renew(name);
    this.#members.changed();
  }

  #known(name: string): Category {
    const category = this.#all.get(name);
    if (category) return category;
    throw new AgentError('unknown-category', `There is no category named "${name}".`, {
      fix: `Use one of: ${this.names().join(', ')}; or make it with registerCategory().`,
      details: { category: name },
    });
  }

  #ensure(name: string): Category {
    const known = this.#all.get(name);
    if (known) return known;
    const category: Category = { listed: new Set(), own: new Set(), version: 1, found: undefined };
    this.#all.set(name, category);
    return category;
  }

  #renew(name: string): void {
    const category = this.#ensure(name);
    category.version++;
    category.found = undefined;
  }
}
