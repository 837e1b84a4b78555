/** Shows what models write as markdown, and as plain text until the code for that is there. */
import { html } from 'lit';
import type { ReactiveController } from 'lit';
import type { Message } from '../src/core/index.ts';
import { bring } from './late.ts';
import { addStyles } from './late-styles.ts';
import { MESSAGE_LIMIT } from './long-text.ts';
import type * as code from './markdown/index.ts';
import type { MarkdownBlocks, Shown } from './markdown/index.ts';
import type { WordedElement } from './strings/index.ts';
import { tail } from './words.ts';

type Module = typeof code;
type Blocks = ReturnType<MarkdownBlocks['read']>;

/** Characters of a text that is shown as it grows: no more of it is laid out at once than what comes in. */
const GROWN_LIMIT = 400_000;

const plain = (text: string): unknown => html`<p dir="auto">${text}</p>`;
const plainEnd = (text: string): unknown => plain(text.length > MESSAGE_LIMIT ? `…${tail(text, MESSAGE_LIMIT)}` : text);

/** The code, once it is there for all elements. */
let loaded: Module | undefined;

/** Renders the texts of messages. */
export class Markdown implements ReactiveController {
  /** Another number whenever what was rendered has to be rendered again. */
  version = 0;
  readonly #element: WordedElement;
  readonly #read = new WeakMap<Message, { readonly text: string; readonly blocks: Blocks }>();
  #growing: MarkdownBlocks | undefined;
  #growingId = '';
  /** The messages that were shown whole while they were written. */
  readonly #grown = new Set<string>();
  readonly #pictures = new Set<string>();
  readonly #shown: Shown;

  constructor(element: WordedElement) {
    this.#element = element;
    this.#shown = {
      get strings() {
        return element.words;
      },
      has: (href) => this.#pictures.has(href),
      add: (href) => {
        this.#pictures.add(href);
        this.#changed();
      },
    };
    element.addController(this);
  }

  hostConnected(): void {
    if (loaded) return;
    // Plain text is read as well.
    bring(import('./markdown/index.ts')).then(
      (module) => {
        loaded = module;
        this.#changed();
      },
      () => undefined,
    );
  }

  /** A text that is whole. @param message what it belongs to. */
  view(text: string, message: Message): unknown {
    if (!loaded) return plain(text);
    addStyles(this.#element, loaded.styles);
    const known = this.#read.get(message);
    // Of one that has grown here all but the end stays what it is, on the page too.
    const reader = message.id === this.#growingId ? this.#growing : undefined;
    const blocks = known?.text === text ? known.blocks : (reader ?? loaded.markdownBlocks()).read(text, false);
    this.#read.set(message, { text, blocks });
    return ['', loaded.blocksView(blocks, this.#shown)];
  }

  /** Whether all of a message has been shown while it was written. */
  hasGrown(id: string): boolean {
    return this.#grown.has(id);
  }

  /**
   * The text that is being written: all of it, block by block, or the end alone of what is far too long.
   *
   * @param id of the message that it will be
   */
  growing(text: string, id: string): unknown {
    if (!loaded) return plainEnd(text);
    addStyles(this.#element, loaded.styles);
    this.#growing ??= loaded.markdownBlocks();
    this.#growingId = id;
    const blocks = text.length > GROWN_LIMIT ? [] : this.#growing.read(text, true);
    const isWhole = text.length <= GROWN_LIMIT && (blocks.at(-1)?.raw.length ?? 0) <= MESSAGE_LIMIT;
    if (!isWhole) {
      this.#grown.delete(id);
      return plainEnd(text);
    }
    this.#grown.add(id);
    return ['', loaded.blocksView(blocks, this.#shown)];
  }

  readonly #changed = (): void => {
    this.version++;
    this.#element.requestUpdate();
  };
}
