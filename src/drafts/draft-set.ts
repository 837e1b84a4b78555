/** The draft of a Set: copied by the first change. Its members are not drafted. */
import { assertOpen, Change, INSIDE } from './change.ts';
import type { Scope } from './change.ts';
import { settle } from './settle.ts';
import type { Telling } from './telling.ts';

const CHANGES = new Set(['add', 'delete', 'clear']);

/** The inside of a draft of a Set. */
export class SetInside extends Change {
  readonly draft = new DraftSet(this);
  readonly #base: ReadonlySet<unknown>;
  #copy: Set<unknown> | undefined;

  constructor(base: ReadonlySet<unknown>, scope: Scope) {
    super(scope);
    this.#base = base;
  }

  /** The Set that a method works on. */
  target(method: string): ReadonlySet<unknown> {
    assertOpen(this.scope);
    if (CHANGES.has(method)) this.#copy ??= new Set(this.#base);
    return this.#copy ?? this.#base;
  }

  get changed(): boolean {
    if (!this.#copy) return false;
    if (this.#copy.size !== this.#base.size) return true;
    const members = this.#base.values();
    return Array.from(this.#copy).some((member) => !Object.is(member, members.next().value));
  }

  tell(telling: Telling): void {
    if (this.changed) telling.whole(this.settled());
  }

  protected value(): unknown {
    return this.changed && this.#copy ? new Set(Array.from(this.#copy, settle)) : this.#base;
  }
}

/** A Set to the node. */
class DraftSet {
  readonly #inside: SetInside;

  constructor(inside: SetInside) {
    this.#inside = inside;
  }

  get [INSIDE](): SetInside {
    return this.#inside;
  }

  get size(): number {
    return this.#inside.target('size').size;
  }

  forEach(callback: (member: unknown, same: unknown, set: DraftSet) => void, thisArg?: unknown): void {
    for (const member of this.#inside.target('forEach')) callback.call(thisArg, member, member, this);
  }
}

Object.setPrototypeOf(DraftSet.prototype, Set.prototype);

// Every method of a Set that this language has, also those of later standards, applied to the Set behind the draft.
for (const key of Reflect.ownKeys(Set.prototype)) {
  if (key === Symbol.toStringTag || Object.hasOwn(DraftSet.prototype, key)) continue;
  const method = Reflect.get(Set.prototype, key) as (...args: unknown[]) => unknown;
  Object.defineProperty(DraftSet.prototype, key, {
    value(this: DraftSet, ...args: unknown[]): unknown {
      const target = this[INSIDE].target(String(key));
      const result = Reflect.apply(method, target, args);
      return result === target ? this : result;
    },
  });
}
