/** The conversations of this visitor: opened, saved as a file, brought in, deleted; and the room that they take. */
import { html, nothing, render } from 'lit';
import type { TemplateResult } from 'lit';
import type { Agent, ThreadInfo } from '../../src/index.ts';
import { formatCount, formatDateTime, formatNumber } from '../format.ts';

/** What the conversations do to the rest of the page. */
export interface Conversations {
  /** Shows a conversation. */
  readonly open: (id: string) => void;
  /** The conversation that is shown has been deleted. */
  readonly leave: (id: string) => void;
}

const kilobytes = (bytes: number): string => `${formatNumber(Math.ceil(bytes / 1000))} kB`;

function save(file: Blob, title: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40) || 'conversation'}.inpage`;
  link.click();
  // The browser has taken the file by then.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  });
}

/** Draws the conversations into `root`, and again whenever they change, in whatever tab. */
export function createConversationsView(root: HTMLElement, agent: Agent, { open, leave }: Conversations): void {
  let trouble = '';
  /** The conversation that is deleted at the next press. */
  let doubted = '';
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    trouble = doubted = '';
    try {
      await work();
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
    }
    await draw();
  };
  const bringIn = async (input: HTMLInputElement): Promise<void> => {
    const [file] = input.files ?? [];
    input.value = '';
    if (file) open((await agent.threads.import(file)).id);
  };
  const remove = (id: string): Promise<void> =>
    attempt(async () => {
      await agent.threads.delete(id);
      leave(id);
    });
  const doubt = (id: string): void => {
    doubted = id;
    void draw();
  };

  const row = ({ id, title, updated, bytes }: ThreadInfo): TemplateResult => {
    const name = title === '' ? 'Untitled' : title;
    const isDoubted = doubted === id;
    return html`<li class="conversation">
      <div>
        <p class="conversation-title">${name}</p>
        <p class="conversation-facts">${formatDateTime(new Date(updated))} · ${kilobytes(bytes)}</p>
      </div>
      <div class="conversation-buttons">
        <button
          class="button"
          type="button"
          aria-label="Open ${name}"
          @click=${() => {
            open(id);
          }}
        >
          Open
        </button>
        <button
          class="button"
          type="button"
          aria-label="Save ${name} as a file"
          @click=${() =>
            attempt(async () => {
              save(await agent.threads.export(id), name);
            })}
        >
          Save
        </button>
        <button
          class="button ${isDoubted ? 'danger' : ''}"
          type="button"
          aria-label="${isDoubted ? 'Really delete' : 'Delete'} ${name}"
          @click=${() => {
            if (isDoubted) void remove(id);
            else doubt(id);
          }}
        >
          ${isDoubted ? 'Really delete' : 'Delete'}
        </button>
      </div>
    </li>`;
  };

  const draw = async (): Promise<void> => {
    const [list, { bytes, persisted }] = await Promise.all([agent.threads.list(), agent.storage.estimate()]);
    render(
      html`<h2>Conversations</h2>
        <p class="conversation-facts">
          ${formatCount(list.length, 'conversation')}, ${kilobytes(bytes)}.
          ${persisted ? 'The browser keeps them.' : 'The browser may remove them when space gets scarce.'}
        </p>
        ${
          list.length > 0
            ? html`<ul class="conversations">
                ${list.map(row)}
              </ul>`
            : nothing
        }
        ${trouble === '' ? nothing : html`<p role="alert">${trouble}</p>`}
        <div class="conversation-buttons">
          <label class="button file">
            <input
              type="file"
              accept=".inpage"
              @change=${(event: Event) => attempt(() => bringIn(event.currentTarget as HTMLInputElement))}
            />
            Bring in a file…
          </label>
          ${
            persisted
              ? nothing
              : html`<button class="button" type="button" @click=${() => attempt(() => agent.storage.persist())}>
                  Ask the browser to keep them
                </button>`
          }
        </div>`,
      root,
    );
  };
  agent.threads.subscribe(() => {
    void draw().catch(() => undefined);
  });
  agent.ready.then(draw).catch(() => undefined);
}
