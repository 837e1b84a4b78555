/** What comes back from JSON exactly as it was. */

/** Whether a value is made of texts, finite numbers, true, false, null, and lists and plain records of such. */
export function isExact(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || Object.getOwnPropertySymbols(value).length > 0) return false;
  const parts = Object.values(value);
  if (Array.isArray(value)) return parts.length === value.length && parts.every(isExact);
  return Object.getPrototypeOf(value) === Object.prototype && parts.every(isExact);
}
