/** The walk before packing: a value that could not come back as it is, is refused here with its path. */
import { AgentError } from '../core/index.ts';
import { BigIntTag, NEGATIVE_ZERO } from './tags.ts';

const TYPED_ARRAYS = new Set<unknown>([
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
]);

function refuse(path: readonly string[], what: string): AgentError {
  const where = path.join('.');
  return new AgentError('unstorable-value', `The value at "${where}" cannot be stored: ${what}.`, {
    fix: 'Store plain data: objects, lists, Map, Set, Date, typed arrays, text, numbers, bigint, booleans, null, undefined.',
    details: { path: where },
  });
}

function describe(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  const name = (prototype as { constructor?: { name?: string } } | null)?.constructor?.name;
  return name ? `it is an instance of ${name}` : 'it is an object of an unknown kind';
}

/** One walk over one value; `open` holds the containers on the way down, to find cycles. */
class Walk {
  readonly #open = new Set<object>();
  readonly #path: string[];

  constructor(path: readonly string[]) {
    this.#path = [...path];
  }

  /** The value itself, or a copy where something in it needs a tag. */
  value(value: unknown): unknown {
    switch (typeof value) {
      case 'number':
        return Object.is(value, -0) ? NEGATIVE_ZERO : value;
      case 'bigint':
        return new BigIntTag(value.toString());
      case 'function':
      case 'symbol':
        throw refuse(this.#path, `it is a ${typeof value}`);
      case 'object':
        return value === null ? null : this.#object(value);
      default:
        return value;
    }
  }

  #object(value: object): unknown {
    if (this.#open.has(value)) throw refuse(this.#path, 'it contains itself');
    this.#open.add(value);
    const stored = this.#container(value);
    this.#open.delete(value);
    return stored;
  }

  #container(value: object): unknown {
    if (Array.isArray(value)) return this.#array(value as readonly unknown[]);
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) return this.#record(value as Record<string, unknown>);
    if (prototype === Date.prototype) {
      if (Number.isNaN((value as Date).getTime())) throw refuse(this.#path, 'it is an invalid Date');
      return value;
    }
    if (prototype === Map.prototype) return this.#map(value as ReadonlyMap<unknown, unknown>);
    if (prototype === Set.prototype) return this.#set(value as ReadonlySet<unknown>);
    if (TYPED_ARRAYS.has(value.constructor)) return value;
    throw refuse(this.#path, describe(value));
  }

  #array(list: readonly unknown[]): unknown {
    let copy: unknown[] | undefined;
    for (let index = 0; index < list.length; index++) {
      this.#path.push(String(index));
      if (!(index in list)) throw refuse(this.#path, 'it is a hole in a list');
      const stored = this.value(list[index]);
      this.#path.pop();
      if (stored !== list[index] || Object.is(list[index], -0)) (copy ??= [...list])[index] = stored;
    }
    return copy ?? list;
  }

  #record(record: Record<string, unknown>): unknown {
    if (Object.getOwnPropertySymbols(record).length > 0) throw refuse(this.#path, 'it has a symbol for a key');
    let copy: Record<string, unknown> | undefined;
    for (const key of Object.keys(record)) {
      this.#path.push(key);
      if (key === '__proto__') throw refuse(this.#path, 'a key may not be called __proto__');
      const stored = this.value(record[key]);
      this.#path.pop();
      if (stored !== record[key] || Object.is(record[key], -0)) (copy ??= { ...record })[key] = stored;
    }
    return copy ?? record;
  }

  #map(map: ReadonlyMap<unknown, unknown>): unknown {
    const copy = new Map<unknown, unknown>();
    for (const [key, item] of map) {
      this.#path.push(String(key));
      copy.set(this.value(key), this.value(item));
      this.#path.pop();
    }
    return copy;
  }

  #set(set: ReadonlySet<unknown>): unknown {
    const copy = new Set<unknown>();
    for (const item of set) {
      this.#path.push(String(item));
      copy.add(this.value(item));
      this.#path.pop();
    }
    return copy;
  }
}

/**
 * A value in the form in which it is packed: itself where it can be, tagged where MessagePack would change it.
 *
 * @param path where the value is, for the error: the channel's name first.
 * @throws AgentError `unstorable-value`, naming the path, for functions, symbols, class instances, holes, cycles,
 *   invalid dates and keys called `__proto__`.
 */
export function storable(value: unknown, path: readonly string[]): unknown {
  return new Walk(path).value(value);
}
