/** What went wrong, in the words of a person once those are there: they come with the cards of questions. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { errorText } from '../src/core/index.ts';
import { loadedQuestions } from './late-questions.ts';
import { addStyles } from './late-styles.ts';
import type { Problem } from './problem.ts';
import type { Remedies } from './problem-view.ts';
import type { Strings, WordedElement } from './strings/index.ts';

/** Anything that was thrown, as a {@link Problem}. Until the words are there it is told as the site would be. */
export function lateProblem(error: unknown, strings: Strings): Problem {
  const { fix = strings.failedFix } = error as Partial<Problem>;
  return loadedQuestions()?.problemOf(error, strings) ?? { message: errorText(error), fix };
}

function alertView(problem: Problem, remedies: Remedies, element: WordedElement): TemplateResult {
  const parts = loadedQuestions();
  if (!parts) return html`<p part="alert">${problem.message} ${problem.fix}</p>`;
  addStyles(element, parts.problemStyles);
  return parts.alertView(problem, remedies, element.words);
}

/** The place of failures is always there, so that screen readers notice what appears in it. */
export const lateProblemView = (
  problem: Problem | undefined,
  remedies: Remedies,
  element: WordedElement,
): TemplateResult =>
  html`<div class="said" aria-live="polite" aria-atomic="true">
    ${problem && alertView(problem, remedies, element)}
  </div>`;
