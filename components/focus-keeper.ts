/** Keeps the focus of who uses the keyboard where what had it moves, is disabled or goes. */
import type { ReactiveController, ReactiveElement } from 'lit';

/** Watches the focus over each render of its host, as far as it is within what `around` selects. */
export class FocusKeeper implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #around: string;
  readonly #next: (place: Element) => HTMLElement | null | undefined;
  #at: Element | null | undefined;
  #place: Element | null | undefined;

  /** @param next finds where the focus goes when what had it is gone; called with what was around that. */
  constructor(host: ReactiveElement, around: string, next: (place: Element) => HTMLElement | null | undefined) {
    this.#host = host;
    this.#around = around;
    this.#next = next;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#at = this.#host.shadowRoot?.activeElement;
    this.#place = this.#at?.closest(this.#around);
  }

  hostUpdated(): void {
    const at = this.#at;
    const now = this.#host.shadowRoot?.activeElement;
    const isDisabled = at?.matches(':disabled');
    // Whoever has gone on elsewhere stays there.
    if (!this.#place || !(at instanceof HTMLElement) || (now && (now !== at || !isDisabled))) return;
    (at.isConnected && !isDisabled ? at : this.#next(this.#place))?.focus({ preventScroll: true });
  }
}
