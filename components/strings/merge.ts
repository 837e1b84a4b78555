/** Puts some texts in the place of others. Pure. */
import type { Loose, SomeStrings, Strings } from './strings.ts';

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null;

function mergeTables(base: Table, over: Table): Table {
  const merged: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const known = base[name];
    if (isTable(known) && isTable(value)) merged[name] = mergeTables(known, value);
    else if (value !== undefined) merged[name] = value;
  }
  return merged;
}

/** The English texts of what was loaded later, with those in their place that an element has for it. */
export function lateStrings<T extends object>(english: T, some: object = {}): Loose<T> {
  return mergeTables(english as Table, some as Table) as Loose<T>;
}

/** The texts with some of them replaced. */
export function merged(strings: Strings, some: SomeStrings): Strings {
  // What stands in the place of a text is one as well, which the type of `some` sees to.
  return mergeTables(strings, some) as unknown as Strings;
}
