/** What a person answers to the questions of a thread, on behalf of an element that shows them. */
import { isAgentError } from '../src/core/index.ts';
import type { Approval, Interrupt } from '../src/core/index.ts';
import { requestOf } from './approval-view.ts';
import { Edits } from './edits.ts';
import { InpageDecisionEvent } from './events.ts';
import { FocusKeeper } from './focus-keeper.ts';
import { issuesOf } from './problem.ts';
import type { WordedElement } from './strings/index.ts';

/** What an answer does to the element. */
export interface AnswerActions {
  readonly answer: (interruptId: string, value: unknown) => Promise<unknown>;
  /** Called when an answer begins, with what to say: its button or field is about to be disabled. */
  readonly begun: (said: string) => void;
  /** Called when one could not be given. */
  readonly failed: () => void;
  /** Called after that when the arguments are at fault, which the fields say. */
  readonly refused: () => void;
}

/** Gives the answers, and keeps what the person has changed about the calls until then. */
export class Decisions {
  readonly edits: Edits;
  readonly #element: WordedElement;
  readonly #actions: AnswerActions;

  constructor(element: WordedElement, actions: AnswerActions) {
    this.edits = new Edits(element);
    // Somebody else has answered, or the time is over.
    new FocusKeeper(element, '[part=question]', () =>
      ['body', 'base'].flatMap((part) => element.shadowRoot?.querySelector<HTMLElement>(`[part=${part}]`) ?? []).at(0),
    );
    this.#element = element;
    this.#actions = actions;
  }

  /** Answers an approval, unless the page keeps it from being given. */
  readonly decide = (interrupt: Interrupt, approval: Approval): void => {
    const { words } = this.#element;
    const isYes = approval.decision === 'approve';
    const event = new InpageDecisionEvent(isYes ? 'inpage-approve' : 'inpage-reject', interrupt, approval);
    if (!this.#element.dispatchEvent(event)) return;
    this.#give(interrupt, approval, isYes ? words.approved : words.rejected);
  };

  /** Answers any other question. */
  readonly reply = (interrupt: Interrupt, value: unknown): void => {
    this.#give(interrupt, value, this.#element.words.answered);
  };

  #give(interrupt: Interrupt, value: unknown, said: string): void {
    const { answer, begun, failed, refused } = this.#actions;
    begun(said);
    answer(interrupt.id, value).catch((error: unknown) => {
      // Somebody else was faster: then it has not failed.
      if (!isAgentError(error) || error.code !== 'unknown-interrupt') failed();
      const request = requestOf(interrupt);
      const issues = issuesOf(error);
      if (!request || issues.length === 0) return;
      this.edits.refuse(interrupt.id, request, issues);
      refused();
    });
  }
}
