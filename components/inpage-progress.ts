/** `<inpage-progress>`: what a run does, task by task. Not registered here. */
import type { nothing, PropertyValues, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Agent } from '../src/client/index.ts';
import { ChatFollower } from './follow-chat.ts';
import { progressStyles } from './inpage-progress.styles.ts';
import { progressView } from './progress-view.ts';
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
  static override styles = [tokens, progressStyles];

  /** The agent of the thread; not needed with `for`. */
  @property({ attribute: false }) agent?: Agent;
  /** The id of the thread. By default the one that this browser used last. */
  @property() thread = '';
  /** The id of an `<inpage-chat>` whose agent and thread to follow, now and when they change. */
  @property() for = '';

  readonly #watch = new ThreadController(this);
  readonly #chat = new ChatFollower(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('for')) this.#chat.copy();
    if (changed.has('agent') || changed.has('thread')) {
      this.#watch.follow(this.agent?.thread(this.thread === '' ? undefined : this.thread));
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    return progressView(this.#watch.view, this.words);
  }
}
