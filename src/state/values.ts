/** The values of channels: what the engine keeps, what a node sees of it, and the plain data that is stored and sent. */
import { AppendLog } from './append-log.ts';
import { refuseChange } from './lock.ts';
import { MapLog } from './map-log.ts';

/**
 * The raw values of channels by name, the engine's own among them. A list that was appended to is an `AppendLog` here,
 * and a map that was put to a `MapLog`: read with {@link read}, or through {@link view} or {@link plain}.
 */
export type Values = Readonly<Record<string, unknown>>;

/** The values of the empty thread. */
export const NO_VALUES: Values = Object.freeze({});

/** The raw value of a channel, which may be called as what every object inherits; undefined when it has none. */
export function valueOf(values: Values, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** What a reader sees of a raw value: the frozen list of an `AppendLog`, everything else as it is. */
export function read(value: unknown): unknown {
  return value instanceof AppendLog ? value.read() : value;
}

// One handler for all views, so that a view costs one allocation.
const READ_ONLY: ProxyHandler<Values> = {
  get: (values, key) => read(Reflect.get(values, key)),
  getOwnPropertyDescriptor(values, key) {
    if (!Object.hasOwn(values, key)) return undefined;
    return { value: read(Reflect.get(values, key)), writable: false, enumerable: true, configurable: true };
  },
  set: refuseChange,
  defineProperty: refuseChange,
  deleteProperty: refuseChange,
  preventExtensions: refuseChange,
  setPrototypeOf: refuseChange,
};

/**
 * The state that a node reads: a read-only view of raw values. It behaves as a record of plain values when it is
 * destructured, spread, listed or made JSON of; it cannot be posted or cloned, use {@link plain} for that.
 *
 * @param values an unfrozen record, such as {@link apply} returns.
 */
export function view(values: Values): Values {
  return new Proxy(values, READ_ONLY);
}

/** The values as plain data, to store and to send: lists and real Maps. What is costly to make is made once. */
export function plain(values: Values): Record<string, unknown> {
  const data: Record<string, unknown> = { ...values };
  for (const name of Object.keys(data)) {
    const value = data[name];
    if (value instanceof AppendLog) data[name] = value.read();
    else if (value instanceof MapLog) data[name] = value.plain();
  }
  return data;
}
