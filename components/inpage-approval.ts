/** `<inpage-approval>`: what a thread asks a person, anywhere on a page. Not registered here. */
import { html, nothing } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import type { Thread } from '../src/client/index.ts';
import { announcement } from './announcement.ts';
import { controls } from './controls.styles.ts';
import { FollowingElement } from './following-element.ts';
import { icons } from './icons.ts';
import { approvalStyles } from './inpage-approval.styles.ts';
import { LateQuestions } from './late-questions.ts';
import { Reading } from './reading.ts';
import { questions } from './strings/en-questions.ts';
import { ThreadController } from './thread-controller.ts';
import { tokens } from './tokens.styles.ts';
import { Turns } from './turns.ts';

/**
 * The open questions of a thread, as the chat shows them: what a call would do, its arguments, to read and to change, how
 * long a yes holds, and until when there is time. Empty when nothing is asked.
 *
 * @tag inpage-approval
 * @fires inpage-approve - the person approved, and `approval` is about to be given; `interrupt`; cancelable
 * @fires inpage-reject - the person rejected, and `approval` is about to be given; `interrupt`; cancelable
 *
 * @csspart base - everything
 * @csspart question - one question; its inner parts are those of the chat
 * @csspart alert - what went wrong
 * @csspart status - what is said to screen readers alone
 *
 * @example
 * <inpage-chat id="chat"></inpage-chat>
 * <inpage-approval for="chat"></inpage-approval>
 */
export class InpageApproval extends FollowingElement {
  protected static override readonly english = [questions];
  static override properties: PropertyDeclarations = {
    status: { state: true },
  };
  static override styles = [tokens, controls, approvalStyles];

  private status = '';

  readonly #watch = new ThreadController(this, (view, before) => {
    // What was open already when it was read is no news.
    if (before.loaded && view.interrupts !== before.interrupts) {
      this.status = announcement(before, view, this.words) ?? this.status;
    }
  });
  readonly #reader = new Reading(this);
  readonly #turns = new Turns(this);
  readonly #questions = new LateQuestions(
    this,
    {
      answer: async (id, value) => this.#turns.answering(this.#answer(id, value), id),
      begun: (said) => {
        this.status = said;
        // The button is about to be disabled, and would drop the focus.
        this.shadowRoot?.querySelector<HTMLElement>('[part=base]')?.focus({ preventScroll: true });
      },
      failed: () => {
        this.status = this.words.ended.failed;
      },
      refused: () => {
        this.#turns.say({ message: this.words.mendFields, fix: '' });
      },
    },
    (error) => {
      this.#turns.say(error);
    },
  );

  async #answer(id: string, value: unknown): ReturnType<Thread['answer']> {
    // Nothing is asked where there is no thread.
    return (this.followed as Thread).answer(id, value);
  }

  protected override follow(thread: Thread | undefined): void {
    this.#turns.reset();
    this.#watch.follow(thread);
    this.status = '';
  }

  protected override render(): TemplateResult {
    const { problem } = this.#turns;
    return html`<div part="base" tabindex="-1" dir=${this.words.dir === 'rtl' ? 'rtl' : nothing}>
      ${this.#questions.view(this.#watch.view.interrupts, {
        reader: this.#reader,
        answering: (id) => this.#turns.answers(id),
      })}
      ${
        problem === undefined
          ? nothing
          : html`<p part="alert" role="alert">${icons.alert}<span>${problem.message} ${problem.fix}</span></p>`
      }
      <p part="status" class="hidden" role="status">${this.status}</p>
    </div>`;
  }
}
