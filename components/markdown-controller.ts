/** Shows what models write as markdown, and as plain text until the code for that is there. */
import { html } from 'lit';
import type { ReactiveController } from 'lit';
import { addStyles } from './late-styles.ts';
import type * as code from './markdown/index.ts';
import type { MarkdownBlocks, Shown } from './markdown/index.ts';
import type { WordedElement } from './strings/index.ts';
import { tail } from './words.ts';

type Module = typeof code;
type Blocks = ReturnType<MarkdownBlocks['read']>;

const plain = (text: string): unknown => html`<p dir="auto">${text}</p>`;

let loading: Promise<Module> | undefined;
let loaded: Module | undefined;

/** Loads the code once for all elements. What could not be loaded is tried again by the next element. */
function load(): Promise<Module> {
  return (loading ??= import('./markdown/index.ts').then(
    (module) => (loaded = module),
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  ));
}

/** Renders texts, each known by an object that it belongs to. */
export class Markdown implements ReactiveController {
  /** Another number whenever what was rendered has to be rendered again. */
  version = 0;
  readonly #element: WordedElement;
  readonly #read = new WeakMap<object, { readonly text: string; readonly blocks: Blocks }>();
  #growing: MarkdownBlocks | undefined;
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
    load().then(this.#changed, () => undefined);
  }

  /** A text that is whole. @param owner what it belongs to. */
  view(text: string, owner: object): unknown {
    if (!loaded) return plain(text);
    addStyles(this.#element, loaded.markdownStyles);
    const known = this.#read.get(owner);
    const blocks = known?.text === text ? known.blocks : loaded.markdownBlocks().read(text, false);
    this.#read.set(owner, { text, blocks });
    return ['', loaded.blocksView(blocks, this.#shown)];
  }

  /** The text that is being written. @param limit characters beyond which its beginning is left out. */
  growing(text: string, limit: number): unknown {
    if (!loaded) return plain(text.length > limit ? `…${tail(text, limit)}` : text);
    addStyles(this.#element, loaded.markdownStyles);
    this.#growing ??= loaded.markdownBlocks();
    const blocks = this.#growing.read(text, true);
    let from = blocks.length;
    for (let length = 0; from > 0; from--) {
      length += blocks[from - 1]?.raw.length ?? 0;
      if (length > limit) break;
    }
    // A block that is longer than that alone.
    if (from === blocks.length && from > 0) return plain(`…${tail(text, limit)}`);
    return [from > 0 ? '…' : '', loaded.blocksView(blocks.slice(from), this.#shown)];
  }

  readonly #changed = (): void => {
    this.version++;
    this.#element.requestUpdate();
  };
}
