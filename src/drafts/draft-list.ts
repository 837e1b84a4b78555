/**
 * The draft of a list. Changed items and items at the end are laid over it; only what moves items, such as `splice` and
 * `sort`, copies it.
 */
import { AppendLog, isIndex, read } from '../state/index.ts';
import { assertOpen, Change, INSIDE, insideOf, refuseShape } from './change.ts';
import type { Scope } from './change.ts';
import { draftValue } from './draft-value.ts';
import { settle } from './settle.ts';
import type { Telling } from './telling.ts';

/** A list is written whole when more changes than this touch more than half of it. */
const MANY = 16;

/** The inside of a draft of a list. */
export class ListInside extends Change {
  readonly draft: object = new Proxy<[ListInside]>([this], HANDLER);
  readonly #base: readonly unknown[] | AppendLog;
  #set: Map<number, unknown> | undefined;
  #children: Map<number, Change> | undefined;
  #tail: unknown[] | undefined;
  /** All items, once some of them have moved: what lies over the base is in it then. */
  #moved: unknown[] | undefined;
  /** What the node put among the moved items. It is read as it is; the items of the base are drafted. */
  #put: Set<unknown> | undefined;

  constructor(base: readonly unknown[] | AppendLog, scope: Scope) {
    super(scope);
    this.#base = base;
  }

  get length(): number {
    return this.#moved ? this.#moved.length : this.#base.length + (this.#tail?.length ?? 0);
  }

  get(index: number): unknown {
    if (this.#moved) return index in this.#moved ? (this.#moved[index] = this.#drafted(this.#moved[index])) : undefined;
    if (index >= this.#base.length) return this.#tail?.[index - this.#base.length];
    if (this.#set?.has(index)) return this.#set.get(index);
    const child = this.#children?.get(index);
    if (child) return child.draft;
    const value = this.#base.at(index);
    const change = draftValue(value, this.scope);
    if (!change) return value;
    (this.#children ??= new Map()).set(index, change);
    return change.draft;
  }

  has(index: number): boolean {
    return this.#moved ? index in this.#moved : index < this.length;
  }

  set(index: number, value: unknown): void {
    if (this.#moved || index > this.length) this.move((items) => (items[index] = value), [value]);
    else if (index >= this.#base.length) (this.#tail ??= [])[index - this.#base.length] = value;
    else if (value !== undefined && this.#children?.get(index)?.draft === value) this.#set?.delete(index);
    else (this.#set ??= new Map()).set(index, value);
  }

  delete(index: number): void {
    if (!this.has(index)) return;
    this.move((items) => {
      // A hole is what the language leaves here; it is refused when the draft ends.
      Reflect.deleteProperty(items, index);
    });
  }

  push(items: readonly unknown[]): number {
    if (this.#moved) return this.move((all) => all.push(...items), items);
    this.#tail ??= [];
    for (const item of items) this.#tail.push(item);
    return this.length;
  }

  pop(): unknown {
    if (!this.#moved && this.#tail && this.#tail.length > 0) return this.#tail.pop();
    return this.#drafted(this.move((items) => items.pop()));
  }

  resize(length: number): void {
    if (length === this.length) return;
    if (!this.#moved && length < this.length && length >= this.#base.length) {
      (this.#tail ??= []).length = length - this.#base.length;
    } else {
      this.move((items) => (items.length = length));
    }
  }

  /** Changes the items in a way that may move them; `put` are the values that the change puts in. */
  move<T>(change: (items: unknown[]) => T, put: readonly unknown[] = []): T {
    this.#moved ??= this.#items();
    for (const value of put) if (typeof value === 'object' && value !== null) (this.#put ??= new Set()).add(value);
    return change(this.#moved);
  }

  /** Items taken out of the list, as a node may see them. */
  taken(items: readonly unknown[]): unknown[] {
    return items.map((item) => this.#drafted(item));
  }

  get changed(): boolean {
    if (this.#moved) {
      if (this.#moved.length !== this.#base.length) return true;
      // Not some: it passes over holes, which are to be refused.
      return (
        this.#moved.findIndex((item, index) => !this.has(index) || !Object.is(settle(item), this.#base.at(index))) >= 0
      );
    }
    if (this.#tail && this.#tail.length > 0) return true;
    return this.#changes().length > 0;
  }

  tell(telling: Telling): void {
    // Items at the end of a list in a value are changes like any other.
    if (!this.#tellChanges(telling, this.#tail?.length ?? 0)) return;
    this.#tail?.forEach((item, index) => {
      telling.becomes(this.#base.length + index, item);
    });
  }

  override tellAdded(telling: Telling): void {
    if (!this.#tellChanges(telling, 0)) return;
    if (this.#tail && this.#tail.length > 0) telling.add('append', this.#tail.map(settle));
  }

  protected value(): unknown {
    if (!this.changed) return read(this.#base);
    // A hole stays one, to be refused.
    return (this.#moved ?? this.#items()).map(settle);
  }

  /** Tells the changes of the base's items; false when the list was told whole instead, with `more` changes in it. */
  #tellChanges(telling: Telling, more: number): boolean {
    const changes = this.#moved ? undefined : this.#changes();
    const count = (changes?.length ?? 0) + more;
    if (!changes || (count > MANY && count * 2 > this.length)) {
      if (this.changed) telling.whole(this.settled());
      return false;
    }
    for (const index of changes) {
      const child = this.#childAt(index);
      if (child) telling.inside(index, child);
      else telling.becomes(index, this.#set?.get(index));
    }
    return true;
  }

  /** The indices of the base's items that were replaced or changed inside. */
  #changes(): readonly number[] {
    const indices: number[] = [];
    if (this.#set) {
      for (const [index, value] of this.#set) if (!Object.is(value, this.#base.at(index))) indices.push(index);
    }
    if (this.#children) {
      for (const index of this.#children.keys()) if (this.#childAt(index)?.changed) indices.push(index);
    }
    return indices;
  }

  /** The inside of the item of the base, where its draft is what the index reads as. */
  #childAt(index: number): Change | undefined {
    return this.#set?.has(index) ? undefined : this.#children?.get(index);
  }

  /** A copy of the items, with what lies over them; items that nobody has looked at are those of the base. */
  #items(): unknown[] {
    // Spread, not slice: copying a frozen array with it is over 100 times slower in V8.
    const items = this.#base instanceof AppendLog ? this.#base.items() : [...this.#base];
    this.#children?.forEach((child, index) => (items[index] = child.draft));
    this.#set?.forEach((value, index) => (items[index] = value));
    for (const item of this.#tail ?? []) items.push(item);
    this.#put = new Set([...(this.#set?.values() ?? []), ...(this.#tail ?? [])]);
    return items;
  }

  #drafted(item: unknown): unknown {
    if (typeof item !== 'object' || item === null || this.#put?.has(item) || insideOf(item)) return item;
    return draftValue(item, this.scope)?.draft ?? item;
  }
}

type Method = (list: ListInside, args: unknown[]) => unknown;

const move = (change: (items: unknown[], args: unknown[]) => unknown, put?: (args: unknown[]) => unknown[]): Method => {
  return (list, args) => list.move((items) => change(items, args), put?.(args));
};

/** The methods that change a list. All others read it through the proxy, as they would read any list. */
const METHODS: ReadonlyMap<string | symbol, Method> = new Map<string, Method>([
  ['push', (list, args) => list.push(args)],
  ['pop', (list) => list.pop()],
  ['shift', (list) => list.taken([list.move((items) => items.shift())])[0]],
  [
    'unshift',
    move(
      (items, args) => items.unshift(...args),
      (args) => args,
    ),
  ],
  [
    'splice',
    (list, args) =>
      list.taken(list.move((items) => Reflect.apply(Array.prototype.splice, items, args) as unknown[], args.slice(2))),
  ],
  ['sort', move((items, args) => Reflect.apply(Array.prototype.sort, items, args))],
  ['reverse', move((items) => items.reverse())],
  [
    'fill',
    move(
      (items, args) => Reflect.apply(Array.prototype.fill, items, args),
      (args) => args.slice(0, 1),
    ),
  ],
  ['copyWithin', move((items, args) => Reflect.apply(Array.prototype.copyWithin, items, args))],
]);

/** The methods above that return the list itself. */
const RETURNS_LIST = new Set<string | symbol>(['sort', 'reverse', 'fill', 'copyWithin']);

/** Each method as the function that a draft gives out. */
const CALLS = new Map(
  Array.from(METHODS, ([name, method]) => [
    name,
    function (this: object, ...args: unknown[]): unknown {
      const list = insideOf(this);
      if (!(list instanceof ListInside))
        return Reflect.apply(Reflect.get(Array.prototype, name) as () => unknown, this, args);
      assertOpen(list.scope);
      const result = method(list, args);
      return RETURNS_LIST.has(name) ? this : result;
    },
  ]),
);

const indexOf = (key: string | symbol): number => (typeof key === 'string' && isIndex(key) ? Number(key) : -1);

// The target is an array, so that Array.isArray and JSON.stringify take the draft for one.
const HANDLER: ProxyHandler<[ListInside]> = {
  get([list], key, receiver) {
    if (key === INSIDE) return list;
    assertOpen(list.scope);
    if (key === 'length') return list.length;
    const index = indexOf(key);
    if (index >= 0) return list.get(index);
    return CALLS.get(key) ?? (Reflect.get(Array.prototype, key, receiver) as unknown);
  },
  set([list], key, value) {
    assertOpen(list.scope);
    const index = indexOf(key);
    if (index >= 0) list.set(index, value);
    else if (key === 'length') list.resize(Number(value));
    else refuseShape();
    return true;
  },
  has([list], key) {
    assertOpen(list.scope);
    const index = indexOf(key);
    return index >= 0 ? list.has(index) : key in Array.prototype;
  },
  deleteProperty([list], key) {
    assertOpen(list.scope);
    const index = indexOf(key);
    if (index >= 0) list.delete(index);
    return true;
  },
  ownKeys([list]) {
    assertOpen(list.scope);
    const keys: string[] = [];
    for (let index = 0; index < list.length; index++) if (list.has(index)) keys.push(String(index));
    return [...keys, 'length'];
  },
  getOwnPropertyDescriptor([list], key) {
    assertOpen(list.scope);
    if (key === 'length') return { value: list.length, writable: true, enumerable: false, configurable: false };
    const index = indexOf(key);
    if (index < 0 || !list.has(index)) return undefined;
    return { value: list.get(index), writable: true, enumerable: true, configurable: true };
  },
  getPrototypeOf([list]) {
    assertOpen(list.scope);
    return Array.prototype as object;
  },
  defineProperty: refuseShape,
  preventExtensions: refuseShape,
  setPrototypeOf: refuseShape,
};
