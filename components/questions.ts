/** The cards of open questions, what answers them, and what went wrong. Loaded when the page is idle or one is asked. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Interrupt } from '../src/core/index.ts';
import { interruptView } from './interrupt-view.ts';
import type { InterruptScope } from './interrupt-view.ts';
export { Decisions } from './decisions.ts';
export { Expiry } from './expiry.ts';
export { problemOf } from './problem.ts';
export { problemStyles } from './problem.styles.ts';
export { alertView } from './problem-view.ts';
export { questionStyles as styles } from './question.styles.ts';
export { questions as words } from './strings/en-questions.ts';
export { usageWords } from './usage.ts';

/** One card for each, in their order. */
export const questionsView = (interrupts: readonly Interrupt[], scope: InterruptScope): TemplateResult =>
  html`${repeat(
    interrupts,
    ({ id }) => id,
    (interrupt) => interruptView(interrupt, scope),
  )}`;
