/** A value as a tree whose branches are rendered when they are opened. */
import { html, nothing } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { RunStrings } from '../strings/index.ts';
import type { Strings } from '../strings/index.ts';
import { longText } from '../long-text.ts';
import { entriesOf } from './difference.ts';

/** How many entries of one branch are shown at first, and with each wish for more. */
const MOST = 100;
const TEXT_LIMIT = 400;

/** What the reader has opened of the trees of an element, by path. */
export class Opened {
  readonly #host: ReactiveControllerHost;
  readonly #open = new Set<string>();
  readonly #limits = new Map<string, number>();
  shown: ReadonlySet<string> = new Set();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  has(path: string): boolean {
    return this.#open.has(path);
  }

  open(path: string): void {
    this.#open.add(path);
  }

  limit(path: string): number {
    return this.#limits.get(path) ?? MOST;
  }

  more(path: string): void {
    this.#limits.set(path, this.limit(path) + MOST);
    this.#host.requestUpdate();
  }

  readonly show = (key: string): void => {
    this.shown = new Set([...this.shown, key]);
    this.#host.requestUpdate();
  };

  /** To be called when a `<details>` of that path was toggled. */
  toggle(path: string, { currentTarget }: Event): void {
    const { open } = currentTarget as HTMLDetailsElement;
    if (open === this.has(path)) return;
    if (open) this.#open.add(path);
    else this.#open.delete(path);
    this.#host.requestUpdate();
  }
}

export interface TreeScope {
  readonly opened: Opened;
  readonly strings: Strings;
  readonly runs: RunStrings;
}

/** What is no text, in code. */
function leafText(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Blob) return `${value.type || 'Blob'}, ${value.size} B`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}, ${value.byteLength} B`;
  return String(value);
}

/** A value that has no entries. */
function leafView(value: unknown, path: string, scope: TreeScope): TemplateResult {
  if (typeof value !== 'string') return html`<code class="leaf" data-type=${typeof value}>${leafText(value)}</code>`;
  const { opened, strings } = scope;
  const reader = { strings, shown: opened.shown, show: opened.show };
  return html`<span class="leaf" data-type="string" dir="auto"
    >${value === '' ? '“”' : longText(value, path, reader, TEXT_LIMIT)}</span
  >`;
}

/** One or two words for a value that is closed. */
function brief(value: unknown, size: number, { runs }: TreeScope): string {
  return Array.isArray(value) || value instanceof Set ? runs.items(size) : runs.entries(size);
}

/** An entry: its name, and its value or what can be opened. */
function entryView(name: string | number, value: unknown, path: string, scope: TreeScope): TemplateResult {
  const entries = entriesOf(value);
  if (!entries || entries.length === 0) {
    const words = entries ? html`<code class="leaf">${Array.isArray(value) ? '[]' : '{}'}</code>` : undefined;
    return html`<li><span class="key" dir="auto">${name}</span> ${words ?? leafView(value, path, scope)}</li>`;
  }
  const { opened } = scope;
  return html`<li>
    <details
      .open=${opened.has(path)}
      @toggle=${(event: Event) => {
        opened.toggle(path, event);
      }}
    >
      <summary>
        <span class="key" dir="auto">${name}</span> <span class="quiet">${brief(value, entries.length, scope)}</span>
      </summary>
      ${opened.has(path) ? treeView(value, path, scope) : nothing}
    </details>
  </li>`;
}

/**
 * The entries of a value, those that have some of their own closed at first; a value without any as it is.
 *
 * @param path names the value among all that are shown
 */
export function treeView(value: unknown, path: string, scope: TreeScope): TemplateResult {
  const entries = entriesOf(value);
  if (!entries) return leafView(value, path, scope);
  const limit = scope.opened.limit(path);
  const rest = entries.length - limit;
  return html`<ul class="tree" role="list">
    ${entries.slice(0, limit).map(([name, item]) => entryView(name, item, `${path}/${name}`, scope))}
    ${
      rest > 0
        ? html`<li>
            <button
              class="earlier"
              type="button"
              @click=${() => {
                scope.opened.more(path);
              }}
            >
              ${scope.runs.showMore(Math.min(rest, MOST))}
            </button>
          </li>`
        : nothing
    }
  </ul>`;
}
