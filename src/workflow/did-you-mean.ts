/** The name that somebody has probably meant. */

/** How many letters have to be changed, added, left out or swapped with the next one to make one word of the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

const LONGEST = 40;
const plain = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '');

/**
 * The one of `names` that is nearest to `name`, if any is near: a third of its letters may differ.
 *
 * @example
 * nearest('tool_buget', ['tools', 'tool_budget']); // 'tool_budget'
 */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const wanted = plain(name.slice(0, LONGEST));
  let found: string | undefined;
  let least = Math.floor(wanted.length / 3) + 1;
  for (const other of names) {
    const known = plain(other);
    if (Math.abs(known.length - wanted.length) >= least) continue;
    const far = distance(wanted, known);
    if (far >= least) continue;
    least = far;
    found = other;
  }
  return found;
}
