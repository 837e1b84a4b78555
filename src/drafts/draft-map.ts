/** The draft of a Map. */
import { MapLog, putRecords } from '../state/index.ts';
import type { EntryChange } from '../state/index.ts';
import { assertOpen, INSIDE } from './change.ts';
import type { Change, Scope } from './change.ts';
import { draftValue } from './draft-value.ts';
import { Overlay } from './overlay.ts';
import { settle } from './settle.ts';
import type { Teller, Telling } from './telling.ts';

type AnyMap = ReadonlyMap<unknown, unknown>;

const EMPTY: AnyMap = new Map();

/** Whether every change is at a key that can be part of a path. */
class Paths implements Teller<unknown> {
  all = true;

  gone(key: unknown): void {
    this.all &&= typeof key === 'string' || typeof key === 'number';
  }

  becomes(key: unknown): void {
    this.gone(key);
  }

  inside(key: unknown, change: Change): void {
    if (change.changed) this.gone(key);
  }
}

/** Tells what is put to a channel of kind `map`. Changes inside its values are told as in any Map. */
class Puts implements Teller<unknown> {
  readonly changes: EntryChange[] = [];
  readonly inner: [key: string | number, change: Change][] = [];
  /** False when a value is undefined, which would delete its entry in a put. */
  all = true;

  gone(key: unknown): void {
    this.changes.push([key, undefined]);
  }

  becomes(key: unknown, value: unknown): void {
    this.all &&= value !== undefined;
    this.changes.push([key, settle(value)]);
  }

  inside(key: unknown, change: Change): void {
    // The keys have been looked at before.
    this.inner.push([key as string | number, change]);
  }
}

/** The inside of a draft of a Map. */
export class MapInside extends Overlay<unknown> {
  readonly draft = new DraftMap(this);
  readonly #original: AnyMap;
  /** What the changes lie on: the original, or nothing once it was cleared. */
  #base: AnyMap;

  constructor(base: AnyMap, scope: Scope) {
    super(scope);
    this.#original = this.#base = base;
  }

  get size(): number {
    return this.sizeOver(this.#base.size);
  }

  clear(): void {
    this.#base = EMPTY;
    this.reset();
  }

  override get changed(): boolean {
    return this.#isCleared || super.changed;
  }

  tell(telling: Telling): void {
    // The keys have been looked at.
    if (this.#hasPaths()) this.tellChanges(telling);
    else telling.whole(this.settled());
  }

  override tellAdded(telling: Telling): void {
    const put = new Puts();
    const hasPaths = this.#hasPaths();
    if (hasPaths) this.tellChanges(put);
    const records = hasPaths && put.all ? putRecords(put.changes) : undefined;
    if (!records) {
      telling.whole(this.settled());
      return;
    }
    for (const record of records) telling.add('put', record);
    for (const [key, change] of put.inner) telling.inside(key, change);
  }

  protected value(): unknown {
    if (this.changed) return new Map(this.entriesSettled().map(([key, value]) => [settle(key), value]));
    return this.#original instanceof MapLog ? this.#original.plain() : this.#original;
  }

  protected baseHas(key: unknown): boolean {
    return this.#base.has(key);
  }

  protected baseGet(key: unknown): unknown {
    return this.#base.get(key);
  }

  protected baseKeys(): Iterable<unknown> {
    return this.#base.keys();
  }

  protected drafted(_: unknown, value: unknown): Change | undefined {
    return draftValue(value, this.scope);
  }

  get #isCleared(): boolean {
    return this.#base !== this.#original && this.#original.size > 0;
  }

  #hasPaths(): boolean {
    if (this.#isCleared) return false;
    const paths = new Paths();
    this.tellChanges(paths);
    return paths.all;
  }
}

/** A Map to the node; every method works on the changes. What it does not have fails loudly, for want of a real Map. */
class DraftMap implements Map<unknown, unknown> {
  readonly #inside: MapInside;

  constructor(inside: MapInside) {
    this.#inside = inside;
  }

  get [INSIDE](): MapInside {
    return this.#inside;
  }

  get [Symbol.toStringTag](): string {
    return 'Map';
  }

  get size(): number {
    return this.#open.size;
  }

  has(key: unknown): boolean {
    return this.#open.has(key);
  }

  get(key: unknown): unknown {
    return this.#open.get(key);
  }

  set(key: unknown, value: unknown): this {
    this.#open.set(key, value);
    return this;
  }

  delete(key: unknown): boolean {
    return this.#open.delete(key);
  }

  clear(): void {
    this.#open.clear();
  }

  keys(): MapIterator<unknown> {
    return this.#open.keys().values();
  }

  *values(): MapIterator<unknown> {
    for (const key of this.#open.keys()) yield this.get(key);
  }

  *entries(): MapIterator<[unknown, unknown]> {
    for (const key of this.#open.keys()) yield [key, this.get(key)];
  }

  [Symbol.iterator](): MapIterator<[unknown, unknown]> {
    return this.entries();
  }

  forEach(callback: (value: unknown, key: unknown, map: Map<unknown, unknown>) => void, thisArg?: unknown): void {
    for (const key of this.#open.keys()) callback.call(thisArg, this.get(key), key, this);
  }

  get #open(): MapInside {
    assertOpen(this.#inside.scope);
    return this.#inside;
  }
}

// For `instanceof`; not `extends`, which would give each draft an empty Map that methods of later standards work on.
Object.setPrototypeOf(DraftMap.prototype, Map.prototype);
