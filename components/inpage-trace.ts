/** `<inpage-trace>`: what a thread has done, version by version. Not registered here. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Thread } from '../src/client/index.ts';
import { controls } from './controls.styles.ts';
import { FollowingElement } from './following-element.ts';
import { InpageForkEvent } from './fork-event.ts';
import { bring } from './late.ts';
import { LatePanel } from './late-panel.ts';
import { others } from './strings/en-others.ts';
import { tokens } from './tokens.styles.ts';

/**
 * The timeline of a thread: its runs, steps, tool and model calls with how long they took, what each version wrote, how
 * things stood then, and what was different from another version. From each of them one can go on in a copy.
 *
 * How long something took is known of what happens while the element is in the page; of what was stored before, a
 * conversation tells about how long. It fills the height of its container; without one it is as high as it needs, up to
 * that of the window. What it shows is loaded with the first element of a page.
 *
 * @tag inpage-trace
 * @fires inpage-fork - the person had the thread copied up to a version; `thread`, `from`, `version`; cancelable: the
 *   copy stays, and is not shown
 *
 * @csspart base - the outer frame
 * @csspart header - the line above the timeline
 * @csspart export - the button that saves it as JSON
 * @csspart timeline - the scrolling list of runs
 * @csspart entry - the button of one version
 * @csspart detail - what is told of the chosen one
 * @csspart fork - the button that goes on from there in a copy
 * @csspart alert - what went wrong
 *
 * @example
 * <inpage-chat id="chat"></inpage-chat>
 * <inpage-trace for="chat"></inpage-trace>
 */
export class InpageTrace extends FollowingElement {
  protected static override readonly english = [others];
  static override styles = [tokens, controls];

  readonly #late = new LatePanel(this, async () => {
    const { TracePanel } = await bring(import('./trace/panel.ts'), this);
    const panel = new TracePanel(this, {
      forked: ({ id }, version) => {
        this.#show(id, version);
      },
    });
    panel.follow(this.followed);
    return panel;
  });

  protected override follow(thread: Thread | undefined): void {
    this.#late.panel?.follow(thread);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { panel, hasFailed } = this.#late;
    if (panel) return panel.view();
    return hasFailed ? html`<p part="alert" role="alert">${this.words.startFix}</p>` : nothing;
  }

  #show(id: string, version: number): void {
    if (!this.dispatchEvent(new InpageForkEvent(id, this.followed?.id ?? '', version))) return;
    const { chat } = this.chat;
    if (chat) chat.thread = id;
    this.thread = id;
  }
}
