/** `<inpage-progress>`: what a run does, task by task. Not registered here. */
import { html, LitElement } from 'lit';
import type { nothing, PropertyValues, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Agent, WorkflowOutline } from '../src/client/index.ts';
import { DoneBefore } from './done-before.ts';
import { flowView } from './flow-view.ts';
import { progressStyles } from './inpage-progress.styles.ts';
import { endView, progressView } from './progress-view.ts';
import { ThreadController } from './thread-controller.ts';
import { tokens } from './tokens.styles.ts';

/** An element that shows a thread, such as `<inpage-chat>` or `<inpage-workflow>`. */
interface ThreadElement extends Element {
  readonly agent?: Agent;
  readonly thread: string;
  readonly outline?: WorkflowOutline | undefined;
}

function showsThread(element: Element | null): element is ThreadElement {
  return element !== null && 'agent' in element && 'thread' in element;
}

/**
 * The run under way, or the last one, as a list of its tasks. Empty when there has been none. It says nothing aloud:
 * the chat's status line does that.
 *
 * @tag inpage-progress
 *
 * @csspart base - everything
 * @csspart end - the line that says how the run ended
 *
 * @example
 * <inpage-chat id="chat"></inpage-chat>
 * <inpage-progress for="chat"></inpage-progress>
 */
export class InpageProgress extends LitElement {
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
  #root: Node | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    // At the root, because the chat may come later in the document, or be defined later.
    this.#root = this.getRootNode();
    this.#root.addEventListener('inpage-thread-change', this.#onThreadChange);
    this.#copy();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#root?.removeEventListener('inpage-thread-change', this.#onThreadChange);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('for')) this.#copy();
    if (changed.has('agent') || changed.has('thread')) {
      const thread = this.agent?.thread(this.thread === '' ? undefined : this.thread);
      this.#before.follow(thread);
      this.#watch.follow(thread);
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { view } = this.#watch;
    if (this.outline === undefined) return progressView(view);
    return html`<div part="base">
      ${flowView({ outline: this.outline, view, before: this.#before.tasks })} ${endView(view)}
    </div>`;
  }

  /** Takes over the agent and thread of the chat that `for` names. */
  #copy(): void {
    if (this.for === '' || !(this.#root instanceof Document || this.#root instanceof ShadowRoot)) return;
    const chat = this.#root.getElementById(this.for);
    if (!showsThread(chat) || chat.agent === undefined || chat.thread === '') return;
    this.agent = chat.agent;
    this.thread = chat.thread;
    this.outline = chat.outline;
  }

  readonly #onThreadChange = (event: Event): void => {
    if (this.for !== '' && event.target instanceof Element && event.target.id === this.for) this.#copy();
  };
}
