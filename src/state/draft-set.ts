/** The draft of a Set: copied by the first change. Its members are not drafted. */
import type { Path, Write } from '../core/index.ts';
import { assertOpen, INSIDE, settleOnce, tellValue } from './change.ts';
import type { Change, Scope } from './change.ts';
import { settle } from './settle.ts';

const CHANGES = new Set(['add', 'delete', 'clear']);

class SetInside implements Change {
  readonly scope: Scope;
  readonly #base: ReadonlySet<unknown>;
  #copy: Set<unknown> | undefined;

  constructor(base: ReadonlySet<unknown>, scope: Scope) {
    this.#base = base;
    this.scope = scope;
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

  settled(): unknown {
    assertOpen(this.scope);
    return settleOnce(this, () => (this.changed ? new Set(Array.from(this.target('values'), settle)) : this.#base));
  }

  tell(channel: string, path: Path, writes: Write[]): void {
    if (this.changed) tellValue(channel, path, this.settled(), writes);
  }
}

/** A Set to the node. */
export class DraftSet {
  readonly #inside: SetInside;

  constructor(base: ReadonlySet<unknown>, scope: Scope) {
    this.#inside = new SetInside(base, scope);
  }

  get [INSIDE](): SetInside {
    return this.#inside;
  }

  get size(): number {
    return this.#inside.target('size').size;
  }
}

Object.setPrototypeOf(DraftSet.prototype, Set.prototype);

// Every method of a Set that this language has, also those of later standards, applied to the Set behind the draft.
for (const key of Reflect.ownKeys(Set.prototype)) {
  if (key === 'constructor' || key === 'size' || key === Symbol.toStringTag) continue;
  const method = Reflect.get(Set.prototype, key) as (...args: unknown[]) => unknown;
  Object.defineProperty(DraftSet.prototype, key, {
    value(this: DraftSet, ...args: unknown[]): unknown {
      const target = this[INSIDE].target(String(key));
      const result = Reflect.apply(method, target, args);
      return result === target ? this : result;
    },
  });
}
