/** The English texts of the undo toast, apart from `strings.ts` so that they are loaded with it. */

/** Names in their order, each once. */
function times(names: readonly string[]): string {
  const count = (name: string): number => names.filter((one) => one === name).length;
  return [...new Set(names)]
    .map((name) => (count(name) > 1 ? `${name} (${String(count(name))} times)` : name))
    .join(', ');
}

export const toastStrings = Object.freeze({
  undoAll: 'Undo all',
  justDone: 'Done just now',
  hasDone: (names: readonly string[]) =>
    names.length === 1 ? `Done: ${names.join('')}.` : `${String(names.length)} things were done: ${times(names)}.`,
  canUndo: (done: string) => `${done} You can undo this.`,
});
