/** The panel of permissions, loaded when somebody opens it: most visitors never do. */
import type { Binding } from './binding.ts';
import { bring } from './late.ts';
import type { Permissions } from './permissions.ts';
import type { WordedElement } from './strings/index.ts';

/** Opens and closes the panel on behalf of an element. */
export class LatePermissions {
  isOpen = false;
  readonly #element: WordedElement;
  readonly #binding: Binding;
  readonly #fail: (error: unknown) => void;
  #panel: Permissions | undefined;

  /** @param fail called with what could not be loaded, read or taken back. */
  constructor(element: WordedElement, binding: Binding, fail: (error: unknown) => void) {
    this.#element = element;
    this.#binding = binding;
    this.#fail = fail;
  }

  /** Opens or closes it, with the focus where it is wanted. */
  readonly toggle = (): void => {
    const focus = (selector: string): void => {
      this.#element.shadowRoot?.querySelector<HTMLElement>(selector)?.focus();
    };
    if (this.isOpen) {
      this.#close();
      focus('[data-opens=permissions]');
    } else {
      void this.#open().then(() => {
        focus('[part=permissions]');
      });
    }
  };

  /** Shows those of the thread that the element has turned to, if it is open. */
  follow(): void {
    if (this.isOpen) void this.#open();
  }

  /** The panel, once it is there. */
  view(): unknown {
    return this.isOpen && this.#panel?.view();
  }

  /** Resolves once the panel is shown, or is not to be any more. */
  async #open(): Promise<unknown> {
    const thread = this.#binding.thread();
    const { agent } = this.#binding.bind();
    this.isOpen = true;
    this.#element.requestUpdate();
    try {
      const { Permissions } = await bring(import('./permissions.ts'), this.#element);
      this.#panel ??= new Permissions(this.#element, this.#fail, this.toggle);
      // It may have been closed in the meantime.
      if (this.#isWanted()) this.#panel.open(thread, agent);
    } catch (error) {
      this.#close();
      this.#fail(error);
    }
    return this.#element.updateComplete;
  }

  #close(): void {
    this.isOpen = false;
    this.#panel?.close();
    this.#element.requestUpdate();
  }

  #isWanted(): boolean {
    return this.isOpen;
  }
}
