/** The tools that a host knows, by name and alias: which are in use, where they come from, and when that changed. */
import { AgentError, asTool, TOOL_SOURCES } from '../core/index.ts';
import type { Tool, ToolInfo, ToolSource } from '../core/index.ts';
import { CategoryIndex } from './categories.ts';
import type { Categories, LateOptions } from './categories.ts';
import { Forms } from './forms.ts';
import type { ToolForms } from './forms.ts';
import { READ_OUTPUT } from './output.ts';
import { createSearchIndex } from './search.ts';
import type { Hit, SearchIndex } from './search.ts';
import { compileInput } from './validate.ts';
import type { InputReader } from './validate.ts';

/** A registered tool with what is made of it once. */
export interface RegisteredTool {
  readonly tool: Tool;
  readonly source: ToolSource;
  /** Gives the input to run with, or throws `invalid-tool-input`. */
  readonly read: InputReader;
  readonly forms: ToolForms;
}

export interface AddOptions extends LateOptions {
  /** Default: `site`. */
  readonly source?: ToolSource;
}

export interface ToolRegistry {
  /** Grows by one with every change, and by one with a whole batch. */
  readonly version: number;
  readonly categories: Categories;
  /**
   * Adds a tool; the returned function withdraws it.
   *
   * @throws AgentError `tool-exists`, `invalid-tool` for a schema that cannot be read, `tools-frozen`.
   */
  add(tool: Tool, options?: AddOptions): () => void;
  /** The tool of a name or an alias. Throws `unknown-tool`, `tool-disabled`. */
  get(name: string): RegisteredTool;
  /** The same, also when it is disabled; undefined when it is not there. */
  find(name: string): RegisteredTool | undefined;
  /** The enabled tools in the order in which they came: the same list until something changes. */
  list(): readonly RegisteredTool[];
  /** All tools, also those that are disabled or give way to another. */
  info(isGranted: (name: string) => boolean): readonly ToolInfo[];
  /** The enabled tools that fit a text best; see {@link SearchIndex}. */
  search(query: string, limit: number, accept?: (name: string) => boolean): readonly Hit[];
  /** Takes a tool into use or out of it, by name or alias. Throws `unknown-tool`. */
  enable(name: string, enabled: boolean): void;
  /** Does several changes as one. */
  batch<T>(work: () => T): T;
  /** From now on only what says `allowRuntime` may come. */
  freeze(): void;
}

/** A tool that was added, whether its name leads to it or not. */
interface Offer extends RegisteredTool {
  readonly order: number;
}

/** Names that an error lists. */
const LISTED = 20;

const rank = ({ source }: Offer): number => TOOL_SOURCES.indexOf(source);
const byRank = (a: Offer, b: Offer): number => rank(a) - rank(b) || a.order - b.order;

/** What the sources of others give may hold words of strangers, whatever the tool says of itself. */
function asOffered(tool: Tool, source: ToolSource): Tool {
  const isForeign = source === 'mcp' || source === 'webmcp';
  return isForeign && !tool.untrusted ? asTool({ ...tool, untrusted: true }) : tool;
}

class Registry implements ToolRegistry {
  version = 0;
  readonly categories: CategoryIndex;
  readonly #warn: (message: string) => void;
  /** The offers of each name and of each alias, the one that is used first. */
  readonly #names = new Map<string, Offer[]>();
  readonly #aliases = new Map<string, Offer[]>();
  /** Where a name or alias leads just now. */
  readonly #leads = new Map<string, Offer>();
  readonly #disabled = new Set<string>();
  #order = 0;
  #listed: readonly Offer[] | undefined;
  /** Made with the first search. */
  #index: SearchIndex | undefined;
  #depth = 0;
  #isDirty = false;
  #isFrozen = false;
  #late = { tools: 0, categories: 0 };
  #hasWarned = false;

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
    this.categories = new CategoryIndex({
      categoryOf: (name) => (this.#disabled.has(name) ? undefined : this.#names.get(name)?.[0]?.tool.category),
      admit: (options) => {
        this.#admit(options, 'categories');
      },
      changed: () => {
        this.#changed();
      },
    });
  }

  add(given: Tool, { source = 'site', ...late }: AddOptions = {}): () => void {
    const tool = asOffered(given, source);
    const { name } = tool;
    const others = this.#names.get(name) ?? [];
    if (others.some((other) => other.source === source)) {
      throw new AgentError('tool-exists', `There is already a tool named "${name}".`, {
        fix: 'Choose another name, or withdraw the first one with the function that tool() returned.',
        details: { tool: name, source },
      });
    }
    if (name === READ_OUTPUT || tool.aliases.includes(READ_OUTPUT)) {
      throw new AgentError('invalid-tool', `"${READ_OUTPUT}" is the name by which models read on in large outputs.`, {
        fix: 'Choose another name.',
        details: { tool: name },
      });
    }
    const read = compileInput(tool);
    this.#admit(late, 'tools');
    const offer: Offer = { tool, source, read, forms: new Forms(tool), order: this.#order++ };
    this.#change(name, () => {
      this.#names.set(name, [...others, offer].sort(byRank));
      for (const alias of tool.aliases) {
        this.#aliases.set(alias, [...(this.#aliases.get(alias) ?? []), offer].sort(byRank));
      }
    });
    return () => {
      if (!this.#names.get(name)?.includes(offer)) return;
      this.#change(name, () => {
        leave(this.#names, name, offer);
        for (const alias of tool.aliases) leave(this.#aliases, alias, offer);
      });
    };
  }

  get(name: string): RegisteredTool {
    const found = this.#leads.get(name);
    if (found && !this.#disabled.has(found.tool.name)) return found;
    if (found) {
      throw new AgentError('tool-disabled', `"${found.tool.name}" is not in use just now.`, {
        fix: 'Use another tool, or enable it with agent.tools.enable().',
        details: { tool: found.tool.name },
      });
    }
    const names = this.list().map(({ tool }) => tool.name);
    const near = this.search(name, LISTED).map((hit) => hit.name);
    const some = near.length > 0 ? near : names.slice(0, LISTED);
    const more = names.length > some.length ? `, among ${names.length}` : '';
    throw new AgentError('unknown-tool', `There is no tool named "${name}".`, {
      fix: names.length > 0 ? `Use one of: ${some.join(', ')}${more}.` : 'Offer it first with agent.tool().',
      details: { tool: name, names: some },
    });
  }

  find(name: string): RegisteredTool | undefined {
    return this.#leads.get(name);
  }

  list(): readonly Offer[] {
    if (this.#listed) return this.#listed;
    const used = [...this.#names.values()].flatMap(([offer]) =>
      offer && !this.#disabled.has(offer.tool.name) ? [offer] : [],
    );
    return (this.#listed = Object.freeze(used.sort((a, b) => a.order - b.order)));
  }

  info(isGranted: (name: string) => boolean): readonly ToolInfo[] {
    const all = [...this.#names.values()].flat().sort((a, b) => a.order - b.order);
    return all.map((offer) => {
      const { tool, source } = offer;
      const { name, aliases, description, effect, danger } = tool;
      const enabled = !this.#disabled.has(name);
      const clash = this.#clash(offer);
      return {
        ...{ name, aliases, description, effect, danger, source, enabled },
        categories: [...new Set([tool.category, ...this.categories.of(name)])],
        granted: enabled && this.#leads.get(name) === offer && isGranted(name),
        ...(clash === undefined ? {} : { clash }),
      };
    });
  }

  search(query: string, limit: number, accept?: (name: string) => boolean): readonly Hit[] {
    if (!this.#index) {
      this.#index = createSearchIndex();
      for (const offer of this.list()) this.#index.add(offer.tool, offer.order);
    }
    return this.#index.search(query, limit, accept);
  }

  enable(name: string, enabled: boolean): void {
    const own = this.#leads.get(name)?.tool.name;
    // The same sentence as for a call.
    if (own === undefined) this.get(name);
    else if (this.#disabled.has(own) === enabled) {
      this.#change(own, () => {
        if (enabled) this.#disabled.delete(own);
        else this.#disabled.add(own);
      });
    }
  }

  batch<T>(work: () => T): T {
    this.#depth++;
    try {
      return work();
    } finally {
      this.#depth--;
      if (this.#depth === 0 && this.#isDirty) {
        this.#isDirty = false;
        this.version++;
      }
    }
  }

  freeze(): void {
    this.#isFrozen = true;
  }

  /** Changes what stands behind a name, and tells everything that is kept about it. */
  #change(name: string, change: () => void): void {
    const before = this.#names.get(name)?.[0];
    const wasDisabled = this.#disabled.has(name);
    change();
    const after = this.#names.get(name)?.[0];
    const isDisabled = this.#disabled.has(name);
    this.#changed();
    // A tool that gives way to another changes nothing for the readers of what is in use.
    if (before === after && wasDisabled === isDisabled) return;
    // Of tools that give way to another, only the winner's aliases lead anywhere.
    const keys = new Set([name, ...(before?.tool.aliases ?? []), ...(after?.tool.aliases ?? [])]);
    for (const alias of keys) this.#lead(alias);
    for (const category of new Set([before?.tool.category, after?.tool.category])) {
      if (category !== undefined) this.categories.touch(name, category);
    }
    if (after && !isDisabled) this.#index?.add(after.tool, after.order);
    else this.#index?.remove(name);
  }

  #lead(name: string): void {
    const offer =
      this.#names.get(name)?.[0] ??
      this.#aliases.get(name)?.find((other) => this.#names.get(other.tool.name)?.[0] === other);
    if (offer) this.#leads.set(name, offer);
    else this.#leads.delete(name);
  }

  #changed(): void {
    this.#listed = undefined;
    if (this.#depth > 0) this.#isDirty = true;
    else this.version++;
  }

  /** Why a tool, or one of its aliases, leads elsewhere. */
  #clash(offer: Offer): string | undefined {
    const { tool, source } = offer;
    const { name, aliases } = tool;
    const winner = this.#leads.get(name);
    if (winner && winner !== offer) {
      return `The tool of this name from ${winner.source} is used, because ${winner.source} comes before ${source}.`;
    }
    const taken = aliases.flatMap((alias) => {
      const owner = this.#leads.get(alias);
      if (!owner || owner === offer) return [];
      const isOlder = owner.source === source ? 'came first' : `is from ${owner.source}`;
      return `"${alias}" leads to "${owner.tool.name}", which ${owner.tool.name === alias ? 'is named so' : isOlder}`;
    });
    return taken.length > 0 ? `Of its aliases, ${taken.join(', and ')}.` : undefined;
  }

  #admit({ allowRuntime = false }: LateOptions, kind: 'tools' | 'categories'): void {
    if (!this.#isFrozen) return;
    if (!allowRuntime) {
      throw new AgentError('tools-frozen', 'The tools are frozen; nothing can be added to them.', {
        fix: 'Add it before freeze(), or pass { allowRuntime: true }.',
      });
    }
    this.#late[kind]++;
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    // What comes at once is counted together.
    queueMicrotask(() => {
      const { tools, categories } = this.#late;
      this.#warn(`After freeze() there came ${tools} more tool(s) and ${categories} change(s) of categories.`);
    });
  }
}

function leave(offers: Map<string, Offer[]>, key: string, offer: Offer): void {
  const left = (offers.get(key) ?? []).filter((other) => other !== offer);
  if (left.length > 0) offers.set(key, left);
  else offers.delete(key);
}

/**
 * Makes an empty registry.
 *
 * @param warn gets one sentence, once, when something came after `freeze()`.
 */
export function createToolRegistry(warn: (message: string) => void = () => undefined): ToolRegistry {
  return new Registry(warn);
}
