/** Changes of a map's entries as records to put, which keep their order. */

/** One change of an entry; `undefined` deletes it. */
export type EntryChange = readonly [key: unknown, value: unknown];

/** Whether a record keeps a key among its whole numbers, which come first and in their own order. */
export function isIndex(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57 && String(Number(key) >>> 0) === key && key !== '4294967295';
}

/**
 * The records to put that make changes one after the other. A record lists whole numbers first and a key once, so
 * changes that would change places in one record go into several.
 *
 * @returns undefined when a key cannot be put: it is no text, or `__proto__`.
 */
export function putRecords(changes: Iterable<EntryChange>): readonly Record<string, unknown>[] | undefined {
  const records: Record<string, unknown>[] = [];
  let record: Record<string, unknown> | undefined;
  /** The highest whole number in the record; Infinity once it holds another key. */
  let highest = -1;
  for (const [key, value] of changes) {
    if (typeof key !== 'string' || key === '__proto__') return undefined;
    const number = isIndex(key) ? Number(key) : Infinity;
    if (record === undefined || Object.hasOwn(record, key) || (number !== Infinity && number <= highest)) {
      record = {};
      records.push(record);
    }
    highest = number;
    record[key] = value;
  }
  return records;
}
