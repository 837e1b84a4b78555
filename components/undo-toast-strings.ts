/** The English texts of the undo toast, which come with it. */
import { counted } from './strings/listed.ts';

export const toastStrings = Object.freeze({
  undoAll: 'Undo all',
  justDone: 'Done just now',
  hasDone: (names: readonly string[]) =>
    names.length === 1
      ? `Done: ${names.join('')}.`
      : `${String(names.length)} things were done: ${counted(names, (count) => `${String(count)} times`).join(', ')}.`,
  canUndo: (done: string) => `${done} You can undo this.`,
});
