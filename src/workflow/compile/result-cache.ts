/** Results of functions that say of themselves that they are pure: kept by what they have really read. */
import { isRecord } from '../../core/index.ts';
import type { Data } from './channels.ts';
import type { ResultStore, StoredResult } from './result-store.ts';

interface Kept {
  readonly inputs: unknown;
  /** What was read of the data; undefined where all of it was. */
  readonly reads: ReadonlyMap<string, unknown> | undefined;
  readonly data: Data;
  readonly result: unknown;
  readonly until: number;
}

/** A call under way. */
interface Open {
  readonly inputs: unknown;
  readonly data: Data;
  readonly kept: Promise<Kept>;
}

/** Names a function with all that its node says. */
export interface PureNode {
  readonly workflow: string;
  /** Its version tag, its definition, and whatever else it depends on. */
  readonly key: string;
  readonly run: unknown;
}

export interface ResultCacheOptions {
  /** How many results are kept; of more, those that were not asked for the longest go. Default: 500. */
  readonly entries?: number;
  /** Milliseconds for which one is kept. Default: an hour. */
  readonly ttl?: number;
  /** Where results are kept beyond the life of a worker, and for other tabs. One serves one set of functions. */
  readonly store?: ResultStore | undefined;
  readonly now?: () => number;
}

/** Results of one function in one node. */
interface Slot {
  readonly name: string;
  readonly workflow: string;
  /** What its results are stored under; undefined where they are not. */
  readonly stored: string | undefined;
  readonly kept: Kept[];
  readonly open: Set<Open>;
}

const HOUR = 3_600_000;
/** Results of one node that are compared before it is run. */
const MOST_OF_ONE = 50;

/** Data that tell what is read of them. */
function watched(data: Data): { readonly data: Data; readonly reads: () => ReadonlyMap<string, unknown> | undefined } {
  const reads = new Map<string, unknown>();
  let isWhole = false;
  const note = (name: string | symbol): void => {
    if (typeof name === 'string') reads.set(name, Object.hasOwn(data, name) ? data[name] : undefined);
  };
  const proxy = new Proxy(data, {
    get: (target, name) => {
      note(name);
      return Reflect.get(target, name) as unknown;
    },
    has: (target, name) => {
      note(name);
      return Reflect.has(target, name);
    },
    getOwnPropertyDescriptor: (target, name) => {
      note(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    ownKeys: (target) => {
      isWhole = true;
      return Reflect.ownKeys(target);
    },
  });
  return { data: proxy, reads: () => (isWhole ? undefined : reads) };
}

/** Whether no function can tell two values apart: it can tell more than an expression, such as the order of names. */
function isAlike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, at) => isAlike(one, b[at]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const others = Object.keys(b);
  const names = Object.keys(a);
  return names.length === others.length && names.every((name, at) => name === others[at] && isAlike(a[name], b[name]));
}

function fits(kept: Kept, inputs: unknown, data: Data): boolean {
  if (!isAlike(kept.inputs, inputs)) return false;
  if (!kept.reads) return isAlike(kept.data, data);
  for (const [name, value] of kept.reads)
    if (!isAlike(Object.hasOwn(data, name) ? data[name] : undefined, value)) return false;
  return true;
}

const storedOf = ({ inputs, reads, data, result }: Kept): StoredResult => ({
  inputs,
  ...(reads ? { reads: [...reads].map(([name, value]) => (value === undefined ? [name] : [name, value])) } : { data }),
  result,
});

const keptOf = ({ inputs, reads, data, result }: StoredResult, until: number): Kept => ({
  ...{ inputs, result, until },
  reads: reads && new Map(reads.map(([name, value]) => [name, value])),
  data: (data ?? {}) as Data,
});

/** Keeps results. One serves all workflows of an engine. */
export class ResultCache {
  readonly #slots = new Map<string, Slot>();
  readonly #functions = new WeakMap<object, number>();
  readonly #entries: number;
  readonly #ttl: number;
  readonly #now: () => number;
  #count = 0;
  #functionCount = 0;

  readonly #store: ResultStore | undefined;
  /** The function whose results are stored, by what they are stored under: another one of the same name has none. */
  readonly #owners = new Map<string, unknown>();

  constructor({ entries = 500, ttl = HOUR, store, now = Date.now }: ResultCacheOptions = {}) {
    this.#entries = entries;
    this.#ttl = ttl;
    this.#now = now;
    this.#store = store;
    store?.onForget((workflow) => {
      this.#forget(workflow);
    });
  }

  /** How many results are kept. */
  get size(): number {
    return this.#count;
  }

  /** What a function gave before for the same, or what it gives now. What fails is not kept. */
  async get(node: PureNode, inputs: unknown, data: Data, run: (data: Data) => unknown): Promise<unknown> {
    const slot = this.#slot(node);
    const now = this.#now();
    const found = slot.kept.find((kept) => kept.until > now && fits(kept, inputs, data));
    if (found) {
      // What is asked for goes to the front.
      slot.kept.splice(slot.kept.indexOf(found), 1);
      slot.kept.unshift(found);
      return found.result;
    }
    for (const open of [...slot.open]) {
      if (open.data !== data || !isAlike(open.inputs, inputs)) continue;
      // A run may be stopped, which says nothing of this one.
      const kept = await open.kept.catch(() => undefined);
      if (kept) return kept.result;
    }
    const open: Open = { inputs, data, kept: this.#make(slot, inputs, data, run) };
    slot.open.add(open);
    try {
      const kept = await open.kept;
      // What was forgotten meanwhile stays so.
      if (this.#isCurrent(slot)) this.#keep(slot, kept);
      return kept.result;
    } finally {
      slot.open.delete(open);
    }
  }

  /** A result of the store, or of the function, which is then stored. */
  async #make(slot: Slot, inputs: unknown, data: Data, run: (data: Data) => unknown): Promise<Kept> {
    const { stored, workflow } = slot;
    if (this.#store && stored !== undefined) {
      for (const found of await this.#store.find(stored)) {
        const kept = keptOf(found.stored, found.until);
        if (!this.#isCurrent(slot) || !fits(kept, inputs, data)) continue;
        found.used();
        return kept;
      }
    }
    const { data: seen, reads } = watched(data);
    const result = await run(seen);
    const kept: Kept = { inputs, reads: reads(), data, result, until: this.#now() + this.#ttl };
    if (stored !== undefined && this.#isCurrent(slot)) {
      void this.#store?.keep(workflow, stored, storedOf(kept), kept.until);
    }
    return kept;
  }

  #isCurrent(slot: Slot): boolean {
    return this.#slots.get(slot.name) === slot;
  }

  /** Forgets what the nodes of a workflow have given, also in other tabs. */
  invalidate(workflow: string): void {
    this.#forget(workflow);
    void this.#store?.forget(workflow);
  }

  #forget(workflow: string): void {
    for (const [key, slot] of this.#slots) {
      if (slot.workflow !== workflow) continue;
      this.#count -= slot.kept.length;
      this.#slots.delete(key);
    }
  }

  #slot({ workflow, key, run }: PureNode): Slot {
    // Two functions are two, whatever they are called and however their texts look.
    const isObject = (typeof run === 'object' && run !== null) || typeof run === 'function';
    let id = isObject ? this.#functions.get(run) : 0;
    if (id === undefined) {
      id = ++this.#functionCount;
      if (isObject) this.#functions.set(run, id);
    }
    const name = `${id}:${workflow}:${key}`;
    const known = this.#slots.get(name) ?? {
      name,
      workflow,
      stored: this.#storedUnder(`${workflow}:${key}`, run),
      kept: [],
      open: new Set(),
    };
    // The one that was asked for last comes last.
    this.#slots.delete(name);
    this.#slots.set(name, known);
    return known;
  }

  #storedUnder(name: string, run: unknown): string | undefined {
    if (!this.#store) return undefined;
    if (!this.#owners.has(name)) this.#owners.set(name, run);
    return this.#owners.get(name) === run ? name : undefined;
  }

  #keep(slot: Slot, kept: Kept): void {
    slot.kept.unshift(kept);
    this.#count++;
    if (slot.kept.length > MOST_OF_ONE) {
      slot.kept.pop();
      this.#count--;
    }
    for (const [key, other] of this.#slots) {
      if (this.#count <= this.#entries) break;
      while (other.kept.length > 0 && this.#count > this.#entries) {
        other.kept.pop();
        this.#count--;
      }
      if (other.kept.length === 0 && other.open.size === 0) this.#slots.delete(key);
    }
  }
}
