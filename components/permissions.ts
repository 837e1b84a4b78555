/** The panel that lists what may be done without asking, and the verticals of the site. Loaded when it is opened. */
import type { Agent, Thread } from '../src/client/index.ts';
import type { Grant } from '../src/core/index.ts';
import { permissionsView } from './permissions-view.ts';
import type { WordedElement } from './strings/index.ts';
export { permissionsStyles as styles } from './permissions.styles.ts';
export { permissions as words } from './strings/en-permissions.ts';

/** Reads a thread's grants and takes them back, on behalf of an element. */
export class Permissions {
  /** Undefined until they have been read. */
  #grants: readonly Grant[] | undefined;
  readonly #element: WordedElement;
  readonly #fail: (error: unknown) => void;
  readonly #close: () => void;
  #shown: { readonly thread: Promise<Thread>; readonly agent: Agent } | undefined;
  /** Counts the readings, so that one that was overtaken is dropped. */
  #reading = 0;
  #unfollow: (() => void) | undefined;

  /** @param fail called with what could not be read or taken back. */
  constructor(element: WordedElement, fail: (error: unknown) => void, close: () => void) {
    this.#element = element;
    this.#fail = fail;
    this.#close = close;
  }

  open(thread: Promise<Thread>, agent: Agent): void {
    this.#shown = { thread, agent };
    this.#grants = undefined;
    this.#unfollow?.();
    this.#unfollow = agent.verticals.subscribe(() => {
      this.#element.requestUpdate();
    });
    this.#read(thread);
  }

  close(): void {
    this.#unfollow?.();
  }

  view(): unknown {
    if (!this.#shown) return undefined;
    const { agent } = this.#shown;
    return permissionsView(this.#grants, agent.verticals.list(), this.#revoke, this.#close, this.#element.words);
  }

  readonly #revoke = (grant: Grant): void => {
    const revoked = this.#shown?.thread.then(async (known) => {
      await known.revoke(grant);
      return known;
    });
    if (revoked) this.#read(revoked);
    // The button that was pressed is about to go.
    this.#element.shadowRoot?.querySelector<HTMLElement>('[part=permissions]')?.focus();
  };

  #read(thread: Promise<Thread>): void {
    const reading = ++this.#reading;
    this.#element.requestUpdate();
    thread
      .then((known) => known.grants())
      .then((grants) => {
        if (reading !== this.#reading) return;
        this.#grants = grants;
        this.#element.requestUpdate();
      })
      .catch(this.#fail);
  }
}
