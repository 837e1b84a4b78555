/** The files that the next message takes along: chosen, pasted or dropped. */
import type { ReactiveController } from 'lit';
import { isAccepted } from './accepted.ts';
import { sizeWords } from './file-size.ts';
import type { Problem } from './problem.ts';
import type { WordedElement } from './strings/index.ts';

/** Files of a message. More is a case for a tool of the site. */
const MOST = 8;

/** Bytes of a file: what is sent as text is a third longer, and the servers of models take about twenty megabytes. */
const LARGEST = 10_000_000;

/** What an element does for its files. */
export interface FileActions {
  /** Says what has happened. */
  readonly tell: (words: string) => void;
  /** Says why something was not added, or with undefined that nothing is wrong any more. */
  readonly refuse: (problem: Problem | undefined) => void;
  /** Puts the focus into the field. */
  readonly back: () => void;
}

export class ChosenFiles implements ReactiveController {
  files: readonly File[] = [];
  /** Which kinds can be added, as in the attribute of a file field; undefined for none. */
  accept: string | undefined;
  readonly #element: WordedElement;
  readonly #actions: FileActions;

  constructor(element: WordedElement, actions: FileActions) {
    this.#element = element;
    this.#actions = actions;
    element.addController(this);
  }

  hostConnected(): void {
    this.#element.addEventListener('paste', this.#paste);
    this.#element.addEventListener('dragover', this.#dragOver);
    this.#element.addEventListener('drop', this.#drop);
  }

  hostDisconnected(): void {
    this.#element.removeEventListener('paste', this.#paste);
    this.#element.removeEventListener('dragover', this.#dragOver);
    this.#element.removeEventListener('drop', this.#drop);
  }

  /** Adds those that can be sent, and says why others cannot. */
  add(given: Iterable<File>): void {
    const { files: words } = this.#element.words;
    const added: File[] = [];
    let problem: Problem | undefined;
    for (const file of given) {
      if (!isAccepted(file, this.accept ?? '')) problem = { message: words.notTaken(file.name), fix: '' };
      else if (file.size > LARGEST)
        problem = { message: words.tooLarge(file.name), fix: words.largest(sizeWords(LARGEST, words)) };
      else if (this.files.length + added.length >= MOST) problem = { message: words.tooMany, fix: words.most(MOST) };
      else added.push(file);
    }
    this.#actions.refuse(problem);
    this.#become([...this.files, ...added]);
    if (added.length > 0) this.#actions.tell(words.added(added.map(({ name }) => name)));
    this.#actions.back();
  }

  remove(file: File): void {
    this.#become(this.files.filter((other) => other !== file));
    this.#actions.tell(this.#element.words.files.removed(file.name));
    // The button that was pressed goes.
    this.#actions.back();
  }

  take(): readonly File[] {
    const { files } = this;
    this.#become([]);
    return files;
  }

  giveBack(files: readonly File[]): void {
    this.#become([...files, ...this.files].slice(0, MOST));
  }

  #become(files: readonly File[]): void {
    this.files = files;
    this.#element.requestUpdate();
  }

  readonly #paste = (event: ClipboardEvent): void => {
    const { files } = event.clipboardData ?? {};
    // What has words as well, such as cells of a table, is meant as words.
    if (this.accept === undefined || !files?.length || event.clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    this.add(files);
  };

  readonly #dragOver = (event: DragEvent): void => {
    // Else the browser would leave the page for a file that misses its place.
    if (this.accept !== undefined && event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };

  readonly #drop = (event: DragEvent): void => {
    const { files } = event.dataTransfer ?? {};
    if (this.accept === undefined || !files?.length) return;
    event.preventDefault();
    this.add(files);
  };
}
