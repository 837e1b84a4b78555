/** `<inpage-progress>`: what a run does, task by task. Not registered here. */
import { html, nothing } from 'lit';
import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import type { Thread, WorkflowOutline } from '../src/client/index.ts';
import { DoneBefore } from './done-before.ts';
import { flowView } from './flow-view.ts';
import { FollowingElement } from './following-element.ts';
import { progressStyles } from './inpage-progress.styles.ts';
import { bring } from './late.ts';
import { LatePanel } from './late-panel.ts';
import { endView, progressView } from './progress-view.ts';
import { others } from './strings/en-others.ts';
import { ThreadController } from './thread-controller.ts';
import { tokens } from './tokens.styles.ts';

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
export class InpageProgress extends FollowingElement {
  protected static override readonly english = [others];
  static override properties: PropertyDeclarations = {
    outline: { attribute: false },
  };
  static override styles = [tokens, progressStyles];

  /** The nodes of the workflow that the thread runs; then all of them are shown. Not needed with `for`. */
  outline?: WorkflowOutline | undefined;

  readonly #before = new DoneBefore(this);
  readonly #watch = new ThreadController(this, (view, before) => {
    // What an agent has done for a message before is not shown, so it need not be read.
    if (this.outline) this.#before.onView(view, before);
  });
  // The list is whole without it.
  readonly #late = new LatePanel(this, async () => {
    const { FlowPanel } = await bring(import('./flow/panel.ts'), this);
    const panel = new FlowPanel(this);
    panel.follow(this.followed);
    return panel;
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = this.followed;
    super.willUpdate(changed);
    // The nodes of a workflow may come after its thread, and with them what is read of it.
    const isOutlined = changed.has('outline') && changed.get('outline') === undefined;
    if (isOutlined && before === this.followed) this.follow(before);
  }

  protected override follow(thread: Thread | undefined): void {
    this.#before.follow(thread);
    this.#watch.follow(thread);
    this.#late.panel?.follow(thread);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { outline, words: strings } = this;
    const now = this.#watch.view;
    const more = this.#late.panel?.stand(now, this.#before.tasks, outline);
    const view = more?.view ?? now;
    if (outline === undefined) return progressView(view, strings, more);
    const before = more?.before ?? this.#before.tasks;
    return html`<div part="base" dir=${strings.dir === 'rtl' ? 'rtl' : nothing}>
      ${flowView({ outline, view, before, strings, extra: more?.extra })} ${endView(view, strings)}
      ${more?.below ?? nothing}
    </div>`;
  }
}
