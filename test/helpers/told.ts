/** Says in a value what its Blobs and Files hold, so that two values can be compared at once. */
export async function told(value: unknown): Promise<unknown> {
  if (value instanceof Blob) {
    const { name, lastModified } = value as Partial<File>;
    const kind = value instanceof File ? 'File' : 'Blob';
    return { kind, type: value.type, name, lastModified, bytes: new Uint8Array(await value.arrayBuffer()) };
  }
  if (value instanceof Map) return new Map(await Promise.all([...(value as ReadonlyMap<unknown, unknown>)].map(all)));
  if (value instanceof Set) return new Set(await all([...(value as ReadonlySet<unknown>)]));
  if (Array.isArray(value)) return all(value);
  if (typeof value !== 'object' || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(await Promise.all(Object.entries(value).map(all)));
}

const all = <T extends readonly unknown[]>(values: T): Promise<T> =>
  Promise.all(values.map(told)) as unknown as Promise<T>;
