/** `<inpage-progress>`: what a run does, task by task. Not registered here. */
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Agent, Thread, WorkflowOutline } from '../src/client/index.ts';
import { DoneBefore } from './done-before.ts';
import type * as panel from './flow/panel.ts';
import type { FlowPanel } from './flow/panel.ts';
import { flowView } from './flow-view.ts';
import { ChatFollower } from './follow-chat.ts';
import { progressStyles } from './inpage-progress.styles.ts';
import { endView, progressView } from './progress-view.ts';
import { others } from './strings/en-others.ts';
import { WordedElement } from './strings/index.ts';
import { ThreadController } from './thread-controller.ts';
import { tokens } from './tokens.styles.ts';

type Module = typeof panel;

let loading: Promise<Module> | undefined;

/** Loads once for all elements what they show beside the list. */
function loadPanel(): Promise<Module> {
  return (loading ??= import('./flow/panel.ts').catch((error: unknown) => {
    loading = undefined;
    throw error;
  }));
}

/**
 * The run under way, or the last one, as a list of its tasks. Empty when there has been none. It says nothing aloud:
 * the chat's status line does that. With the list come how long each task took, tries, and what came from the cache; where
 * there is more than one moment, a slider that shows how it stood at each event or version. Of a workflow it also tells
 * which way a condition went, and shows it as a graph when the person wants that. All of this is loaded after the list.
 *
 * @tag inpage-progress
 *
 * @csspart base - everything
 * @csspart end - the line that says how the run ended
 * @csspart bar - how far a workflow has come
 * @csspart replay - the slider that goes through the run, with what it stands at
 * @csspart now - the button that goes back to how it stands now
 * @csspart graph-toggle - the button that shows a workflow as a graph, or hides that
 * @csspart graph - the scrolling box of the graph
 *
 * @example
 * <inpage-chat id="chat"></inpage-chat>
 * <inpage-progress for="chat"></inpage-progress>
 */
export class InpageProgress extends WordedElement {
  protected static override readonly english = [others];
  static override styles = [tokens, progressStyles];

  /** The agent of the thread; not needed with `for`. */
  @property({ attribute: false }) agent?: Agent;
  /** The id of the thread. By default the one that this browser used last. */
  @property() thread = '';
  /** The nodes of the workflow that the thread runs; then all of them are shown. Not needed with `for`. */
  @property({ attribute: false }) outline?: WorkflowOutline | undefined;
  /** The id of an `<inpage-chat>` or `<inpage-workflow>` whose agent and thread to follow, now and when they change. */
  @property() for = '';

  readonly #before = new DoneBefore(this);
  readonly #watch = new ThreadController(this, (view, before) => {
    // What an agent has done for a message before is not shown, so it need not be read.
    if (this.outline) this.#before.onView(view, before);
  });
  readonly #chat = new ChatFollower(this);
  #panel: FlowPanel | undefined;
  #module: Module | undefined;
  #thread: Thread | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#module) return;
    loadPanel().then(
      async (module) => {
        // An update that is under way by then has not waited for them.
        await module.runWords.load(this);
        this.#module = module;
        this.requestUpdate();
      },
      // The list is whole without it, and the next element tries again.
      () => undefined,
    );
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    const words = this.isConnected ? this.#module?.runWords.load(this) : undefined;
    return words ? words.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('for')) this.#chat.copy();
    // The nodes of a workflow may come after its thread, and with them what is read of it.
    const isOutlined = changed.has('outline') && changed.get('outline') === undefined;
    if (changed.has('agent') || changed.has('thread') || isOutlined) {
      this.#thread = this.agent?.thread(this.thread === '' ? undefined : this.thread);
      this.#before.follow(this.#thread);
      this.#watch.follow(this.#thread);
    }
    if (this.#module) this.#panel ??= new this.#module.FlowPanel(this);
    this.#panel?.follow(this.#thread);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { outline, words: strings } = this;
    const now = this.#watch.view;
    const more = this.#panel?.stand(now, this.#before.tasks, outline);
    const view = more?.view ?? now;
    if (outline === undefined) return progressView(view, strings, more);
    const before = more?.before ?? this.#before.tasks;
    return html`<div part="base" dir=${strings.dir === 'rtl' ? 'rtl' : nothing}>
      ${flowView({ outline, view, before, strings, extra: more?.extra })} ${endView(view, strings)}
      ${more?.below ?? nothing}
    </div>`;
  }
}
