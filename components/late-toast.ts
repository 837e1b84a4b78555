/** The undo toast, loaded with the first call that can be taken back: most first messages need none. */
import { bring } from './late.ts';
import type { WordedElement } from './strings/index.ts';
import type { ThreadView } from '../src/client/index.ts';
import type { Undo } from './tool-view.ts';
import type { UndoToast } from './undo-toast.ts';
import type * as ToastView from './undo-toast-view.ts';

/** Follows the views of threads on behalf of an element, and loads and feeds its toast. */
export class LateToast {
  /** How it is shown, and what; undefined until it is loaded. */
  loaded: { readonly parts: typeof ToastView; readonly toast: UndoToast } | undefined;
  readonly #element: WordedElement;
  readonly #tell: (words: string) => void;
  /** The view before the first one with something to tell, and the newest, while it is being loaded. */
  #between: { readonly from: ThreadView; to: ThreadView } | undefined;

  /** @param tell called with what is to be heard of it. */
  constructor(element: WordedElement, tell: (words: string) => void) {
    this.#element = element;
    this.#tell = tell;
  }

  /** Whether something is told, or about to be. */
  get isBusy(): boolean {
    return this.#between !== undefined || (this.loaded?.toast.calls.length ?? 0) > 0;
  }

  follow(before: ThreadView, after: ThreadView): void {
    if (this.loaded) this.#feed(before, after);
    else if (this.#between) this.#between.to = after;
    else if (before.loaded && offers(before, after)) {
      this.#between = { from: before, to: after };
      bring(import('./undo-toast-view.ts'), this.#element)
        .then((parts) => {
          this.loaded ??= { parts, toast: new parts.UndoToast(this.#element) };
          if (this.#between) this.#feed(this.#between.from, this.#between.to);
        })
        // The card of the call offers the same; the next call has it tried again.
        .catch(() => undefined)
        .finally(() => {
          this.#between = undefined;
        });
    }
  }

  /** What was done just now, and what takes it back. */
  view(undo: Undo, back: () => void): unknown {
    const { parts, toast } = this.loaded ?? {};
    return toast && parts?.undoToastView(toast, { undo, back, strings: this.#element.words });
  }

  close(): void {
    this.#between = undefined;
    this.loaded?.toast.close();
  }

  #feed(before: ThreadView, after: ThreadView): void {
    const { toast, parts } = this.loaded ?? {};
    if (toast?.follow(before, after) && parts) this.#tell(parts.heardWords(toast.calls, this.#element.words));
  }
}

const offers = ({ messages: { length } }: ThreadView, { messages }: ThreadView): boolean =>
  messages.slice(length).some(({ role, content }) => role === 'tool' && content.some(({ undo }) => undo === 'offered'));
