/** `<inpage-threads>`: the conversations of a visitor, to open, rename, save, bring in and delete. Not registered here. */
import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import type { Agent } from '../src/client/index.ts';
import { controls } from './controls.styles.ts';
import { InpageThreadSelectEvent } from './events.ts';
import { FocusKeeper } from './focus-keeper.ts';
import { ChatFollower } from './follow-chat.ts';
import { threadsStyles } from './inpage-threads.styles.ts';
import { saveFile } from './save-file.ts';
import { others } from './strings/en-others.ts';
import { WordedElement } from './strings/index.ts';
import { ThreadList } from './thread-list.ts';
import { threadsView, titleOf } from './threads-view.ts';
import type { ThreadsScope } from './threads-view.ts';
import { tokens } from './tokens.styles.ts';

/** Rows that are rendered at first, and with each wish for more. */
const ROWS = 100;

/**
 * The conversations that are stored for this visitor, those of other tabs among them. With `for`, choosing one shows it
 * in that chat.
 *
 * @tag inpage-threads
 * @fires inpage-thread-select - the person chose a conversation, which is about to be shown; `thread`; cancelable
 *
 * @csspart base - the outer frame
 * @csspart header - the line with the button for a new conversation
 * @csspart new - the button that begins one
 * @csspart search - the field that looks for one
 * @csspart body - the scrolling list
 * @csspart thread - one conversation with its actions
 * @csspart select - the button that opens it
 * @csspart alert - what went wrong
 * @csspart footer - the line with what brings in a file
 *
 * @example
 * <inpage-threads for="chat"></inpage-threads>
 * <inpage-chat id="chat"></inpage-chat>
 */
export class InpageThreads extends WordedElement {
  protected static override readonly english = [others];
  static override properties: PropertyDeclarations = {
    agent: { attribute: false },
    thread: {},
    for: {},
    query: { state: true },
    limit: { state: true },
    open: { state: true },
    mode: { state: true },
  };
  static override styles = [tokens, controls, threadsStyles];

  /** Whose conversations; not needed with `for`. */
  agent?: Agent;
  /** The id of the thread that is shown elsewhere, and marked here. */
  thread = '';
  /** The id of an `<inpage-chat>` to follow, and to show conversations in. */
  for = '';

  private query = '';
  private limit = ROWS;
  private open = '';
  private mode: ThreadsScope['mode'] = 'actions';

  readonly #list = new ThreadList(this);
  readonly #chat = new ChatFollower(this);

  constructor() {
    super();
    new FocusKeeper(this, 'li', (row) => {
      const at = this.mode === 'delete' ? ':last-child' : ':first-child';
      const next = row.querySelector<HTMLElement>(`.actions button${at}`) ?? row.querySelector<HTMLElement>('.plain');
      return row.isConnected ? next : this.shadowRoot?.querySelector<HTMLElement>('[part=new]');
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('for')) this.#chat.copy();
    this.#list.follow(this.agent);
  }

  protected override render(): TemplateResult {
    const { query, limit, open, mode, thread: current } = this;
    const { threads, error } = this.#list;
    return threadsView({
      ...this.#does,
      strings: this.words,
      threads,
      error,
      now: Date.now(),
      current,
      query,
      limit,
      open,
      mode,
    });
  }

  protected override updated(changed: PropertyValues): void {
    // Where a form or a question has come, the focus goes with the person.
    if (!changed.has('mode') && !changed.has('open')) return;
    const first = this.shadowRoot?.querySelector<HTMLElement>('.actions :is(input, button)');
    if (this.mode === 'rename') first?.focus();
    if (this.mode === 'rename' && first instanceof HTMLInputElement) first.select();
  }

  #show(id: string): void {
    if (!this.dispatchEvent(new InpageThreadSelectEvent(id))) return;
    this.thread = id;
    const { chat } = this.#chat;
    if (chat) chat.thread = id;
  }

  #close(): void {
    this.open = '';
    this.mode = 'actions';
  }

  readonly #does = {
    select: (id: string): void => {
      this.#close();
      this.#show(id);
    },
    create: (): void => {
      if (this.agent) this.#show(this.agent.newThread().id);
    },
    search: (query: string): void => {
      this.query = query;
      this.limit = ROWS;
    },
    more: (): void => {
      this.limit += ROWS;
    },
    toggle: (id: string): void => {
      this.open = this.open === id ? '' : id;
      this.mode = 'actions';
    },
    turn: (mode: ThreadsScope['mode']): void => {
      this.mode = mode;
    },
    rename: (id: string, title: string): void => {
      this.#close();
      void this.#list.attempt((agent) => agent.threads.rename(id, title.trim()));
    },
    save: (thread: Parameters<ThreadsScope['save']>[0]): void => {
      void this.#list.attempt(async (agent) => {
        saveFile(await agent.threads.export(thread.id), titleOf(thread, this.words), 'inpage');
      });
    },
    remove: (id: string): void => {
      this.#close();
      void this.#list
        .attempt((agent) => agent.threads.delete(id))
        .then((isGone) => {
          if (isGone && id === this.thread) this.#does.create();
        });
    },
    bringIn: (file: File): void => {
      void this.#list.attempt(async (agent) => {
        this.#show((await agent.threads.import(file)).id);
      });
    },
  };
}
