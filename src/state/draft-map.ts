/** The draft of a Map. */
import type { Path, Write } from '../core/index.ts';
import { admit } from './admit.ts';
import { assertOpen, INSIDE, settleOnce, tellValue } from './change.ts';
import type { Change, Scope } from './change.ts';
import { draftValue } from './draft-value.ts';
import { MapLog } from './map-log.ts';
import { Overlay } from './overlay.ts';
import type { Base } from './overlay.ts';
import { putWrites } from './puts.ts';
import type { EntryChange } from './puts.ts';
import { settle } from './settle.ts';

type AnyMap = ReadonlyMap<unknown, unknown>;

const EMPTY: AnyMap = new Map();

/** The inside of a draft of a Map. */
export class MapInside implements Change, Base<unknown> {
  readonly scope: Scope;
  readonly #original: AnyMap;
  /** What the changes lie on: the original, or nothing once it was cleared. */
  #base: AnyMap;
  overlay = new Overlay<unknown>(this);

  constructor(base: AnyMap, scope: Scope) {
    this.#original = this.#base = base;
    this.scope = scope;
  }

  has(key: unknown): boolean {
    return this.#base.has(key);
  }

  get(key: unknown): unknown {
    return this.#base.get(key);
  }

  keys(): Iterable<unknown> {
    return this.#base.keys();
  }

  draft(key: unknown): object | undefined {
    return draftValue(this.#base.get(key), this.scope);
  }

  clear(): void {
    this.#base = EMPTY;
    this.overlay = new Overlay<unknown>(this);
  }

  get changed(): boolean {
    return this.#isCleared || this.overlay.changed;
  }

  settled(): unknown {
    assertOpen(this.scope);
    return settleOnce(this, () => {
      if (this.changed) return new Map(this.overlay.settled().map(([key, value]) => [settle(key), value]));
      return this.#original instanceof MapLog ? this.#original.plain() : this.#original;
    });
  }

  tell(channel: string, path: Path, writes: Write[]): void {
    if (!this.#hasPaths()) {
      tellValue(channel, path, this.settled(), writes);
      return;
    }
    const at = (key: unknown): Path => [...path, key as string | number];
    this.overlay.tell({
      removed: (key) => writes.push([channel, 'delete', at(key)]),
      set: (key, value) => {
        tellValue(channel, at(key), value, writes);
      },
      inside: (key, change) => {
        change.tell(channel, at(key), writes);
      },
    });
  }

  /** Adds the writes of a channel of kind `map`. */
  tellPut(channel: string, writes: Write[]): void {
    const changes: EntryChange[] = [];
    const inner: Write[] = [];
    let isPut = this.#hasPaths();
    if (isPut) {
      this.overlay.tell({
        removed: (key) => changes.push([key, undefined]),
        set: (key, value) => {
          // In a put, undefined would delete.
          if (value === undefined) isPut = false;
          changes.push([key, value]);
        },
        inside: (key, change) => {
          change.tell(channel, [key as string | number], inner);
        },
      });
    }
    const puts = isPut ? putWrites(channel, changes) : undefined;
    if (!puts) {
      tellValue(channel, [], this.settled(), writes);
      return;
    }
    for (const put of puts) writes.push([channel, 'put', admit(put[2], [channel])]);
    writes.push(...inner);
  }

  get #isCleared(): boolean {
    return this.#base !== this.#original && this.#original.size > 0;
  }

  /** Whether every change is at a key that can be part of a path. */
  #hasPaths(): boolean {
    if (this.#isCleared) return false;
    let all = true;
    const check = (key: unknown): void => {
      all &&= typeof key === 'string' || typeof key === 'number';
    };
    this.overlay.tell({
      removed: check,
      set: check,
      inside: (key, change) => {
        if (change.changed) check(key);
      },
    });
    return all;
  }
}

/** A Map to the node; every method works on the changes. What it does not have fails loudly, for want of a real Map. */
export class DraftMap implements Map<unknown, unknown> {
  readonly #inside: MapInside;

  constructor(base: AnyMap, scope: Scope) {
    this.#inside = new MapInside(base, scope);
  }

  get [INSIDE](): MapInside {
    return this.#inside;
  }

  get [Symbol.toStringTag](): string {
    return 'Map';
  }

  get size(): number {
    return this.#overlay.keys().length;
  }

  has(key: unknown): boolean {
    return this.#overlay.has(key);
  }

  get(key: unknown): unknown {
    return this.#overlay.get(key);
  }

  set(key: unknown, value: unknown): this {
    this.#overlay.set(key, value);
    return this;
  }

  delete(key: unknown): boolean {
    return this.#overlay.delete(key);
  }

  clear(): void {
    assertOpen(this.#inside.scope);
    this.#inside.clear();
  }

  keys(): MapIterator<unknown> {
    return this.#overlay.keys().values();
  }

  *values(): MapIterator<unknown> {
    for (const key of this.#overlay.keys()) yield this.get(key);
  }

  *entries(): MapIterator<[unknown, unknown]> {
    for (const key of this.#overlay.keys()) yield [key, this.get(key)];
  }

  [Symbol.iterator](): MapIterator<[unknown, unknown]> {
    return this.entries();
  }

  forEach(callback: (value: unknown, key: unknown, map: Map<unknown, unknown>) => void, thisArg?: unknown): void {
    for (const key of this.#overlay.keys()) callback.call(thisArg, this.get(key), key, this);
  }

  get #overlay(): Overlay<unknown> {
    assertOpen(this.#inside.scope);
    return this.#inside.overlay;
  }
}

// For `instanceof`; not `extends`, which would give each draft an empty Map that methods of later standards work on.
Object.setPrototypeOf(DraftMap.prototype, Map.prototype);
