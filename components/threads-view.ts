/** The conversations as a list of buttons, by how long ago somebody wrote in them. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { AgentError, ThreadInfo } from '../src/core/index.ts';
import { bySpan } from './days.ts';
import type { Span } from './days.ts';
import { icons } from './icons.ts';
import { lateIcons } from './late-icons.ts';
import type { Strings } from './strings/index.ts';

/** What the list shows and does. */
export interface ThreadsScope {
  readonly strings: Strings;
  /** Undefined until they have been read. */
  readonly threads: readonly ThreadInfo[] | undefined;
  readonly error: AgentError | undefined;
  readonly now: number;
  /** The thread that is shown elsewhere. */
  readonly current: string;
  readonly query: string;
  /** How many rows are rendered at most. */
  readonly limit: number;
  /** The thread whose actions are open, and what is done with it. */
  readonly open: string;
  readonly mode: 'actions' | 'rename' | 'delete';
  readonly select: (id: string) => void;
  readonly create: () => void;
  readonly search: (query: string) => void;
  readonly more: () => void;
  readonly toggle: (id: string) => void;
  readonly turn: (mode: ThreadsScope['mode']) => void;
  readonly rename: (id: string, title: string) => void;
  readonly save: (thread: ThreadInfo) => void;
  readonly remove: (id: string) => void;
  readonly bringIn: (file: File) => void;
}

/** From so many on there is a field to look for one. */
const MANY = 8;

const SPANS: readonly Span[] = ['today', 'yesterday', 'week', 'earlier'];

export const titleOf = ({ title }: ThreadInfo, { untitled }: Strings): string => (title === '' ? untitled : title);

function timeOf(updated: number, span: Span, { locale }: Strings): string {
  const options: Intl.DateTimeFormatOptions =
    span === 'today' || span === 'yesterday' ? { timeStyle: 'short' } : { dateStyle: 'medium' };
  return new Date(updated).toLocaleString(locale || [], options);
}

function renameView(thread: ThreadInfo, { rename, turn, strings }: ThreadsScope): TemplateResult {
  return html`<form
    class="actions"
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const field = (event.currentTarget as HTMLFormElement).elements.namedItem('title');
      if (field instanceof HTMLInputElement) rename(thread.id, field.value);
    }}
  >
    <input name="title" aria-label=${strings.title} maxlength="200" .value=${titleOf(thread, strings)} />
    <button class="primary" type="submit">${strings.save}</button>
    <button
      type="button"
      @click=${() => {
        turn('actions');
      }}
    >
      ${strings.cancel}
    </button>
  </form>`;
}

function actionsView(thread: ThreadInfo, scope: ThreadsScope): TemplateResult {
  const { mode, turn, save, remove, strings } = scope;
  if (mode === 'rename') return renameView(thread, scope);
  const name = titleOf(thread, strings);
  const action = (words: string, label: string, act: () => void, kind = ''): TemplateResult =>
    html`<button class=${kind} type="button" aria-label=${label} @click=${act}>${words}</button>`;
  if (mode === 'delete') {
    return html`<div class="actions" role="group" aria-label=${strings.reallyDelete(name)}>
      <p>${strings.reallyDelete(name)}</p>
      ${action(
        strings.delete,
        strings.deleteThread(name),
        () => {
          remove(thread.id);
        },
        'danger',
      )}
      ${action(strings.cancel, strings.cancel, () => {
        turn('actions');
      })}
    </div>`;
  }
  return html`<div class="actions" role="group" aria-label=${name}>
    ${action(strings.rename, strings.renameThread(name), () => {
      turn('rename');
    })}
    ${action(strings.saveFile, strings.saveThread(name), () => {
      save(thread);
    })}
    ${action(strings.delete, strings.deleteThread(name), () => {
      turn('delete');
    })}
  </div>`;
}

function rowView(thread: ThreadInfo, span: Span, scope: ThreadsScope): TemplateResult {
  const { id, status, updated } = thread;
  const { strings } = scope;
  const isOpen = scope.open === id;
  return html`<li part="thread" data-status=${status}>
    <button
      part="select"
      class="select"
      type="button"
      aria-current=${scope.current === id ? 'true' : nothing}
      @click=${() => {
        scope.select(id);
      }}
    >
      <span class="title" dir="auto">${titleOf(thread, strings)}</span>
      <span class="facts"
        >${timeOf(updated, span, strings)}${status === 'idle' ? nothing : html` · ${strings.threadStatus[status]}`}</span
      >
    </button>
    <button
      class="plain"
      type="button"
      aria-expanded=${isOpen}
      aria-label=${strings.actions(titleOf(thread, strings))}
      title=${strings.actions(titleOf(thread, strings))}
      @click=${() => {
        scope.toggle(id);
      }}
    >
      ${lateIcons.more}
    </button>
    ${isOpen ? actionsView(thread, scope) : nothing}
  </li>`;
}

function listView(scope: ThreadsScope, shown: readonly ThreadInfo[]): unknown {
  const { strings } = scope;
  const groups = bySpan(shown.slice(0, scope.limit), scope.now);
  return SPANS.map((span) => {
    const group = groups.get(span);
    if (!group) return nothing;
    return html`<section aria-label=${strings.spans[span]}>
      <h3>${strings.spans[span]}</h3>
      <ul role="list">
        ${repeat(
          group,
          ({ id }) => id,
          (thread) => rowView(thread, span, scope),
        )}
      </ul>
    </section>`;
  });
}

/** The whole element. */
export function threadsView(scope: ThreadsScope): TemplateResult {
  const { threads = [], query, limit, error, create, search, more, bringIn, strings } = scope;
  const wanted = query.trim().toLocaleLowerCase();
  const shown = threads.filter((thread) => titleOf(thread, strings).toLocaleLowerCase().includes(wanted));
  return html`<nav part="base" dir=${strings.dir === 'rtl' ? 'rtl' : nothing} aria-label=${strings.conversations}>
    <header part="header">
      <button part="new" class="primary" type="button" @click=${create}>
        ${icons.newConversation}${strings.newConversation}
      </button>
      ${
        threads.length < MANY
          ? nothing
          : html`<input
              part="search"
              type="search"
              aria-label=${strings.findConversation}
              placeholder=${strings.findConversation}
              .value=${query}
              @input=${(event: InputEvent) => {
                search((event.currentTarget as HTMLInputElement).value);
              }}
            />`
      }
    </header>
    <div part="body">
      ${scope.threads?.length === 0 ? html`<p class="quiet">${strings.noConversations}</p>` : nothing}
      ${threads.length > 0 && shown.length === 0 ? html`<p class="quiet">${strings.noneFound}</p>` : nothing}
      ${listView(scope, shown)}
      ${
        shown.length > limit
          ? html`<button class="earlier" type="button" @click=${more}>${strings.moreConversations}</button>`
          : nothing
      }
    </div>
    ${error ? html`<p part="alert" role="alert">${error.message} ${error.fix}</p>` : nothing}
    <footer part="footer">
      <label class="file"
        >${strings.bringIn}
        <input
          type="file"
          accept=".inpage"
          @change=${(event: Event) => {
            const input = event.currentTarget as HTMLInputElement;
            const [file] = input.files ?? [];
            input.value = '';
            if (file) bringIn(file);
          }}
        />
      </label>
    </footer>
  </nav>`;
}
