/** Keeps a scroller at its end while the reader is there, and leaves it alone when the reader has scrolled up. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How far from the end, in px, still counts as being there: less than a line, more than a rounding error. */
const NEAR = 24;

/** Above what is shown from its beginning, in px. */
const MARGIN = 12;

/** Watches the scroller that `find` gives, once the host has rendered it. */
export class BottomKeeper implements ReactiveController {
  /** Whether the reader is at the end. */
  atBottom = true;
  readonly #host: ReactiveControllerHost;
  readonly #find: () => HTMLElement | null;
  readonly #whole: () => HTMLElement | null;
  #scroller: HTMLElement | undefined;
  #resizes: ResizeObserver | undefined;
  #height = 0;
  #held: { readonly element: Element; readonly top: number } | undefined;
  #wanted = false;

  /** @param whole finds what the end must not hide the beginning of, even where it is higher than the scroller. */
  constructor(host: ReactiveControllerHost, find: () => HTMLElement | null, whole: () => HTMLElement | null) {
    this.#host = host;
    this.#find = find;
    this.#whole = whole;
    host.addController(this);
  }

  /** Goes to the end with the next render, and stays there. */
  toBottom(): void {
    this.#wanted = true;
    this.#host.requestUpdate();
  }

  /** Takes the reader there. */
  readonly jump = (): void => {
    this.toBottom();
    // The button for it goes, and must not take the focus with it.
    this.focus();
  };

  /** Puts the focus into the scroller. */
  focus(): void {
    this.#find()?.focus({ preventScroll: true });
  }

  /** Keeps an element where it is in sight, whatever the next render puts before it. */
  hold(element: Element): void {
    this.#held = { element, top: element.getBoundingClientRect().top };
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  // Before each render, because what the reader has opened since must not be taken for new text.
  hostUpdate(): void {
    if (this.#scroller !== undefined) this.#look(this.#scroller);
    this.atBottom ||= this.#wanted;
    this.#wanted = false;
  }

  hostUpdated(): void {
    const scroller = this.#scroller ?? this.#observe();
    if (scroller !== undefined && this.#held !== undefined) {
      scroller.scrollTop += this.#held.element.getBoundingClientRect().top - this.#held.top;
      this.#held = undefined;
    }
    if (scroller !== undefined) this.#settle(scroller);
  }

  hostDisconnected(): void {
    this.#resizes?.disconnect();
    this.#scroller?.removeEventListener('scroll', this.#check);
    this.#scroller = undefined;
  }

  #observe(): HTMLElement | undefined {
    const scroller = this.#find();
    if (scroller === null) return undefined;
    this.#scroller = scroller;
    scroller.addEventListener('scroll', this.#check, { passive: true });
    this.#resizes = new ResizeObserver(() => {
      this.#check();
      this.#settle(scroller);
    });
    this.#resizes.observe(scroller);
    return scroller;
  }

  #settle(scroller: HTMLElement): void {
    if (this.atBottom) {
      scroller.scrollTop = scroller.scrollHeight;
      const top = this.#whole()?.getBoundingClientRect().top ?? Infinity;
      const hidden = scroller.getBoundingClientRect().top + MARGIN - top;
      if (hidden > 0) scroller.scrollTop -= hidden;
    }
    this.#height = scroller.clientHeight;
  }

  readonly #check = (): void => {
    if (this.#scroller === undefined) return;
    const before = this.atBottom;
    this.#look(this.#scroller);
    if (this.atBottom !== before) this.#host.requestUpdate();
  };

  /** Finds out where the reader is. A reader at the end stays there when the scroller's own size changes. */
  #look(scroller: HTMLElement): void {
    const { clientHeight, scrollTop, scrollHeight } = scroller;
    if (this.atBottom && clientHeight !== this.#height) return;
    this.atBottom = scrollHeight - scrollTop - clientHeight < NEAR;
  }
}
