/** The draft of a record: a proxy over changes that lie on the record. */
import { AgentError } from '../core/index.ts';
import type { Path, Write } from '../core/index.ts';
import { assertOpen, INSIDE, refuseShape, settleOnce, tellValue } from './change.ts';
import type { Change, Scope } from './change.ts';
import { draftValue } from './draft-value.ts';
import { Overlay } from './overlay.ts';
import type { Base } from './overlay.ts';
import { isIndex } from './puts.ts';

/** What the proxy of a record asks of its inside. */
export interface Fields {
  readonly scope: Scope;
  readonly prototype: object | null;
  readonly overlay: Overlay<string>;
  set(name: string, value: unknown): void;
  delete(name: string): void;
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
      const value = fields.overlay.get(key);
      if (value !== undefined || fields.overlay.has(key)) return value;
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
    if (typeof key === 'string' && fields.overlay.has(key)) return true;
    return fields.prototype !== null && Reflect.has(fields.prototype, key);
  },
  deleteProperty(fields, key) {
    assertOpen(fields.scope);
    if (typeof key === 'string') fields.delete(key);
    return true;
  },
  ownKeys(fields) {
    assertOpen(fields.scope);
    return inOrder(fields.overlay.keys());
  },
  getOwnPropertyDescriptor(fields, key) {
    assertOpen(fields.scope);
    if (typeof key === 'symbol' || !fields.overlay.has(key)) return undefined;
    return { value: fields.overlay.get(key), writable: true, enumerable: true, configurable: true };
  },
  getPrototypeOf(fields) {
    assertOpen(fields.scope);
    return fields.prototype;
  },
  defineProperty: refuseShape,
  preventExtensions: refuseShape,
  setPrototypeOf: refuseShape,
};

class RecordInside implements Fields, Change, Base<string> {
  readonly scope: Scope;
  readonly prototype: object | null;
  readonly overlay: Overlay<string>;
  readonly #base: Readonly<Record<string, unknown>>;

  constructor(base: Readonly<Record<string, unknown>>, scope: Scope) {
    this.#base = base;
    this.scope = scope;
    this.prototype = Object.getPrototypeOf(base) as object | null;
    this.overlay = new Overlay(this);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#base, name);
  }

  get(name: string): unknown {
    return this.#base[name];
  }

  keys(): string[] {
    return Object.keys(this.#base);
  }

  draft(name: string): object | undefined {
    return draftValue(this.#base[name], this.scope);
  }

  set(name: string, value: unknown): void {
    this.overlay.set(name, value);
  }

  delete(name: string): void {
    this.overlay.delete(name);
  }

  get changed(): boolean {
    return this.overlay.changed;
  }

  settled(): unknown {
    assertOpen(this.scope);
    return settleOnce(this, () => (this.changed ? Object.fromEntries(this.overlay.settled()) : this.#base));
  }

  tell(channel: string, path: Path, writes: Write[]): void {
    this.overlay.tell({
      removed: (name) => writes.push([channel, 'delete', [...path, name]]),
      set: (name, value) => {
        tellValue(channel, [...path, name], value, writes);
      },
      inside: (name, change) => {
        change.tell(channel, [...path, name], writes);
      },
    });
  }
}

export function draftRecord(base: Readonly<Record<string, unknown>>, scope: Scope): object {
  return new Proxy(new RecordInside(base, scope), FIELDS);
}
