/** Text in columns. */

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly (string | number)[])[]} lines numbers go to the right of their column
 * @returns {string}
 */
export function table(head, lines) {
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => String(line[i]).length)));
  const print = (line) =>
    line
      .map((cell, i) => (typeof cell === 'number' ? String(cell).padStart(widths[i]) : cell.padEnd(widths[i])))
      .join('  ')
      .trimEnd();
  return [print(head), ...lines.map(print)].join('\n') + '\n';
}
