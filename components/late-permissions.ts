/** The panel of permissions, loaded when somebody opens it: most visitors never do. */
import type { Agent, Thread } from '../src/client/index.ts';
import { bring } from './late.ts';
import type { Permissions } from './permissions.ts';
import type { WordedElement } from './strings/index.ts';

/** Opens and closes the panel on behalf of an element. */
export class LatePermissions {
  isOpen = false;
  readonly #element: WordedElement;
  readonly #fail: (error: unknown) => void;
  readonly #close: () => void;
  #panel: Permissions | undefined;

  /**
   * @param fail called with what could not be loaded, read or taken back.
   * @param close called when the person closes the panel.
   */
  constructor(element: WordedElement, fail: (error: unknown) => void, close: () => void) {
    this.#element = element;
    this.#fail = fail;
    this.#close = close;
  }

  /** Resolves once the panel is shown, or is not to be any more. */
  async open(thread: Promise<Thread>, agent: Agent): Promise<unknown> {
    this.isOpen = true;
    this.#element.requestUpdate();
    try {
      const { Permissions } = await bring(import('./permissions.ts'), this.#element);
      this.#panel ??= new Permissions(this.#element, this.#fail, this.#close);
      // It may have been closed in the meantime.
      if (this.#isWanted()) this.#panel.open(thread, agent);
    } catch (error) {
      this.close();
      this.#fail(error);
    }
    return this.#element.updateComplete;
  }

  close(): void {
    this.isOpen = false;
    this.#panel?.close();
    this.#element.requestUpdate();
  }

  #isWanted(): boolean {
    return this.isOpen;
  }

  /** The panel, once it is there. */
  view(): unknown {
    return this.isOpen && this.#panel?.view();
  }
}
