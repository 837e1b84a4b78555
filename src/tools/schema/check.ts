/** What a part of a schema becomes: a function that checks a value. */
import { refuse } from './kinds.ts';

/** What is wrong, in words for a person, and the keys that lead to its place. */
export interface Fault {
  readonly keys: readonly (string | number)[];
  readonly message: string;
}

/** Keys and indexes of a value that some part of a schema has spoken of. */
export type Seen = Set<string | number>;

/**
 * Whether a value fits.
 *
 * @param seen takes what of the value was spoken of, where `unevaluatedProperties` or `unevaluatedItems` want to know.
 */
export type Check = (value: unknown, run: Run, seen?: Seen) => boolean;

/** A part of a schema that is neither true nor false. */
export type Part = Readonly<Record<string, unknown>>;

/** What a keyword can ask of the schema that it is in. */
export interface Site {
  /** @throws AgentError `invalid-tool` when it cannot be read. */
  readonly compile: (part: unknown) => Check;
  /** @throws AgentError `invalid-tool` when a reference leads nowhere. */
  readonly resolve: (from: Part, ref: string) => unknown;
}

/** Makes the check of one keyword of a part, of what it is given; throws where it cannot. */
export type Maker<T = never> = (given: T, part: Part, site: Site) => Check;

export type Makers = Readonly<Record<string, Maker>>;

/** How many faults are collected. */
const MOST_FAULTS = 100;

/** How many unions may tell what is wrong with each of their branches; within each other they would multiply. */
const MOST_UNIONS = 100;

/** One check of a whole value. */
export class Run {
  /** Where faults are collected; without it, a check ends at the first. */
  faults: Fault[] | undefined;
  unions = MOST_UNIONS;
  readonly path: (string | number)[] = [];
  #known: Map<Check, Map<unknown, boolean | undefined>> | undefined;

  constructor(faults?: Fault[]) {
    this.faults = faults;
  }

  /** Notes a fault of the value at hand, or of one of its keys. */
  fail(message: string, ...keys: readonly (string | number)[]): false {
    if (this.#isTelling()) this.faults?.push({ keys: [...this.path, ...keys], message });
    return false;
  }

  #isTelling(): boolean {
    return (this.faults?.length ?? MOST_FAULTS) < MOST_FAULTS;
  }

  /** Whether a test holds for all: tried to the end only where faults are collected. */
  all<T>(items: Iterable<T>, test: (item: T) => boolean): boolean {
    let fits = true;
    for (const item of items) {
      if (test(item)) continue;
      if (!this.faults) return false;
      fits = false;
    }
    return fits;
  }

  /** Checks what a value has at a key. */
  at(key: string | number, check: Check, value: unknown): boolean {
    if (!this.faults) return check(value, this);
    this.path.push(key);
    const fits = check(value, this);
    this.path.pop();
    return fits;
  }

  /** Checks without noting any fault; what was seen counts only where the value fits. */
  tries(check: Check, value: unknown, seen?: Seen): boolean {
    const { faults } = this;
    const own: Seen | undefined = seen && new Set();
    this.faults = undefined;
    const fits = check(value, this, own);
    this.faults = faults;
    if (fits && seen) own?.forEach((key) => seen.add(key));
    return fits;
  }

  /** Checks by a part that is referred to: each value once, or schemas within themselves would take for ever. */
  once(check: Check, value: unknown, seen?: Seen): boolean {
    const checked = (this.#known ??= new Map<Check, Map<unknown, boolean | undefined>>());
    let known = checked.get(check);
    if (!known) checked.set(check, (known = new Map<unknown, boolean | undefined>()));
    const before = known.get(value);
    if (before !== undefined && (before ? !seen : !this.#isTelling())) return before;
    if (before === undefined && known.has(value)) {
      throw refuse('its schema is within itself without end.');
    }
    // Whoever asks again before there is an answer goes round in circles.
    known.set(value, undefined);
    const fits = check(value, this, seen);
    known.set(value, fits);
    return fits;
  }
}

/** Whether a value fits all of some checks. */
export const every =
  (checks: readonly Check[]): Check =>
  (value, run, seen) => {
    let fits = true;
    for (const check of checks) {
      if (check(value, run, seen)) continue;
      if (!run.faults) return false;
      fits = false;
    }
    return fits;
  };
