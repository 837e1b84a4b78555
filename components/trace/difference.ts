/** What is different between two values, as a person reads it: by path, with both. Pure. */

/** A value that is in one only, or another in each. */
export interface Change {
  readonly path: readonly (string | number)[];
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before?: unknown;
  readonly after?: unknown;
}

type Found = Change[];

/** More of them nobody reads at once. */
const MOST = 200;

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The entries of what has some; undefined of what is one value. */
export function entriesOf(value: unknown): readonly (readonly [string | number, unknown])[] | undefined {
  if (Array.isArray(value)) return value.map((item: unknown, index) => [index, item] as const);
  if (value instanceof Map) return [...value].map(([name, item]) => [String(name), item as unknown] as const);
  if (value instanceof Set) return [...value].map((item: unknown, index) => [index, item] as const);
  return isPlain(value) ? Object.entries(value) : undefined;
}

function isSame(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true;
  if (before instanceof Date && after instanceof Date) return before.getTime() === after.getTime();
  if (before instanceof Blob && after instanceof Blob) return before.size === after.size && before.type === after.type;
  if (ArrayBuffer.isView(before) && ArrayBuffer.isView(after)) {
    return String(new Uint8Array(before.buffer)) === String(new Uint8Array(after.buffer));
  }
  return false;
}

function compare(before: unknown, after: unknown, path: Change['path'], found: Found): void {
  if (found.length > MOST || isSame(before, after)) return;
  const [old, young] = [entriesOf(before), entriesOf(after)];
  const isAlike = Array.isArray(before) === Array.isArray(after);
  if (!old || !young || !isAlike) {
    found.push({ path, kind: 'changed', before, after });
    return;
  }
  const [had, has] = [new Map(old), new Map(young)];
  for (const [name, value] of young) {
    if (found.length > MOST) return;
    if (had.has(name)) compare(had.get(name), value, [...path, name], found);
    else found.push({ path: [...path, name], kind: 'added', after: value });
  }
  for (const [name, value] of old) {
    if (found.length > MOST) return;
    if (!has.has(name)) found.push({ path: [...path, name], kind: 'removed', before: value });
  }
}

/** The changes, in the order of the later value; of more than 200 the first. */
export function changesBetween(
  before: unknown,
  after: unknown,
): { readonly changes: readonly Change[]; readonly isCut: boolean } {
  const found: Found = [];
  compare(before, after, [], found);
  return { changes: found.slice(0, MOST), isCut: found.length > MOST };
}
