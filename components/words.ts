/** Turns names and values into what a person can read. Pure. */

/**
 * A name from code as words: `add_todo`, `addTodo` and `todo.add` become "Add todo", "Add todo" and "Todo add".
 * Runs of capitals stay as they are.
 */
export function inWords(name: string): string {
  const words = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .flatMap((part) => part.split(' '))
    .filter((word) => word !== '')
    .map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase()))
    .join(' ');
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value as indented JSON. What JSON lacks is named: a Map as its entries, a BigInt with its `n`. */
export function readableJson(value: unknown): string {
  const plain = (_key: string, inner: unknown): unknown => {
    if (typeof inner === 'bigint') return `${inner}n`;
    if (inner instanceof Map) return Object.fromEntries(inner);
    if (inner instanceof Set) return [...inner];
    return inner;
  };
  return value === undefined ? 'undefined' : JSON.stringify(value, plain, 2);
}

/** A value on its own: text as it is, everything else as JSON. */
export function readable(value: unknown): string {
  return typeof value === 'string' ? value : readableJson(value);
}

/** The first `limit` characters of `text`, never half of a surrogate pair. */
export function head(text: string, limit: number): string {
  return text.slice(0, limit).replace(/[\uD800-\uDBFF]$/u, '');
}

/** The last `limit` characters of `text`, never half of a surrogate pair. */
export function tail(text: string, limit: number): string {
  return text.slice(-limit).replace(/^[\uDC00-\uDFFF]/u, '');
}
