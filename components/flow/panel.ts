/** What `<inpage-progress>` shows beside its list, loaded with the first one: times, ways, the graph, and going through it. */
import { html, nothing } from 'lit';
import type { CallView, Thread, ThreadView, WorkflowOutline } from '../../src/client/index.ts';
import type { RunEvent } from '../../src/core/index.ts';
import { flat, statusesOf } from '../flow-status.ts';
import type { Extra } from '../flow-view.ts';
import { icons } from '../icons.ts';
import { addStyles } from '../late-styles.ts';
import type { RunStrings, WordedElement } from '../strings/index.ts';
import { Subscription } from '../subscription.ts';
import { spanWords } from '../trace/spans.ts';
import { inWords } from '../words.ts';
import { factsOf, waysOf } from './facts.ts';
import type { Facts, Way } from './facts.ts';
import type * as graph from './graph-view.ts';
import { Moments } from './moments.ts';
import type { Moment, Stand } from './moments.ts';

export { runs as words } from '../strings/en-runs.ts';
export { flowPanelStyles as styles } from './flow.styles.ts';

type GraphModule = typeof graph;

/** How the run stands, or stood at the moment that the person has gone to. */
export interface Standing {
  readonly view: ThreadView;
  /** Paths of tasks that were done by earlier runs. */
  readonly before: readonly string[];
  readonly extra: (id: string) => Extra;
  readonly beside: (task: string) => unknown;
  readonly below: unknown;
}

/** Hears the run of one thread. */
export class FlowPanel {
  readonly #element: WordedElement;
  #moments = new Moments();
  readonly #hearing: Subscription<Thread>;
  #isLoaded = false;
  /** How many moments have been gone through; undefined for all that there are. */
  #at: number | undefined;
  #isGraph = false;
  #graph: GraphModule | 'failed' | undefined;

  constructor(element: WordedElement) {
    this.#element = element;
    this.#hearing = new Subscription(element, (thread, isCurrent) => this.#begin(thread, isCurrent));
  }

  /** Turns to a thread. */
  follow(thread: Thread | undefined): void {
    if (thread === this.#hearing.source) return;
    this.#forget();
    this.#hearing.follow(thread);
  }

  #forget(): void {
    this.#moments = new Moments();
    this.#at = undefined;
    this.#isLoaded = false;
    this.#element.requestUpdate();
  }

  /** What is to be shown of a view. */
  stand(view: ThreadView, before: readonly string[], outline: WorkflowOutline | undefined): Standing {
    const { all } = this.#moments;
    const at = this.#at;
    const stand = this.#moments.stand(at ?? all.length);
    const shown = at === undefined ? view : past(view, stand);
    const known = at === undefined ? before : [];
    const runs = this.#element.words.runs;
    if (!outline) {
      const times = new Map(stand.tasks.map((each) => [each.task, each]));
      return {
        ...{ view: shown, before: known, extra: () => ({ beside: nothing, below: nothing }) },
        beside: (task) => {
          const { begun, ended } = times.get(task) ?? {};
          return begun === undefined || ended === undefined ? nothing : this.#time(ended - begun);
        },
        below: this.#replayView(runs, undefined),
      };
    }
    const facts = factsOf(outline, stand);
    const statuses = statusesOf(outline, shown, known);
    const isOver = at === undefined && view.loaded && view.version > 0 && !view.running && !view.unfinished;
    const ways = waysOf(outline, statuses, stand, isOver && view.interrupts.length === 0);
    return {
      view: shown,
      before: known,
      extra: (id) => this.#extra(facts.get(id), this.#waysView(id, ways, outline, runs), runs),
      beside: () => nothing,
      below: html`${this.#replayView(runs, outline)} ${this.#graphView(outline, statuses, ways, runs)}`,
    };
  }

  #time(ms: number): unknown {
    return html` <span class="time">${spanWords(ms, this.#element.words.locale)}</span>`;
  }

  #extra(facts: Facts | undefined, below: unknown, runs: RunStrings): Extra {
    if (!facts) return { beside: nothing, below };
    const { ms, times, cached } = facts;
    const words = [...(times > 1 ? [runs.times(times)] : []), ...(cached > 0 ? [runs.cachedCalls(cached)] : [])];
    return {
      beside:
        ms === undefined && words.length === 0
          ? nothing
          : html`<span class="times"
              >${ms === undefined ? nothing : this.#time(ms)}${words.length === 0 ? nothing : html` <span class="time">${runs.listed(words)}</span>`}</span
            >`,
      below,
    };
  }

  /** Where a condition leads, and which way it went. */
  #waysView(id: string, all: readonly Way[], { nodes }: WorkflowOutline, runs: RunStrings): unknown {
    const ways = all.filter(({ from, value }) => from === id && value !== undefined);
    if (ways.length === 0) return nothing;
    const names = namesOf(nodes);
    return html`<ul role="list" class="ways">
      ${ways.map(({ value = '', to, isTaken }) => {
        const state = isTaken === undefined ? 'open' : isTaken ? 'taken' : 'passed';
        return html`<li data-way=${state}>
          <span class="line"
            >${isTaken === false ? icons.denied : icons.open}<bdi
              >${runs.way(value === '' ? runs.otherwise : value, names.get(to) ?? inWords(to))}</bdi
            >
            <span class="state">${runs.ways[state]}</span></span
          >
        </li>`;
      })}
    </ul>`;
  }

  #replayView(runs: RunStrings, outline: WorkflowOutline | undefined): unknown {
    const { all } = this.#moments;
    if (all.length < 2) return nothing;
    const at = this.#at ?? all.length;
    const moment = all[at - 1];
    const words = this.#at === undefined ? runs.now : moment ? this.#momentWords(moment, runs, outline) : runs.begins;
    return html`<div part="replay">
      <label
        >${runs.replay}
        <input
          type="range"
          min="0"
          max=${all.length}
          step="1"
          .value=${String(at)}
          aria-valuetext=${runs.moment(at, all.length, words)}
          @input=${({ currentTarget }: Event) => {
            const value = (currentTarget as HTMLInputElement).valueAsNumber;
            this.#goTo(value >= this.#moments.all.length ? undefined : value);
          }}
      /></label>
      <p class="moment">
        <bdi>${runs.moment(at, all.length, words)}</bdi>
        ${
          this.#at === undefined
            ? nothing
            : html`<button
                type="button"
                part="now"
                @click=${() => {
                  this.#goTo(undefined);
                  this.#element.shadowRoot?.querySelector<HTMLElement>('[part=replay] input')?.focus();
                }}
              >
                ${runs.toNow}
              </button>`
        }
      </p>
    </div>`;
  }

  #momentWords(moment: Moment, runs: RunStrings, outline: WorkflowOutline | undefined): string {
    const { words } = this.#element;
    const names = outline ? namesOf(outline.nodes) : new Map<string, string>();
    const nameOf = (node: string): string => names.get(node) ?? inWords(node);
    if (moment.kind === 'version') {
      const nodes = moment.tasks.map((task) => nameOf(task.replace(/^.*\//, '').replace(/^\d+:|:\d+$/g, '')));
      const state = moment.isAsked ? words.taskStatus.interrupted : words.taskStatus.ok;
      return `${runs.version(moment.version)} – ${runs.listed(nodes)}: ${state}`;
    }
    const { event } = moment;
    if (event.type === 'tool-start') return `${inWords(event.tool)}: ${words.callStatus.running}`;
    if (event.type === 'tool-end') return `${inWords(event.tool)}: ${words.callStatus[event.outcome]}`;
    const status = event.type === 'node-start' ? 'running' : event.outcome;
    return `${nameOf(event.node)}: ${words.taskStatus[status]}`;
  }

  #graphView(
    outline: WorkflowOutline,
    statuses: ReturnType<typeof statusesOf>,
    ways: readonly Way[],
    runs: RunStrings,
  ): unknown {
    const module = this.#graph;
    const button = html`<button type="button" part="graph-toggle" aria-expanded=${this.#isGraph} @click=${this.#toggle}>
      ${this.#isGraph ? runs.hideGraph : runs.showGraph}
    </button>`;
    if (!this.#isGraph) return button;
    if (module === undefined)
      return html`${button}
        <p class="quiet">${runs.loading}</p>`;
    if (module === 'failed')
      return html`${button}
        <p role="alert">${runs.noGraph}</p>`;
    return html`${button} ${module.graphView({ outline, statuses, ways, runs, strings: this.#element.words })}`;
  }

  readonly #toggle = (): void => {
    this.#isGraph = !this.#isGraph;
    this.#element.requestUpdate();
    if (!this.#isGraph || typeof this.#graph === 'object') return;
    this.#graph = undefined;
    import('./graph-view.ts').then(
      (module) => {
        addStyles(this.#element, module.styles);
        this.#become(module);
      },
      () => {
        this.#become('failed');
      },
    );
  };

  #become(found: GraphModule | 'failed'): void {
    this.#graph = found;
    this.#element.requestUpdate();
  }

  #goTo(at: number | undefined): void {
    this.#at = at;
    this.#element.requestUpdate();
  }

  #begin(thread: Thread, isCurrent: () => boolean): () => void {
    // Who was out of the page hears again what the run has done.
    this.#forget();
    const moments = this.#moments;
    const unsubscribe = thread.subscribe(
      (batch: readonly RunEvent[]) => {
        if (!isCurrent()) return;
        const { all } = moments;
        moments.hear(batch, this.#isLoaded ? Date.now() : undefined);
        // What is begun anew is followed from its beginning on.
        if (moments.all.length < all.length) this.#at = undefined;
        this.#element.requestUpdate();
      },
      { from: 0 },
    );
    const isLoaded = (): void => {
      if (!isCurrent()) return;
      this.#isLoaded = true;
      this.#element.requestUpdate();
    };
    thread.history().then(
      (history) => {
        moments.read(history);
        isLoaded();
      },
      // Whoever sends something learns why nothing can be read.
      isLoaded,
    );
    return unsubscribe;
  }
}

/** A view as if nothing had happened since. */
function past(view: ThreadView, { tasks, calls }: Stand): ThreadView {
  const told: readonly CallView[] = calls;
  return { ...view, tasks, calls: told, interrupts: [], running: true };
}

const namesOf = (nodes: WorkflowOutline['nodes']): Map<string, string> =>
  new Map(flat(nodes).map(({ id, name }) => [id, name === id ? inWords(id) : name]));
