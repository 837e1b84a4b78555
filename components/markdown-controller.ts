/** Shows what models write as markdown, and as plain text until the code for that is there. */
import { html } from 'lit';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type * as code from './markdown/index.ts';
import type { MarkdownBlocks } from './markdown/index.ts';

type Module = typeof code;

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
  readonly #element: ReactiveControllerHost;
  readonly #readers = new WeakMap<object, MarkdownBlocks>();
  readonly #pictures = new Set<string>();

  constructor(element: ReactiveControllerHost) {
    this.#element = element;
    element.addController(this);
  }

  hostConnected(): void {
    if (loaded) return;
    load().then(this.#changed, () => undefined);
  }

  /**
   * A text as markdown.
   *
   * @param owner what the text belongs to, the same while it grows.
   * @param isGrowing whether more is to come.
   */
  view(text: string, owner: object, isGrowing: boolean): unknown {
    if (!loaded) return html`<p class="plain" dir="auto">${text}</p>`;
    const known = this.#readers.get(owner) ?? loaded.markdownBlocks();
    this.#readers.set(owner, known);
    return loaded.blocksView(known.read(text, isGrowing), {
      version: this.version,
      has: (href) => this.#pictures.has(href),
      add: (href) => {
        this.#pictures.add(href);
        this.#changed();
      },
    });
  }

  readonly #changed = (): void => {
    this.version++;
    this.#element.requestUpdate();
  };
}
