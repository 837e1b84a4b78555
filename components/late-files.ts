/** The files of messages: what adds and shows them is loaded where a site lets them be added, or a message has some. */
import { nothing } from 'lit';
import type { Message } from '../src/core/index.ts';
import type { ChosenFiles, FileActions } from './chosen-files.ts';
import type * as code from './files-view.ts';
import { bring } from './late.ts';
import type { WordedElement } from './strings/index.ts';

/** Adds and shows files on behalf of an element. */
export class LateFiles {
  /** What was loaded, once it is there. */
  parts: typeof code | undefined;
  readonly #element: WordedElement;
  readonly #actions: FileActions;
  #chosen: ChosenFiles | undefined;
  #isAsked = false;

  constructor(element: WordedElement, actions: FileActions) {
    this.#element = element;
    this.#actions = actions;
  }

  /** Whether a file is to be sent. */
  get has(): boolean {
    return (this.#chosen?.files.length ?? 0) > 0;
  }

  /** The files that are to be sent, which are then none any more. */
  take(): readonly File[] {
    return this.#chosen?.take() ?? [];
  }

  /** Has files that could not be sent be ready to be sent again. */
  giveBack(files: readonly File[]): void {
    this.#chosen?.giveBack(files);
  }

  /** The button that adds some, and those that are there. @param accept undefined where none can be added. */
  composer(accept: string | undefined): unknown {
    if (accept === undefined && !this.#chosen) return nothing;
    const parts = this.#load();
    this.#chosen ??= parts && new parts.ChosenFiles(this.#element, this.#actions);
    return this.#chosen ? parts?.composerFilesView(this.#chosen, accept, this.#element.words) : nothing;
  }

  /** Those of a message. */
  view({ content }: Message): unknown {
    const files = content.filter((part) => part.type === 'file');
    return files.length === 0 ? nothing : this.#load()?.messageFilesView(files, this.#element.words);
  }

  #load(): typeof code | undefined {
    if (!this.#isAsked) {
      this.#isAsked = true;
      bring(import('./files-view.ts'), this.#element).then(
        (parts) => {
          this.parts = parts;
          this.#element.requestUpdate();
        },
        () => {
          this.#isAsked = false;
        },
      );
    }
    return this.parts;
  }
}
