/** What is said in English of what can be undone, under `toast`. It comes with the toast. */
import { counted } from './listed.ts';

export const toast = Object.freeze({
  toast: Object.freeze({
    undoAll: 'Undo all',
    justDone: 'Done just now',
    hasDone: (names: readonly string[]) =>
      names.length === 1
        ? `Done: ${names.join('')}.`
        : `${String(names.length)} things were done: ${counted(names, (count) => `${String(count)} times`).join(', ')}.`,
    canUndo: (done: string) => `${done} You can undo this.`,
  }),
});
