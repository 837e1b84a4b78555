/** An open question of any kind, with what answers it: one and the same wherever questions are shown. */
import type { TemplateResult } from 'lit';
import type { Approval, Interrupt } from '../src/core/index.ts';
import { approvalView, requestOf } from './approval-view.ts';
import type { Decisions } from './decisions.ts';
import { hitlOf, hitlView } from './hitl-view.ts';
import type { Reader } from './long-text.ts';
import { outcomeView } from './outcome-view.ts';
import { questionView } from './question-view.ts';

/** Where questions are shown. */
export interface InterruptScope {
  readonly decisions: Decisions;
  readonly reader: Reader;
  /** Whether the answer to one is under way. */
  readonly answering: (interruptId: string) => boolean;
  /** The reasons for a call that is asked about, where they can be told. */
  readonly why?: (callId: string | undefined) => unknown;
}

export function interruptView(interrupt: Interrupt, scope: InterruptScope): TemplateResult {
  const { decisions, reader, answering, why } = scope;
  const question = { answering: answering(interrupt.id), reader, edits: decisions.edits };
  const reply = (value: unknown): void => {
    decisions.reply(interrupt, value);
  };
  const decide = (approval: Approval): void => {
    decisions.decide(interrupt, approval);
  };
  const hitl = hitlOf(interrupt);
  if (hitl) return hitlView(interrupt, hitl, question, { decide, reply });
  switch (interrupt.kind) {
    case 'approval':
      return approvalView(interrupt, question, decide, why?.(requestOf(interrupt)?.callId));
    case 'outcome-unknown':
      return outcomeView(interrupt, question, reply);
    default:
      return questionView(interrupt, question, reply);
  }
}
