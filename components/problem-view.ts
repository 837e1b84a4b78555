/** A failure, said aloud: what happened and what to do about it. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icons } from './icons.ts';
import type { Problem } from './turns.ts';

/** The place of failures is always there, so that screen readers notice what appears in it. */
export function problemView(problem: Problem | undefined): TemplateResult {
  return html`<div role="alert">
    ${
      problem === undefined
        ? nothing
        : html`<p part="alert">
            ${icons.alert}<span dir="auto"><strong>${problem.message}</strong> ${problem.fix}</span>
          </p>`
    }
  </div>`;
}
