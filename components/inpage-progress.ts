/** `<inpage-progress>`: what a run does, task by task. Not registered here. */
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Agent, WorkflowOutline } from '../src/client/index.ts';
import { DoneBefore } from './done-before.ts';
import { flowView } from './flow-view.ts';
import { ChatFollower } from './follow-chat.ts';
import { progressStyles } from './inpage-progress.styles.ts';
import { endView, progressView } from './progress-view.ts';
import { others } from './strings/en-others.ts';
import { WordedElement } from './strings/index.ts';
import { ThreadController } from './thread-controller.ts';
import { tokens } from './tokens.styles.ts';

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

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('for')) this.#chat.copy();
    // The nodes of a workflow may come after its thread, and with them what is read of it.
    const isOutlined = changed.has('outline') && changed.get('outline') === undefined;
    if (changed.has('agent') || changed.has('thread') || isOutlined) {
      const thread = this.agent?.thread(this.thread === '' ? undefined : this.thread);
      this.#before.follow(thread);
      this.#watch.follow(thread);
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { view } = this.#watch;
    const strings = this.words;
    if (this.outline === undefined) return progressView(view, strings);
    return html`<div part="base" dir=${strings.dir === 'rtl' ? 'rtl' : nothing}>
      ${flowView({ outline: this.outline, view, before: this.#before.tasks, strings })} ${endView(view, strings)}
    </div>`;
  }
}
