/** The draft of a record: a proxy over changes that lie on the record. */
import { AgentError } from '../core/index.ts';
import { isIndex } from '../state/index.ts';
import { assertOpen, INSIDE, refuseShape } from './change.ts';
import type { Change, Scope } from './change.ts';
import { draftValue } from './draft-value.ts';
import { Overlay } from './overlay.ts';
import type { Telling } from './telling.ts';

/** The inside of what behaves as a record. */
export abstract class Fields extends Overlay<string> {
  abstract readonly prototype: object | null;
}

function wrongKey(what: string): AgentError {
  return new AgentError('unstorable-value', `${what} cannot be stored.`, {
    fix: 'Use text for a key, and call none of them __proto__.',
  });
}

/** The keys in the order of a record: whole numbers first, each at its place. */
function inOrder(keys: string[]): string[] {
  const numbers = keys.filter(isIndex);
  if (numbers.length === 0) return keys;
  numbers.sort((a, b) => Number(a) - Number(b));
  return [...numbers, ...keys.filter((key) => !isIndex(key))];
}

/** Makes the inside of a record behave as the record. One handler serves all drafts. */
export const FIELDS: ProxyHandler<Fields> = {
  get(fields, key, receiver) {
    if (key === INSIDE) return fields;
    assertOpen(fields.scope);
    if (typeof key === 'string') {
      const value = fields.get(key);
      if (value !== undefined || fields.has(key)) return value;
    }
    return fields.prototype ? (Reflect.get(fields.prototype, key, receiver) as unknown) : undefined;
  },
  set(fields, key, value) {
    assertOpen(fields.scope);
    if (typeof key === 'symbol') throw wrongKey('A symbol for a key');
    if (key === '__proto__') throw wrongKey('A key that is called __proto__');
    fields.set(key, value);
    return true;
  },
  has(fields, key) {
    assertOpen(fields.scope);
    if (typeof key === 'string' && fields.has(key)) return true;
    return fields.prototype !== null && Reflect.has(fields.prototype, key);
  },
  deleteProperty(fields, key) {
    assertOpen(fields.scope);
    if (typeof key === 'string') fields.delete(key);
    return true;
  },
  ownKeys(fields) {
    assertOpen(fields.scope);
    return inOrder(fields.keys());
  },
  getOwnPropertyDescriptor(fields, key) {
    assertOpen(fields.scope);
    if (typeof key === 'symbol' || !fields.has(key)) return undefined;
    return { value: fields.get(key), writable: true, enumerable: true, configurable: true };
  },
  getPrototypeOf(fields) {
    assertOpen(fields.scope);
    return fields.prototype;
  },
  defineProperty: refuseShape,
  preventExtensions: refuseShape,
  setPrototypeOf: refuseShape,
};

/** The inside of a draft of a record. */
export class RecordInside extends Fields {
  readonly draft: object = new Proxy<Fields>(this, FIELDS);
  readonly #base: Readonly<Record<string, unknown>>;

  constructor(base: Readonly<Record<string, unknown>>, scope: Scope) {
    super(scope);
    this.#base = base;
  }

  get prototype(): object | null {
    return Object.getPrototypeOf(this.#base) as object | null;
  }

  tell(telling: Telling): void {
    this.tellChanges(telling);
  }

  protected value(): unknown {
    return this.changed ? Object.fromEntries(this.entriesSettled()) : this.#base;
  }

  protected baseHas(name: string): boolean {
    return Object.hasOwn(this.#base, name);
  }

  protected baseGet(name: string): unknown {
    return this.#base[name];
  }

  protected baseKeys(): string[] {
    return Object.keys(this.#base);
  }

  protected drafted(_: string, value: unknown): Change | undefined {
    return draftValue(value, this.scope);
  }
}
