/** All that `<inpage-trace>` shows, loaded with the first one that is in a page. */
import { html, nothing } from 'lit';
import type { ReactiveController, TemplateResult } from 'lit';
import type { Thread } from '../../src/client/index.ts';
import type { HistoryEntry, Message, RunEvent, Snapshot } from '../../src/core/index.ts';
import { problemOf } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { problemView } from '../problem-view.ts';
import { saveFile } from '../save-file.ts';
import { Subscription } from '../subscription.ts';
import type { RunStrings, WordedElement } from '../strings/index.ts';
import { asJson, detailView } from './detail-view.ts';
import { TraceLog } from './log.ts';
import type { TraceRow, TraceRun } from './log.ts';
import { newest } from './newest.ts';
import { timelineView } from './row-view.ts';
import { saidBy } from './said.ts';
import { Snapshots } from './snapshots.ts';
import { Opened } from './tree-view.ts';

export { runs as words } from '../strings/en-runs.ts';
export { traceStyles as styles } from './trace.styles.ts';

/** The graph whose messages are conversations. */
const AGENT = 'agent';

/** How far the keys for pages go. */
const PAGE = 10;

/** Rows that are rendered at first, and with each frame until all are: a thousand at once would hold up the page. */
const ROWS = 150;

/** How near to the end of the timeline, in px, the reader counts as being there. */
const NEAR = 24;

/** What the panel does with what the person wants. */
export interface PanelActions {
  /** A copy of the thread, up to a version, has been made. */
  forked(thread: Thread, version: number): void;
}

/** The timeline of one thread, and what is chosen of it. */
export class TracePanel implements ReactiveController {
  readonly #element: WordedElement;
  readonly #actions: PanelActions;
  readonly #opened: Opened;
  readonly #snapshots: Snapshots;
  #log = new TraceLog();
  readonly #hearing: Subscription<Thread>;
  /** Whether the log has been read once: what is told before that happened before anybody looked. */
  #isLoaded = false;
  #reading: Promise<void> | undefined;
  /** The newest version that was read from the log, and not only heard of. */
  #readTo = 0;
  #readAgain: 'no' | 'new' | 'all' = 'no';
  #chosen: string | undefined;
  #since: number | undefined;
  #problem: Problem | undefined;
  #status = '';
  #isAtEnd = true;
  #limit = ROWS;
  #frame = 0;
  /** The row that the focus goes to with the next render. */
  #goTo: string | undefined;

  constructor(element: WordedElement, actions: PanelActions) {
    this.#element = element;
    this.#actions = actions;
    this.#opened = new Opened(element);
    this.#snapshots = new Snapshots(element);
    this.#opened.open('changes');
    this.#hearing = new Subscription(element, (thread, isCurrent) => {
      // Who was out of the page hears again what the run has done, and nothing of what ended meanwhile.
      this.#forget();
      const unsubscribe = thread.subscribe(
        (batch) => {
          if (isCurrent()) this.#hear(batch);
        },
        { from: 0 },
      );
      this.#read('all');
      return unsubscribe;
    });
    element.addController(this);
  }

  get words(): RunStrings {
    return this.#element.words.runs;
  }

  /** Turns to a thread. */
  follow(thread: Thread | undefined): void {
    if (thread === this.#hearing.source) return;
    this.#forget();
    this.#snapshots.follow(thread);
    this.#chosen = undefined;
    this.#since = undefined;
    this.#problem = undefined;
    this.#hearing.follow(thread);
  }

  #forget(): void {
    this.#log = new TraceLog();
    this.#isLoaded = false;
    this.#readTo = 0;
    this.#isAtEnd = true;
    this.#limit = ROWS;
    this.#element.requestUpdate();
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  hostUpdated(): void {
    const list = this.#find('[part="timeline"]');
    if (!list) return;
    if (this.#frame === 0 && this.#log.runs.reduce((count, { rows }) => count + rows.length, 0) > this.#limit) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#limit += ROWS;
        this.#element.requestUpdate();
      });
    }
    if (this.#goTo !== undefined) {
      const rows = list.querySelectorAll<HTMLElement>('[data-key]');
      const row = [...rows].find(({ dataset }) => dataset['key'] === this.#goTo);
      this.#goTo = undefined;
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'nearest' });
    } else if (this.#isAtEnd && this.#chosen === undefined) list.scrollTop = list.scrollHeight;
  }

  /** What it shows. */
  view(): TemplateResult {
    const { words: strings } = this.#element;
    const runs = this.words;
    const all = this.#log.runs;
    const rows = all.flatMap((run) => run.rows);
    this.#snapshots.begin();
    const now = Date.now();
    const chosen = this.#chosenOf(all);
    const reached = chosen?.row.key ?? rows.at(-1)?.key;
    return html`<section part="base" aria-label=${runs.trace} dir=${strings.dir === 'rtl' ? 'rtl' : nothing}>
      <div part="header">
        <h2>${runs.timeline}</h2>
        <span class="quiet">${this.#isLoaded && rows.length > 0 ? runs.versions(this.#log.head) : nothing}</span>
        ${
          rows.length === 0
            ? nothing
            : html`<button part="export" type="button" @click=${this.#export}>${runs.export}</button>`
        }
      </div>
      ${problemView(this.#problem, { resume: undefined, begin: undefined }, strings)}
      ${
        rows.length === 0
          ? html`<p class="empty">${this.#isLoaded || !this.#hearing.source ? runs.noRun : runs.loading}</p>`
          : html`<div class=${chosen ? 'columns both' : 'columns'}>
              <div part="timeline" @keydown=${this.#onKey} @scroll=${this.#onScroll}>
                ${timelineView({ history: newest(all, this.#limit), strings, runs, chosen: chosen?.row.key, reached, now, choose: this.#choose })}
              </div>
              <div part="detail">
                ${chosen ? this.#detailOf(chosen, now) : html`<p class="empty">${runs.choose}</p>`}
              </div>
            </div>`
      }
      <p class="hidden" role="status">${this.#status}</p>
    </section>`;
  }

  #detailOf({ row, run }: { readonly row: TraceRow; readonly run: TraceRun }, now: number): TemplateResult {
    return detailView({
      ...{ row, run, now, opened: this.#opened, strings: this.#element.words, runs: this.words },
      since: this.#since ?? Math.max(0, (row.version ?? 1) - 1),
      at: this.#snapshots.at,
      compareWith: (version) => {
        this.#since = Number.isInteger(version) && version >= 0 ? Math.min(version, this.#log.head) : undefined;
        this.#element.requestUpdate();
      },
      fork: this.#fork,
    });
  }

  #chosenOf(all: readonly TraceRun[]): { readonly row: TraceRow; readonly run: TraceRun } | undefined {
    if (this.#chosen === undefined) return undefined;
    for (const run of all) {
      const row = run.rows.find(({ key }) => key === this.#chosen);
      if (row) return { row, run };
    }
    return undefined;
  }

  readonly #choose = (key: string): void => {
    this.#chosen = key;
    this.#since = undefined;
    this.#status = '';
    this.#element.requestUpdate();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const { key, altKey, ctrlKey, metaKey, target } = event;
    if (altKey || ctrlKey || metaKey || !(target instanceof HTMLElement)) return;
    const keys = this.#log.runs.flatMap(({ rows }) => rows.map((row) => row.key));
    const from = keys.indexOf(target.dataset['key'] ?? '');
    const to = {
      ...{ ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: keys.length - 1 },
      ...{ PageDown: from + PAGE, PageUp: from - PAGE },
    }[key];
    if (to === undefined || from < 0) return;
    event.preventDefault();
    const next = keys[Math.max(0, Math.min(to, keys.length - 1))];
    if (next === undefined) return;
    this.#goTo = next;
    // What the keys lead to has to be there.
    if (key === 'Home') this.#limit = keys.length;
    this.#choose(next);
  };

  readonly #onScroll = ({ currentTarget }: Event): void => {
    const { scrollHeight, scrollTop, clientHeight } = currentTarget as HTMLElement;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR;
  };

  readonly #fork = (version: number): void => {
    void this.#attempt(async (thread) => {
      const copy = await thread.fork(version);
      this.#status = this.words.forked;
      this.#actions.forked(copy, version);
    });
  };

  readonly #export = (): void => {
    void this.#attempt(async (thread) => {
      const stored = await thread.state();
      const { id, graph } = thread;
      const head = { format: 'inpage-trace', version: 1, thread: id, graph, saved: new Date().toISOString() };
      const text = asJson({ ...head, runs: this.#log.runs, state: stored?.state ?? {} });
      saveFile(new Blob([text], { type: 'application/json' }), `trace ${id}`, 'json');
    });
  };

  async #attempt(work: (thread: Thread) => Promise<void>): Promise<void> {
    if (!this.#hearing.source) return;
    this.#problem = undefined;
    try {
      await work(this.#hearing.source);
    } catch (error) {
      this.#problem = problemOf(error, this.#element.words);
    }
    this.#element.requestUpdate();
  }

  #hear(batch: readonly RunEvent[]): void {
    this.#log.hear(batch, this.#isLoaded ? Date.now() : undefined);
    for (const event of batch) {
      if (event.type === 'run-end') this.#read('new');
      // Somebody else has stored something, or nothing is stored any more.
      else if (event.type === 'checkpoint' && event.version === 0) this.#read('all');
      else if (event.type === 'run-start' && event.version > this.#log.head) this.#read('new');
    }
    this.#element.requestUpdate();
  }

  /** Reads what the log has, once more where that is asked for meanwhile. */
  #read(what: 'new' | 'all'): void {
    if (this.#readAgain !== 'all') this.#readAgain = what;
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = undefined;
    });
  }

  async #readAll(): Promise<void> {
    while (this.#readAgain !== 'no') {
      const isAll = this.#readAgain === 'all';
      this.#readAgain = 'no';
      const thread = this.#hearing.source;
      if (!thread) return;
      try {
        const [entries, stored] = await Promise.all([
          thread.history(isAll ? {} : { from: this.#readTo + 1 }),
          thread.graph === AGENT ? thread.state() : undefined,
        ]);
        if (thread !== this.#hearing.source) continue;
        this.#log.read(entries, isAll);
        this.#readTo = entries.at(-1)?.version ?? (isAll ? 0 : this.#readTo);
        this.#learn(entries, stored);
      } catch (error) {
        if (thread !== this.#hearing.source) continue;
        this.#problem = problemOf(error, this.#element.words);
      }
      this.#isLoaded = true;
      this.#element.requestUpdate();
    }
  }

  #learn(entries: readonly HistoryEntry[], stored: Snapshot<Readonly<Record<string, unknown>>> | undefined): void {
    const messages = stored?.state['messages'];
    if (Array.isArray(messages)) this.#log.learn(saidBy(entries, messages as readonly Message[]));
  }

  #find(selector: string): HTMLElement | null {
    return this.#element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  }
}
